// The text of a mail: short, calm, in the submission's language. Its first line says what may be done with the
// submission, always. It is shown at the read-back and is part of what the person approves.

import type { MailRequest } from './mail-request.ts';
import type { Publication } from '../../dialog/engine/draft.ts';
import type { MailTexts } from '../../texts/catalogues.ts';
import { fillLine } from '../../texts/fill.ts';

/** What a body is made from: a request that has no body yet. Distributes over the kinds of mail. */
export type MailBodyInput = MailRequest extends infer R ? (R extends MailRequest ? Omit<R, 'body'> : never) : never;

export interface MailBodyTexts {
  readonly mail: MailTexts;
  /** The first lines, the same that head the document (submission/document-texts.ts). */
  readonly publication: Readonly<Record<Publication, string>>;
}

/** Paragraphs separated by an empty line, `\n` line ends, one at the end. */
export function mailBody(input: MailBodyInput, { mail: texts, publication }: MailBodyTexts): string {
  const values = {
    call: input.callTitle,
    issuer: input.issuer,
    operator: input.fromName,
    reference: [...(input.kind === 'withdrawal' ? (input.also ?? []).toReversed() : []), input.reference].join(', '),
  };
  const paragraphs = [
    firstLine(input, texts, values, publication[input.publication]),
    fillLine(texts.attention, values),
    ...matter(input, texts, values),
    fillLine(texts.reference, values),
    fillLine(texts.replies, values),
    values.operator,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** A withdrawal says what it asks, whatever was chosen for the submission that it takes back. */
function firstLine(
  input: MailBodyInput,
  texts: MailTexts,
  { reference }: { readonly reference: string },
  chosen: string,
): string {
  if (input.kind !== 'withdrawal') return chosen;
  const { part } = input;
  if (part !== undefined) return fillLine(texts.withdrawal.part.first, { reference, part: String(part) });
  return fillLine(texts.withdrawal[input.ask].first, { reference });
}

function matter(input: MailBodyInput, texts: MailTexts, values: Readonly<Record<string, string>>): readonly string[] {
  const late = input.late ? [texts.late] : [];
  switch (input.kind) {
    case 'submission':
      return [fillLine(texts.submission, values), texts.approved, ...late];
    case 'correction':
      return [fillLine(texts.correction, { ...values, replaces: input.replaces }), texts.approved, ...late];
    case 'withdrawal':
      if (input.part !== undefined) {
        return [fillLine(texts.withdrawal.part.text, { ...values, part: String(input.part) })];
      }
      return [fillLine(texts.withdrawal[input.ask].text, values)];
  }
}
