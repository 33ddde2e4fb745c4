// Is a request from Teams? Its token is checked here, all of it, before anything of the request is used: signature, issuer,
// audience, times, that its key vouches for Teams, and that we answer to the service it names
// (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication).

import { decodeProtectedHeader, errors, importJWK, type JWK, jwtVerify } from 'jose';
import { z } from 'zod';
import { readUpTo } from '../../read-up-to.ts';
import { once } from './once-at-a-time.ts';
import type { Cloud } from './cloud.ts';

export const ALGORITHMS = ['RS256', 'RS384', 'RS512'] as const;
/** Seconds by which clocks may differ. */
export const TOLERANCE = 300;

/** The sign-in of a request is not valid. */
export class SignInRefusedError extends Error {
  override readonly name = 'SignInRefusedError';
}

/** Milliseconds after which the keys are read again, and between two readings because of a key that is not among them. */
const FRESH = 24 * 3_600_000;
const BETWEEN = 5 * 60_000;
/** Milliseconds for which old keys still count if no new ones can be read. */
const OLDEST = 5 * FRESH;
const MOST_BYTES = 1024 * 1024;

const documentSchema = z.looseObject({ jwks_uri: z.url({ protocol: /^https?$/ }).max(2000) });
const keysSchema = z.looseObject({
  keys: z
    .array(
      z.looseObject({
        kid: z.string(),
        kty: z.string(),
        endorsements: z.array(z.string()).optional().catch(undefined),
      }),
    )
    .max(1000),
});
type SigningKey = z.infer<typeof keysSchema>['keys'][number];

export interface TokenCheckOf {
  readonly cloud: Pick<Cloud, 'issuer' | 'keysUrl'>;
  /** Our app id. */
  readonly audience: string;
  /** Milliseconds to read the keys. */
  readonly deadline: number;
  readonly now: () => Date;
}

/** Throws SignInRefusedError; any other error: the keys cannot be read. */
export type TokenCheck = (authorization: string, of: { channelId: string; serviceUrl: string }) => Promise<void>;

export function openTokenCheck({ cloud, audience, deadline, now }: TokenCheckOf): TokenCheck {
  const keyOf = openKeys(cloud.keysUrl, deadline);
  return async (authorization, { channelId, serviceUrl }) => {
    const token = authorization.replace(/^Bearer /u, '');
    const { kid, alg } = headerOf(token);
    const key = await keyOf(kid);
    if (key === null || key.endorsements?.includes(channelId) !== true) throw new SignInRefusedError();
    try {
      const { payload } = await jwtVerify(token, await importJWK(key as JWK, alg), {
        issuer: cloud.issuer,
        audience,
        algorithms: [...ALGORITHMS],
        clockTolerance: TOLERANCE,
        requiredClaims: ['exp', 'serviceurl'],
        currentDate: now(),
      });
      if (payload['serviceurl'] !== serviceUrl) throw new SignInRefusedError();
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) throw new SignInRefusedError();
      throw error;
    }
  };
}

function headerOf(token: string): { readonly kid: string; readonly alg: string } {
  try {
    const { kid, alg } = decodeProtectedHeader(token);
    if (typeof kid === 'string' && ALGORITHMS.some((one) => one === alg)) return { kid, alg: alg ?? '' };
  } catch {
    // No token.
  }
  throw new SignInRefusedError();
}

function openKeys(keysUrl: string, deadline: number): (kid: string) => Promise<SigningKey | null> {
  let kept: { readonly keys: readonly SigningKey[]; readonly at: number } | null = null;
  let asked = -Infinity;
  const renew = once(async () => {
    const signal = AbortSignal.timeout(deadline);
    const { jwks_uri: address } = documentSchema.parse(await read(keysUrl, signal));
    // Keys come as safely as the document that names them.
    if (new URL(address).protocol !== new URL(keysUrl).protocol) throw new Error('the keys are elsewhere');
    const { keys } = keysSchema.parse(await read(address, signal));
    kept = { keys, at: performance.now() };
    return keys;
  });
  return async (kid) => {
    const since = performance.now();
    const known = kept?.keys.find((one) => one.kid === kid);
    const age = kept === null ? Infinity : since - kept.at;
    if (known !== undefined && age < FRESH) return known;
    // Strangers name keys that do not exist: they do not make us ask all the time.
    if (kept !== null && age < OLDEST && since - asked < BETWEEN) return known ?? null;
    asked = since;
    const keys = await renew().catch((error: unknown) => {
      if (known !== undefined && age < OLDEST) return [known];
      if (kept === null) asked = -Infinity;
      throw error;
    });
    return keys.find((one) => one.kid === kid) ?? null;
  };
}

async function read(url: string, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(url, { signal, redirect: 'error' });
  const bytes = await readUpTo(answer.body, MOST_BYTES);
  if (!answer.ok || bytes === null) throw new Error(`the keys answered ${answer.status}`);
  return JSON.parse(bytes.toString());
}
