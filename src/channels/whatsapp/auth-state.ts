// Stores Baileys' keys in a sealed table.

import {
  BufferJSON,
  initAuthCreds,
  proto,
  type AuthenticationCreds,
  type AuthenticationState,
  type SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import type { AuthRow, AuthState } from './ports.ts';

const CREDS = 'creds';

export interface OpenedAuth {
  readonly state: AuthenticationState;
  saveCreds(): Promise<void>;
  /** Resolves when all writes have ended; later writes of the library are dropped. */
  end(): Promise<void>;
}

/** The device was linked, but some of its keys are missing: only linking again helps. Never creates a new identity silently. */
export class KeysMissingError extends Error {
  override readonly name = 'KeysMissingError';
}

/** @throws {KeysMissingError} if the account was linked and its keys are missing or incomplete. */
export async function openAuth(port: AuthState, account: string, owner: string, fresh: boolean): Promise<OpenedAuth> {
  const found = (await port.readAuth(account, CREDS, [CREDS])).get(CREDS);
  if (found === undefined && !fresh) throw new KeysMissingError('The keys of the linked device are gone.');
  const creds = found === undefined ? initAuthCreds() : (decode(found) as AuthenticationCreds);
  if (!fresh) {
    if (creds.me === undefined) throw new KeysMissingError('This device was never linked.');
    const preKeys = (await port.countAuth(account)).get('pre-key') ?? 0;
    if (creds.nextPreKeyId > 1 && preKeys === 0)
      throw new KeysMissingError('The keys of the linked device are cut short.');
  }
  let saving = Promise.resolve();
  let writing: Promise<unknown> = Promise.resolve();
  let ended = false;
  const state: AuthenticationState = {
    creds,
    keys: {
      async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
        const rows = await port.readAuth(account, type, ids);
        const values: Record<string, SignalDataTypeMap[T]> = {};
        for (const [id, row] of rows) {
          const value = decode(row);
          const whole =
            type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as object) : value;
          values[id] = whole as SignalDataTypeMap[T];
        }
        return values;
      },
      async set(data) {
        const rows: AuthRow[] = [];
        for (const [type, values] of Object.entries(data)) {
          for (const [id, value] of Object.entries(values as Record<string, unknown>)) {
            rows.push({ type, id, value: value === null || value === undefined ? null : encode(value) });
          }
        }
        if (ended) return;
        const mine = port.writeAuth(account, owner, rows);
        writing = Promise.allSettled([writing, mine]);
        await mine;
      },
    },
  };
  return {
    state,
    saveCreds() {
      if (ended) return saving;
      const value = encode(creds);
      saving = saving
        .catch(() => undefined)
        .then(() => port.writeAuth(account, owner, [{ type: CREDS, id: CREDS, value }]));
      return saving;
    },
    async end() {
      ended = true;
      await Promise.allSettled([writing, saving]);
    },
  };
}

const encode = (value: unknown) => JSON.stringify(value, BufferJSON.replacer);
const decode = (text: string): unknown => JSON.parse(text, BufferJSON.reviver);
