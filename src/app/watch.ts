// Looks every ten minutes whether the installation needs its administrator, and tells the staff by mail: once for each
// trouble (store/desk/troubles.ts). docs/decisions/0233-notices-of-the-installation.md.

import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { logChanges } from '../mail/safe-error.ts';
import { sendNotice, type StaffMailDeps } from '../mail/notices/staff-notice.ts';
import { troubleNotice, type TroubleKind } from '../mail/notices/trouble-notice.ts';
import type { TroubleRows } from '../store/desk/troubles.ts';
import { startWorker, type Worker } from '../worker.ts';
import type { AppContext } from './app-context.ts';
import { backupsIn } from './backup/backups.ts';
import { isOldBackup } from './doctor/backup.ts';
import { isFull, roomOf, type RoomOf } from './doctor/files.ts';
import { daysOfCertificate, SOON } from './doctor/peers.ts';
import { staffMailDeps } from './open-mails.ts';
import { counted } from '../counted.ts';

const EVERY_MS = 10 * 60_000;
const MINUTE = 60_000;
/** Milliseconds without a good run after which a worker of this process is a trouble. */
const QUIET = { mailbox: 30 * MINUTE, retention: 3 * 60 * MINUTE, 'release-clock': 10 * MINUTE };

/** Null: it cannot be known here and now, or another process knows it. */
export type Look = () => Promise<boolean | null> | boolean | null;
export type Looks = Readonly<Record<TroubleKind, Look>>;

/** Null: another process does it, or nobody needs to. */
type Running = Pick<Worker, 'state' | 'quietFor'> | null;

export interface Watched {
  readonly mailbox: Running;
  readonly retention: Running;
  readonly 'release-clock': Running;
}

export interface Place {
  readonly config: Pick<Config, 'backup' | 'dataDir' | 'publicUrl'>;
  readonly now: () => Date;
  /** When the program started. */
  readonly since: Date;
  readonly roomOf?: RoomOf;
  /** Days until the certificate of the page ends; null if that cannot be known. */
  readonly daysOf?: (url: URL, now: Date) => Promise<number | null>;
  /** This process looks at what all share. */
  readonly isOurs: () => Promise<boolean>;
}

export function looksAt(workers: Watched, place: Place): Looks {
  const { config, now, since, isOurs, daysOf = daysOfCertificate } = place;
  const quiet = (kind: keyof Watched) => () => {
    const quietFor = workers[kind]?.quietFor() ?? null;
    return quietFor === null ? null : quietFor > QUIET[kind];
  };
  const shared = (look: Look) => async () => ((await isOurs()) ? look() : null);
  return {
    mailbox: quiet('mailbox'),
    'release-clock': quiet('release-clock'),
    // It runs once an hour, and what it promises is a date: one failed run is told.
    retention: () => (workers.retention?.state() === 'fails' ? true : quiet('retention')()),
    disk: shared(() => isFull((place.roomOf ?? roomOf)(config.dataDir))),
    backup: shared(() => {
      if (config.backup === null) return null;
      const { dir } = config.backup;
      const [newest] = existsSync(dir) ? backupsIn(dir) : [];
      return isOldBackup(newest?.at ?? since.toISOString(), now());
    }),
    certificate: shared(async () => {
      const days = config.publicUrl.protocol === 'https:' ? await daysOf(config.publicUrl, now()) : null;
      return days === null ? null : days < SOON;
    }),
  };
}

/** Returns the kinds that staff were told about. A look that fails, fails alone. */
export async function lookForTrouble(
  looks: Looks,
  { rows, mail }: { readonly rows: TroubleRows; readonly mail: StaffMailDeps },
): Promise<readonly TroubleKind[]> {
  const [told, faults]: [TroubleKind[], unknown[]] = [[], []];
  for (const kind of Object.keys(mail.texts.trouble.kind) as TroubleKind[]) {
    try {
      const isTrouble = await looks[kind]();
      const now = mail.now().toISOString();
      if (isTrouble === false) await rows.over(kind, now);
      if (isTrouble !== true || !(await rows.claim(kind, now))) continue;
      let went = false;
      try {
        went = await sendNotice(mail, troubleNotice(kind, mail.texts));
      } finally {
        await rows.told(kind, went);
      }
      if (went) told.push(kind);
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${counted(faults.length, 'look')} for trouble failed`);
  return told;
}

/** Null if STAFF_EMAIL is not set. Waits before its first look. */
export function openWatch(
  context: AppContext,
  { workers, isOurs }: { readonly workers: Watched; readonly isOurs: () => Promise<boolean> },
): Worker | null {
  const mail = staffMailDeps(context);
  if (mail === null) return null;
  const { config, now, store, log } = context;
  const looks = looksAt(workers, { config, now, since: now(), isOurs });
  return startWorker(() => lookForTrouble(looks, { rows: store.troubles, mail }), {
    everyMs: EVERY_MS,
    waits: true,
    ...logChanges(log, { fails: 'the look for trouble failed', works: 'the look for trouble works again' }),
  });
}
