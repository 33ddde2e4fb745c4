// Reads the environment once and reports all problems at once. The only reader of process.env.

import { join, resolve } from 'node:path';
import { z } from 'zod';
import { listOf } from './list-of.ts';
import { loopback } from './loopback.ts';
import { type ClosedConfig, closedOf, closedProblems, closedShape } from './closed.ts';
import { type BackupConfig, backupOf, backupProblems, backupShape } from './backup.ts';
import { type OrganisationConfig, organisationOf, organisationProblems, organisationShape } from './organisation.ts';
import { type SupportContact, supportContacts } from './support-contacts.ts';
import { type CloudConfig, cloudOf, cloudProblems, type CloudSecrets, cloudShape } from './whatsapp-cloud.ts';
import { type TeamsConfig, teamsOf, teamsProblems, teamsShape } from './teams.ts';
import { processProblems, processShape, type Role, rolesOf } from './processes.ts';
import { isTimeZone } from './time-zone.ts';
import { translationOf, translationProblems, translationShape, type TranslationConfig } from './translation.ts';
import { voiceOf, voiceProblems, voiceShape, type VoiceConfig } from './voice.ts';
import { LANGUAGES } from '../languages.ts';

const text = z.string().trim().min(1);
/** One sentence for everything else: a word, a fraction, too small, too large. */
const whole = (from: number, to: number) => {
  const error = () => `a whole number from ${from} to ${to}`;
  return z.coerce.number({ error }).int({ error }).min(from, { error }).max(to, { error });
};

const environmentSchema = z.object({
  PORT: whole(0, 65_535).default(3978),
  HOST: text.default('127.0.0.1'),
  DATA_DIR: text.default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/ }).optional(),
  MASTER_KEY: text.optional(),
  MASTER_KEY_NEW: text.optional(),
  MASTER_KEY_FILE: text.optional(),
  LEDGER_FILE: text.optional(),
  AUDIT_ANCHOR_FILE: text.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  LEAVE_URL: z.url({ protocol: /^https$/ }).default('https://www.wikipedia.org/'),
  SOURCE_URL: z.url({ protocol: /^https?$/ }).default('https://example.org/griot/source'),
  TRUST_PROXY: z.stringbool().default(false),
  CALL: text.optional(),
  OPERATOR_NAME: text.optional(),
  OPERATOR_PHONE: text.optional(),
  SUPPORT_CONTACTS: z.string().default(''),
  LATE_ACCEPTED_BY: text.optional(),
  SMTP_URL: text.optional(),
  MAIL_FROM: z.email().optional(),
  MAIL_PLUS_ADDRESSES: z.stringbool().default(true),
  STAFF_EMAIL: z.email().optional(),
  STAFF_KEYS: text.optional(),
  MAIL_IN_URL: text.optional(),
  STAFF_LANGUAGE: z.enum(LANGUAGES).default('en'),
  RELEASE: z.enum(['person', 'staff', 'two']).default('person'),
  OUTBOX_DIR: text.optional(),
  ...backupShape,
  ...closedShape,
  SEND_WINDOW_MINUTES: z.coerce
    .number()
    .min(0)
    .max(24 * 60)
    .default(10),
  RELEASE_WINDOW_MINUTES: z.coerce.number().min(1).max(60).default(1),
  KEEP_IDLE_DAYS: whole(1, 365).default(30),
  KEEP_CLOSED_DAYS: whole(1, 365).default(90),
  ...teamsShape,
  ...organisationShape,
  WHATSAPP: z.stringbool().default(false),
  ...processShape,
  ...cloudShape,
  ...voiceShape,
  ...translationShape,
  TIME_ZONE: text.refine(isTimeZone, 'must be an IANA time zone, e.g. America/Sao_Paulo').default('UTC'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** The configuration of the program; contains no secret. */
export interface Config {
  /** No operator is configured: every page says that this is a trial, and nothing leaves this machine. */
  readonly trial: boolean;
  readonly port: number;
  /** The work of this process; several share an installation. */
  readonly roles: ReadonlySet<Role>;
  readonly host: string;
  readonly dataDir: string;
  readonly ledgerFile: string;
  readonly auditAnchorFile: string;
  readonly masterKeyFile: string;
  readonly outboxDir: string;
  readonly backup: BackupConfig | null;
  readonly closed: ClosedConfig | null;
  readonly publicUrl: URL;
  readonly leaveUrl: URL;
  readonly sourceUrl: URL;
  readonly trustProxy: boolean;
  /** Ids of calls, the default first; empty: the one of dialogs/intake.yaml. */
  readonly calls: readonly string[];
  readonly operator: {
    readonly name: string;
    readonly phone: string | null;
    readonly support: readonly SupportContact[];
  };
  /** The person who said that the body still accepts late texts; null: closed calls are off. */
  readonly lateAcceptedBy: string | null;
  readonly mailFrom: string;
  /** Its server takes it with a token after a plus sign. */
  readonly plusAddresses: boolean;
  readonly staff: { readonly address: string; readonly language: (typeof LANGUAGES)[number] } | null;
  /** A file of public keys for encrypting transcripts to staff; null: no transcript leaves the desk. */
  readonly staffKeysFile: string | null;
  /** The people who must agree to a sending: the person alone, or also one reviewer, or two different ones. */
  readonly release: 'person' | 'staff' | 'two';
  readonly windowMinutes: number;
  /** In this time after a release its reviewer can take it back. */
  readonly releaseMinutes: number;
  readonly idleDays: number;
  readonly closedDays: number;
  /** Null: no Teams. */
  readonly teams: TeamsConfig | null;
  /** The organisation's own sign-in service (OpenID Connect) for staff; null if there is none. */
  readonly organisation: OrganisationConfig | null;
  /** Use WhatsApp with the device that `npm run -s griot -- whatsapp link` linked. */
  readonly whatsapp: boolean;
  readonly whatsappCloud: CloudConfig | null;
  readonly voice: VoiceConfig;
  readonly translation: TranslationConfig;
  readonly timeZone: string;
  readonly logLevel: string;
}

/** Kept separate, and out of every log. */
export interface Secrets {
  readonly databaseUrl: string | null;
  readonly masterKey: string | null;
  /** For a change of it. */
  readonly nextMasterKey: string | null;
  /** May contain a password. */
  readonly smtpUrl: string | null;
  /** Contains a password. */
  readonly mailInUrl: string | null;
  readonly teamsPassword: string | null;
  /** Of the managed identity, from App Service or Container Apps. */
  readonly identityHeader: string | null;
  readonly whatsappCloud: CloudSecrets | null;
  readonly oidcClientSecret: string | null;
  readonly transcribeKey: string | null;
  readonly translateKey: string | null;
  /** Opens /metrics; null: there are none. */
  readonly metricsToken: string | null;
}

/** The message has a line per problem: the variable, what is wrong, how to fix it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}\nSee .env.example.`,
    );
    this.problems = problems;
  }
}

/** Reads an environment; empty values count as absent. Throws ConfigError. */
export function readConfig(environment: NodeJS.ProcessEnv): { readonly config: Config; readonly secrets: Secrets } {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const env = parsed.data;
  const support = supportContacts(env.SUPPORT_CONTACTS);
  const problems = [...support.problems, ...contradictions(env)];
  if (problems.length > 0) throw new ConfigError(problems);

  const dataDir = resolve(env.DATA_DIR);
  const config: Config = {
    trial: env.OPERATOR_NAME === undefined,
    port: env.PORT,
    roles: rolesOf(env),
    host: env.HOST,
    dataDir,
    ledgerFile: resolve(env.LEDGER_FILE ?? join(dataDir, 'ledger', 'erasures.log')),
    auditAnchorFile: resolve(env.AUDIT_ANCHOR_FILE ?? join(dataDir, 'ledger', 'audit-head')),
    masterKeyFile: resolve(env.MASTER_KEY_FILE ?? join(dataDir, 'keys', 'master.key')),
    outboxDir: resolve(env.OUTBOX_DIR ?? join(dataDir, 'outbox')),
    backup: backupOf(env),
    closed: closedOf(env),
    publicUrl: new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}/`),
    leaveUrl: new URL(env.LEAVE_URL),
    sourceUrl: new URL(env.SOURCE_URL),
    trustProxy: env.TRUST_PROXY,
    calls: listOf(env.CALL ?? ''),
    operator: { name: env.OPERATOR_NAME ?? 'Griot', phone: env.OPERATOR_PHONE ?? null, support: support.contacts },
    lateAcceptedBy: env.LATE_ACCEPTED_BY ?? null,
    mailFrom: env.MAIL_FROM ?? 'griot@localhost',
    plusAddresses: env.MAIL_PLUS_ADDRESSES,
    staff: env.STAFF_EMAIL === undefined ? null : { address: env.STAFF_EMAIL, language: env.STAFF_LANGUAGE },
    staffKeysFile: env.STAFF_KEYS === undefined ? null : resolve(env.STAFF_KEYS),
    release: env.RELEASE,
    windowMinutes: env.SEND_WINDOW_MINUTES,
    releaseMinutes: env.RELEASE_WINDOW_MINUTES,
    idleDays: env.KEEP_IDLE_DAYS,
    closedDays: env.KEEP_CLOSED_DAYS,
    teams: teamsOf(env),
    organisation: organisationOf(env),
    whatsapp: env.WHATSAPP,
    whatsappCloud: cloudOf(env)?.config ?? null,
    voice: voiceOf(env),
    translation: translationOf(env),
    timeZone: env.TIME_ZONE,
    logLevel: env.LOG_LEVEL,
  };
  return {
    config,
    secrets: {
      databaseUrl: env.DATABASE_URL ?? null,
      masterKey: env.MASTER_KEY ?? null,
      nextMasterKey: env.MASTER_KEY_NEW ?? null,
      smtpUrl: env.SMTP_URL ?? null,
      mailInUrl: env.MAIL_IN_URL ?? null,
      teamsPassword: env.TEAMS_APP_PASSWORD ?? null,
      identityHeader: env.IDENTITY_HEADER ?? null,
      whatsappCloud: cloudOf(env)?.secrets ?? null,
      oidcClientSecret: env.OIDC_CLIENT_SECRET ?? null,
      transcribeKey: env.TRANSCRIBE_KEY ?? null,
      translateKey: env.TRANSLATE_KEY ?? null,
      metricsToken: env.METRICS_TOKEN ?? null,
    },
  };
}

/** The process's own environment. */
export function readEnvironment(): ReturnType<typeof readConfig> {
  return readConfig(process.env);
}

/** Started by `npm start`, or as another script of npm. */
export function isScriptOfNpm(): boolean {
  return process.env['npm_lifecycle_event'] !== undefined;
}

function contradictions(env: z.infer<typeof environmentSchema>): readonly string[] {
  const problems: string[] = [];
  if (env.OPERATOR_NAME === undefined) {
    if (env.SMTP_URL !== undefined)
      problems.push('SMTP_URL: in a trial nothing leaves; set OPERATOR_NAME to send mail');
    if (env.MAIL_IN_URL !== undefined)
      problems.push('MAIL_IN_URL: in a trial no mailbox is read; set OPERATOR_NAME to read one');
    if (!loopback.test(env.HOST))
      problems.push('HOST: a trial listens on loopback only; set OPERATOR_NAME to serve others');
  } else {
    if (env.OPERATOR_PHONE === undefined) problems.push('OPERATOR_PHONE: people need a number to check who you are');
    if (env.MAIL_FROM === undefined) problems.push('MAIL_FROM: the address that mails are sent from');
    if (!loopback.test(env.HOST) && env.PUBLIC_URL === undefined) {
      problems.push('PUBLIC_URL: set the https address at which people reach this server');
    }
  }
  if (env.PUBLIC_URL !== undefined) {
    const { protocol, hostname, pathname, search, hash } = new URL(env.PUBLIC_URL);
    if (protocol !== 'https:' && !loopback.test(hostname))
      problems.push('PUBLIC_URL: must be https, except on loopback');
    if (`${pathname}${search}${hash}` !== '/')
      problems.push('PUBLIC_URL: must have no path: give it a name of its own, e.g. https://fala.example.org/');
  }
  if (env.STAFF_KEYS !== undefined && env.STAFF_EMAIL === undefined) {
    problems.push('STAFF_KEYS: transcripts go to STAFF_EMAIL; set it too');
  }
  return [
    ...problems,
    ...processProblems(env),
    ...backupProblems(env),
    ...closedProblems(env),
    ...teamsProblems(env),
    ...cloudProblems(env),
    ...organisationProblems(env, env.OPERATOR_NAME === undefined),
    ...voiceProblems(env, env.OPERATOR_NAME === undefined),
    ...translationProblems(env, env.OPERATOR_NAME === undefined),
  ];
}
