// The database: whether it can be read, the accounts that must be there, the mails that wait for a person.

import type { Config, Secrets } from '../../config/config.ts';
import { DEADLINES } from '../../deadlines.ts';
import { lookAtStore, type LookedAt } from '../../store/look.ts';
import type { LedgerEntry } from '../../vault/ledger.ts';
import { databaseAt } from '../open-store.ts';
import { findClosed } from './closed.ts';
import { fine, type Finding, note, sayError, stops, toDo } from './finding.ts';
import { BEGUN, UNFINISHED } from './key-change.ts';
import { counted } from '../../counted.ts';

export interface StoredOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly master: Buffer;
  /** Of a change of the master key. */
  readonly begun: Buffer | null;
  readonly now: Date;
  readonly ledger: readonly LedgerEntry[];
  /** The findings that need the addresses on record. */
  readonly more: (store: LookedAt) => Promise<readonly Finding[]>;
}

/** Reads only: nothing is migrated or replayed. */
export async function findStored(options: StoredOptions): Promise<readonly Finding[]> {
  const { config, secrets, master, begun, now, ledger } = options;
  const database = databaseAt(config, secrets);
  const look = {
    database,
    masterKey: master,
    now: () => now.toISOString(),
    deadlines: { ...DEADLINES, database: 10_000 },
  };
  try {
    const isUnfinished =
      begun !== null &&
      (await lookAtStore({ ...look, masterKey: begun }, ({ kind }) => Promise.resolve(kind === 'store')));
    if (isUnfinished) return [UNFINISHED];
    return await lookAtStore(look, async (looked) => {
      if (looked.kind !== 'store') return [UNUSABLE[looked.kind]];
      const times = [looked.newest, ledger.at(-1)?.at ?? null].filter((one) => one !== null);
      return [
        fine('database', database.kind === 'sqlite' ? database.file : 'PostgreSQL answers, and keeps what it confirms'),
        ...(begun === null ? [] : [BEGUN]),
        ...ahead(times.toSorted().at(-1) ?? null, now),
        ...(await findAccounts(config, looked.store)),
        ...(await findMails(looked.store)),
        ...(await findClosed(config, looked.store, now)),
        ...(config.whatsapp ? [await findWhatsApp(looked.store)] : []),
        ...(await options.more(looked.store)),
      ];
    });
  } catch (error) {
    const mend =
      database.kind === 'sqlite'
        ? 'Stop the server. If the disk is sound, restore the last backup: docs/operate.md.'
        : 'Is PostgreSQL running, and DATABASE_URL right?';
    return [stops('database', sayError(error), mend)];
  }
}

const UNUSABLE = {
  empty: note('database', 'empty: its tables are made at the first start'),
  older: note('database', 'of an older version: its tables are changed at the next start'),
  newer: stops(
    'database',
    'of a newer version than this program',
    'Install the newer version, or restore the backup of before.',
  ),
  'other-key': stops(
    'database',
    'made under another master key: nobody’s words can be read with this one',
    'Put the right key back. Keep both; destroy neither.',
  ),
} as const;

/** Minutes by which two clocks may differ. */
const APART = 5 * 60_000;

function ahead(newest: string | null, now: Date): readonly Finding[] {
  if (newest === null || Date.parse(newest) <= now.getTime() + APART) return [];
  const says = `it is ${now.toISOString()} here, but something was written at ${newest}`;
  return [toDo('clock', says, 'Set the clock (timedatectl set-ntp true). Deadlines and codes depend on it.')];
}

const NEEDED = { person: 0, staff: 1, two: 2 } as const;

async function findAccounts({ release, trial }: Config, { staff }: LookedAt): Promise<readonly Finding[]> {
  const active = (await staff.accounts()).filter(({ state }) => state === 'active');
  const reviewers = active.filter(({ role }) => role !== 'reader').length;
  const administrators = active.filter(({ role }) => role === 'administrator').length;
  const add = 'npm run -s griot -- staff add';
  return [
    reviewers < NEEDED[release]
      ? toDo(
          'release',
          `RELEASE=${release} needs ${counted(NEEDED[release], 'active reviewer')}, and has ${reviewers}: no text leaves`,
          `${add} --role reviewer`,
        )
      : fine('release', `RELEASE=${release}, ${counted(reviewers, 'active reviewer')}`),
    administrators === 0 && !trial
      ? toDo(
          'staff',
          'no administrator has set up their account',
          `Give one the code of setup, or: ${add} --role administrator`,
        )
      : fine(
          'staff',
          `${counted(administrators, 'administrator')}${administrators < 3 ? '; three can help each other' : ''}`,
        ),
  ];
}

async function findMails({ heldMails, mailsIn }: LookedAt): Promise<readonly Finding[]> {
  const [held, unmatched] = [(await heldMails()).length, await mailsIn.countUnmatched()];
  return [
    ...(held === 0
      ? []
      : [
          toDo(
            'held',
            `held: ${counted(held, 'mail')}`,
            'Look at each at the desk: docs/operate.md, "When something is wrong".',
          ),
        ]),
    ...(unmatched === 0
      ? []
      : [note('unmatched', `${counted(unmatched, 'mail')} of no case: npm run -s griot -- mail in --unmatched`)]),
  ];
}

async function findWhatsApp({ whatsapp }: LookedAt): Promise<Finding> {
  const { ACCOUNT } = await import('../../channels/whatsapp/for-app.ts');
  const account = await whatsapp.account(ACCOUNT);
  if (account === null || account.state === 'unlinked')
    return toDo('whatsapp', 'WHATSAPP=true, but no account is linked', 'npm run -s griot -- whatsapp link');
  if (account.state === 'linked') return fine('whatsapp', `linked since ${account.at}`);
  const says = `${account.state} since ${account.at}: ${account.reason ?? 'unknown'}`;
  return toDo('whatsapp', says, 'npm run -s griot -- whatsapp status');
}
