// A mail to the staff when a case needs a person: of each kind of need and case at most one in an hour. It says what is
// needed and under which reference, nothing of what anybody wrote; where keys are configured it brings the transcript,
// which opens with the staff's own key only.

import { strToU8, type Zippable, zipSync } from 'fflate';
import type { PublicKey } from 'openpgp';
import { type HandedOver, sendNotice, type StaffMailDeps } from '../../mail/notices/staff-notice.ts';
import type { DeskContribution } from '../../store/desk/desk-case.ts';
import type { DeskRows } from '../../store/desk/desk.ts';
import type { StaffNeed, StaffNeedKind, StaffNeeds } from '../../store/desk/staff-needs.ts';
import { fillLine } from '../../texts/translate.ts';
import type { Audit } from '../audit/audit.ts';
import { maskOf } from '../case/mask.ts';
import { transcriptText } from '../export/case-export.ts';

// The public keys of the staff, age or OpenPGP, and encrypting to all of them. Which keys cannot be used is known at the
// start: a transcript that could not be encrypted must not be found out when somebody waits for it.

export interface StaffKeys {
  /** One message for all keys of a kind, to be opened by any of them. */
  encrypt(bytes: Uint8Array): Promise<readonly { readonly kind: 'age' | 'asc'; readonly bytes: Uint8Array }[]>;
}

export class StaffKeysError extends Error {
  override readonly name = 'StaffKeysError';
}

const ARMORED =
  /-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----[\s\S]*?-----END PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----/g;

/**
 * Lines "age1…", armored OpenPGP public keys, empty lines and lines that begin with #, in any order.
 * @throws {StaffKeysError} naming the line or key that cannot encrypt.
 */
export async function parseStaffKeys(text: string, now: Date): Promise<StaffKeys> {
  // Reading code is most of what a start takes: only where keys are configured.
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

// What staff are sent of a case, before it is encrypted: the document as it will leave, and what was said as text, words to
// be withheld masked. Only of those who said that what they write may be kept.

const WITHHELD = '[name withheld]';
/** Local time, because zip dates are. The earliest date that zip knows. */
const ZIP_DATE = new Date(1980, 0, 1);

/** A zip; null where there is nothing to send: no such contribution, no yes to keeping, or nobody knows what to mask. */
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
  /** Where the desk is reached. */
  readonly deskUrl: URL;
}

/** A mail server takes no more than this (facts: 10 MiB is common), and base64 makes a third more of it. */
const MOST_BYTES = 7 * 1024 * 1024;

/** Of these needs staff want to read at once; the others are about a mail, which lies at the desk. */
const WITH_TRANSCRIPT: readonly StaffNeedKind[] = ['in-danger', 'asks-for-person', 'review'];

/** Tells of everything that is due; returns how many notices were handed over. `signal` ends it between two. */
export async function tellStaff(deps: TellStaffDeps, signal?: AbortSignal): Promise<number> {
  const { needs, mail } = deps;
  let told = 0;
  for (const need of await needs.due(mail.now().toISOString())) {
    if (signal?.aborted === true) break;
    if (!(await needs.claim(need, mail.now().toISOString()))) continue;
    let went = false;
    try {
      went = await sendNotice(mail, await noticeOf(need, deps));
    } finally {
      await needs.told(need, went);
    }
    if (went) told += 1;
  }
  return told;
}

async function noticeOf(need: StaffNeed, deps: TellStaffDeps): Promise<HandedOver> {
  const { needs: texts } = deps.mail.texts;
  const attachments = await encrypted(need, deps);
  const body = fillLine(texts.body, {
    need: texts.kind[need.kind],
    reference: need.reference ?? texts.none,
    desk: deps.deskUrl.href,
  });
  return {
    subject: texts.subject,
    body: `${attachments.length === 0 ? body : `${body}\n\n${texts.encrypted}`}\n`,
    name: `notice-${need.kind}-${need.reference ?? deps.mail.newId()}`,
    attachments,
  };
}

async function encrypted(need: StaffNeed, { desk, keys, audit }: TellStaffDeps) {
  if (keys === null || !WITH_TRANSCRIPT.includes(need.kind)) return [];
  const zip = await forwardedCase(desk, need);
  if (zip === null || zip.length > MOST_BYTES) return [];
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
