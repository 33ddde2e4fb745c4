// The tokens that sign our requests to Teams: asked of Microsoft's sign-in service, and kept until shortly before their end.

import { z } from 'zod';
import { readUpTo } from '../../../read-up-to.ts';
import { once } from '../once-at-a-time.ts';

/** There is no token until a person mends it: e.g. the secret or certificate is wrong, or has expired. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError';
  /** Microsoft's numbers of the refusal, e.g. 7000222. */
  readonly codes: readonly number[];

  constructor(message: string, codes: readonly number[] = []) {
    super(message);
    this.codes = codes;
  }
}

export interface Tokens {
  /** `isRefused`: the last one was. Throws NoTokenError. */
  get(isRefused: boolean): Promise<string>;
}

/** The fields of a request that prove our identity to the service at `url`. */
export type Proof = (url: string, signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;

export interface TokensOf {
  readonly appId: string;
  readonly tenant: string;
  readonly login: string;
  readonly resource: string;
  readonly proof: Proof;
  /** Milliseconds for one token, including its proof. */
  readonly deadline: number;
}

/** Milliseconds before its end at which a token is replaced; at most half of its life. */
const EARLY = 5 * 60_000;
const MOST_BYTES = 64 * 1024;

const answerSchema = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().min(0).optional(),
  /** Seconds since 1970: the managed identity of App Service says no more than this. */
  expires_on: z.coerce.number().min(0).optional(),
});
const refusalSchema = z.looseObject({
  error: z.string(),
  error_codes: z.array(z.number()).catch([]).default([]),
});

/** By OAuth's client credentials (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow). */
export function openTokens({ appId, tenant, login, resource, proof, deadline }: TokensOf): Tokens {
  return keep(async () => {
    const signal = AbortSignal.timeout(deadline);
    const url = `${login}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      scope: `${resource}/.default`,
      ...(await proof(url, signal)),
    });
    return ask(url, { method: 'POST', body, redirect: 'error', signal });
  });
}

export interface Issued {
  readonly token: string;
  /** Seconds. */
  readonly lasts: number;
}

/** One request at a time; calls meanwhile wait for the same token. */
export function keep(issue: () => Promise<Issued>): Tokens {
  let kept: { readonly token: string; readonly until: number } | null = null;
  const renew = once(async () => {
    const { token, lasts } = await issue();
    const life = lasts * 1000;
    kept = { token, until: performance.now() + Math.max(life - EARLY, life / 2) };
    return token;
  });
  return {
    async get(isRefused) {
      if (!isRefused && kept !== null && performance.now() < kept.until) return kept.token;
      return renew();
    },
  };
}

/** Refusals by the sign-in service that another try does not change. */
const FINAL = /^(?:invalid_|unauthorized_|access_denied)/u;

/** Throws NoTokenError if the service refuses us; anything else may pass. */
export async function ask(
  url: string | URL,
  init: RequestInit,
  isFinal: (status: number, error: string) => boolean = (_, error) => FINAL.test(error),
): Promise<Issued> {
  const answer = await fetch(url, init);
  const bytes = await readUpTo(answer.body, MOST_BYTES);
  const said = parsed(bytes?.toString() ?? '');
  const given = answer.ok ? answerSchema.safeParse(said) : null;
  if (given?.success === true) {
    const { access_token: token, expires_in: lasts, expires_on: end } = given.data;
    return { token, lasts: lasts ?? Math.max(0, (end ?? 0) - Date.now() / 1000) };
  }
  const { error = '', error_codes: codes = [] } = refusalSchema.safeParse(said).data ?? {};
  if (isFinal(answer.status, error)) throw new NoTokenError(error === '' ? `status ${answer.status}` : error, codes);
  throw new Error(`the sign-in service answered ${answer.status}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
