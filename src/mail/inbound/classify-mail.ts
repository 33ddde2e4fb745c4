// Decides the kind of an incoming mail. Doubtful ones are left to staff, and people are told no more than is known: a
// bounce is believed only if it is about the address that we wrote to.

import { fold } from '../../dialog/understanding/fold.ts';
import type { MailInKind } from '../../store/schema/feature-tables.ts';
import absence from './absence-words.json' with { type: 'json' };
import type { ReadMail } from './read-mail.ts';

// The machine-readable part of a bounce (RFC 3464): blocks of fields, the first about the mail, one for each recipient.

interface RecipientStatus {
  /** Lower-case; empty if it is not an address. */
  readonly recipient: string;
  /** The address that we had written to, if the report says that it was forwarded. */
  readonly original: string;
  readonly action: string;
  /** Class of the status code: '2', '4', '5', or empty. */
  readonly class: string;
}

/** Tolerates common deviations: no type before an address, angle brackets, folded lines, comments after the code. */
function readDeliveryStatus(text: string): readonly RecipientStatus[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n[ \t]*\n+/)
    .map(fieldsOf)
    .filter((fields) => fields.has('final-recipient') || fields.has('original-recipient') || fields.has('action'))
    .map((fields) => ({
      recipient: addressIn(fields.get('final-recipient') ?? ''),
      original: addressIn(fields.get('original-recipient') ?? ''),
      action: /^[a-z]+/.exec((fields.get('action') ?? '').toLowerCase())?.[0] ?? '',
      class: /^([245])\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[1] ?? '',
    }));
}

function fieldsOf(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name, value] = /^([A-Za-z-]{1,60}):[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

/** "rfc822;<Name@Example.org>" → "name@example.org". */
function addressIn(value: string): string {
  return /(?<![^\s<>;,"])([^\s<>;,"]+@[^\s<>;,"]+)/.exec(value.replace(/^[\w-]+\s*;/, ''))?.[1]?.toLowerCase() ?? '';
}

/** `sent`: recipients and subject of our mail; null if it is not known which of our mails this is about. */
export function classifyMail(
  mail: ReadMail,
  sent: { readonly to: readonly string[]; readonly subject: string } | null,
): MailInKind {
  const to = (sent?.to ?? []).map((address) => address.toLowerCase());
  const reported = mail.statuses.flatMap(readDeliveryStatus);
  if (reported.length > 0) return fromStatus(reported, to);
  if (isFromMailSystem(mail)) return fromOldBounce(mail, to);
  if (isAutomatic(mail)) return 'automatic';
  return isPerhapsAutomatic(mail.subject, sent?.subject ?? '') ? 'unclear-answer' : 'answer';
}

function fromStatus(reported: ReturnType<typeof readDeliveryStatus>, to: readonly string[]): MailInKind {
  const isOurs = (address: string) => to.includes(address);
  // A body may forward our mail to its people: a bounce of the forwarded copy is no bounce of our mail.
  const ours = reported.filter(({ recipient, original }) => isOurs(recipient) || isOurs(original));
  const failed = (list: typeof reported) => list.some(({ action }) => action === 'failed');
  if (failed(ours)) return 'bounce';
  if (ours.some(({ action }) => action === 'delayed')) return 'delay';
  if (failed(reported)) return 'unclear-bounce';
  return reported.some(({ action }) => action === 'delayed') ? 'delay' : 'automatic';
}

const DAEMON = /(?:^|[<\s"])(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@/i;

/** Programs use an empty return path (RFC 5321, 4.5.5); not all of them are mail systems. */
function isFromMailSystem(mail: ReadMail): boolean {
  return DAEMON.test(mail.from) || mail.headers.has('x-failed-recipients') || mail.text.startsWith(QMAIL);
}

const QMAIL = 'Hi. This is the ';
/** The wordings of Exim, qmail, older Exchange and others, which have no machine-readable codes. */
const GIVEN_UP =
  /permanent(?:ly)? (?:error|failure|fatal)|could not be delivered|undeliver(?:able|ed)|delivery (?:has )?failed|failed permanently|returning message to sender|not be found|user unknown|no such user|mailbox unavailable|gave up|giving up|i've given up/i;
const STILL_TRYING =
  /\bdelay(?:ed)?\b|still trying|will (?:be )?(?:retr|keep trying|continue|try)|no action is required|not yet been delivered|do not need to resend|temporar(?:y|ily)|warning: message/i;

function fromOldBounce(mail: ReadMail, to: readonly string[]): MailInKind {
  const said = `${mail.subject}\n${mail.text.slice(0, 20_000)}`;
  // "Delayed 24 hours … will keep trying for 3 days, then it could not be delivered": the warning counts.
  if (STILL_TRYING.test(said)) return 'delay';
  const failed = (mail.headers.get('x-failed-recipients') ?? []).join(' ').toLowerCase();
  const names = to.some((address) => failed.includes(address) || namesRecipient(mail.text, address));
  return names && GIVEN_UP.test(said) ? 'bounce' : 'unclear-bounce';
}

/** Such reports name it on a separate line, before the copy of our mail, which also contains it. */
function namesRecipient(text: string, to: string): boolean {
  const before = text.split(/^.*(?:copy of (?:the|your) message|original message|message headers).*$/im)[0] ?? '';
  return before
    .toLowerCase()
    .split('\n')
    .some((line) => new RegExp(`^[\\s<]*${to.replace(/[.+*?^$|()[\]{}\\]/g, '\\$&')}[\\s>:]*`).test(line));
}

const PROGRAM = /(?:^|[<\s"])(?:no-?reply|do-?not-?reply|donotreply|nao-?responda|ne-?pas-?repondre|no-?responder)@/i;
/** RFC 3834 and older headers. */
function isAutomatic(mail: ReadMail): boolean {
  const value = (name: string) => mail.headers.get(name)?.[0]?.trim().toLowerCase();
  const submitted = value('auto-submitted');
  if (submitted !== undefined && !submitted.startsWith('no')) return true;
  if (/^(?:bulk|junk|list|auto[-_]?reply)/.test(value('precedence') ?? '')) return true;
  if (/report-type="?disposition-notification/.test(value('content-type') ?? '')) return true;
  if (MARKS.some((name) => mail.headers.has(name))) return true;
  if (value('return-path') === '<>') return true;
  return PROGRAM.test(mail.from) || beginsAsAbsence(mail.subject);
}

/** Prefixes that mail programs put before the subject of a person's answer, in many languages. */
const ANSWER =
  /^\s*(?:(?:re|aw|antw|sv|vs|rv|res|resp|rif|odp|ynt|vá|vl|ref|отв|回复|回覆|答复|رد|השב|fw|fwd|wg|tr|i|enc)(?:\s*\[\d+\]|\s*\(\d+\))?\s*[:：]\s*)+/iu;

/** Beginnings of absence notes, in the languages of mail programs; "auto:" only with its colon. */
function beginsAsAbsence(subject: string): boolean {
  const own = subject.replace(ANSWER, '');
  const folded = fold(own);
  return /^\s*auto\s*[:：]/i.test(own) || BEGINS.some((words) => startsWith(folded, words));
}

/**
 * A person may also write like this, so staff see it and the person is told: it mentions an absence, or has our subject
 * after words that no mail program puts before a person's answer ("Iarscríobh: EMLER 2024 Report").
 */
function isPerhapsAutomatic(subject: string, ours: string): boolean {
  const [own, folded] = [subject.trim().replace(ANSWER, ''), ` ${fold(subject)} `];
  if (own === ours.trim()) return false;
  return (ours.trim() !== '' && own.endsWith(ours.trim())) || SAYS.some((words) => folded.includes(words));
}

const BEGINS = Object.values(absence.begins).flat().map(fold);
/** At the beginning of a word; Chinese does not separate words. */
const SAYS = Object.values(absence.says)
  .flat()
  .map(fold)
  .map((words) => (/^[a-z]/.test(words) ? ` ${words}` : words));

/** Chinese, Japanese and Thai do not separate words: there the beginning is enough. */
function startsWith(folded: string, words: string): boolean {
  if (!folded.startsWith(words)) return false;
  return folded.length === words.length || folded.charAt(words.length) === ' ' || !/[a-z]$/.test(words);
}

const MARKS = [
  'x-auto-response-suppress',
  'x-autoresponse',
  'x-autogenerated',
  'x-vacation',
  'x-autoreply',
  'x-autorespond',
  'x-auto-reply-from',
  'x-mail-autoreply',
  'x-ms-exchange-inbox-rules-loop',
  'list-id',
  'list-unsubscribe',
] as const;
