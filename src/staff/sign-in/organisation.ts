// OpenID Connect (code flow with PKCE, state and nonce), for organisations with a sign-in service. It proves the first
// factor; the second is still asked here (docs/decisions/0063).

import { DEADLINES } from '../../deadlines.ts';
import { once } from '../../web/toolkit/once.ts';

export interface OrganisationConfig {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Kept in the browser between the two redirects. */
export interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Known {
  readonly issuer: string;
  readonly subject: string;
  /** Null if the service does not say that it is verified. */
  readonly verifiedEmail: string | null;
}

export interface Organisation {
  /** The URL of the service. Rejects if the service cannot be reached. */
  begin(back: URL): Promise<{ readonly url: URL; readonly journey: Journey }>;
  /**
   * `answer`: the URL that the browser came back to. Rejects if anything in it is not valid, and with
   * OrganisationDownError if the service cannot be reached.
   */
  finish(answer: URL, journey: Journey): Promise<Known>;
}

/** The service hangs, is down, or has a fault: nothing is known about the person. */
export class OrganisationDownError extends Error {
  override readonly name = 'OrganisationDownError';
}

/** `deadline`: milliseconds for each request to the service. */
export function openOrganisation(
  { issuer, clientId, clientSecret }: OrganisationConfig,
  deadline = DEADLINES.organisation,
): Organisation {
  // Imported and queried on first use: the desk also starts while the service is down.
  const service = once(async () => {
    const client = await import('openid-client');
    const config = await client.discovery(issuer, clientId, clientSecret, undefined, {
      timeout: deadline / 1000,
      // config.ts allows plain http on loopback only.
      execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
    });
    return { client, config };
  });
  return {
    async begin(back) {
      const { client, config } = await service();
      const journey = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: back.href,
        scope: 'openid email',
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
      });
      return { url, journey };
    },
    finish: (answer, journey) =>
      finish(answer, journey).catch((error: unknown) => {
        throw isDown(error)
          ? new OrganisationDownError('the sign-in service cannot be asked', { cause: error })
          : error;
      }),
  };

  async function finish(answer: URL, { state, nonce, verifier }: Journey): Promise<Known> {
    const { client, config } = await service();
    const tokens = await client.authorizationCodeGrant(config, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('The sign-in service sent no ID token.');
    const told =
      claims['email_verified'] === undefined && config.serverMetadata().userinfo_endpoint !== undefined
        ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
        : claims;
    const { email } = told;
    const verified = told.email_verified === true && typeof email === 'string';
    return { issuer: claims.iss, subject: claims.sub, verifiedEmail: verified ? email : null };
  }
}

/** For rejections of openid-client, and fetch under it: the reason is somewhere among the causes. */
function isDown(error: unknown): boolean {
  for (let at = error, depth = 0; at !== undefined && depth < 6; depth += 1) {
    if (at instanceof Response) return at.status >= 500;
    if (!(at instanceof Error)) return false;
    // undici says "fetch failed" and "terminated"; a wrong argument has a code.
    if (at.name === 'TimeoutError' || (at instanceof TypeError && !('code' in at))) return true;
    at = at.cause;
  }
  return false;
}
