import type { Selectable } from 'kysely';
import type { Language } from '../../languages.ts';
import { openValue, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { makeKey } from '../encryption/keys.ts';
import type { SignInBy, StaffRole } from '../schema/staff-columns.ts';
import type { Tables } from '../schema/tables.ts';
import { dropPasskeys } from './passkey-rows.ts';
import { emailMark, openText, sealText, staffContextOf, staffKey, staffKeyOwner, staffMark } from './staff-sealed.ts';

export interface StaffAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly language: Language;
  /** `invited`: the one-time set-up has not been done (again) yet. */
  readonly state: 'invited' | 'active' | 'disabled';
  readonly signInBy: SignInBy;
  readonly createdAt: string;
}

export type NewStaffAccount = Pick<StaffAccount, 'name' | 'email' | 'role' | 'language' | 'signInBy'>;

export interface StaffSecrets {
  /** Encoded, with its parameters and salt; null until one is chosen. */
  readonly passwordHash: string | null;
  /** Base32; null until one is enrolled. */
  readonly totp: string | null;
}

type Row = Selectable<Tables['staff_accounts']>;

export function staffAccounts(context: Context) {
  const { database } = context;
  const rows = () => database.read.selectFrom('staff_accounts').selectAll();
  const opened = async (row: Row | undefined) => (row === undefined ? null : openAccount(context, database.read, row));
  const subjectMark = (issuer: string, subject: string) =>
    staffMark(context, 'subject', JSON.stringify([issuer.replace(/\/$/, ''), subject]));
  return {
    /** Null if the e-mail address is taken, ignoring case. */
    addAccount: ({ name, email, role, language, signInBy }: NewStaffAccount): Promise<string | null> =>
      database.write(async (db) => {
        const email_mark = emailMark(context, email);
        const taken = await db.selectFrom('staff_accounts').select('id').where('email_mark', '=', email_mark).execute();
        if (taken.length > 0) return null;
        const id = context.newId();
        const key = await makeKey(context, db, staffKeyOwner(id));
        const sealed = sealValue(key, whoContext(id), { name, email });
        const rest = { role, language, state: 'invited', sign_in_by: signInBy, created_at: context.now() } as const;
        await db
          .insertInto('staff_accounts')
          .values({ id, email_mark, sealed, ...rest })
          .execute();
        return id;
      }),
    account: async (id: string): Promise<StaffAccount | null> =>
      opened(await rows().where('id', '=', id).executeTakeFirst()),
    accountByEmail: async (email: string): Promise<StaffAccount | null> =>
      opened(await rows().where('email_mark', '=', emailMark(context, email)).executeTakeFirst()),
    /** Bound at the first sign-in there; from then on the address alone is not enough. */
    accountBySubject: async (issuer: string, subject: string): Promise<StaffAccount | null> =>
      opened(await rows().where('subject_mark', '=', subjectMark(issuer, subject)).executeTakeFirst()),
    /** Returns false if the account is bound to another subject, or the subject to another account. */
    bindSubject: (id: string, issuer: string, subject: string): Promise<boolean> =>
      database.write(async (db) => {
        const subject_mark = subjectMark(issuer, subject);
        const other = await db
          .selectFrom('staff_accounts')
          .select('id')
          .where('subject_mark', '=', subject_mark)
          .where('id', '!=', id)
          .execute();
        if (other.length > 0) return false;
        const { numUpdatedRows } = await db
          .updateTable('staff_accounts')
          .set({ subject_mark })
          .where('id', '=', id)
          .where((e) => e.or([e('subject_mark', 'is', null), e('subject_mark', '=', subject_mark)]))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    /** Oldest first. */
    async accounts(): Promise<readonly StaffAccount[]> {
      const found = await rows().orderBy('created_at').orderBy('id').execute();
      return Promise.all(found.map((row) => openAccount(context, database.read, row)));
    },
    async setLanguage(id: string, language: Language): Promise<void> {
      await database.write((db) => db.updateTable('staff_accounts').set({ language }).where('id', '=', id).execute());
    },
    /** Ends every session, and destroys password, second factors and codes. */
    async disableAccount(id: string): Promise<void> {
      await database.write(async (db) => {
        const nothing = { password: null, totp: null, set_up_mark: null, set_up_until: null, recovery_by: null };
        await db
          .updateTable('staff_accounts')
          .set({ ...nothing, recovery_at: null, state: 'disabled' })
          .where('id', '=', id)
          .execute();
        await dropPasskeys(db, id);
        await db.deleteFrom('staff_recovery_codes').where('staff', '=', id).execute();
        await db.deleteFrom('staff_sessions').where('staff', '=', id).execute();
      });
    },
    async secrets(id: string): Promise<StaffSecrets> {
      const row = await rows().where('id', '=', id).executeTakeFirst();
      if (row === undefined) return { passwordHash: null, totp: null };
      const key = await staffKey(context, database.read, id);
      return {
        passwordHash: row.password === null ? null : openText(key, staffContextOf('password', id), row.password),
        totp: row.totp === null ? null : openText(key, staffContextOf('totp', id), row.totp),
      };
    },
    async setPassword(id: string, passwordHash: string): Promise<void> {
      await database.write(async (db) => {
        const key = await staffKey(context, db, id);
        const password = sealText(key, staffContextOf('password', id), passwordHash);
        await db.updateTable('staff_accounts').set({ password }).where('id', '=', id).execute();
      });
    },
    /** Compare and set: returns false if this step, or a later one, was used before. */
    useTotpStep: (id: string, step: number): Promise<boolean> =>
      database.write(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('staff_accounts')
          .set({ totp_step: step })
          .where('id', '=', id)
          .where('totp_step', '<', step)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
  };
}

function whoContext(id: string): ValueContext<Pick<StaffAccount, 'name' | 'email'>> {
  return staffContextOf('sealed', id);
}

export async function openAccount(context: Context, db: Queries, row: Row): Promise<StaffAccount> {
  const key = await staffKey(context, db, row.id);
  const { name, email } = openValue(key, whoContext(row.id), row.sealed);
  const { id, role, language, state } = row;
  return { id, name, email, role, language, state, signInBy: row.sign_in_by, createdAt: row.created_at };
}
