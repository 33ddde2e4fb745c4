// The way back: a mail that came → which mail of ours is it about → what kind is it → filed under its case, once, with
// what the person is told. Nobody is answered, nothing in it is opened, and who cannot be matched is kept for staff.

import type { AnsweredMail, MailDropped, MailInKind, MailInSummary, MailsIn } from '../../store/mail/mails-in-port.ts';
import { parseMailRequest } from '../outbox/mail-request.ts';
import { classifyMail } from './classify-mail.ts';
import { hintsIn, isOurToken } from './find-mail.ts';
import { READ_BYTES, readMail, type ReadMail } from './read-mail.ts';

export interface MailInDeps {
  readonly store: Pick<MailsIn, 'find' | 'file' | 'fileUnmatched' | 'countDropped'>;
  /** What our mails are sent from; answers come to it, with a token after a plus. */
  readonly mailbox: string;
  readonly now: () => Date;
}

export type TakenMail =
  | { readonly kind: 'filed'; readonly what: MailInKind; readonly item: AnsweredMail }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'unmatched'; readonly what: MailInKind }
  | { readonly kind: 'dropped'; readonly why: MailDropped };

/**
 * `size`: of the whole mail where `bytes` is its beginning. Throws only where the store fails; then the mail should be given
 * to us again.
 */
export async function takeMail(deps: MailInDeps, bytes: Uint8Array, size = bytes.length): Promise<TakenMail> {
  const { store, mailbox } = deps;
  const mail = await readMail(bytes, size);
  const { own, tokens, messageIds } = hintsIn(mail, mailbox);
  // A mail of ours that was passed back to us, by a rule of somebody's mailbox or in a loop.
  const isOurs = own.length > 0 && (await store.find([], own)) !== null;
  const item = await store.find(tokens, messageIds);
  const what = classifyMail(mail, item === null ? null : sentOf(item));
  const toFile = {
    identity: mail.identity,
    kind: what,
    summary: summaryOf(mail),
    bytes: bytes.subarray(0, READ_BYTES),
    at: deps.now().toISOString(),
  };
  const drop = async (why: MailDropped): Promise<TakenMail> => {
    await store.countDropped(why);
    return { kind: 'dropped', why };
  };
  if (isOurs || isOurNotice(mail, mailbox)) return drop('ours');
  if (item !== null) {
    const filed = await store.file(item, toFile);
    if (filed === 'gone') return drop('erased');
    return filed === 'filed' ? { kind: 'filed', what, item } : { kind: 'repeat' };
  }
  if (tokens.some(isOurToken)) return drop('erased');
  const filed = await store.fileUnmatched(toFile);
  if (filed === 'full') return drop('full');
  return filed === 'filed' ? { kind: 'unmatched', what } : { kind: 'repeat' };
}

function sentOf(item: AnsweredMail): { readonly to: string; readonly subject: string } | null {
  const parsed = parseMailRequest(item.request);
  return parsed.ok ? parsed.request : null;
}

/** Where staff read their notices in the same mailbox: to file one would make another one. */
function isOurNotice(mail: ReadMail, mailbox: string): boolean {
  const from = mail.from.toLowerCase();
  const isOurs = from === mailbox.toLowerCase() || from.endsWith(`<${mailbox.toLowerCase()}>`);
  return isOurs && mail.headers.get('auto-submitted')?.[0] === 'auto-generated';
}

function summaryOf({ from, subject, date, text, files, moreFiles, state }: ReadMail): MailInSummary {
  return { from, subject, date, text, files, moreFiles, state };
}
