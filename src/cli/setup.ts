// From nothing to an installation: settings, key, ledger, the first administrator, the first verified address.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadTexts } from '../app/load-texts.ts';
import { readConfig } from '../config/config.ts';
import { isLanguage, type Language, LANGUAGES } from '../languages.ts';
import { invite } from '../staff/sign-in/set-up.ts';
import { loadCatalogue, type SetupTexts } from '../texts/catalogues.ts';
import { fillLine } from '../texts/translate.ts';
import { recordAddress } from './calls.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { envFile } from './env-file.ts';
import { type Staff, withStaff } from './open-data.ts';
import type { QuestionName } from './setup-names.ts';
import { type Answers, type Places, type Question, QUESTIONS } from './setup-questions.ts';
import { type Ask, atTerminal } from './terminal.ts';

export interface SetupGiven extends Answers {
  readonly language?: string | undefined;
  readonly env?: string | undefined;
}

/** Every answer can be given as a flag, or, for a password, as the setting in the environment. */
export async function setup({ values }: Given<SetupGiven>, io: Io): Promise<number> {
  const env = resolve(values.env ?? '.env');
  const dataDir = resolve(io.environment['DATA_DIR'] ?? 'data');
  const call = firstCall();
  let language: Language = 'en';
  const answers = await atTerminal(async (ask) => {
    language = await chooseLanguage(values.language, ask, io);
    const texts = loadCatalogue('setup')[language];
    if (existsSync(env)) throw new OperatorError(fillLine(texts.settingsThere, { env }));
    if (existsSync(join(dataDir, 'griot.db'))) throw new OperatorError(fillLine(texts.dataThere, { folder: dataDir }));
    if (ask !== null) io.say(fillLine(texts.begin, { env }));
    return askAll({ ...fromEnvironment(io), ...given(values) }, { texts, ask, say: io.warn, call, dataDir });
  });
  const texts = loadCatalogue('setup')[language];
  if (answers === null) throw new OperatorError(texts.nothingMade);
  const settings = settingsFrom(answers, { dataDir, language });
  // Contradictions between answers, before anything is written.
  readConfig(settings);
  mkdirSync(dirname(env), { recursive: true });
  writeFileSync(env, envFile(settings), { mode: 0o600, flag: 'wx' });
  io.say(fillLine(texts.wrote, { env }));
  const work = async (staff: Staff) => {
    const { config } = staff;
    io.say(fillLine(texts.key, { file: config.masterKeyFile }));
    io.say(fillLine(texts.ledgerMade, { file: config.ledgerFile }));
    await makeAdministrator(staff, { ...answers, language }, texts, io);
    if (answers.address !== undefined && answers.address !== '')
      for (const line of await recordFirst(staff, answers, { call, texts })) io.say(line);
    io.say(fillLine(texts.next, { env }));
    return 0;
  };
  return withStaff({ ...io, environment: settings, warn: quiet(io) }, work, { mayBeNew: true });
}

/** Only the call that people who name none are asked about. */
function firstCall(): string {
  return loadTexts('UTC').intake.call;
}

/** The key is named in the chosen language. */
function quiet(io: Io): Io['warn'] {
  return (text) => {
    if (!text.startsWith('A master key was made')) io.warn(text);
  };
}

async function chooseLanguage(named: string | undefined, ask: Ask | null, io: Io): Promise<Language> {
  let answer = named ?? (ask === null ? 'en' : '');
  while (!isLanguage(answer)) {
    if (named !== undefined || ask === null) throw new UsageError(`--language: one of ${LANGUAGES.join(', ')}`);
    if (answer !== '') io.warn(LANGUAGES.join(', '));
    answer = (await ask(`Language, langue, idioma (${LANGUAGES.join(', ')}): `)).trim().toLowerCase();
  }
  return answer;
}

function given(values: SetupGiven): Answers {
  return Object.fromEntries(
    QUESTIONS.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}

/** A password in a flag can be seen by everybody on the machine. */
function fromEnvironment({ environment }: Io): Answers {
  return Object.fromEntries(
    QUESTIONS.flatMap(({ name, variable }) => {
      const value = variable === null ? undefined : environment[variable];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

export interface Asking {
  readonly texts: SetupTexts;
  /** Null: nobody can be asked. */
  readonly ask: Ask | null;
  readonly say: (text: string) => void;
  /** Id of the call whose address is asked for. */
  readonly call: string;
  readonly dataDir: string;
}

/** Asks for what is not given, until each answer is good. Throws OperatorError with everything that is missing or wrong. */
export async function askAll(known: Answers, asking: Asking): Promise<Answers> {
  const { texts, ask } = asking;
  const answers: Partial<Record<QuestionName, string>> = {};
  const problems: string[] = [];
  for (const question of QUESTIONS) {
    if (question.isAsked?.(answers) === false) continue;
    const { name } = question;
    const wanted = known[name];
    const answer = ask === null || wanted !== undefined ? filled(question, wanted, answers, asking) : null;
    if (answer !== null && isGood(question, answer, asking)) answers[name] = answer;
    else if (ask !== null && wanted === undefined) answers[name] = await askOne(question, answers, { ...asking, ask });
    else problems.push(`--${name}: ${fillLine(texts.must, { what: texts.questions[name].must })}`);
  }
  if (problems.length > 0) throw new OperatorError(problems.join('\n'));
  return answers;
}

async function askOne(question: Question, answers: Answers, asking: Asking & { readonly ask: Ask }): Promise<string> {
  const { texts, ask, say, call } = asking;
  const { ask: words, why, must } = texts.questions[question.name];
  const otherwise = question.otherwise?.(answers, asking);
  const hint = otherwise ?? (question.mayBeEmpty ? texts.optional : null);
  say(`\n${why}`);
  for (;;) {
    const answer = filled(
      question,
      await ask(`${fillLine(words, { call })}${hint === null ? '' : ` [${hint}]`}: `),
      answers,
      asking,
    );
    if (isGood(question, answer, asking)) return answer;
    say(fillLine(texts.must, { what: must }));
  }
}

function filled({ otherwise }: Question, answer: string | undefined, answers: Answers, places: Places): string {
  const text = answer?.trim() ?? '';
  return text === '' ? (otherwise?.(answers, places) ?? '') : text;
}

function isGood({ mayBeEmpty, isGood: good }: Question, answer: string, places: Places): boolean {
  return answer === '' ? mayBeEmpty : good(answer, places);
}

function settingsFrom(
  answers: Answers,
  { dataDir, language }: { readonly dataDir: string; readonly language: Language },
) {
  const named = QUESTIONS.flatMap(({ name, variable }) =>
    variable === null ? [] : [[variable, answers[name]] as const],
  );
  const ledger = resolve(answers.ledger ?? '');
  return {
    DATA_DIR: dataDir,
    MASTER_KEY_FILE: join(resolve(answers.keys ?? ''), 'master.key'),
    LEDGER_FILE: join(ledger, 'erasures.log'),
    AUDIT_ANCHOR_FILE: join(ledger, 'audit-head'),
    ...Object.fromEntries(named),
    STAFF_LANGUAGE: language,
    TRUST_PROXY: String(answers.url?.startsWith('https:') === true),
  };
}

async function makeAdministrator(
  staff: Staff,
  { admin: name = '', email = '', language }: Answers & { readonly language: Language },
  texts: SetupTexts,
  io: Io,
): Promise<void> {
  const account = { name, email, role: 'administrator', language, signInBy: 'password' } as const;
  const id = await staff.store.staff.addAccount(account);
  if (id === null) throw new OperatorError('There is an account with this address.');
  await staff.audit.record({ staff: null, action: 'account.add', detail: `administrator ${id}` });
  const { code, page, until } = await invite(staff, id);
  io.say(fillLine(texts.invite, { name, page, code, until }));
}

/** Returns what to say: the first line in the language of the rest. */
async function recordFirst(
  staff: Staff,
  { address = '', source, verified }: Answers,
  { call, texts }: { readonly call: string; readonly texts: SetupTexts },
): Promise<readonly string[]> {
  const { calls } = loadTexts(staff.config.timeZone).calls;
  const values = { source, 'verified-by': verified };
  const given = { now: new Date(), calls, trial: false };
  const [, ...more] = await recordAddress({ values, positionals: [call, address] }, staff.store, given);
  return [fillLine(texts.goesTo, { call, address }), ...more];
}
