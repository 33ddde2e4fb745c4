// Is the log what was written? Every row by its own hash, every link to the row before, and the head by the anchor.

import type { AuditRow, AuditRows } from '../../store/staff/audit-port.ts';
import type { AnchorRead } from '../../vault/audit-anchor.ts';

/**
 * Rows that may stand behind the anchor: it is written after the commit, so a crash in between leaves one, for each process
 * that was writing. None of them can have been made without the key.
 */
export const NOT_YET_ANCHORED = 4;

export type AuditProblem =
  /** What the row says is not what was written. */
  | { readonly kind: 'changed'; readonly number: number }
  /** Rows from `number` to `to` are not there. */
  | { readonly kind: 'removed'; readonly number: number; readonly to: number }
  /** The row is whole, but belongs after another one than the one before it. */
  | { readonly kind: 'unlinked'; readonly number: number }
  /** The anchor knows rows that the database does not have (any more). */
  | { readonly kind: 'cut-off'; readonly number: number; readonly to: number }
  /** The anchor is of another log than this, or the row that it holds was replaced. */
  | { readonly kind: 'anchor-foreign'; readonly number: number }
  | { readonly kind: 'anchor-behind'; readonly number: number; readonly to: number }
  | { readonly kind: 'anchor-missing' }
  | { readonly kind: 'anchor-broken' };

const AT_ONCE = 1_000;
/** More of them say nothing more. */
const MOST_PROBLEMS = 50;

/**
 * The rows, oldest first, then the anchor. Whole where nothing comes back. The anchor is read last, because others may be
 * adding rows meanwhile.
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

/** Whether the anchor and the head of the log belong together. */
export async function checkAnchor(rows: AuditRows, anchor: AnchorRead): Promise<readonly AuditProblem[]> {
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
