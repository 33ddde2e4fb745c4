// Takes an incoming mail: which of our mails is it about, of what kind is it, then files it under its case, once, with
// the event for the person. Nobody is answered, nothing in it is opened, and an unmatched mail is kept for staff.

import type { AnsweredMail, MailDropped, MailInSummary } from '../../store/mail/read-mails-in.ts';
import type { MailInKind } from '../../store/schema/feature-tables.ts';
import { addressesIn } from '../recipients.ts';
import { parseMailRequest } from '../outbox/mail-request.ts';
import { classifyMail } from './classify-mail.ts';
import { READ_BYTES, readMail, type ReadMail } from './read-mail.ts';
import type { MailsIn } from '../../store/mail/mails-in.ts';

// Clues to our mail: the token in the recipient's address, or the address or Message-ID of our mail that it quotes.
// Both are unguessable; subject, sender and reference are not, and are never used.

interface MailHints {
  /** Reply tokens, the most certain first. */
  readonly tokens: readonly string[];
  /** With their angle brackets. */
  readonly messageIds: readonly string[];
  /** Of the mail itself. */
  readonly own: readonly string[];
}

const AT_MOST = 20;

/** Headers in which mail servers store the recipient. Any of them may be missing. */
const RECIPIENT = [
  'delivered-to',
  'x-original-to',
  'x-delivered-to',
  'envelope-to',
  'x-envelope-to',
  'to',
  'cc',
  'resent-to',
  'received',
] as const;

/** `mailbox`: the sender's address of our mails, e.g. `office@org.example`; tokens follow a plus in it. */
export function hintsIn(mail: ReadMail, mailbox: string): MailHints {
  const all = (names: readonly string[]) => names.flatMap((name) => mail.headers.get(name) ?? []);
  const addressed = tokensIn(all(RECIPIENT).join('\n'), mailbox);
  const returned = tokensIn(mail.returned, mailbox);
  // Old bounces contain the returned mail as plain text; answers quote it.
  const quoted = tokensIn(mail.text, mailbox);
  const ids = [
    ...messageIdsIn(all(['in-reply-to', 'references', 'x-failed-message-id']).join(' ')),
    ...messageIdsIn(headerLines(mail.returned, 'message-id')),
    ...messageIdsIn(headerLines(mail.text, 'message-id')),
  ];
  return {
    tokens: first([...addressed, ...returned, ...quoted]),
    messageIds: first(ids),
    own: first(messageIdsIn(all(['message-id']).join(' '))),
  };
}

/** Our tokens are random UUIDs; an unknown token of this shape belongs to an erased case. */
function isOurToken(token: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(token);
}

function tokensIn(text: string, mailbox: string): readonly string[] {
  const at = mailbox.lastIndexOf('@');
  const [local, domain] = [literally(mailbox.slice(0, at)), literally(mailbox.slice(at))];
  const pattern = new RegExp(`(?<![\\w.+-])${local}\\+([\\w-]{1,64})${domain}(?![\\w-])`, 'gi');
  // Some servers change the case of an address.
  return Array.from(text.matchAll(pattern), ([, token]) => (token ?? '').toLowerCase());
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function messageIdsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/<[^<>\s@]{1,200}@[^<>\s@]{1,200}>/g), ([id]) => id);
}

function headerLines(text: string, name: string): string {
  return Array.from(
    text.matchAll(new RegExp(`^[> \\t]*${name}:[ \\t]*(\\S{1,400})`, 'gim')),
    ([, value]) => value ?? '',
  ).join(' ');
}

function first(list: readonly string[]): readonly string[] {
  return [...new Set(list)].slice(0, AT_MOST);
}

export interface MailInDeps {
  readonly store: Pick<MailsIn, 'find' | 'file' | 'fileUnmatched' | 'countDropped'>;
  /** The sender's address of our mails; replies come to it, with a token after a plus. */
  readonly mailbox: string;
  readonly now: () => Date;
}

export type TakenMail =
  | { readonly kind: 'filed'; readonly what: MailInKind; readonly item: AnsweredMail }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'unmatched'; readonly what: MailInKind }
  | { readonly kind: 'dropped'; readonly why: MailDropped };

/**
 * `size`: of the whole mail if `bytes` is its beginning. Throws only if the store fails; the mail should then be taken
 * again.
 */
export async function takeMail(deps: MailInDeps, bytes: Uint8Array, size = bytes.length): Promise<TakenMail> {
  const { store, mailbox } = deps;
  const mail = await readMail(bytes, size);
  const { own, tokens, messageIds } = hintsIn(mail, mailbox);
  // Our own mail that was forwarded back to us, by a mailbox rule or in a loop.
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

function sentOf(item: AnsweredMail): { readonly to: readonly string[]; readonly subject: string } | null {
  const parsed = parseMailRequest(item.request);
  return parsed.ok ? { to: addressesIn(parsed.request.to), subject: parsed.request.subject } : null;
}

/** Staff may get their notices in the same mailbox: filing one would cause another. */
function isOurNotice(mail: ReadMail, mailbox: string): boolean {
  const from = mail.from.toLowerCase();
  const isOurs = from === mailbox.toLowerCase() || from.endsWith(`<${mailbox.toLowerCase()}>`);
  return isOurs && mail.headers.get('auto-submitted')?.[0] === 'auto-generated';
}

function summaryOf({ from, subject, date, text, files, moreFiles, state }: ReadMail): MailInSummary {
  return { from, subject, date, text, files, moreFiles, state };
}
