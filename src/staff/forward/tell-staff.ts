// Mails to staff when a case needs a person, and about what became of mails: danger at once, everything else as one mail
// an hour. A mail names needs and references, and no person's words; if keys are configured it contains the transcript, encrypted to the keys of
// staff.

import { strToU8, type Zippable, zipSync } from 'fflate';
import type { PublicKey } from 'openpgp';
import {
  type HandedOver,
  sendNotice,
  type StaffMailDeps,
  type StaffNotice,
  type StaffState,
  staffNotice,
} from '../../mail/notices/staff-notice.ts';
import type { DeskContribution } from '../../store/desk/desk-case.ts';
import type { DeskRows } from '../../store/desk/desk.ts';
import type { StaffNeed, StaffNeedKind, StaffNeeds } from '../../store/desk/staff-needs.ts';
import type { MailTexts } from '../../texts/catalogues.ts';
import { fillLine } from '../../texts/translate.ts';
import type { Audit } from '../audit/audit.ts';
import { maskOf } from '../case/mask.ts';
import { transcriptText } from '../export/case-export.ts';

// The public keys of staff, age or OpenPGP, and encrypting to all of them. Unusable keys are reported at the start, not
// when a transcript has to be sent.

export interface StaffKeys {
  /** One message for all keys of a kind; any of them can open it. */
  encrypt(bytes: Uint8Array): Promise<readonly { readonly kind: 'age' | 'asc'; readonly bytes: Uint8Array }[]>;
}

export class StaffKeysError extends Error {
  override readonly name = 'StaffKeysError';
}

const ARMORED =
  /-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----[\s\S]*?-----END PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----/g;

/**
 * Lines "age1…", armored OpenPGP public keys, empty lines and lines that begin with #, in any order.
 * @throws {StaffKeysError} that names the line or key that cannot encrypt.
 */
export async function parseStaffKeys(text: string, now: Date): Promise<StaffKeys> {
  // Imported only if keys are configured: loading code is most of the cost of a start.
  const { Encrypter } = await import('age-encryption');
  const pgp = await import('openpgp');
  const keys: PublicKey[] = [];
  for (const [index, [block]] of [...text.matchAll(ARMORED)].entries()) keys.push(await readKey(block, index + 1));
  const encrypter = new Encrypter();
  let recipients = 0;
  for (const [index, line] of text
    .replace(ARMORED, (block) => '\n'.repeat(block.split('\n').length - 1))
    .split('\n')
    .entries()) {
    const word = line.trim();
    if (word === '' || word.startsWith('#')) continue;
    if (/^AGE-SECRET-KEY-/i.test(word)) throw wrong(`line ${index + 1} is a secret key. Only public keys belong here`);
    try {
      encrypter.addRecipient(word);
      recipients += 1;
    } catch {
      throw wrong(`line ${index + 1} is neither an age recipient (age1…) nor part of an OpenPGP public key`);
    }
  }
  if (recipients + keys.length === 0) throw wrong('it holds no key');
  return {
    async encrypt(bytes) {
      const made: { kind: 'age' | 'asc'; bytes: Uint8Array }[] = [];
      if (recipients > 0) made.push({ kind: 'age', bytes: await encrypter.encrypt(bytes) });
      if (keys.length > 0) {
        const message = await pgp.createMessage({ binary: bytes });
        const armored = await pgp.encrypt({ message, encryptionKeys: keys, format: 'armored' });
        made.push({ kind: 'asc', bytes: Buffer.from(armored, 'ascii') });
      }
      return made;
    },
  };

  async function readKey(block: string, number: number): Promise<PublicKey> {
    const key = await pgp.readKey({ armoredKey: block }).catch(() => null);
    if (key === null) throw wrong(`OpenPGP key ${number} cannot be read`);
    if (key.isPrivate()) throw wrong(`OpenPGP key ${number} is a private key. Only public keys belong here`);
    try {
      await key.getEncryptionKey(undefined, now);
    } catch {
      throw wrong(`OpenPGP key ${number} cannot encrypt: it has expired, was revoked, or is for signatures only`);
    }
    return key.toPublic();
  }
}

function wrong(why: string): StaffKeysError {
  return new StaffKeysError(`STAFF_KEYS cannot be used: ${why}.`);
}

// The case as it is sent to staff, before encryption: the document as it will leave, and the transcript with withheld
// words masked. Only for people who have consented.

const WITHHELD = '[name withheld]';
/** Local time, because zip dates are. The earliest date of zip. */
const ZIP_DATE = new Date(1980, 0, 1);

/** A zip; null if there is nothing to send: no such contribution, no consent, or the withheld words are not known. */
async function forwardedCase(
  desk: Pick<DeskRows, 'case' | 'transcript'>,
  { case: id, contribution }: { readonly case: string | null; readonly contribution: string | null },
): Promise<Uint8Array | null> {
  const found = id === null ? null : await desk.case(id);
  const kept = found?.contributions.find((one) => one.id === contribution);
  if (kept === undefined || !mayBeKept(kept)) return null;
  const mask = maskOf(kept.session, WITHHELD);
  if (mask.kind === 'unknown') return null;
  const lines = await desk.transcript(kept.id);
  const shown = lines.map((line) => ({ ...line, text: line.text === null ? null : mask.apply(line.text) }));
  const zip: Zippable = { 'transcript.txt': [strToU8(transcriptText(shown)), { mtime: ZIP_DATE }] };
  for (const { format, bytes } of kept.document?.files ?? []) zip[`document.${format}`] = [bytes, { mtime: ZIP_DATE }];
  return zipSync(zip);
}

function mayBeKept({ consents }: DeskContribution): boolean {
  return consents.findLast(({ purpose }) => purpose === 'keep')?.value === 'yes';
}

export interface TellStaffDeps {
  readonly needs: StaffNeeds;
  readonly desk: Pick<DeskRows, 'case' | 'transcript'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly mail: StaffMailDeps;
  /** Null: no transcript is sent. */
  readonly keys: StaffKeys | null;
  /** The URL of the desk. */
  readonly deskUrl: URL;
}

/** Mail servers commonly accept 10 MiB, and base64 adds a third. */
const MOST_BYTES = 7 * 1024 * 1024;

/** Staff want to read these cases at once; the other needs are about a mail, which the desk shows. */
const WITH_TRANSCRIPT: readonly StaffNeedKind[] = ['in-danger', 'asks-for-person', 'wrote-back', 'review'];

/** Told at once; everything else waits for the next digest. */
const AT_ONCE: readonly StaffNeedKind[] = ['in-danger'];

/** Minutes between two digests: less for news that cannot wait. */
const DIGEST_MINUTES = { usual: 60, near: 10 };
/** A deadline is near and a text waits for its release; a mail that would have left waits for its author. */
const NEAR: readonly string[] = ['alarm', 'doubted'] satisfies StaffState[];

type News = Awaited<ReturnType<StaffNeeds['news']>>;

/**
 * Sends a mail about each danger at once, and one about everything else, at most once an hour, or once in ten minutes if a
 * text waits for its release and the deadline is less than two hours away, or if a doubt holds a mail. Returns the number of
 * mails that were delivered. `signal` ends it between two.
 */
export async function tellStaff(deps: TellStaffDeps, signal?: AbortSignal): Promise<number> {
  const { needs, mail } = deps;
  const due = await needs.due(mail.now().toISOString());
  let told = 0;
  for (const need of due.filter(({ kind }) => AT_ONCE.includes(kind))) {
    if (signal?.aborted === true) return told;
    if (await sendClaimed(deps, [need], [])) told += 1;
  }
  if (signal?.aborted === true) return told;
  return (await sendDigest(deps, due)) ? told + 1 : told;
}

/** False if there is nothing to tell, if the last digest is too new, or if it could not be delivered. */
async function sendDigest(deps: TellStaffDeps, due: readonly StaffNeed[]): Promise<boolean> {
  const { needs, mail } = deps;
  const now = mail.now().toISOString();
  const rest = due.filter(({ kind }) => !AT_ONCE.includes(kind));
  const news = await needs.news(now);
  const minutes = news.some(({ state }) => NEAR.includes(state)) ? DIGEST_MINUTES.near : DIGEST_MINUTES.usual;
  if (rest.length + news.length === 0 || !(await needs.claimDigest(now, minutes))) return false;
  let went = false;
  try {
    went = await sendClaimed(deps, rest, news);
  } finally {
    await needs.digestTold(news, went);
  }
  return went;
}

/** Sends one mail about those of the needs that no other process tells, and notes the result. */
async function sendClaimed(deps: TellStaffDeps, given: readonly StaffNeed[], news: News): Promise<boolean> {
  const { needs, mail } = deps;
  const claimed: StaffNeed[] = [];
  for (const need of given) if (await needs.claim(need, mail.now().toISOString())) claimed.push(need);
  if (claimed.length + news.length === 0) return false;
  let went = false;
  try {
    went = await sendNotice(mail, await noticeOf(claimed, news, deps));
  } finally {
    for (const need of claimed) await needs.told(need, went);
  }
  return went;
}

async function noticeOf(needs: readonly StaffNeed[], news: News, deps: TellStaffDeps): Promise<HandedOver> {
  const { texts, newId } = deps.mail;
  const attachments = await allEncrypted(needs, deps);
  const [need] = needs;
  const [one] = news;
  const more = attachments.length === 0 ? '' : `\n\n${texts.needs.encrypted}`;
  if (needs.length === 0 && news.length === 1 && one !== undefined) {
    const { subject, body } = staffNotice(newsIn(one, texts), texts);
    return { subject, body, name: `notice-${one.reference}-${one.kind}-${one.state}`, attachments };
  }
  const isOne = needs.length === 1 && news.length === 0 && need !== undefined;
  return {
    subject: texts.needs.subject,
    body: `${isOne ? bodyOf(need, deps) : digestBody(needs, news, deps)}${more}\n`,
    name: `notice-${isOne ? `${need.kind}-${need.reference ?? newId()}` : `digest-${newId()}`}`,
    attachments,
  };
}

function bodyOf(need: StaffNeed, { mail: { texts }, deskUrl }: TellStaffDeps): string {
  return fillLine(texts.needs.body, {
    need: texts.needs.kind[need.kind],
    reference: need.reference ?? texts.needs.none,
    desk: deskUrl.href,
  });
}

/** A sentence for each kind, with the references that it is about. */
function digestBody(needs: readonly StaffNeed[], news: News, { mail: { texts }, deskUrl }: TellStaffDeps): string {
  const lines = new Map<string, string[]>();
  const add = (what: string, reference: string) => lines.set(what, [...(lines.get(what) ?? []), reference]);
  for (const { kind, reference } of needs) add(texts.needs.kind[kind], reference ?? texts.needs.none);
  for (const one of news) {
    const { state, kind, reference } = newsIn(one, texts);
    add(`${texts.staff.state[state]} (${texts.staff.kind[kind]})`, reference);
  }
  const list = [...lines].map(([what, references]) => `${what}\n${references.join(', ')}`).join('\n\n');
  const head = fillLine(texts.needs.several, { count: String(needs.length + news.length) });
  return `${head}\n\n${list}\n\n${fillLine(texts.needs.open, { desk: deskUrl.href })}`;
}

/** A row names its state and kind as words. */
function newsIn({ reference, kind, state }: News[number], { staff }: MailTexts): StaffNotice {
  const known = Object.keys(staff.state).find((one): one is StaffNotice['state'] => one === state);
  const mail = Object.keys(staff.kind).find((one): one is StaffNotice['kind'] => one === kind);
  if (known === undefined || mail === undefined) throw new Error(`There are no words for ${kind}/${state}.`);
  return { reference, kind: mail, state: known };
}

/** As many as fit into one mail; the others are read at the desk. */
async function allEncrypted(needs: readonly StaffNeed[], deps: TellStaffDeps) {
  const attachments: Awaited<ReturnType<typeof encrypted>>[number][] = [];
  let size = 0;
  for (const need of needs) {
    const files = await encrypted(need, deps, MOST_BYTES - size);
    size += files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    attachments.push(...files);
  }
  return attachments;
}

async function encrypted(need: StaffNeed, { desk, keys, audit }: TellStaffDeps, room: number) {
  if (keys === null || !WITH_TRANSCRIPT.includes(need.kind)) return [];
  const zip = await forwardedCase(desk, need);
  if (zip === null || zip.length > room) return [];
  await audit.record({
    staff: null,
    action: 'mail.forward',
    ...(need.reference === null ? {} : { reference: need.reference }),
    ...(need.case === null ? {} : { case: need.case }),
    detail: 'encrypted',
  });
  return (await keys.encrypt(zip)).map(({ kind, bytes }) => ({
    name: `${need.reference ?? 'case'}.zip.${kind}`,
    contentType: 'application/octet-stream',
    bytes,
  }));
}
