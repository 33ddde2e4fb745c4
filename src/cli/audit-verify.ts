// npm run -s audit:verify -- [--anchor FILE] [--accept WHY] [--data DIR]: is the audit log what was written? Ends with 1 and
// says what is wrong and where, if not. --accept, after a backup was restored: writes down why log and anchor differ, and
// anchors what is there now; rows that were changed stay changed.

import { parseArgs } from 'node:util';
import { checkAudit, type AuditProblem } from '../staff/audit/check-audit.ts';
import { readAnchor } from '../vault/audit-anchor.ts';
import { fail, withStaff } from './staff/open-staff.ts';

const USAGE = `npm run -s audit:verify -- [--anchor FILE] [--accept WHY] [--data DIR]
  --anchor FILE: a copy of the anchor file that was kept elsewhere, in place of the one in AUDIT_ANCHOR_FILE
  --accept WHY: a short word of yours, e.g. restored-backup; it is written into the log`;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  if (given === null) return fail(USAGE);
  if (given.help === true) {
    console.log(USAGE);
    return 0;
  }
  const why = given.accept?.trim();
  if (why !== undefined && !/^[\w-]{3,60}$/.test(why)) return fail('--accept: 3 to 60 letters, digits and hyphens');
  return withStaff({ dataDir: given.data }, async ({ store, audit, master, anchorFile }) => {
    const problems = await checkAudit(store.audit, () => readAnchor(given.anchor ?? anchorFile, master));
    const head = await store.audit.last();
    if (problems.length === 0) {
      console.log(
        head === null ? 'The log is empty.' : `The log is whole: ${head.number} rows, the last of ${head.at}.`,
      );
      return 0;
    }
    for (const problem of problems) console.error(said(problem));
    if (why === undefined) return fail('Nothing was repaired. docs/desk.md says what to do.');
    await audit.accept(why);
    console.log('The difference is written down, and the head is anchored anew.');
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

function parseGiven() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { anchor: text, accept: text, data: text, help: { type: 'boolean' } } }).values;
  } catch {
    return null;
  }
}
