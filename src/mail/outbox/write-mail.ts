// Writes a mail at the read-back, complete: its body is part of what is approved, its request is in the outbox from
// SEND on. A mail that could not be sent later is refused here, before anybody approves it.

import type { Draft, Publication } from '../../dialog/engine/draft.ts';
import { isPartly, publicationLine } from '../../submission/publication-line.ts';
import type { DocumentTexts, InEvery, MailTexts } from '../../texts/catalogues.ts';
import { fillLine } from '../../texts/translate.ts';
import { type MailRequest, parseMailRequest, type WithdrawalAsk } from './mail-request.ts';

// The text of a mail: short, in the submission's language. Its first line always says what may be done with the
// submission. It is shown at the read-back and is part of what the person approves.

/** The input of a body: a request without a body. Distributes over the kinds of mail. */
export type MailBodyInput = MailRequest extends infer R ? (R extends MailRequest ? Omit<R, 'body'> : never) : never;

export interface MailBodyTexts {
  readonly mail: MailTexts;
  /** The first lines, the same as in the document. */
  readonly publication: Readonly<Record<Publication, string>>;
  /** The author, if the body wants that in the mail. */
  readonly author?: string | undefined;
  /** How the operator can be reached, if the body wants that in the mail. */
  readonly contact?: string | undefined;
}

/** Paragraphs separated by an empty line, `\n` line ends, one at the end. */
export function mailBody(input: MailBodyInput, { mail: texts, publication, author, contact }: MailBodyTexts): string {
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
    ...(author === undefined || input.kind === 'withdrawal' ? [] : [authorLine(input, texts, author)]),
    ...(contact === undefined ? [] : [fillLine(texts.contact, { ...values, contact })]),
    fillLine(texts.reference, values),
    fillLine(texts.replies, values),
    values.operator,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** The mail is for the body alone; it is told so if the name may not be published. */
function authorLine({ publication }: MailBodyInput, texts: MailTexts, author: string): string {
  return fillLine(publication === 'public-named' ? texts.author : texts.authorOnly, { author });
}

/**
 * A correction says that it is one, and both halves of a line are seen in an inbox. A withdrawal says what it asks,
 * whatever was chosen for the submission that it withdraws.
 */
function firstLine(
  input: MailBodyInput,
  texts: MailTexts,
  { reference }: { readonly reference: string },
  chosen: string,
): string {
  if (input.kind === 'submission') return chosen;
  if (input.kind === 'correction') return `${fillLine(texts.corrected, { replaces: input.replaces })} ${chosen}`;
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

export interface MailSender {
  /** The operator's name. */
  readonly fromName: string;
  readonly from: string;
  /** The operator's; null if none is set. */
  readonly phone: string | null;
  readonly mail: InEvery<MailTexts>;
  /** First lines, the same as in the documents. */
  readonly document: InEvery<DocumentTexts>;
}

export interface MailMatter {
  readonly draft: Pick<
    Draft,
    'callId' | 'language' | 'reference' | 'publication' | 'asksToPublish' | 'late' | 'replaces'
  > &
    Partial<Pick<Draft, 'sections'>>;
  readonly to: string;
  readonly subject: string;
  readonly callTitle: string;
  readonly issuer: string;
  /** The author, if the body wants that in the mail. */
  readonly author?: string;
  /** The body wants to know whom it can reach: the operator is named. */
  readonly contact?: true;
}

type Wanted = Pick<MailMatter, 'draft' | 'author' | 'contact'>;

export interface WordedMail {
  readonly body: string;
  readonly request: MailRequest;
}

/** Both functions throw, naming the fields, if the mail could not be sent. */
export function buildMailWriter(sender: MailSender) {
  const write = (input: MailBodyInput, { draft, author, ...wants }: Wanted): WordedMail => {
    const document = sender.document[input.language];
    const publication = { ...document.publication, [draft.publication]: publicationLine(document, draft) };
    const contact = wants.contact === true ? [sender.phone ?? '', sender.from].filter(Boolean).join(', ') : undefined;
    const texts = { mail: sender.mail[input.language], publication, author, contact };
    const parsed = parseMailRequest({ ...input, body: mailBody(input, texts) });
    if (!parsed.ok) throw new Error(`This mail could not be sent. Wrong: ${parsed.fields.join(', ')}`);
    return { body: parsed.request.body, request: parsed.request };
  };
  const common = ({ draft, ...call }: MailMatter) => ({
    callId: draft.callId,
    language: draft.language,
    reference: draft.reference,
    publication: draft.publication,
    ...(isPartly(draft) ? { partly: true as const } : {}),
    late: draft.late,
    to: call.to,
    subject: call.subject,
    callTitle: call.callTitle,
    issuer: call.issuer,
    fromName: sender.fromName,
    from: sender.from,
  });
  return {
    /** A correction if the draft replaces an earlier submission. */
    submission(matter: MailMatter): WordedMail {
      const { replaces } = matter.draft;
      if (replaces === undefined) return write({ kind: 'submission', ...common(matter) }, matter);
      return write({ kind: 'correction', replaces, ...common(matter) }, matter);
    },
    /** `part`: of a joint submission, the number of the withdrawn contribution. `also`: earlier versions. */
    withdrawal: (
      matter: MailMatter,
      ask: WithdrawalAsk,
      { part, also = [] }: { readonly part?: number | undefined; readonly also?: readonly string[] | undefined } = {},
    ): WordedMail =>
      write(
        {
          ...{ kind: 'withdrawal', ask, ...common(matter) },
          ...(part === undefined ? {} : { part }),
          ...(also.length === 0 ? {} : { also }),
        },
        matter,
      ),
  };
}
