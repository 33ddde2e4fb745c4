// The keys of a former master key that the present one goes on with: one row, sealed under the present one.

import { createSecretKey } from 'node:crypto';
import {
  carriedOf,
  keysOfMaster,
  type MasterKeys,
  openValue,
  SealBrokenError,
  sealValue,
  type ValueContext,
} from '../../vault/seal.ts';
import { markOfMasterKey } from './keys.ts';

/** The names of the two rows of `meta`. */
export const MARK = 'master';
export const CARRIED = 'carried-keys';

/** Base64, by their purposes. */
const PLACE: ValueContext<Readonly<Record<string, string>>> = {
  ...{ table: 'meta', column: 'value' },
  ...{ owner: CARRIED, row: CARRIED },
};

export interface KeyRows {
  readonly mark: string | null;
  readonly carried: string | null;
}

/** The keys that this master key gives for a database with these rows; null if it belongs to another one. */
export function keysFor(master: Buffer, { mark, carried }: KeyRows): MasterKeys | null {
  const keys = openedWith(master, carried);
  return keys !== null && mark === markOfMasterKey(keys) ? keys : null;
}

/** The rows under `next`, of a database under `keys`. */
export function rowsUnder(next: Buffer, keys: MasterKeys): { readonly mark: string; readonly carried: string } {
  const carried = carriedOf(keys);
  const text = Object.fromEntries([...carried].map(([purpose, key]) => [purpose, key.export().toString('base64')]));
  return {
    mark: markOfMasterKey(keysOfMaster(next, carried)),
    carried: sealValue(keysOfMaster(next).of('carry'), PLACE, text).toString('base64'),
  };
}

/** Without a row the master key is the first. */
function openedWith(master: Buffer, carried: string | null): MasterKeys | null {
  const keys = keysOfMaster(master);
  if (carried === null) return keys;
  try {
    const text = openValue(keys.of('carry'), PLACE, Buffer.from(carried, 'base64'));
    const of = (base64: string) => createSecretKey(Buffer.from(base64, 'base64'));
    return keysOfMaster(master, new Map(Object.entries(text).map(([purpose, key]) => [purpose, of(key)])));
  } catch (error) {
    if (error instanceof SealBrokenError) return null;
    throw error;
  }
}
