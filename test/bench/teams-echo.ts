// node teams-echo.ts ORIGIN: a bot as botbuilder's documentation begins, which says back what it hears. Its keys and its replies
// are at ORIGIN. Says over IPC on which port it listens.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { ServiceClientCredentialsFactory } from 'botframework-connector';
import { readUpTo } from '../../src/read-up-to.ts';
import { APP_ID, TENANT_ID } from '../support/microsoft-login.ts';
import { ISSUER } from '../support/teams-network.ts';

const [, , origin] = process.argv;
if (origin === undefined) throw new Error('needs an origin');

/** The stand-in asks nobody for a token who sends none. */
class Unsigned extends ServiceClientCredentialsFactory {
  override isValidAppId(id: string): Promise<boolean> {
    return Promise.resolve(id === APP_ID);
  }
  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(false);
  }
  override createCredentials(): ReturnType<ServiceClientCredentialsFactory['createCredentials']> {
    return Promise.resolve({ signRequest: (request) => Promise.resolve(request) });
  }
}
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: APP_ID,
      MicrosoftAppTenantId: TENANT_ID,
      MicrosoftAppType: 'SingleTenant',
      ToBotFromChannelOpenIdMetadataUrl: `${origin}/openid`,
      ToBotFromChannelTokenIssuer: ISSUER,
      ToChannelFromBotLoginUrl: origin,
      ToChannelFromBotOAuthScope: origin,
      ToBotFromEmulatorOpenIdMetadataUrl: `${origin}/openid`,
      OAuthUrl: origin,
      ValidateAuthority: 'false',
      CallerId: 'x',
    },
    new Unsigned(),
  ),
);

const server = createServer((request, response) => {
  const reply = {
    socket: request.socket,
    status: (code: number) => void (response.statusCode = code),
    header: (name: string, value: unknown) => void response.setHeader(name, String(value)),
    send: (body?: unknown) => void response.write(JSON.stringify(body ?? '')),
    end: () => void response.end(),
  };
  void (async () => {
    const bytes = await readUpTo(ReadableStream.from(request) as ReadableStream<Uint8Array>, 1024 * 1024);
    const body = JSON.parse(bytes?.toString() ?? '') as Record<string, unknown>;
    await adapter.process({ method: 'POST', headers: request.headers, body }, reply as never, async (context) => {
      await context.sendActivity(`Echo: ${context.activity.text}`);
    });
  })();
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit());
