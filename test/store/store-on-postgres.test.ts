import { afterAll, beforeAll, describe } from 'vitest';
import { startPostgres, type TempPostgres } from '../support/postgres.ts';
import { openTempStore } from '../support/temp-store.ts';
import { sharedSpec } from './shared-spec.ts';
import { storeSpec } from './store-spec.ts';

let postgres: TempPostgres | null = null;
beforeAll(async () => {
  postgres = await startPostgres();
  // Every test begins with a copy of it: the tables are made once.
  await postgres?.makeTemplate(async (url) => {
    const temp = await openTempStore({ database: { kind: 'postgres', url } });
    await temp.close();
  });
});
afterAll(async () => {
  await postgres?.stop();
});

const open = async () =>
  postgres === null ? null : openTempStore({ database: { kind: 'postgres', url: await postgres.newDatabase() } });

describe('the store on PostgreSQL', () => {
  storeSpec(open);
});

describe('several processes on PostgreSQL', () => {
  sharedSpec(open);
});
