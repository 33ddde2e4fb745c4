// SQLite compiles a statement once and runs it often. The authorizer of a connection is asked for each column that a statement reads
// while it is compiled, also if SQLite does that by itself when the statement is run.

import { constants, DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import { BEGIN, STORY, startApp } from '../support/running-app.ts';

/** The tables of a turn. What looks for mails and marks compares values with the conditions of indexes, for which SQLite compiles again. */
const TABLES: readonly (string | null)[] = ['inbox', 'persons', 'keys', 'addresses', 'sessions', 'lines', 'replies'];

it('a statement of a turn that is run again is not compiled again', async () => {
  const connections = new Set<DatabaseSync>();
  let [isPreparing, asked, askedAgain] = [false, 0, 0];
  const authorize = (action: number, table: string | null) => {
    if (action !== constants.SQLITE_READ || !TABLES.includes(table)) return constants.SQLITE_OK;
    if (isPreparing) asked += 1;
    else askedAgain += 1;
    return constants.SQLITE_OK;
  };
  const prepare = Reflect.get(DatabaseSync.prototype, 'prepare');
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, sql) {
    if (!connections.has(this)) this.setAuthorizer(authorize);
    connections.add(this);
    isPreparing = true;
    try {
      return prepare.call(this, sql);
    } finally {
      isPreparing = false;
    }
  });
  const griot = await startApp();
  try {
    const tell = async (address: string) => {
      await griot.phone(address).saysAll([...BEGIN, STORY, 'next', 'skip']);
      await griot.app.settle();
    };
    await tell('+00 000 0111');
    expect(asked).toBeGreaterThan(0);
    askedAgain = 0;
    await tell('+00 000 0112');
    expect(askedAgain).toBe(0);
  } finally {
    vi.restoreAllMocks();
    await griot.close();
  }
});
