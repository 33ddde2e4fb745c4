// The data of one mail that is not in the stored document. It is sealed in the outbox row from SEND on, and parsed
// again when the mail is frozen.

import { z } from 'zod';
import { PUBLICATIONS } from '../../dialog/engine/draft.ts';
import type { Publication } from '../../dialog/engine/draft.ts';
import { LANGUAGES } from '../../languages.ts';
import type { Language } from '../../languages.ts';
import { parseMailAddress } from '../address.ts';
import { addressesIn } from '../recipients.ts';

interface EveryMail {
  readonly callId: string;
  /** The submission's language, not that of the conversation. */
  readonly language: Language;
  /** Capitals, digits and hyphens: it is part of file names. */
  readonly reference: string;
  readonly publication: Publication;
  /** Some answers stay confidential. */
  readonly partly?: true;
  /** One address or several, as one line (recipients.ts), which was part of what the person approved. */
  readonly to: string;
  /** Literally as the call says; never translated or extended. */
  readonly subject: string;
  /** The operator's name. */
  readonly fromName: string;
  readonly from: string;
  readonly late: boolean;
  readonly callTitle: string;
  readonly issuer: string;
  /** The body, exactly as it was approved (write-mail.ts). Empty only while it is being built. */
  readonly body: string;
}

export type WithdrawalAsk = 'withdraw' | 'not-publish';

export type MailRequest = EveryMail &
  (
    | { readonly kind: 'submission' }
    | { readonly kind: 'correction'; readonly replaces: string }
    | {
        readonly kind: 'withdrawal';
        readonly ask: WithdrawalAsk;
        /** Of a joint submission: the number of the withdrawn contribution. */
        readonly part?: number;
        /** Earlier versions of the same submission. */
        readonly also?: readonly string[];
      }
  );

const reference = z.string().regex(/^(?=.{1,40}$)[A-Z0-9]+(?:-[A-Z0-9]+)*$/);
const isAddress = (text: string) => parseMailAddress(text).ok && text === text.trim();
const address = z.string().refine(isAddress, 'expected one mail address');
const line = z
  .string()
  .min(1)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'expected one line');

const everyMail = {
  callId: z.string().min(1),
  language: z.enum(LANGUAGES),
  reference,
  publication: z.enum(PUBLICATIONS),
  partly: z.literal(true).exactOptional(),
  to: z.string().refine((line) => addressesIn(line).every(isAddress), 'expected mail addresses'),
  subject: line,
  fromName: line,
  from: address,
  late: z.boolean(),
  callTitle: line,
  issuer: line,
  body: z.string().min(1),
};

const schema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('submission'), ...everyMail }),
  z.strictObject({ kind: z.literal('correction'), replaces: reference, ...everyMail }),
  z.strictObject({
    kind: z.literal('withdrawal'),
    ask: z.enum(['withdraw', 'not-publish']),
    part: z.number().int().positive().exactOptional(),
    also: z.array(reference).min(1).exactOptional(),
    ...everyMail,
  }),
]);

export type ParsedMailRequest =
  { readonly ok: true; readonly request: MailRequest } | { readonly ok: false; readonly fields: readonly string[] };

/** Names the wrong fields, never their content, since it may be logged. */
export function parseMailRequest(value: unknown): ParsedMailRequest {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, request: parsed.data };
  return { ok: false, fields: parsed.error.issues.map((issue) => issue.path.join('.')) };
}
