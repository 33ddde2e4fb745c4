// The services that give tokens, as far as Teams needs them: Microsoft's sign-in service, and the identity services of a
// virtual machine and of App Service. What is not proved as Microsoft's documentation says, gets no token.

import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const TENANT_ID = '99999999-8888-4777-8666-555555555555';
/** A managed identity that vouches for the app. */
export const IDENTITY_ID = '77777777-6666-4555-8444-333333333333';
export const SECRET = 'only-for-tests';
export const IDENTITY_HEADER = 'of-this-machine';
/** Path of the identity service of App Service. */
export const IDENTITY_PATH = '/msi/token';
const RESOURCE = 'https://api.botframework.com';
const EXCHANGE = 'api://AzureADTokenExchange';

/** What an issuer of tokens that the registration trusts says of this installation. */
const ELSEWHERE = { issuer: 'https://kubernetes.example', subject: 'system:serviceaccount:griot:griot' };

export interface MicrosoftLogin {
  secret: 'good' | 'expired';
  /** How many tokens for the connector were given. */
  made: number;
  now: () => Date;
  /** Another reason to refuse one that was given. */
  isGood: (token: string) => boolean;
  /** How the app proved itself, each time. */
  readonly proofs: string[];
  /** The certificate of the registration, as PEM; null: it has none. */
  certificate: string | null;
  /** What a workload identity would write into its file. */
  tokenElsewhere(claims?: { readonly subject?: string }): Promise<string>;
  /** True for a token for the connector that was given here. */
  accepts(token: string): boolean;
  answer(request: IncomingMessage, body: string, origin: string): Promise<{ status: number; json: unknown } | null>;
}

/** Made once a process: a pair takes longer than most tests. */
const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });

export function openLogin(): MicrosoftLogin {
  const given = new Set<string>();
  const statement = (issuer: string, subject: string, audience: string) =>
    new SignJWT()
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(issuer)
      .setSubject(subject)
      .setAudience(audience)
      .setExpirationTime('1h')
      .sign(KEYS.privateKey);
  const login: MicrosoftLogin = {
    secret: 'good',
    made: 0,
    now: () => new Date(),
    isGood: () => true,
    proofs: [],
    certificate: null,
    tokenElsewhere: ({ subject = ELSEWHERE.subject } = {}) => statement(ELSEWHERE.issuer, subject, EXCHANGE),
    accepts: (token) => given.has(token) && login.isGood(token),
    async answer(request, body, origin) {
      const url = new URL(request.url ?? '', origin);
      if (url.pathname === IDENTITY_PATH || url.pathname === '/metadata/identity/oauth2/token') {
        return identity(request, url, origin);
      }
      if (url.pathname !== `/${TENANT_ID}/oauth2/v2.0/token` || request.method !== 'POST') return null;
      const form = Object.fromEntries(new URLSearchParams(body));
      if (form['grant_type'] !== 'client_credentials' || form['client_id'] !== APP_ID) return refuse(700016);
      if (form['scope'] !== `${RESOURCE}/.default`) return refuse(70011, 'invalid_scope');
      const { client_secret: secret, client_assertion: assertion, client_assertion_type: type } = form;
      if (secret !== undefined) {
        if (login.secret === 'expired') return refuse(7000222);
        return secret === SECRET ? token('secret') : refuse(7000215);
      }
      if (type !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' || assertion === undefined) {
        return refuse(900144, 'invalid_request');
      }
      return judge(assertion, url.href);
    },
  };

  function token(proof: string) {
    login.proofs.push(proof);
    const made = `token-${(login.made += 1)}`;
    given.add(made);
    return { status: 200, json: { token_type: 'Bearer', access_token: made, expires_in: 3600 } };
  }

  async function judge(assertion: string, audience: string) {
    if (decodeProtectedHeader(assertion).alg === 'PS256') {
      const certificate = login.certificate === null ? null : new X509Certificate(login.certificate);
      const { 'x5t#S256': thumbprint } = decodeProtectedHeader(assertion);
      const own = certificate === null ? '' : createHash('sha256').update(certificate.raw).digest('base64url');
      if (certificate === null || thumbprint !== own || certificate.validToDate < login.now()) return refuse(700027);
      const expected = { issuer: APP_ID, subject: APP_ID, audience, algorithms: ['PS256'], currentDate: login.now() };
      const held = await jwtVerify(assertion, certificate.publicKey, { ...expected, maxTokenAge: 600 }).catch(
        () => null,
      );
      return held?.payload.jti === undefined ? refuse(700027) : token('certificate');
    }
    const held = await jwtVerify(assertion, KEYS.publicKey, { audience: EXCHANGE }).catch(() => null);
    const { iss, sub } = held?.payload ?? {};
    if (iss === ELSEWHERE.issuer && sub === ELSEWHERE.subject) return token('token-file');
    return sub === IDENTITY_ID ? token('vouching-identity') : refuse(70021);
  }

  /** Each service has its own header and version; both know the resource, and which identities this machine has. */
  async function identity({ method, headers }: IncomingMessage, { pathname, searchParams }: URL, origin: string) {
    const own = pathname === IDENTITY_PATH;
    const isAsked = own ? headers['x-identity-header'] === IDENTITY_HEADER : headers['metadata'] === 'true';
    const version = searchParams.get('api-version') === (own ? '2019-08-01' : '2018-02-01');
    const client = searchParams.get('client_id') ?? '';
    const none = {
      status: 400,
      json: own ? { statusCode: 400, message: 'No MSI found' } : { error: 'invalid_request' },
    };
    if (method !== 'GET' || !isAsked || !version) return none;
    const ends = Math.floor(Date.now() / 1000) + 86_400;
    const found = (access_token: string) => {
      // The older service counts, the newer one says when.
      const life = own ? { expires_on: String(ends) } : { expires_in: '86399', expires_on: String(ends) };
      return { status: 200, json: { access_token, token_type: 'Bearer', ...life } };
    };
    if (client === APP_ID && searchParams.get('resource') === RESOURCE) {
      return found(token('managed-identity').json.access_token);
    }
    if (client !== IDENTITY_ID || searchParams.get('resource') !== EXCHANGE) return none;
    return found(await statement(`${origin}/v2.0`, IDENTITY_ID, EXCHANGE));
  }
  return login;
}

function refuse(code: number, error = 'invalid_client') {
  return { status: error === 'invalid_client' ? 401 : 400, json: { error, error_codes: [code] } };
}
