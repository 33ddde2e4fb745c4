// What staff do is recorded before it is shown or done. Everybody who builds a page of the desk calls `record`.

import type { AuditRow, AuditRows } from '../../store/staff/audit-port.ts';
import { readAnchor, writeAnchor } from '../../vault/audit-anchor.ts';
import { type AuditProblem, checkAnchor, checkAudit } from './check-audit.ts';

// Every act that is recorded, so that the page can offer them and no two rooms name one act in two ways.

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
  'queue.view',
  'case.view',
  'case.transcript',
  'case.file',
  'case.note',
  'case.assign',
  'case.step-back',
  'case.write',
  'case.look-up',
  'case.release',
  'case.hold',
  'case.give-back',
  'case.withhold',
  'case.second-reviewer',
  'case.retry',
  'case.way-back',
  'case.own-word',
  'case.erase',
  'case.delete',
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
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditAct {
  /** Who; null where nobody is known, e.g. when a sign-in fails. */
  readonly staff: { readonly id: string } | null;
  readonly action: AuditAction;
  readonly reference?: string;
  readonly case?: string;
  /** A short word or figure of ours; never anything that a person wrote or is. */
  readonly detail?: string;
}

export interface Audit {
  /** On the disk before it resolves. Rejects where it cannot be: then nothing is shown or done. */
  record(act: AuditAct): Promise<void>;
  /** All of the log. Empty: it is what was written. */
  check(): Promise<readonly AuditProblem[]>;
  /** Writes down that log and anchor differ and somebody knows why (a restored backup), and anchors the head anew. */
  accept(why: string): Promise<void>;
}

export interface AuditDeps {
  readonly rows: AuditRows;
  readonly master: Buffer;
  readonly anchorFile: string;
  readonly onFault: (error: unknown) => void;
}

export class AnchorOutOfStepError extends Error {
  override readonly name = 'AnchorOutOfStep';

  constructor(problems: readonly AuditProblem[]) {
    super(
      `The audit log and its anchor differ (${problems.map(({ kind }) => kind).join(', ')}). Run: npm run -s griot -- audit verify`,
    );
  }
}

export function openAudit({ rows, master, anchorFile, onFault }: AuditDeps): Audit {
  // One after the other, so that the anchor never goes back.
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
        // The row stands. An anchor that cannot be moved, or must not be, is told and shows in every check.
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

/** What was erased because its time was over: how many, not whose. People's own deletions are theirs, and in no log. */
export function recordErased(audit: Audit) {
  return ({ drafts, closed, held }: Record<'drafts' | 'closed' | 'held', number>): Promise<void> =>
    audit.record({
      staff: null,
      action: 'case.delete',
      detail: `retention, drafts ${drafts}, closed ${closed}, held ${held}`,
    });
}
