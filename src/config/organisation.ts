// The organisation's own sign-in service for staff: its settings, read and checked.

import { z } from 'zod';
import { loopback } from './loopback.ts';

const text = z.string().trim().min(1);

export const organisationShape = {
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
};

interface OrganisationEnv {
  readonly OIDC_ISSUER?: string | undefined;
  readonly OIDC_CLIENT_ID?: string | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
}

export interface OrganisationConfig {
  readonly issuer: URL;
  readonly clientId: string;
}

/** Null if there is none. */
export function organisationOf({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: clientId,
}: OrganisationEnv): OrganisationConfig | null {
  return issuer === undefined || clientId === undefined ? null : { issuer: new URL(issuer), clientId };
}

export function organisationProblems(env: OrganisationEnv, trial: boolean): readonly string[] {
  const given = [env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET].filter((one) => one !== undefined);
  const together = 'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are needed together (docs/accounts.md)';
  if (given.length !== 0 && given.length !== 3) return [`OIDC_ISSUER: ${together}`];
  if (env.OIDC_ISSUER === undefined) return [];
  const { protocol, hostname } = new URL(env.OIDC_ISSUER);
  if (loopback.test(hostname)) return [];
  if (trial) return ['OIDC_ISSUER: in a trial nothing leaves; set OPERATOR_NAME'];
  return protocol === 'https:' ? [] : ['OIDC_ISSUER: must be https, except on loopback'];
}
