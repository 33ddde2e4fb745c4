// Teams: whether Microsoft takes our sign-in, and when it ends. A token is requested as the bot does; nothing is sent.

import { statSync } from 'node:fs';
import { CLOUDS } from '../../channels/teams/cloud.ts';
import { readCertificate } from '../../channels/teams/sign-in/certificate.ts';
import { openSignIn } from '../../channels/teams/sign-in/open-sign-in.ts';
import { NoTokenError } from '../../channels/teams/sign-in/tokens.ts';
import type { Config, Secrets } from '../../config/config.ts';
import type { TeamsConfig, TeamsMeans } from '../../config/teams.ts';
import { teamsAppOf } from '../teams-app.ts';
import { fine, type Finding, note, sayError, toDo } from './finding.ts';
import { counted } from '../../counted.ts';

const PATIENCE = 10_000;
const DAY = 24 * 3_600_000;
/** Days before its end at which a secret or certificate should have been renewed. */
const SOON = 30;

export interface MicrosoftPlace {
  readonly login: string;
}

export async function findTeams(
  { teams }: Config,
  secrets: Secrets,
  { now, microsoft }: { readonly now: Date; readonly microsoft: MicrosoftPlace | null },
): Promise<readonly Finding[]> {
  if (teams === null) return [];
  if (teams.app === null) return [note('teams', 'TEAMS_LOCAL_WITHOUT_SIGN_IN: for trying it out on this machine')];
  const { app } = teams;
  const ends = findEnd(app.means, now);
  try {
    const cloud = { ...CLOUDS[teams.cloud], ...microsoft };
    const tokens = openSignIn({ app: teamsAppOf(app, secrets), cloud, deadline: PATIENCE, now: () => new Date() });
    await tokens.get(false);
    return [fine('teams', `Microsoft takes ${NAMES[app.means.kind]}`), ...ends];
  } catch (error) {
    return [error instanceof NoTokenError ? refused(app, error) : unreachable(app.means, error), ...ends];
  }
}

const NAMES: Readonly<Record<TeamsMeans['kind'], string>> = {
  secret: 'the secret',
  certificate: 'the certificate',
  'managed-identity': 'the managed identity',
  'token-file': 'the federated credential',
  'vouching-identity': 'the federated credential',
};

/** A managed identity and a federated credential do not end. */
function findEnd(means: TeamsMeans, now: Date): readonly Finding[] {
  if (means.kind === 'secret') {
    if (means.ends !== null) return [endOf('secret', new Date(means.ends), now)];
    const says = 'when the secret ends cannot be asked: Microsoft tells it to administrators of the directory only';
    return [note('teams-ends', `${says}. Note it as TEAMS_SECRET_ENDS`)];
  }
  if (means.kind !== 'certificate') return [];
  try {
    const { ends } = readCertificate(means);
    const isOpen = (statSync(means.keyFile).mode & 0o077) !== 0;
    const open = toDo('teams', `${means.keyFile} can be read by others on this machine`, `chmod 600 ${means.keyFile}`);
    return [...(isOpen ? [open] : []), endOf('certificate', ends, now)];
  } catch {
    // Said with the sign-in.
    return [];
  }
}

function endOf(what: 'secret' | 'certificate', ends: Date, now: Date): Finding {
  const day = ends.toISOString().slice(0, 10);
  const days = Math.floor((ends.getTime() - now.getTime()) / DAY);
  if (days > SOON) return fine('teams-ends', `the ${what} ends on ${day}`);
  const says = days < 0 ? `the ${what} ended on ${day}` : `the ${what} ends on ${day}, in ${counted(days, 'day')}`;
  return toDo('teams-ends', says, RENEW[what]);
}

const RENEW = {
  secret:
    'Make a new client secret in the registration, set TEAMS_APP_PASSWORD and TEAMS_SECRET_ENDS, start the server again (docs/teams.md).',
  certificate:
    'Upload a new certificate to the registration, then replace both files; no restart is needed (docs/teams.md).',
} as const;

/** By https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes */
function refused({ means }: NonNullable<TeamsConfig['app']>, { message, codes }: NoTokenError): Finding {
  if (codes.includes(7000222)) return toDo('teams', 'the client secret has run out', RENEW.secret);
  if (codes.includes(7000215)) return toDo('teams', 'the client secret is not the one of this app', RENEW.secret);
  if (codes.includes(700027)) {
    return toDo('teams', 'the certificate is not one of this app, or has run out', RENEW.certificate);
  }
  if (codes.some((code) => FEDERATION.includes(code))) {
    const mend = 'Compare issuer, subject and audience of the federated credential with the token (docs/teams.md).';
    return toDo('teams', 'the federated credential of the registration does not match the token', mend);
  }
  if (means.kind === 'managed-identity' || (means.kind === 'vouching-identity' && codes.length === 0)) {
    const mend = 'Assign the identity to the machine that Griot runs on, and compare its client id (docs/teams.md).';
    return toDo('teams', `this machine gives no token of the managed identity (${message})`, mend);
  }
  // The message names the setting and its file.
  if (codes.length === 0 && /^(?:TEAMS|AZURE)_/u.test(message))
    return toDo('teams', message, 'Correct it (docs/teams.md).');
  return toDo(
    'teams',
    `Microsoft gives no token (${[message, ...codes].join(' ')})`,
    'Compare the TEAMS_ settings with the registration.',
  );
}

/** No federated credential has this issuer, subject or audience. */
const FEDERATION: readonly number[] = [70021, 700211, 700212, 700213];

function unreachable(means: TeamsMeans, error: unknown): Finding {
  const where =
    means.kind === 'managed-identity' || means.kind === 'vouching-identity'
      ? 'the identity service of this machine, or Microsoft’s sign-in service,'
      : 'Microsoft’s sign-in service';
  return toDo('teams', `${where} cannot be reached: ${sayError(error)}`, 'Let this machine reach it.');
}
