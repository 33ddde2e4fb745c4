// The part of the environment for Microsoft Teams; read by config.ts.

import { resolve } from 'node:path';
import { z } from 'zod';
import { loopback } from './loopback.ts';

const text = z.string().trim().min(1);
/** Microsoft's clouds. */
const CLOUDS = ['public', 'us-government', 'us-dod', 'china'] as const;
const MEANS = ['secret', 'certificate', 'managed-identity', 'federated'] as const;

export const teamsShape = {
  TEAMS_APP_ID: z.uuid().optional(),
  TEAMS_TENANT_ID: z.uuid().optional(),
  TEAMS_SIGN_IN: z.enum(MEANS).default('secret'),
  TEAMS_APP_PASSWORD: text.optional(),
  TEAMS_SECRET_ENDS: z.iso.date('must be a day, e.g. 2027-11-30').optional(),
  TEAMS_CERTIFICATE_FILE: text.optional(),
  TEAMS_CERTIFICATE_KEY_FILE: text.optional(),
  TEAMS_MANAGED_IDENTITY_ID: z.uuid().optional(),
  AZURE_FEDERATED_TOKEN_FILE: text.optional(),
  IDENTITY_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  IDENTITY_HEADER: text.optional(),
  TEAMS_CLOUD: z.enum(CLOUDS).default('public'),
  TEAMS_LOCAL_WITHOUT_SIGN_IN: z.stringbool().default(false),
};

type TeamsEnvironment = z.infer<z.ZodObject<typeof teamsShape>>;
interface Environment extends TeamsEnvironment {
  readonly HOST: string;
  readonly TRUST_PROXY: boolean;
  readonly PUBLIC_URL?: string | undefined;
}

/** How we prove to Microsoft that we are this app; contains no secret. */
export type TeamsMeans =
  /** `ends`: the day on which it does, if an administrator noted it. */
  | { readonly kind: 'secret'; readonly ends: string | null }
  | { readonly kind: 'certificate'; readonly certificateFile: string; readonly keyFile: string }
  /** `endpoint`: of App Service and Container Apps; null: that of virtual machines. */
  | { readonly kind: 'managed-identity'; readonly endpoint: string | null }
  | { readonly kind: 'token-file'; readonly tokenFile: string }
  /** The token of the managed identity `identity` vouches for the app. */
  | { readonly kind: 'vouching-identity'; readonly identity: string; readonly endpoint: string | null };

export interface TeamsConfig {
  /** Null: every caller on this machine is trusted, for trying it out. */
  readonly app: { readonly id: string; readonly tenant: string; readonly means: TeamsMeans } | null;
  readonly cloud: (typeof CLOUDS)[number];
}

/** Null: no Teams. */
export function teamsOf(env: TeamsEnvironment): TeamsConfig | null {
  const { TEAMS_APP_ID: id, TEAMS_TENANT_ID: tenant, TEAMS_CLOUD: cloud } = env;
  if (id !== undefined && tenant !== undefined) return { app: { id, tenant, means: meansOf(env) }, cloud };
  return env.TEAMS_LOCAL_WITHOUT_SIGN_IN ? { app: null, cloud } : null;
}

function meansOf(env: TeamsEnvironment): TeamsMeans {
  const endpoint = env.IDENTITY_ENDPOINT ?? null;
  switch (env.TEAMS_SIGN_IN) {
    case 'secret':
      return { kind: 'secret', ends: env.TEAMS_SECRET_ENDS ?? null };
    case 'certificate':
      return {
        kind: 'certificate',
        certificateFile: resolve(env.TEAMS_CERTIFICATE_FILE ?? ''),
        keyFile: resolve(env.TEAMS_CERTIFICATE_KEY_FILE ?? ''),
      };
    case 'managed-identity':
      return { kind: 'managed-identity', endpoint };
    case 'federated': {
      const identity = env.TEAMS_MANAGED_IDENTITY_ID;
      if (identity !== undefined) return { kind: 'vouching-identity', identity, endpoint };
      return { kind: 'token-file', tokenFile: resolve(env.AZURE_FEDERATED_TOKEN_FILE ?? '') };
    }
    default:
      return env.TEAMS_SIGN_IN satisfies never;
  }
}

/** The settings that each of the means takes: all, or at most. */
const TAKES: Readonly<
  Record<(typeof MEANS)[number], { readonly needs: readonly Setting[]; readonly may: readonly Setting[] }>
> = {
  secret: { needs: ['TEAMS_APP_PASSWORD'], may: ['TEAMS_SECRET_ENDS'] },
  certificate: { needs: ['TEAMS_CERTIFICATE_FILE', 'TEAMS_CERTIFICATE_KEY_FILE'], may: [] },
  'managed-identity': { needs: [], may: [] },
  federated: { needs: [], may: ['TEAMS_MANAGED_IDENTITY_ID'] },
};
type Setting = keyof TeamsEnvironment & `TEAMS_${string}`;

/** Without an app id every caller is trusted: allowed only explicitly, and only on loopback. */
export function teamsProblems(env: Environment): readonly string[] {
  const { needs, may } = TAKES[env.TEAMS_SIGN_IN];
  const all: readonly Setting[] = Object.values(TAKES).flatMap((one) => [...one.needs, ...one.may]);
  const given = (['TEAMS_APP_ID', 'TEAMS_TENANT_ID', ...all] as const).filter((name) => env[name] !== undefined);
  if (env.TEAMS_LOCAL_WITHOUT_SIGN_IN) return localProblems(env, given);
  if (given.length === 0) {
    return env.TEAMS_SIGN_IN === 'secret'
      ? []
      : ['TEAMS_SIGN_IN: set TEAMS_APP_ID and TEAMS_TENANT_ID, too (docs/teams.md)'];
  }
  const together = ['TEAMS_APP_ID', 'TEAMS_TENANT_ID', ...needs] as const;
  const missing = together.filter((name) => env[name] === undefined);
  const strange = given.filter((name) => ![...together, ...may].some((one) => one === name));
  return [
    ...missing.map(
      (name) => `${name}: TEAMS_SIGN_IN=${env.TEAMS_SIGN_IN} needs ${together.join(', ')} together (docs/teams.md)`,
    ),
    ...strange.map(
      (name) => `${name}: remove it, or change TEAMS_SIGN_IN, which is ${env.TEAMS_SIGN_IN} (docs/teams.md)`,
    ),
    ...identityProblems(env),
  ];
}

function identityProblems(env: TeamsEnvironment): readonly string[] {
  const { TEAMS_SIGN_IN: means, TEAMS_MANAGED_IDENTITY_ID: identity, AZURE_FEDERATED_TOKEN_FILE: file } = env;
  if (means === 'federated' && (identity === undefined) === (file === undefined)) {
    const one = 'TEAMS_SIGN_IN=federated needs this, or AZURE_FEDERATED_TOKEN_FILE, and not both (docs/teams.md)';
    return [`TEAMS_MANAGED_IDENTITY_ID: ${one}`];
  }
  const asks = means === 'managed-identity' || (means === 'federated' && identity !== undefined);
  if (!asks || (env.IDENTITY_ENDPOINT === undefined) === (env.IDENTITY_HEADER === undefined)) return [];
  return [
    'IDENTITY_ENDPOINT: comes with IDENTITY_HEADER on App Service and Container Apps; on a virtual machine remove it. Azure Arc and Service Fabric are not served (docs/teams.md)',
  ];
}

function localProblems(env: Environment, given: readonly string[]): readonly string[] {
  const name = 'TEAMS_LOCAL_WITHOUT_SIGN_IN';
  const problems = given.length > 0 ? [`${name}: remove it, since ${given.join(', ')} is set`] : [];
  if (!loopback.test(env.HOST)) problems.push(`${name}: anybody could write as anybody; HOST must be loopback`);
  if (env.TRUST_PROXY || (env.PUBLIC_URL !== undefined && !loopback.test(new URL(env.PUBLIC_URL).hostname))) {
    problems.push(`${name}: a proxy or tunnel would let others in; remove TRUST_PROXY and PUBLIC_URL`);
  }
  return problems;
}
