import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CARRIED, type Purpose } from '../../src/vault/purposes.ts';
import {
  carriedOf,
  fingerprint,
  keysOfMaster,
  newDataKey,
  open,
  seal,
  SealBrokenError,
  type SealContext,
  unwrapKey,
  wrapKey,
} from '../../src/vault/seal.ts';

const HERE: SealContext = { table: 'parts', column: 'sealed', owner: 'contribution-awa', row: 'row-1' };
const STORY = 'Mon fils Koffi avait vingt ans.';
const MASTER = keysOfMaster(Buffer.alloc(32, 1));
const OTHER = keysOfMaster(Buffer.alloc(32, 2));

describe('a sealed value', () => {
  test('opens in its own place, whatever it is', () => {
    const key = newDataKey();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(open(key, HERE, seal(key, HERE, bytes)).equals(bytes)).toBe(true);
      }),
    );
    expect(open(key, HERE, seal(key, HERE, STORY)).toString('utf8')).toBe(STORY);
  });

  test('shows nothing of its words, and never looks the same twice', () => {
    const key = newDataKey();
    const [one, two] = [seal(key, HERE, STORY), seal(key, HERE, STORY)];
    expect(one.includes('Koffi')).toBe(false);
    expect(one.equals(two)).toBe(false);
  });

  test.each(['table', 'column', 'owner', 'row'] as const)('does not open under another %s', (field) => {
    const key = newDataKey();
    const sealed = seal(key, HERE, STORY);
    expect(() => open(key, { ...HERE, [field]: 'elsewhere' }, sealed)).toThrow(SealBrokenError);
  });

  test('does not open where the fields of its place are only joined differently', () => {
    const key = newDataKey();
    const sealed = seal(key, { ...HERE, owner: 'a', row: 'bc' }, STORY);
    expect(() => open(key, { ...HERE, owner: 'ab', row: 'c' }, sealed)).toThrow(SealBrokenError);
  });

  test('does not open after one bit was changed, anywhere', () => {
    const key = newDataKey();
    const sealed = seal(key, HERE, STORY);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(key, HERE, changed)).toThrow(SealBrokenError);
    }
  });

  test('does not open cut short, or with a tag of 4 bytes', () => {
    const key = newDataKey();
    const sealed = seal(key, HERE, STORY);
    for (let length = 0; length < sealed.length; length++) {
      expect(() => open(key, HERE, sealed.subarray(0, length))).toThrow(SealBrokenError);
    }
    const nonce = sealed.subarray(1, 13);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 4 });
    cipher.setAAD(Buffer.from(JSON.stringify([1, HERE.table, HERE.column, HERE.owner, HERE.row])));
    const body = Buffer.concat([cipher.update(STORY, 'utf8'), cipher.final()]);
    expect(() => open(key, HERE, Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), body]))).toThrow(
      SealBrokenError,
    );
  });

  test('says where it is broken, never what it holds', () => {
    const key = newDataKey();
    const sealed = seal(key, HERE, STORY);
    const error = catching(() => open(newDataKey(), HERE, sealed));
    expect(String(error)).toBe('SealBrokenError: The sealed value in parts.sealed cannot be opened.');
  });
});

describe('a data key', () => {
  test('opens for its owner under its master key only', () => {
    const key = newDataKey();
    const wrapped = wrapKey(MASTER, 'person-awa', key);
    expect(unwrapKey(MASTER, 'person-awa', wrapped).equals(key)).toBe(true);
    expect(() => unwrapKey(MASTER, 'person-eve', wrapped)).toThrow(SealBrokenError);
    expect(() => unwrapKey(OTHER, 'person-awa', wrapped)).toThrow(SealBrokenError);
    expect(wrapped.includes(key.export())).toBe(false);
  });
});

describe('a fingerprint', () => {
  test('is the same for the same text, and another in another domain or under another master key', () => {
    const number = '+229 97 00 11 22';
    const mark = fingerprint(MASTER, 'address', number);
    expect(mark).toMatch(/^[\w-]{43}$/);
    expect(fingerprint(MASTER, 'address', number)).toBe(mark);
    expect(fingerprint(MASTER, 'message', number)).not.toBe(mark);
    expect(fingerprint(OTHER, 'address', number)).not.toBe(mark);
  });
});

function catching(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test('a new master key goes on with the keys of stored marks, twice over, and with no other', () => {
  const [second, third] = [Buffer.alloc(32, 3), Buffer.alloc(32, 4)];
  const after = keysOfMaster(third, carriedOf(keysOfMaster(second, carriedOf(MASTER))));
  const same = (purpose: Purpose) => MASTER.of(purpose).equals(after.of(purpose));
  expect(CARRIED.filter((purpose) => !same(purpose))).toEqual([]);
  for (const purpose of ['wrap', 'carry', 'fingerprint/master', 'fingerprint/staff-session', 'fingerprint/staff-csrf'])
    expect(same(purpose as Purpose), purpose).toBe(false);
  expect(after.of('wrap').equals(keysOfMaster(third).of('wrap'))).toBe(true);
  // The lookup of a phone number goes on; what the old key wrapped, the new one does not open.
  expect(fingerprint(after, 'address', '+1')).toBe(fingerprint(MASTER, 'address', '+1'));
  expect(() => unwrapKey(after, 'a', wrapKey(MASTER, 'a', newDataKey()))).toThrow(SealBrokenError);
});
