// npm run -s audit:verify -- [--anchor FILE] [--accept WHY] [--data DIR]: is the audit log what was written? Ends with 1 and
// says what is wrong and where, if not. --accept, after a backup was restored: writes down why log and anchor differ, and
// anchors what is there now; rows that were changed stay changed.

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkAudit, type AuditProblem } from '../staff/audit/check-audit.ts';
import { readAnchor } from '../vault/audit-anchor.ts';
import { withStaff } from './staff/open-staff.ts';
import { fail, typed } from './typed.ts';

const USAGE = `npm run -s audit:verify -- [--anchor FILE] [--accept WHY] [--data DIR]
  --anchor FILE: a copy of the anchor file that was kept elsewhere, in place of the one in AUDIT_ANCHOR_FILE
  --accept WHY: a short word of yours, e.g. restored-backup; it is written into the log`;

const TEXT = { type: 'string' } as const;
const OPTIONS = { anchor: TEXT, accept: TEXT, data: TEXT, help: { type: 'boolean' } } as const;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const typedIn = typed(USAGE, 0, () => parseArgs({ options: OPTIONS, allowPositionals: true }));
  if (typeof typedIn === 'number') return typedIn;
  const given = typedIn.values;
  if (given.anchor !== undefined && !existsSync(given.anchor)) return fail(`There is no such file: ${given.anchor}`);
  const why = given.accept?.trim();
  if (why !== undefined && !/^[\w-]{3,60}$/.test(why)) return fail('--accept: 3 to 60 letters, digits and hyphens');
  return withStaff({ dataDir: given.data }, async ({ store, audit, master, config }) => {
    const found = await checkAudit(store.audit, () => readAnchor(given.anchor ?? config.auditAnchorFile, master));
    // The log has gone on since a copy was made: that is no problem, and all up to there is proven.
    const behind = given.anchor === undefined ? undefined : found.find(({ kind }) => kind === 'anchor-behind');
    const problems = found.filter((problem) => problem !== behind);
    const head = await store.audit.last();
    if (problems.length === 0) {
      console.log(
        head === null ? 'The log is empty.' : `The log is whole: ${head.number} rows, the last of ${head.at}.`,
      );
      if (behind?.kind === 'anchor-behind')
        console.log(`It holds all that this copy of the anchor knew: rows 1 to ${behind.number}.`);
      return 0;
    }
    for (const problem of problems) console.error(said(problem));
    if (why === undefined)
      return fail(
        'Nothing was repaired. Repair nothing; keep a copy of database and anchor. docs/operate.md says what to do.',
      );
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
