// The text of a mail: short, calm, in the submission's language. Its first line says what may be done with the
// submission, always. It is shown at the read-back and is part of what the person approves.

import type { MailRequest } from './mail-request.ts';
import { fillText } from './mail-texts.ts';
import type { MailTexts } from './mail-texts.ts';

/** What a body is made from: a request that has no body yet. Distributes over the kinds of mail. */
export type MailBodyInput = MailRequest extends infer R ? (R extends MailRequest ? Omit<R, 'body'> : never) : never;

/** Paragraphs separated by an empty line, `\n` line ends, one at the end. */
export function mailBody(input: MailBodyInput, texts: MailTexts): string {
  const values = {
    call: input.callTitle,
    issuer: input.issuer,
    operator: input.fromName,
    reference: input.reference,
  };
  const paragraphs = [
    firstLine(input, texts),
    fillText(texts.attention, values),
    ...matter(input, texts, values),
    fillText(texts.reference, values),
    fillText(texts.replies, values),
    values.operator,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function firstLine(input: MailBodyInput, texts: MailTexts): string {
  if (input.kind === 'withdrawal') return fillText(texts.withdrawal[input.ask].first, { reference: input.reference });
  return texts.publication[input.publication];
}

function matter(input: MailBodyInput, texts: MailTexts, values: Readonly<Record<string, string>>): readonly string[] {
  const late = input.late ? [texts.late] : [];
  switch (input.kind) {
    case 'submission':
      return [fillText(texts.submission, values), texts.approved, ...late];
    case 'correction':
      return [fillText(texts.correction, { ...values, replaces: input.replaces }), texts.approved, ...late];
    case 'withdrawal':
      return [fillText(texts.withdrawal[input.ask].text, values)];
  }
}
