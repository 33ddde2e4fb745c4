// Checks the audit log.

import { existsSync } from 'node:fs';
import { type AuditProblem, checkAudit } from '../staff/audit/audit.ts';
import { readAnchor } from '../vault/audit-anchor.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { withStaff } from './open-data.ts';
import { counted } from '../counted.ts';

interface Verifying {
  readonly anchor?: string | undefined;
  readonly accept?: string | undefined;
}

/**
 * Ends with 1 and reports each problem. --accept, after a restored backup: records why log and anchor differ, and
 * anchors the present last row; changed rows stay changed.
 */
export async function verifyAudit({ values: { anchor, accept } }: Given<Verifying>, io: Io): Promise<number> {
  if (anchor !== undefined && !existsSync(anchor)) throw new OperatorError(`There is no such file: ${anchor}`);
  const why = accept?.trim();
  if (why !== undefined && !/^[\w-]{3,60}$/.test(why)) {
    throw new UsageError('--accept: 3 to 60 letters, digits and hyphens');
  }
  return withStaff(io, async ({ store, audit, master, config }) => {
    const found = await checkAudit(store.audit, () => readAnchor(anchor ?? config.auditAnchorFile, master));
    // The log has grown since the copy was made: no problem, and everything up to there is proven.
    const behind = anchor === undefined ? undefined : found.find(({ kind }) => kind === 'anchor-behind');
    const problems = found.filter((problem) => problem !== behind);
    const head = await store.audit.last();
    if (problems.length === 0) {
      io.say(
        head === null
          ? 'The log is empty.'
          : `The log is whole: ${counted(head.number, 'row')}, the last of ${head.at}.`,
      );
      if (behind?.kind === 'anchor-behind') {
        io.say(`It contains everything that this copy of the anchor knew: rows 1 to ${behind.number}.`);
      }
      return 0;
    }
    for (const problem of problems) io.warn(said(problem));
    if (why === undefined) {
      throw new OperatorError(
        'Nothing was repaired. Repair nothing; keep a copy of database and anchor. docs/accounts.md says what to do.',
      );
    }
    await audit.accept(why);
    io.say('The difference is recorded, and the anchor is set to the last row.');
    return (await audit.check()).length === 0 ? 0 : 1;
  });
}

function said(problem: AuditProblem): string {
  switch (problem.kind) {
    case 'changed':
      return `Row ${problem.number} was changed.`;
    case 'removed':
      return `Rows ${problem.number} to ${problem.to} are missing.`;
    case 'unlinked':
      return `Row ${problem.number} does not follow the one before it.`;
    case 'cut-off':
      return `The end is missing: rows ${problem.number} to ${problem.to}. Was a backup restored?`;
    case 'anchor-foreign':
      return `The anchor does not belong to this log (row ${problem.number}).`;
    case 'anchor-behind':
      return `The anchor ends at row ${problem.number}, the log at ${problem.to}: an older anchor was put back, or it cannot be written.`;
    case 'anchor-missing':
      return 'The anchor file is missing.';
    case 'anchor-broken':
      return 'The anchor file is damaged, or was not written with this master key.';
    default:
      return problem satisfies never;
  }
}
