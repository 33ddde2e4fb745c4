// What in a mail tells which of our mails it is about: the token in the address that it came to, or the address or the
// Message-ID of ours that it quotes. Both are unguessable; subject, sender and reference are not, and are never used.

import type { ReadMail } from './read-mail.ts';

export interface MailHints {
  /** Reply tokens, in the order of how sure they are. */
  readonly tokens: readonly string[];
  /** With their angle brackets. */
  readonly messageIds: readonly string[];
  /** Of the mail itself. */
  readonly own: readonly string[];
}

const AT_MOST = 20;

/** Where a mail server notes whom a mail came to. Any of them may be missing. */
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

/** `mailbox`: what the mails are sent from, e.g. `office@org.example`; tokens stand after a plus in it. */
export function hintsIn(mail: ReadMail, mailbox: string): MailHints {
  const all = (names: readonly string[]) => names.flatMap((name) => mail.headers.get(name) ?? []);
  const addressed = tokensIn(all(RECIPIENT).join('\n'), mailbox);
  const returned = tokensIn(mail.returned, mailbox);
  // Old bounces hold the mail that came back as plain text; answers quote it.
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

/** Random UUIDs are what we give out; what looks like one and is nobody's belongs to a case that was erased. */
export function isOurToken(token: string): boolean {
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
