// The public keys of the staff, age or OpenPGP, and encrypting to all of them. Which keys cannot be used is known at the
// start: a transcript that could not be encrypted must not be found out when somebody waits for it.

import type { PublicKey } from 'openpgp';

export interface StaffKeys {
  /** One message for all keys of a kind, to be opened by any of them. */
  encrypt(bytes: Uint8Array): Promise<readonly { readonly kind: 'age' | 'asc'; readonly bytes: Uint8Array }[]>;
}

export class StaffKeysError extends Error {
  override readonly name = 'StaffKeysError';
}

const ARMORED =
  /-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----[\s\S]*?-----END PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----/g;

/**
 * Lines "age1…", armored OpenPGP public keys, empty lines and lines that begin with #, in any order.
 * @throws {StaffKeysError} naming the line or key that cannot encrypt.
 */
export async function parseStaffKeys(text: string, now: Date): Promise<StaffKeys> {
  // Reading code is most of what a start takes: only where keys are configured.
  const { Encrypter } = await import('age-encryption');
  const pgp = await import('openpgp');
  const keys: PublicKey[] = [];
  for (const [index, [block]] of [...text.matchAll(ARMORED)].entries()) keys.push(await readKey(block, index + 1));
  const encrypter = new Encrypter();
  let recipients = 0;
  for (const [index, line] of text
    .replace(ARMORED, (block) => '\n'.repeat(block.split('\n').length - 1))
    .split('\n')
    .entries()) {
    const word = line.trim();
    if (word === '' || word.startsWith('#')) continue;
    if (/^AGE-SECRET-KEY-/i.test(word)) throw wrong(`line ${index + 1} is a secret key. Only public keys belong here`);
    try {
      encrypter.addRecipient(word);
      recipients += 1;
    } catch {
      throw wrong(`line ${index + 1} is neither an age recipient (age1…) nor part of an OpenPGP public key`);
    }
  }
  if (recipients + keys.length === 0) throw wrong('it holds no key');
  return {
    async encrypt(bytes) {
      const made: { kind: 'age' | 'asc'; bytes: Uint8Array }[] = [];
      if (recipients > 0) made.push({ kind: 'age', bytes: await encrypter.encrypt(bytes) });
      if (keys.length > 0) {
        const message = await pgp.createMessage({ binary: bytes });
        const armored = await pgp.encrypt({ message, encryptionKeys: keys, format: 'armored' });
        made.push({ kind: 'asc', bytes: Buffer.from(armored, 'ascii') });
      }
      return made;
    },
  };

  async function readKey(block: string, number: number): Promise<PublicKey> {
    const key = await pgp.readKey({ armoredKey: block }).catch(() => null);
    if (key === null) throw wrong(`OpenPGP key ${number} cannot be read`);
    if (key.isPrivate()) throw wrong(`OpenPGP key ${number} is a private key. Only public keys belong here`);
    try {
      await key.getEncryptionKey(undefined, now);
    } catch {
      throw wrong(`OpenPGP key ${number} cannot encrypt: it has expired, was revoked, or is for signatures only`);
    }
    return key.toPublic();
  }
}

function wrong(why: string): StaffKeysError {
  return new StaffKeysError(`STAFF_KEYS cannot be used: ${why}.`);
}
