// Everything that is right and wrong with an installation, from its settings. Changes nothing, and sends nothing.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LoadedCalls } from '../../calls/load-calls.ts';
import type { GraphPlace } from '../../channels/whatsapp-cloud/graph.ts';
import { type Config, ConfigError, readConfig, type Secrets } from '../../config/config.ts';
import { DEADLINES } from '../../deadlines.ts';
import { explainError } from '../../explain-error.ts';
import { parseStaffKeys } from '../../staff/forward/tell-staff.ts';
import { type LoadedTexts, loadTexts } from '../load-texts.ts';
import { openSpeaker } from '../open-voice.ts';
import { findBackup } from './backup.ts';
import { findCloud } from './cloud.ts';
import { findFiles, roomOf, type RoomOf } from './files.ts';
import { fine, type Finding, note, sayError, stops, toDo } from './finding.ts';
import { begunKey, findFormerKeys } from './key-change.ts';
import {
  findMailbox,
  findMailServer,
  findOrganisation,
  findPublicUrl,
  findTranscription,
  findTranslation,
} from './peers.ts';
import { findCallFiles, findCalls, findSource, findSupport, findTexts } from './served.ts';
import { findStored } from './stored.ts';
import { findTeams, type MicrosoftPlace } from './teams.ts';

export interface Outside {
  readonly now: Date;
  readonly roomOf: RoomOf;
  /** Null if it cannot be known. */
  readonly isClockSynchronised: () => Promise<boolean | null>;
  /** In place of the services of Teams' cloud that give tokens. */
  readonly microsoft: MicrosoftPlace | null;
  /** WhatsApp's Cloud API; default Meta's. */
  readonly graph?: GraphPlace;
  /** In place of those in dialogs/. */
  readonly calls?: LoadedCalls;
  /** Of the running server, so that they are not read again. */
  readonly texts?: LoadedTexts;
}

const OUTSIDE: Omit<Outside, 'now'> = { roomOf, isClockSynchronised, microsoft: null };

/** The findings, in the order of the page. */
export async function examine(
  environment: NodeJS.ProcessEnv,
  given: Partial<Outside> = {},
): Promise<readonly Finding[]> {
  let read: ReturnType<typeof readConfig>;
  try {
    read = readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((says) => stops('settings', says, 'Correct it; .env.example explains every setting.'));
  }
  return examineRead(read, given);
}

/** The same for settings that were read already. */
export async function examineRead(
  { config, secrets }: { readonly config: Config; readonly secrets: Secrets },
  given: Partial<Outside> = {},
): Promise<readonly Finding[]> {
  const outside = { ...OUTSIDE, now: new Date(), ...given };
  const { trial, operator } = config;
  const settings = trial
    ? note('settings', 'no OPERATOR_NAME: a trial, nothing leaves this machine')
    : fine('settings', `can be used, for ${operator.name}`);
  const local = [settings, ...findEnvironmentFile(), ...(await findHere(config, secrets, outside))];
  const peers = await Promise.all([
    findPublicUrl(config, outside.now),
    findMailServer(config, secrets),
    findMailbox(config, secrets),
    findOrganisation(config),
    findTranscription(config, secrets),
    findTranslation(config),
    findTeams(config, secrets, outside),
    findCloud(config, secrets, outside.graph),
  ]);
  return [...local, ...peers.flat()];
}

/** Everything on this machine, and the database. */
async function findHere(config: Config, secrets: Secrets, outside: Outside): Promise<readonly Finding[]> {
  const { now } = outside;
  const { findings, master, ledger, hasFile } = findFiles(config, secrets, outside.roomOf);
  const loaded = load(config, outside);
  const first = 'intake' in loaded ? loaded.intake.call : '';
  const more = async (store: Parameters<Parameters<typeof findStored>[0]['more']>[0]) =>
    'intake' in loaded ? findCalls(loaded.calls, { config, first, now, store }) : [];
  const hasData = hasFile || secrets.databaseUrl !== null;
  const begun = begunKey(config, secrets);
  const stored =
    master === null || !hasData ? [] : await findStored({ config, secrets, master, begun, now, ledger, more });
  const isSynchronised = await outside.isClockSynchronised();
  const clock =
    isSynchronised === false
      ? [toDo('clock', 'it is not kept right by a time service', 'timedatectl set-ntp true')]
      : [];
  return [
    ...findings,
    ...(await guarded('key', () => findFormerKeys(config, now))),
    ...(await guarded('backup', () => findBackup(config, now))),
    ...clock,
    ...stored,
    ...('intake' in loaded ? [...findCallFiles(loaded.calls, config, first), findTexts(loaded)] : [loaded]),
    findSource(config),
    findSupport(config, now),
    ...(await findStaffKeys(config, now)),
    ...findVoice(config, now),
  ];
}

/** A part that cannot be looked at is one finding more, and not the end of the list. */
async function guarded(
  check: Finding['check'],
  find: () => readonly Finding[] | Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await find();
  } catch (error) {
    return [toDo(check, explainError(error), 'Give the account that runs Griot access to it.')];
  }
}

function load({ timeZone }: Config, { calls, texts }: Outside) {
  try {
    return { ...(texts ?? loadTexts(timeZone)), ...(calls === undefined ? {} : { calls }) };
  } catch (error) {
    return stops('texts', sayError(error), 'Install the release again, or undo the change in locales/ or dialogs/.');
  }
}

async function findStaffKeys({ staffKeysFile: file, staff, trial }: Config, now: Date): Promise<readonly Finding[]> {
  if (staff === null)
    return trial ? [] : [toDo('notices', 'nobody is told when somebody needs a person', 'Set STAFF_EMAIL.')];
  if (file === null) return [fine('notices', `go to ${staff.address}`)];
  try {
    await parseStaffKeys(readFileSync(file, 'utf8'), now);
    return [fine('notices', `go to ${staff.address}, transcripts encrypted`)];
  } catch (error) {
    return [stops('notices', `STAFF_KEYS: ${sayError(error)}`, `Correct ${file}.`)];
  }
}

function findVoice(config: Config, now: Date): readonly Finding[] {
  try {
    const speak = openSpeaker({ config, now: () => now, onFault: () => undefined, deadlines: DEADLINES });
    return speak === null ? [] : [fine('voice', 'replies can be read aloud')];
  } catch (error) {
    return [stops('voice', sayError(error), 'Install the program, or leave SPEAK empty.')];
  }
}

/** A file of settings in this folder holds passwords. */
function findEnvironmentFile(): readonly Finding[] {
  const file = join(process.cwd(), '.env');
  if (!existsSync(file) || (statSync(file).mode & 0o077) === 0) return [];
  return [toDo('settings', `${file} can be read by others on this machine`, `chmod 600 ${file}`)];
}

async function isClockSynchronised(): Promise<boolean | null> {
  try {
    const { stdout } = await promisify(execFile)('timedatectl', ['show', '--property=NTPSynchronized', '--value'], {
      timeout: 2_000,
    });
    return { yes: true, no: false }[stdout.trim()] ?? null;
  } catch {
    return null;
  }
}
