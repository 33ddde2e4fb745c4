// Keys of the staff as they are handed in, and what is encrypted to them, opened again with the private ones.

import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import * as pgp from 'openpgp';
import { expect, test } from 'vitest';
import { parseStaffKeys } from '../../../src/staff/forward/tell-staff.ts';

const NOW = new Date();
const SECRET = Buffer.from('Canary: minha irmã Zefa viu tudo.');

async function pgpPair(
  given: { readonly date?: Date; readonly keyExpirationTime?: number; readonly subkeys?: [] } = {},
) {
  // A key of a second later than NOW could not encrypt yet.
  const date = new Date(NOW.getTime() - 60_000);
  const userIDs = [{ name: 'Ana Exemplo', email: 'ana@example.org' }];
  return pgp.generateKey({ userIDs, format: 'armored', date, ...given });
}

test('every one of the staff opens it with a key of their own, and nobody else does', async () => {
  const identities = [await generateX25519Identity(), await generateX25519Identity()];
  const recipients = await Promise.all(identities.map((one) => identityToRecipient(one)));
  const [ana, bea] = [await pgpPair(), await pgpPair()];
  const file = ['# the staff', recipients[0], '', ana.publicKey, `  ${recipients[1] ?? ''}`, bea.publicKey].join(
    '\r\n',
  );
  const keys = await parseStaffKeys(file, NOW);
  const made = await keys.encrypt(SECRET);
  expect(made.map(({ kind }) => kind)).toEqual(['age', 'asc']);
  for (const { bytes } of made) expect(Buffer.from(bytes).includes('Canary')).toBe(false);

  for (const identity of identities) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    expect(Buffer.from(await decrypter.decrypt(made[0]?.bytes ?? new Uint8Array()))).toEqual(SECRET);
  }
  for (const { privateKey } of [ana, bea]) {
    const { data } = await pgp.decrypt({
      message: await pgp.readMessage({ armoredMessage: Buffer.from(made[1]?.bytes ?? []).toString() }),
      decryptionKeys: await pgp.readPrivateKey({ armoredKey: privateKey }),
      format: 'binary',
    });
    expect(Buffer.from(data)).toEqual(SECRET);
  }
  const stranger = new Decrypter();
  stranger.addIdentity(await generateX25519Identity());
  await expect(stranger.decrypt(made[0]?.bytes ?? new Uint8Array())).rejects.toThrow();
});

test('two transcripts are never the same bytes, and of one kind of key one message is made', async () => {
  const keys = await parseStaffKeys(await identityToRecipient(await generateX25519Identity()), NOW);
  const [first, second] = [await keys.encrypt(SECRET), await keys.encrypt(SECRET)];
  expect(first).toHaveLength(1);
  expect(first[0]?.bytes).not.toEqual(second[0]?.bytes);
});

test.each([
  ['nothing', () => '# nobody yet\n', /holds no key/],
  ['a word', () => '\nage1wrong', /line 2 is neither/],
  ['a secret age key', () => generateX25519Identity(), /line 1 is a secret key/],
  ['a private OpenPGP key', async () => (await pgpPair()).privateKey, /key 1 is a private key/],
  ['half a key', async () => (await pgpPair()).publicKey.slice(0, 200), /line 1 is neither/],
  [
    'a key that was changed',
    async () => (await pgpPair()).publicKey.replace(/[A-Za-z0-9]{40}/, 'A'.repeat(40)),
    /key 1 cannot be read|key 1 cannot encrypt/,
  ],
  [
    'a key that has expired',
    async () => (await pgpPair({ date: new Date('2020-01-01'), keyExpirationTime: 3600 })).publicKey,
    /key 1 cannot encrypt/,
  ],
  ['a key for signatures only', async () => (await pgpPair({ subkeys: [] })).publicKey, /key 1 cannot encrypt/],
])('a file with %s stops the start and says where', async (_, make, problem) => {
  await expect(parseStaffKeys(await make(), NOW)).rejects.toThrow(problem);
});
