// Bots of Microsoft's three libraries, as their own documentation begins: each says over IPC on which port it listens, and the id
// of each activity whose turn it runs. They are written into a folder of their own, next to the libraries.

export interface Peer {
  readonly library: string;
  readonly version: string;
  /** Further packages, each with its version. */
  readonly more: readonly string[];
  readonly program: string;
}

const APP = `const [, , id, tenant] = process.argv;
const turn = (activity) => process.send({ turn: activity.id ?? 'none' });
`;

const LISTEN = `const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
`;

export const PEERS: readonly Peer[] = [
  {
    library: 'botbuilder',
    version: '4.23.3',
    more: ['express@5'],
    program: `${APP}const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder');
const express = require('express');
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({
  MicrosoftAppId: id, MicrosoftAppPassword: 'x', MicrosoftAppTenantId: tenant, MicrosoftAppType: 'SingleTenant',
}));
const app = express();
app.use(express.json());
app.post('/api/messages', (req, res) => adapter.process(req, res, async (context) => turn(context.activity)));
${LISTEN}`,
  },
  {
    library: '@microsoft/agents-hosting',
    version: '1.8.1',
    more: ['express@5'],
    program: `${APP}const { CloudAdapter, authorizeJWT, getAuthConfigWithDefaults } = require('@microsoft/agents-hosting');
const express = require('express');
const config = getAuthConfigWithDefaults({ clientId: id, clientSecret: 'x', tenantId: tenant });
const adapter = new CloudAdapter(config);
const app = express();
app.use(express.json());
app.use(authorizeJWT(config));
app.post('/api/messages', (req, res) => adapter.process(req, res, async (context) => turn(context.activity)));
${LISTEN}`,
  },
  {
    library: '@microsoft/teams.apps',
    version: '2.1.0',
    more: ['express@5'],
    program: `${APP}const { App, ExpressAdapter } = require('@microsoft/teams.apps');
const http = require('node:http');
const express = require('express');
const own = express();
const server = http.createServer(own);
const app = new App({
  clientId: id, clientSecret: 'x', tenantId: tenant, httpServerAdapter: new ExpressAdapter(own),
});
app.on('activity', async ({ activity }) => turn(activity));
app.initialize().then(() => server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port })));
`,
  },
];

/**
 * Loaded before each of them: who asks Microsoft for keys or for a token asks this machine. Everybody else is not reached.
 * `keys`, `login`: origins on this machine that answer.
 */
export const preload = (keys: string, login: string): string => `const http = require('node:http');
const https = require('node:https');
const NOWHERE = 'http://127.0.0.1:9/';
const at = (host, path) => {
  if (host?.endsWith('botframework.com')) return new URL(path.includes('openid') ? '/openid' : '/keys', '${keys}');
  return host?.startsWith('login.microsoftonline.') ? new URL(path, '${login}') : new URL(NOWHERE);
};
const request = (given, options, done) => {
  const url = given instanceof URL || typeof given === 'string' ? new URL(given) : null;
  const { hostname, host, pathname, path, method, headers } = url === null ? given : { ...options, hostname: url.hostname, pathname: url.pathname };
  const callback = typeof options === 'function' ? options : done;
  return http.request(at(hostname ?? host, pathname ?? path), { method, headers: { ...headers, host: '127.0.0.1' } }, callback);
};
https.request = request;
https.get = (...all) => { const asked = request(...all); asked.end(); return asked; };
const real = globalThis.fetch;
globalThis.fetch = (given, init) => {
  const url = new URL(given instanceof Request ? given.url : String(given));
  return real(url.hostname === '127.0.0.1' ? given : at(url.hostname, url.pathname), init);
};
`;
