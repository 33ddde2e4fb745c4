// A correction and a withdrawal answer the mail that they are about, so that an inbox shows them together.

import type { Store } from '../../store/open.ts';
import type { MailRequest } from './mail-request.ts';

/** Message-IDs with their angle brackets, the oldest first; the last one is of the mail that is answered. */
export type Answered = readonly string[];

/** Empty for a mail that begins a thread, and if the earlier one never left. */
export async function answeredBy(request: MailRequest, store: Pick<Store, 'mail'>): Promise<Answered> {
  if (request.kind === 'submission') return [];
  const earlier = await store.mail(request.kind === 'correction' ? request.replaces : request.reference);
  const left = earlier.filter(({ kind, bytes, attempts }) => kind !== 'withdrawal' && bytes !== null && attempts > 0);
  const bytes = left.at(-1)?.bytes ?? null;
  return bytes === null ? [] : threadOf(bytes);
}

/** Of a mail as it was frozen: the ids in its References, then its own. */
function threadOf(bytes: Uint8Array): Answered {
  const text = Buffer.from(bytes.subarray(0, 64 * 1024)).toString('latin1');
  const lines = text
    .slice(0, text.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]+/gu, ' ')
    .split('\r\n');
  const idsIn = (name: string) =>
    lines
      .filter((line) => line.toLowerCase().startsWith(`${name}:`))
      .flatMap((line) => line.match(/<[^<>\s]+>/gu) ?? []);
  return [...idsIn('references'), ...idsIn('message-id')];
}
