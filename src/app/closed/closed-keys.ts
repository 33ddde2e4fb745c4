// Encryption to the public keys of staff: of the data key of a case, and of the words that prove a key.

import { counted } from '../../counted.ts';

/** Loaded only when something is encrypted: it brings sixty files. */
const age = () => import('age-encryption');

export class ClosedKeysError extends Error {
  override readonly name = 'ClosedKeysError';
}

/** An age file that each of these opens. @throws {ClosedKeysError} if one of them cannot be encrypted to. */
export async function encryptTo(recipients: readonly string[], plain: Uint8Array): Promise<Uint8Array> {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  try {
    for (const one of recipients) encrypter.addRecipient(one);
  } catch {
    throw new ClosedKeysError('CLOSED_KEYS: one of the keys is no age recipient; its checksum is wrong.');
  }
  const sealed = await encrypter.encrypt(plain);
  const found = stanzasOf(sealed);
  if (found !== recipients.length)
    throw new ClosedKeysError(
      `The file can be opened with ${counted(found, 'key')}, and not with all ${recipients.length}.`,
    );
  return sealed;
}

/** For how many keys: a line of the header for each. */
function stanzasOf(sealed: Uint8Array): number {
  const text = Buffer.from(sealed).toString('latin1');
  return text
    .slice(0, text.indexOf('\n--- '))
    .split('\n')
    .filter((line) => line.startsWith('-> ')).length;
}

/** Null if none of these secret keys opens it. */
export async function decryptWith(identities: readonly string[], sealed: Uint8Array): Promise<Uint8Array | null> {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  for (const one of identities) decrypter.addIdentity(one);
  try {
    return await decrypter.decrypt(sealed);
  } catch {
    return null;
  }
}

/** The last characters of a public key, by which people tell them apart. */
export function shortKey(recipient: string): string {
  return `…${recipient.slice(-8)}`;
}
