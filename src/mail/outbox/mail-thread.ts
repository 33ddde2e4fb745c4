// A correction and a withdrawal answer the mail that they are about, so that an inbox shows them together.

import { threadOf } from '../../store/mail/thread.ts';
import type { Store } from '../../store/open.ts';
import type { MailRequest } from './mail-request.ts';

/** Message-IDs with their angle brackets, the oldest first; the last one is of the mail that is answered. */
export type Answered = readonly string[];

/** Empty for a mail that begins a thread, and if the earlier one never left. */
export async function answeredBy(request: MailRequest, store: Pick<Store, 'mail'>): Promise<Answered> {
  if (request.kind === 'submission') return [];
  const earlier = await store.mail(request.kind === 'correction' ? request.replaces : request.reference);
  const isKnown = ({ bytes, thread }: (typeof earlier)[number]) => bytes !== null || thread !== undefined;
  const left = earlier.filter((one) => one.kind !== 'withdrawal' && one.attempts > 0 && isKnown(one)).at(-1);
  return left?.thread ?? (left?.bytes ? threadOf(left.bytes) : []);
}
