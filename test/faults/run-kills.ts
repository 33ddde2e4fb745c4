// npm run -s kills -- [KILLS] [PEOPLE] [SEED]: two processes on one PostgreSQL, killed, frozen for a minute and stopped at random.

import { startPostgres } from '../support/postgres.ts';
import { killAtRandom } from './kills.ts';

const [kills = 200, people = 50, seed = 1] = process.argv.slice(2).map(Number);
const postgres = await startPostgres();
if (postgres === null) process.exit(1);
const say = (line: string) => process.stderr.write(`${line}\n`);
const found = await killAtRandom({ postgres, kills, people, seed, freezeMs: 60_000, say });
await postgres.stop();
process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
process.exit(found.faults.length === 0 ? 0 : 1);
