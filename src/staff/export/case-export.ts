// Everything that is stored about one case, as a zip with a manifest: for a lawyer, an inquiry, the organisation's
// records. Withheld words are masked for every role (docs/decisions/0077), since a copy that leaves the desk is read by
// others.

import { createHash } from 'node:crypto';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { DeskCase, DeskContribution, DeskMail } from '../../store/desk/desk-case.ts';
import type { DeskRows } from '../../store/desk/desk.ts';
import type { MailsIn } from '../../store/mail/mails-in.ts';
import type { FiledMail } from '../../store/mail/read-mails-in.ts';
import type { Store } from '../../store/open.ts';
import type { AuditRow, AuditRows } from '../../store/staff/audit-rows.ts';
import { type Mask, maskOf } from '../case/mask.ts';

// A readable transcript: who, when, what; edited and deleted lines are marked.

interface ShownLine {
  readonly at: string;
  readonly from: 'person' | 'staff' | 'bot';
  readonly channel: string | null;
  readonly edited: boolean;
  /** Null if it was deleted. */
  readonly text: string | null;
}

export function transcriptText(lines: readonly ShownLine[]): string {
  return lines.map(shown).join('\n');
}

/** "2026-11-23 12:01:30 UTC  person, whatsapp (edited)", and the text below it, indented. */
function shown({ at, from, channel, edited, text }: ShownLine): string {
  const when = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
  const who = channel === null || from !== 'person' ? from : `${from}, ${channel}`;
  const said = (text ?? '(erased)').split('\n').map((line) => `    ${line}`.trimEnd());
  return [`${when}  ${who}${edited && text !== null ? ' (edited)' : ''}`, ...said, ''].join('\n');
}

export interface ExportStore {
  readonly desk: Pick<DeskRows, 'case' | 'transcript'>;
  /** The sealed rows, if only the keys of staff open them. */
  readonly sealedCase: Store['sealedCase'];
  readonly mailsIn: Pick<MailsIn, 'ofReference'>;
  readonly audit: Pick<AuditRows, 'following'>;
}

export interface CaseExport {
  /** Letters, digits and hyphens: the reference, or "case" before there is one. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const WITHHELD = '[name withheld]';
/** Local time, because zip dates are: the same bytes in every time zone. The earliest date of zip. */
const ZIP_DATE = new Date(1980, 0, 1);
const ROWS = 1_000;
const SUMS = 'SHA256SUMS';

/**
 * Null if the case does not exist (any more). `by`: an account's id, or "command". The same case at the same time gives
 * the same bytes.
 */
export async function exportCase(
  store: ExportStore,
  id: string,
  { by, at }: { readonly by: string; readonly at: string },
): Promise<CaseExport | null> {
  const found = await store.desk.case(id);
  if (found === null) return null;
  const files = new Map<string, Uint8Array>();
  const withoutTranscript: string[] = [];
  for (const [index, contribution] of found.contributions.entries()) {
    const folder = found.contributions.length === 1 ? '' : `contribution-${index + 1}/`;
    const mask = maskOf(contribution.session, WITHHELD);
    for (const [name, bytes] of documentFiles(contribution)) files.set(`${folder}${name}`, bytes);
    for (const [name, value] of Object.entries(await rowsOf(store, contribution, mask))) {
      files.set(`${folder}${name}.json`, json(value));
    }
    for (const [name, bytes] of mailFiles(await mailsOf(store, contribution))) files.set(`${folder}${name}`, bytes);
    // The withheld words are no longer known, so the transcript is left out.
    if (mask.kind === 'unknown') withoutTranscript.push(contribution.id);
    else {
      const lines = await store.desk.transcript(contribution.id);
      const shown = lines.map(({ at: when, from, text, edited, channel }) => ({
        at: when,
        from,
        channel,
        edited,
        text: text === null ? null : mask.apply(text),
      }));
      files.set(`${folder}transcript.json`, json(shown));
      files.set(`${folder}transcript.txt`, strToU8(transcriptText(shown)));
    }
  }
  const sealed = await store.sealedCase(id);
  if (sealed.length > 0) {
    const about = { griot: 'sealed-case', version: 1, reference: found.reference };
    files.set('sealed.json', json({ ...about, contributions: sealed }));
  }
  files.set('audit.json', json(await auditOf(store, found)));
  const manifest = {
    version: 1,
    reference: found.reference,
    case: found.id,
    call: found.callId,
    openedAt: found.openedAt,
    closedAt: found.closedAt,
    exportedAt: at,
    exportedBy: by,
    withheldWords: 'masked',
    withoutTranscript,
    files: Object.fromEntries(
      [...files].map(([name, bytes]) => [name, { sha256: sha256(bytes), bytes: bytes.length }]),
    ),
  };
  const name = (found.reference ?? 'case').replaceAll(/[^A-Za-z0-9-]/g, '');
  const all = [['manifest.json', json(manifest)] as const, ...files];
  return { name, bytes: zipped([...all, [SUMS, sumsOf(all)]]) };
}

/** For `sha256sum -c`. The file names are fixed: none has a backslash or line break. */
function sumsOf(files: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  return strToU8(files.map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join(''));
}

function documentFiles({ document }: DeskContribution): readonly (readonly [string, Uint8Array])[] {
  if (document === null) return [];
  const name = document.reference.replaceAll(/[^A-Za-z0-9-]/g, '');
  const files = document.files.map(({ format, bytes }) => [`document/${name}.${format}`, bytes] as const);
  // The approved manifest as it was hashed: checking it needs exactly these bytes.
  return document.manifest === null ? files : [...files, ['document/approved.json', strToU8(document.manifest)]];
}

async function rowsOf(store: ExportStore, contribution: DeskContribution, mask: Mask) {
  const back = await mailsOf(store, contribution);
  return {
    consents: contribution.consents.map((row) =>
      row.quotes === true && row.words !== undefined ? { ...row, words: mask.apply(row.words) } : row,
    ),
    flags: contribution.flags,
    delivery: contribution.mails.map(deliveryOf),
    notes: contribution.notes.map(({ staff, at, text }) => ({ staff, at, text: mask.apply(text) })),
    'mails-in': back.map(({ bytes: _, ...mail }) => ({ ...mail, text: mask.apply(mail.text) })),
  };
}

/** Without its token: with it anybody can write into the case. */
function deliveryOf(mail: DeskMail) {
  const { kind, reference, sha256: approved, state, queuedAt, notBefore, endedAt, attemptsMade } = mail;
  return { kind, reference, sha256: approved, state, queuedAt, notBefore, endedAt, attempts: attemptsMade };
}

async function mailsOf(store: ExportStore, { mails }: DeskContribution): Promise<readonly FiledMail[]> {
  const references = [...new Set(mails.map(({ reference }) => reference))];
  return (await Promise.all(references.map((one) => store.mailsIn.ofReference(one)))).flat();
}

/** As received, for a mail program; anybody may have written them. */
function mailFiles(mails: readonly FiledMail[]): readonly (readonly [string, Uint8Array])[] {
  return mails.map(({ kind, bytes }, index) => [`mails-in/${index + 1}-${kind}.eml`, bytes]);
}

async function auditOf(
  { audit }: ExportStore,
  { id, reference, contributions }: DeskCase,
): Promise<readonly AuditRow[]> {
  const references = new Set([reference, ...contributions.flatMap(({ mails }) => mails.map((mail) => mail.reference))]);
  const found: AuditRow[] = [];
  for (let after = 0; ;) {
    const rows = await audit.following(after, ROWS);
    found.push(...rows.filter((row) => row.case === id || (row.reference !== null && references.has(row.reference))));
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS) return found;
    after = last.number;
  }
}

function zipped(files: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const zip: Zippable = Object.fromEntries(files.map(([name, bytes]) => [name, [bytes, { mtime: ZIP_DATE }]]));
  return zipSync(zip);
}

function json(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
