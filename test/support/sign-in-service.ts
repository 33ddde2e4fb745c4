// A real OpenID provider on loopback (oidc-provider), in which whoever signs in is who they say: "ana" has a verified address.

import { createServer, type Server, type ServerResponse } from 'node:http';
import Provider from 'oidc-provider';

export interface SignInService {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who there is: subject → claims. Change it as you like. */
  readonly people: Map<string, { readonly email: string; readonly email_verified?: boolean }>;
  /** Goes through its pages as that person, from where the desk sent the browser to the address that it sends back. */
  signInAs(subject: string, from: string): Promise<URL>;
  /** What its token endpoint does instead of answering; null where it answers. Set it as you like. */
  broken: ((response: ServerResponse) => void) | null;
  close(): Promise<void>;
}

export async function startSignInService(redirectUri: string): Promise<SignInService> {
  const server = createServer();
  const port = await listen(server);
  const issuer = new URL(`http://127.0.0.1:${port}/`);
  const [clientId, clientSecret] = ['griot-desk', 'only-for-tests-and-long-enough-for-an-hmac'];
  const people: SignInService['people'] = new Map();
  const provider = new Provider(issuer.origin, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    cookies: { keys: ['only-for-tests'] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_context, id) => {
      const claims = people.get(id);
      return claims && { accountId: id, claims: () => ({ sub: id, ...claims }) };
    },
  });
  const handle = provider.callback();
  const service: SignInService = {
    broken: null,
    issuer,
    clientId,
    clientSecret,
    people,
    signInAs: (subject, from) => walk(issuer, subject, from),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  server.on('request', (request, response) => {
    if (service.broken !== null && request.url === '/token') service.broken(response);
    else void handle(request, response);
  });
  return service;
}

/** The provider's own pages for development: a form with any name, then a form that agrees. */
async function walk(issuer: URL, subject: string, from: string): Promise<URL> {
  const jar = new Map<string, string>();
  let [url, form]: [URL, URLSearchParams | null] = [new URL(from), null];
  for (let step = 0; step < 12; step += 1) {
    if (url.origin !== issuer.origin) return url;
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === null ? {} : { method: 'POST', body: form }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const text = await answer.text();
    const location = answer.headers.get('location');
    if (location !== null) [url, form] = [new URL(location, url), null];
    else {
      const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1];
      if (action === undefined)
        throw new Error(`The sign-in service is at a loss: ${answer.status} ${text.slice(0, 300)}`);
      const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1] ?? '';
      [url, form] = [new URL(action, url), new URLSearchParams({ prompt, login: subject, password: 'any' })];
    }
  }
  throw new Error('The sign-in service does not come to an end.');
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
