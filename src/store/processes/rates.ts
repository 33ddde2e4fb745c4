// Rate limits that all processes count together. A row is a hash of whom it is for, and a number.

import { sql } from 'kysely';
import { fingerprint } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';

export function rateRows({ database, master }: Context) {
  /** A token bucket, filled again with time. `now`: milliseconds. Returns true if there was one to take. */
  return async (
    key: string,
    { burst, perMinute }: { readonly burst: number; readonly perMinute: number },
    now: number,
  ): Promise<boolean> => {
    const mark = fingerprint(master, 'rate', key);
    const filled = sql`least(${burst}::float8, rates.tokens + greatest(0, ${now}::float8 - rates.at) / 60000 * ${perMinute}::float8)`;
    const { rows } = await sql<{ allowed: boolean }>`
      insert into rates (mark, tokens, at, allowed) values (${mark}, ${burst - 1}, ${now}, true)
      on conflict (mark) do update set at = ${now}, allowed = ${filled} >= 1,
        tokens = case when ${filled} >= 1 then ${filled} - 1 else ${filled} end
      returning allowed`.execute(database.read);
    return rows[0]?.allowed === true;
  };
}
