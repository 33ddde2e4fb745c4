// Opens the staff's side: the desk, and the mails that tell staff when a case needs a person.

import { readFileSync } from 'node:fs';
import { findingsIn } from '../dialog/understanding/findings.ts';
import { inEvery, type Language } from '../languages.ts';
import { logChanges } from '../mail/safe-error.ts';
import { callFacts, type CallFacts, type Knowledge, knownWordings } from '../staff/call-facts.ts';
import type { DeskDeps, StaffDeps } from '../staff/desk.ts';
import { parseStaffKeys, type StaffKeys, StaffKeysError, tellStaff } from '../staff/forward/tell-staff.ts';
import { openDesk, type OpenDesk } from '../staff/open-desk.ts';
import { HELD_HOURS } from '../store/erasure/purge.ts';
import { startWorker } from '../worker.ts';
import type { AppContext } from './app-context.ts';
import { openingAgain } from './closed/open-again.ts';
import { examineRead } from './doctor/examine.ts';
import { keepFindings } from './doctor/keep-findings.ts';
import type { OpenCalls } from './open-calls.ts';
import { staffMailDeps } from './open-mails.ts';

export interface DeskOptions extends Pick<OpenCalls, 'calls' | 'recipientOf'> {
  readonly staff: StaffDeps;
  /** Resolves when the turns that follow from an act of the staff were taken. */
  readonly afterAct: () => Promise<void>;
}

export function openConfiguredDesk(context: AppContext, { staff, afterAct, ...calls }: DeskOptions): OpenDesk {
  const { release, releaseMinutes, idleDays, closedDays, voice } = context.config;
  const kept = { idleDays, closedDays, heldHours: HELD_HOURS, voiceDays: voice.keepDays };
  const terms = { release, releaseMinutes, codeDays: idleDays, kept };
  const { config, secrets, now, loaded: texts, onFault } = context;
  const look = () => examineRead({ config, secrets }, { now: now(), texts });
  const lookAtInstallation = keepFindings({ look, now, onFault });
  const openAgain = openingAgain(staff.store, now);
  return openDesk({
    ...staff,
    ...terms,
    knows: deskKnowledge(context, calls),
    afterAct,
    lookAtInstallation,
    openAgain,
  });
}

function deskKnowledge(
  { config, loaded }: AppContext,
  { calls, recipientOf }: Pick<OpenCalls, 'calls' | 'recipientOf'>,
): Knowledge {
  const { lexicon, texts, bot, document } = loaded;
  // Parameters of the consent texts that are the same for everybody.
  const operator = { org: config.operator.name, idle: config.idleDays, closed: config.closedDays };
  const served = loaded.calls.calls.map(({ id }) => calls.current(id));
  const facts = new Map<string, CallFacts>();
  const labelsIn = (language: Language) => Object.values(document[language].withheld);
  return {
    recipientOf,
    callOf(id) {
      const shelved = calls.find(id);
      if (shelved === null) return null;
      const ready = facts.get(id) ?? callFacts(shelved);
      facts.set(id, ready);
      return ready;
    },
    findings: (texts) => findingsIn(lexicon, texts),
    wordingOf: knownWordings(texts.translate, bot, served, operator),
    withheldLabels: inEvery(labelsIn),
  };
}

export interface NoticesOptions extends AppContext {
  readonly audit: DeskDeps['audit'];
  readonly mayRun: () => Promise<boolean>;
}

/** Begins at once, if STAFF_EMAIL is set: otherwise nobody is told. Rejects if a key of STAFF_KEYS cannot encrypt. */
export async function openNotices(options: NoticesOptions): Promise<{ stop(): Promise<void> }> {
  const { config, store, audit, log, lookEvery, mayRun } = options;
  const mail = staffMailDeps(options);
  const keys = await readKeys(config.staffKeysFile, mail?.now() ?? new Date());
  if (mail === null) return { stop: () => Promise.resolve() };
  const deskUrl = new URL('desk', config.publicUrl);
  const { staffNeeds: needs, desk } = store;
  return startWorker((signal) => tellStaff({ needs, desk, audit, mail, keys, deskUrl }, signal), {
    ...{ everyMs: lookEvery, mayRun },
    ...logChanges(log, { fails: 'the staff cannot be told by mail', works: 'the staff can be told by mail again' }),
  });
}

async function readKeys(file: string | null, now: Date): Promise<StaffKeys | null> {
  if (file === null) return null;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new StaffKeysError(`STAFF_KEYS cannot be used: ${file} cannot be read.`);
  }
  return parseStaffKeys(text, now);
}
