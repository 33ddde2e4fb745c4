// Records acts of staff before anything is shown or done. Every page of the desk calls `record`.

import type { AuditRow, AuditRows } from '../../store/staff/audit-rows.ts';
import { type AnchorRead, readAnchor, writeAnchor } from '../../vault/audit-anchor.ts';
import type { MasterKeys } from '../../vault/seal.ts';

// Checks the log: every row by its hash, every link to the row before, and the last row by the anchor.

/**
 * Most rows that may be newer than the anchor: it is written after the commit, so a crash in between leaves one for
 * each writing process. None of them can have been made without the key.
 */
const NOT_YET_ANCHORED = 4;

export type AuditProblem =
  /** The row does not match its hash. */
  | { readonly kind: 'changed'; readonly number: number }
  /** Rows from `number` to `to` are missing. */
  | { readonly kind: 'removed'; readonly number: number; readonly to: number }
  /** The row is intact, but was written after another one than the one before it. */
  | { readonly kind: 'unlinked'; readonly number: number }
  /** The anchor knows rows that the database does not have (any more). */
  | { readonly kind: 'cut-off'; readonly number: number; readonly to: number }
  /** The anchor belongs to another log, or its row was replaced. */
  | { readonly kind: 'anchor-foreign'; readonly number: number }
  | { readonly kind: 'anchor-behind'; readonly number: number; readonly to: number }
  | { readonly kind: 'anchor-missing' }
  | { readonly kind: 'anchor-broken' };

const AT_ONCE = 1_000;
/** More of them tell nothing new. */
const MOST_PROBLEMS = 50;

/**
 * Checks the rows, oldest first, then the anchor. Empty if all is intact. The anchor is read last, because others may
 * add rows meanwhile.
 */
export async function checkAudit(rows: AuditRows, anchor: () => AnchorRead): Promise<readonly AuditProblem[]> {
  const problems: AuditProblem[] = [];
  let before: Pick<AuditRow, 'number' | 'hash'> = { number: 0, hash: '' };
  for (;;) {
    const page = await rows.following(before.number, AT_ONCE);
    for (const row of page) {
      const expected = before.number + 1;
      if (row.number !== expected) problems.push({ kind: 'removed', number: expected, to: row.number - 1 });
      if (!rows.isWhole(row)) problems.push({ kind: 'changed', number: row.number });
      else if (row.number === expected && row.previous !== before.hash) {
        problems.push({ kind: 'unlinked', number: row.number });
      }
      before = row;
    }
    if (page.length < AT_ONCE || problems.length > MOST_PROBLEMS) break;
  }
  return [...problems, ...(await checkAnchor(rows, anchor()))].slice(0, MOST_PROBLEMS);
}

/** Checks that the anchor matches the last row. */
async function checkAnchor(rows: AuditRows, anchor: AnchorRead): Promise<readonly AuditProblem[]> {
  const head = await rows.last();
  if (anchor.kind === 'broken') return [{ kind: 'anchor-broken' }];
  const at = head?.number ?? 0;
  if (anchor.kind === 'missing') return at > NOT_YET_ANCHORED ? [{ kind: 'anchor-missing' }] : [];
  const { number, hash } = anchor.head;
  if (number > at) return [{ kind: 'cut-off', number: at + 1, to: number }];
  const anchored = await rows.row(number);
  if (anchored?.hash !== hash) return [{ kind: 'anchor-foreign', number }];
  return at - number > NOT_YET_ANCHORED ? [{ kind: 'anchor-behind', number, to: at }] : [];
}

/** Every recorded action, so that the page can list them and areas use the same names. */
export const AUDIT_ACTIONS = [
  'sign-in',
  'sign-in.fail',
  'sign-in.half',
  'sign-out',
  'session.end',
  'access.refuse',
  'prove',
  'prove.fail',
  'password.change',
  'codes.renew',
  'passkey.add',
  'passkey.remove',
  'account.add',
  'account.set-up',
  'account.disable',
  'account.recover',
  'account.unlock',
  'account.language',
  'audit.view',
  'audit.verify',
  'audit.accept',
  'key.change',
  'queue.view',
  'view.save',
  'view.remove',
  'figures.view',
  'doctor.view',
  'case.view',
  'case.transcript',
  'case.file',
  'case.note',
  'case.assign',
  'case.put-off',
  'case.dealt',
  'case.step-back',
  'case.write',
  'case.look-up',
  'case.release',
  'case.take-back',
  'case.hold',
  'case.give-back',
  'case.withhold',
  'case.second-reviewer',
  'case.retry',
  'case.way-back',
  'case.own-word',
  'case.erase',
  'case.delete',
  'case.seal',
  'case.open-sealed',
  'case.open-again',
  'export.case',
  'export.list',
  'mail.forward',
  'mail.file',
  'mail.list',
  'mail.view',
  'mail.attachment',
  'mail.assign',
  'mail.unassign',
  'mail.remove',
  'voice.list',
  'voice.hear',
  'voice.type',
  'translation.list',
  'translation.view',
  'translation.write',
] as const;

/** Somebody read, heard or took out what a person wrote or sent. */
export const READS = [
  'case.view',
  'case.transcript',
  'case.file',
  'case.open-sealed',
  'export.case',
  'mail.forward',
  'mail.view',
  'mail.attachment',
  'voice.hear',
  'voice.type',
  'translation.view',
  'translation.write',
] as const satisfies readonly (typeof AUDIT_ACTIONS)[number][];

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditAct {
  /** Null if the account is not known, e.g. if a sign-in fails. */
  readonly staff: { readonly id: string } | null;
  readonly action: AuditAction;
  readonly reference?: string;
  readonly case?: string;
  /** A short fixed word or number; never personal data of people who testify. */
  readonly detail?: string;
}

export interface Audit {
  /** On the disk before it resolves. Rejects if it cannot be written: then nothing is shown or done. */
  record(act: AuditAct): Promise<void>;
  /** Checks the whole log. Empty if it is intact. */
  check(): Promise<readonly AuditProblem[]>;
  /** Records that log and anchor differ for a known reason (a restored backup), and anchors the last row again. */
  accept(why: string): Promise<void>;
}

export interface AuditDeps {
  readonly rows: AuditRows;
  readonly master: MasterKeys;
  readonly anchorFile: string;
  readonly onFault: (error: unknown) => void;
}

class AnchorOutOfStepError extends Error {
  override readonly name = 'AnchorOutOfStepError';

  constructor(problems: readonly AuditProblem[]) {
    super(
      `The audit log and its anchor differ (${problems.map(({ kind }) => kind).join(', ')}). Run: npm run -s griot -- audit verify`,
    );
  }
}

export function openAudit({ rows, master, anchorFile, onFault }: AuditDeps): Audit {
  // One after the other, so that the anchor never moves backwards.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const append = ({ staff, action, reference, detail, ...act }: AuditAct) =>
    rows.append({
      staff: staff?.id ?? null,
      action,
      reference: reference ?? null,
      case: act.case ?? null,
      detail: detail ?? null,
    });
  const anchor = ({ number, hash, at }: AuditRow) => writeAnchor(anchorFile, master, { number, hash, at });
  return {
    record: (act) =>
      inTurn(async () => {
        const row = await append(act);
        // The row is committed. If the anchor cannot or must not be moved, this is reported, and every check shows it.
        try {
          const problems = await checkAnchor(rows, readAnchor(anchorFile, master));
          if (problems.length > 0) throw new AnchorOutOfStepError(problems);
          anchor((await rows.last()) ?? row);
        } catch (error) {
          onFault(error);
        }
      }),
    check: () => inTurn(() => checkAudit(rows, () => readAnchor(anchorFile, master))),
    accept: (why) => inTurn(async () => anchor(await append({ staff: null, action: 'audit.accept', detail: why }))),
  };
}

/** Records how many cases expired, not which. Deletions by people themselves are in no log. */
export function recordErased(audit: Audit) {
  return ({ drafts, closed, held }: Record<'drafts' | 'closed' | 'held', number>): Promise<void> =>
    audit.record({
      staff: null,
      action: 'case.delete',
      detail: `retention, drafts ${drafts}, closed ${closed}, held ${held}`,
    });
}
