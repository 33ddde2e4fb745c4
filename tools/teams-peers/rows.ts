// The requests of test/channels/teams/conformance.test.ts, in short: what each must get, and whether a turn may run.

import { strangersKey, type TestNetwork } from '../../test/support/teams-network.ts';

export interface Row {
  readonly name: string;
  readonly must: number;
  readonly runs: boolean;
  readonly token: (net: TestNetwork) => string | null;
  readonly body: (activity: Record<string, unknown>) => string;
  /** Sent twice: the turn runs once. */
  readonly twice?: true;
}

export const ISSUER = 'https://api.botframework.com';
export const SERVICE = 'https://smba.trafficmanager.net/br/';

const seconds = () => Math.floor(Date.now() / 1000);
const own = { iss: ISSUER, serviceurl: SERVICE };
const valid = (net: TestNetwork) => net.token(own);
const same = (activity: Record<string, unknown>) => JSON.stringify(activity);

function refused(name: string, token: Row['token']): Row {
  return { name, must: 401, runs: false, token, body: same };
}

function malformed(name: string, body: Row['body']): Row {
  return { name, must: 400, runs: false, token: valid, body };
}

export const ROWS: readonly Row[] = [
  { name: 'a valid token', must: 200, runs: true, token: valid, body: same },
  {
    name: 'one that ended a minute ago',
    must: 200,
    runs: true,
    token: (net) => net.token({ ...own, exp: seconds() - 60 }),
    body: same,
  },
  refused('no token', () => null),
  refused('garbage', () => 'garbage'),
  refused('for another audience', (net) => net.token({ ...own, aud: 'another-bot' })),
  refused('of another issuer', (net) => net.token({ ...own, iss: 'https://issuer.example' })),
  refused('of an unknown key', (net) => net.token(own, { kid: 'nobody', key: strangersKey() })),
  refused('alg: none', (net) => net.token(own, { alg: 'none' })),
  refused('a bad signature', (net) => net.token(own, { key: strangersKey() })),
  refused('expired ten minutes ago', (net) => net.token({ ...own, exp: seconds() - 600 })),
  refused('not yet valid', (net) => net.token({ ...own, nbf: seconds() + 900, exp: seconds() + 1800 })),
  refused('for another service', (net) => net.token({ ...own, serviceurl: 'https://elsewhere.example/' })),
  refused('without a service', (net) => net.token({ ...own, serviceurl: undefined })),
  refused('a key that does not vouch for Teams', (net) => net.token(own, { kid: 'elsewhere' })),
  malformed('no service in the body', (activity) => JSON.stringify({ ...activity, serviceUrl: undefined })),
  malformed('{}', () => '{}'),
  malformed('no JSON', () => 'not JSON'),
  malformed('a type that is a number', (activity) => JSON.stringify({ ...activity, type: 5 })),
  { name: 'the same twice', must: 200, runs: true, token: valid, body: same, twice: true },
  {
    name: 'a body over 1 MiB',
    must: 413,
    runs: false,
    token: valid,
    body: (activity) => JSON.stringify({ ...activity, text: 'x'.repeat(1024 * 1024) }),
  },
];
