// npm run -s purge -- [--data DIR]: erases now what is older than people were told it would be kept. The server does the
// same at its start and every hour; this is for a server that is off, and to see that it works. The audit log says that it was done.

import { parseArgs } from 'node:util';
import { HELD_HOURS } from '../store/retention.ts';
import { withStaff } from './staff/open-staff.ts';
import { typed } from './typed.ts';

const USAGE = 'npm run -s purge -- [--data DIR]';
const OPTIONS = { data: { type: 'string' }, help: { type: 'boolean' } } as const;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = typed(USAGE, 0, () => parseArgs({ options: OPTIONS, allowPositionals: true }));
  if (typeof given === 'number') return given;
  return withStaff({ dataDir: given.values.data }, async ({ store, audit, config: { idleDays, closedDays } }) => {
    const due = `purge, idle ${idleDays}, closed ${closedDays} days`;
    await audit.record({ staff: null, action: 'case.delete', detail: due });
    const erased = await store.purge(new Date().toISOString(), { idleDays, closedDays, heldHours: HELD_HOURS });
    console.log(`Drafts erased, idle for more than ${idleDays} days: ${erased.drafts}`);
    console.log(`Cases erased, closed for more than ${closedDays} days: ${erased.closed}`);
    console.log(`Messages erased, written before a yes and older than ${HELD_HOURS} hours: ${erased.held}`);
    return 0;
  });
}
