// npm run -s purge -- [--data DIR]: erases now what is older than people were told it would be kept. The server does the
// same at its start and every hour; this is for a server that is off, and to see that it works.

import { HELD_HOURS } from '../store/retention.ts';
import { withData } from './with-data.ts';

const USAGE = 'npm run -s purge -- [--data DIR]';

process.exitCode = await withData(USAGE, async (store, { idleDays, closedDays }) => {
  const erased = await store.purge(new Date().toISOString(), { idleDays, closedDays, heldHours: HELD_HOURS });
  console.log(`Drafts erased, idle for more than ${idleDays} days: ${erased.drafts}`);
  console.log(`Cases erased, closed for more than ${closedDays} days: ${erased.closed}`);
  console.log(`Messages erased, written before a yes and older than ${HELD_HOURS} hours: ${erased.held}`);
  return 0;
});
