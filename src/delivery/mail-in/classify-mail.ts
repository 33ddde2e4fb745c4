// What kind of mail came back. In doubt it is something that staff look at, and nobody is told more than is known: a
// bounce is only believed where it is about the one address that we wrote to.

import type { MailInKind } from '../../store/mails-in-port.ts';
import { readDeliveryStatus } from './delivery-status.ts';
import type { ReadMail } from './read-mail.ts';

/** `sent`: whom our mail was sent to, and its subject; null where it is not known which mail of ours this is about. */
export function classifyMail(
  mail: ReadMail,
  sent: { readonly to: string; readonly subject: string } | null,
): MailInKind {
  const to = sent?.to ?? null;
  const reported = mail.statuses.flatMap(readDeliveryStatus);
  if (reported.length > 0) return fromStatus(reported, to);
  if (isFromMailSystem(mail)) return fromOldBounce(mail, to);
  return isAutomatic(mail) || isReplyOfNobody(mail, sent?.subject ?? null) ? 'automatic' : 'answer';
}

function fromStatus(reported: ReturnType<typeof readDeliveryStatus>, to: string | null): MailInKind {
  const isOurs = (address: string) => to !== null && address === to.toLowerCase();
  // A body may pass our mail on to its people: that one of them was not reached is no bounce of it.
  const ours = reported.filter(({ recipient, original }) => isOurs(recipient) || isOurs(original));
  const failed = (list: typeof reported) => list.some(({ action }) => action === 'failed');
  if (failed(ours)) return 'bounce';
  if (ours.some(({ action }) => action === 'delayed')) return 'delay';
  if (failed(reported)) return 'unclear-bounce';
  return reported.some(({ action }) => action === 'delayed') ? 'delay' : 'automatic';
}

const DAEMON = /(?:^|[<\s"])(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@/i;

/** An empty return path belongs to programs (RFC 5321, 4.5.5); not every one of them is a mail system. */
function isFromMailSystem(mail: ReadMail): boolean {
  return DAEMON.test(mail.from) || mail.headers.has('x-failed-recipients') || mail.text.startsWith(QMAIL);
}

const QMAIL = 'Hi. This is the ';
/** As Exim, qmail, older Exchange and others word it; they have no codes that could be read. */
const GIVEN_UP =
  /permanent(?:ly)? (?:error|failure|fatal)|could not be delivered|undeliver(?:able|ed)|delivery (?:has )?failed|failed permanently|returning message to sender|not be found|user unknown|no such user|mailbox unavailable|gave up|giving up|i've given up/i;
const STILL_TRYING =
  /\bdelay(?:ed)?\b|still trying|will (?:be )?(?:retr|keep trying|continue|try)|no action is required|not yet been delivered|do not need to resend|temporar(?:y|ily)|warning: message/i;

function fromOldBounce(mail: ReadMail, to: string | null): MailInKind {
  const said = `${mail.subject}\n${mail.text.slice(0, 20_000)}`;
  // "Delayed 24 hours … will keep trying for 3 days, then it could not be delivered": the warning wins.
  if (STILL_TRYING.test(said)) return 'delay';
  const failed = (mail.headers.get('x-failed-recipients') ?? []).join(' ').toLowerCase();
  const names = to !== null && (failed.includes(to.toLowerCase()) || namesRecipient(mail.text, to));
  return names && GIVEN_UP.test(said) ? 'bounce' : 'unclear-bounce';
}

/** On a line of its own, as these reports name it, and before the copy of our mail, which names it too. */
function namesRecipient(text: string, to: string): boolean {
  const before = text.split(/^.*(?:copy of (?:the|your) message|original message|message headers).*$/im)[0] ?? '';
  return before
    .toLowerCase()
    .split('\n')
    .some((line) =>
      new RegExp(`^[\\s<]*${to.toLowerCase().replace(/[.+*?^$|()[\]{}\\]/g, '\\$&')}[\\s>:]*`).test(line),
    );
}

const PROGRAM = /(?:^|[<\s"])(?:no-?reply|do-?not-?reply|donotreply|nao-?responda|ne-?pas-?repondre|no-?responder)@/i;
const AWAY =
  /^\s*(?:(?:automatic|auto) ?(?:reply|response)|auto:|out of (?:the )?office|r[ée]ponse automatique|absen(?:ce|t) du bureau|message d'absence|respuesta autom[áa]tica|fuera de (?:la )?oficina|resposta autom[áa]tica|fora do escrit[óo]rio|aus[êe]ncia tempor[áa]ria|ausencia temporal)/i;

/** RFC 3834 and what is older than it. */
function isAutomatic(mail: ReadMail): boolean {
  const value = (name: string) => mail.headers.get(name)?.[0]?.trim().toLowerCase();
  const submitted = value('auto-submitted');
  if (submitted !== undefined && !submitted.startsWith('no')) return true;
  if (/^(?:bulk|junk|list|auto[-_]?reply)/.test(value('precedence') ?? '')) return true;
  if (/report-type="?disposition-notification/.test(value('content-type') ?? '')) return true;
  if (MARKS.some((name) => mail.headers.has(name))) return true;
  if (value('return-path') === '<>') return true;
  return PROGRAM.test(mail.from) || AWAY.test(mail.subject);
}

/** What mail programs put before the subject of a person's answer, in many languages. */
const ANSWER =
  /^\s*(?:(?:re|aw|antw|sv|vs|rv|res|resp|rif|odp|ynt|vá|vl|ref|отв|回复|回覆|答复|رد|השב|fw|fwd|wg|tr|i|enc)(?:\s*\[\d+\]|\s*\(\d+\))?\s*[:：]\s*)+/iu;

/**
 * No word of any language tells an absence note, but its form does: it answers nothing by its id, or it has our subject
 * behind words that no mail program writes for a person ("Automatische Antwort: …", "رد تلقائي: …").
 */
function isReplyOfNobody(mail: ReadMail, ours: string | null): boolean {
  if (ours === null) return false;
  const [own, subject] = [ours.trim(), mail.subject.trim()];
  const answered = subject.replace(ANSWER, '');
  if (answered === own && answered !== subject) return false;
  const ids = ['in-reply-to', 'references'].flatMap((name) => mail.headers.get(name) ?? []);
  const namesOne = ids.some((value) => /<[^<>\s]+>/.test(value));
  return !namesOne || (own !== '' && answered !== own && subject.endsWith(own));
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
