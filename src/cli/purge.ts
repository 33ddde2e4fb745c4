// npm run -s purge -- [--data DIR]: erases now what is older than people were told it would be kept. The server does the
// same at its start and every hour; this is for a server that is off, and to see that it works.

import { parseArgs } from 'node:util';
import { HELD_HOURS } from '../store/retention.ts';
import { openExistingStore } from './open-existing-store.ts';

const USAGE = 'npm run -s purge -- [--data DIR]';

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  if (given === null) return fail(USAGE);
  if (given.help === true) {
    console.log(USAGE);
    return 0;
  }
  const opened = await openExistingStore(given.data);
  if (!opened.ok) return fail(opened.problem);
  const { store, config } = opened;
  try {
    const { idleDays, closedDays } = config;
    const erased = await store.purge(new Date().toISOString(), { idleDays, closedDays, heldHours: HELD_HOURS });
    console.log(`Drafts erased, idle for more than ${idleDays} days: ${erased.drafts}`);
    console.log(`Cases erased, closed for more than ${closedDays} days: ${erased.closed}`);
    console.log(`Messages erased, written before a yes and older than ${HELD_HOURS} hours: ${erased.held}`);
    return 0;
  } finally {
    await store.close();
  }
}

function parseGiven() {
  try {
    return parseArgs({ options: { data: { type: 'string' }, help: { type: 'boolean' } } }).values;
  } catch {
    return null;
  }
}

function fail(text: string): 1 {
  console.error(text);
  return 1;
}
