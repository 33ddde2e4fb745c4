// Our identity for Microsoft, put together from the configuration and its secrets.

import { IMDS, type IdentityService } from '../channels/teams/sign-in/managed-identity.ts';
import type { SignIn, TeamsApp } from '../channels/teams/sign-in/open-sign-in.ts';
import type { Secrets } from '../config/config.ts';
import type { TeamsConfig, TeamsMeans } from '../config/teams.ts';

export function teamsAppOf(
  { id, tenant, means }: NonNullable<TeamsConfig['app']>,
  secrets: Pick<Secrets, 'teamsPassword' | 'identityHeader'>,
): TeamsApp {
  return { id, tenant, signIn: signInOf(means, secrets) };
}

function signInOf(
  means: TeamsMeans,
  { teamsPassword, identityHeader }: Pick<Secrets, 'teamsPassword' | 'identityHeader'>,
): SignIn {
  const service = (endpoint: string | null): IdentityService =>
    endpoint === null ? IMDS : { endpoint, header: identityHeader };
  switch (means.kind) {
    case 'secret':
      return { kind: 'secret', secret: teamsPassword ?? '' };
    case 'managed-identity':
      return { kind: 'managed-identity', service: service(means.endpoint) };
    case 'vouching-identity':
      return { kind: 'vouching-identity', identity: means.identity, service: service(means.endpoint) };
    case 'certificate':
    case 'token-file':
      return means;
    default:
      return means satisfies never;
  }
}
