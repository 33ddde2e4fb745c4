// Proof that somebody holds the secret key to a public key: a word that was encrypted to it comes back.

import { fingerprint } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';

const ROW = 'closed-key/';

export function closedKeys(context: Context) {
  const { database, master } = context;
  /** For the reader's eye and voice: three groups of four hexadecimal digits. */
  const wordOf = (recipient: string) =>
    Buffer.from(fingerprint(master, 'closed-key', recipient), 'base64url')
      .toString('hex')
      .slice(0, 12)
      .replaceAll(/.{4}(?=.)/gu, '$&-');
  return {
    wordOf,
    /** The public keys among these that were proved, with the last time. */
    async proved(
      recipients: readonly string[],
    ): Promise<readonly { readonly recipient: string; readonly at: string }[]> {
      if (recipients.length === 0) return [];
      const rows = await database.read
        .selectFrom('meta')
        .selectAll()
        .where(
          'name',
          'in',
          recipients.map((one) => `${ROW}${one}`),
        )
        .execute();
      return rows.map(({ name, value }) => ({ recipient: name.slice(ROW.length), at: value }));
    },
    /** The public key that this word belongs to; null if there is none. */
    async prove(word: string, recipients: readonly string[], at: string): Promise<string | null> {
      const said = word.trim().toLowerCase();
      const recipient = recipients.find((one) => wordOf(one) === said) ?? null;
      if (recipient === null) return null;
      await database.write((db) =>
        db
          .insertInto('meta')
          .values({ name: `${ROW}${recipient}`, value: at })
          .onConflict((c) => c.column('name').doUpdateSet({ value: at }))
          .execute(),
      );
      return recipient;
    },
  };
}
