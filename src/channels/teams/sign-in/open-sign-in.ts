// How we sign in to Microsoft: one of five means, which all end in a token for Teams' connector.

import { readFileSync } from 'node:fs';
import type { Cloud } from '../cloud.ts';
import { ASSERTION, certificateProof, type CertificateFiles, readCertificate } from './certificate.ts';
import { type IdentityService, identityToken } from './managed-identity.ts';
import { keep, NoTokenError, openTokens, type Proof, type Tokens } from './tokens.ts';

export type SignIn =
  | { readonly kind: 'secret'; readonly secret: string }
  | ({ readonly kind: 'certificate' } & CertificateFiles)
  /** The bot is registered as this identity: its app id is the identity's. */
  | { readonly kind: 'managed-identity'; readonly service: IdentityService }
  /** A token that another service writes into this file vouches for the app. */
  | { readonly kind: 'token-file'; readonly tokenFile: string }
  /** The token of this managed identity vouches for the app. */
  | { readonly kind: 'vouching-identity'; readonly identity: string; readonly service: IdentityService };

/** Our identity for Microsoft. */
export interface TeamsApp {
  readonly id: string;
  readonly tenant: string;
  readonly signIn: SignIn;
}

export interface SignInOf {
  readonly app: TeamsApp;
  readonly cloud: Pick<Cloud, 'login' | 'resource' | 'exchange'>;
  /** Milliseconds for one token. */
  readonly deadline: number;
  readonly now: () => Date;
}

/** Throws NoTokenError if a file of it is missing or wrong. No service is asked yet. */
export function openSignIn({ app, cloud, deadline, now }: SignInOf): Tokens {
  const { id, tenant, signIn } = app;
  if (signIn.kind === 'managed-identity') {
    const { resource } = cloud;
    return keep(() => identityToken(signIn.service, { client: id, resource, signal: AbortSignal.timeout(deadline) }));
  }
  const proof = proofOf(id, signIn, cloud, now);
  return openTokens({ appId: id, tenant, login: cloud.login, resource: cloud.resource, proof, deadline });
}

function proofOf(
  id: string,
  signIn: Exclude<SignIn, { readonly kind: 'managed-identity' }>,
  { exchange }: SignInOf['cloud'],
  now: () => Date,
): Proof {
  switch (signIn.kind) {
    case 'secret':
      return () => Promise.resolve({ client_secret: signIn.secret });
    case 'certificate':
      readCertificate(signIn);
      return certificateProof(id, signIn, now);
    case 'token-file':
      readToken(signIn.tokenFile);
      // It is replaced before it ends.
      return () => Promise.resolve(assertion(readToken(signIn.tokenFile)));
    case 'vouching-identity':
      return async (_, signal) => {
        const { identity: client, service } = signIn;
        return assertion((await identityToken(service, { client, resource: exchange, signal })).token);
      };
    default:
      return signIn satisfies never;
  }
}

function assertion(token: string): Readonly<Record<string, string>> {
  return { client_assertion_type: ASSERTION, client_assertion: token };
}

function readToken(file: string): string {
  let token = '';
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch {
    // Said below.
  }
  if (token !== '') return token;
  throw new NoTokenError(`AZURE_FEDERATED_TOKEN_FILE: ${file} cannot be read, or is empty`);
}
