// The only file that uses the Bot Framework library. It is loaded only if Teams is configured: that takes a second and
// much memory.

import type { Activity, ConversationReference, TurnContext } from 'botbuilder';
import { type Deadlines, DEADLINES, within } from '../../deadlines.ts';
import type { Reference } from './address.ts';
import type { TeamsActivity } from './activity.ts';

/** Our identity for Microsoft; null: every caller is trusted, on loopback only. */
export interface TeamsApp {
  readonly id: string;
  readonly tenant: string;
  readonly password: string;
}

/** The issuer of tokens. Default: Microsoft's public cloud; tests pass their own. */
export interface SignIn {
  readonly issuer: string;
  /** The OpenID document that names the keys. */
  readonly keysUrl: string;
  /** Makes a token for the connector; without it requests carry none. */
  readonly token?: () => Promise<string>;
}

export const PUBLIC_ISSUER = 'https://api.botframework.com';

/** The sign-in of a request is not valid. */
export class SignInRefusedError extends Error {
  override readonly name = 'SignInRefusedError';
}

/** The network refused a message; `status` null: no answer at all. */
export class SendRefusedError extends Error {
  override readonly name = 'SendRefusedError';
  readonly status: number | null;
  /** Teams' code of a refusal, e.g. "ConversationBlockedByUser"; null if there is none. */
  readonly code: string | null;

  constructor(status: number | null, code: string | null = null) {
    super(`Teams answered ${status ?? 'nothing'}`);
    this.status = status;
    this.code = code;
  }
}

/** Microsoft issues no token: the app's password is wrong, or has expired. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError';
}

export interface TeamsAdapter {
  /** Checks the sign-in, then runs `work`; throws SignInRefusedError, or what `work` throws. */
  receive(
    authorization: string,
    activity: TeamsActivity,
    work: (say: (text: string) => Promise<void>) => Promise<void>,
  ): Promise<void>;
  /** Writes into a conversation proactively. Throws SendRefusedError. */
  send(to: Reference, activity: object): Promise<void>;
}

export async function openAdapter(
  app: TeamsApp | null,
  signIn?: SignIn,
  deadlines: Deadlines = DEADLINES,
): Promise<TeamsAdapter> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext: Turn } = await import('botbuilder');
  const { AppCredentials, ServiceClientCredentialsFactory } = await import('botframework-connector');

  /** The library's handling of tokens, with tokens from the tests. */
  class TestCredentials extends AppCredentials {
    protected override async refreshToken() {
      const accessToken = (await signIn?.token?.()) ?? '';
      return { accessToken, expiresOn: new Date(Date.now() + 3_600_000) } as never;
    }
  }

  /** For tests, which have nobody to sign in with. */
  class TestSignIn extends ServiceClientCredentialsFactory {
    override isValidAppId(id: string) {
      return Promise.resolve(id === (app?.id ?? ''));
    }
    override isAuthenticationDisabled() {
      return Promise.resolve(app === null);
    }
    override createCredentials() {
      if (signIn?.token !== undefined)
        return Promise.resolve(new TestCredentials(app?.id ?? '', undefined, signIn.keysUrl));
      return Promise.resolve({ signRequest: <T>(request: T) => Promise.resolve(request) });
    }
  }

  /** `process()` of the library prints errors and sends them to strangers; this does neither. */
  class QuietAdapter extends CloudAdapter {
    async take(authorization: string, activity: Activity, logic: (turn: TurnContext) => Promise<void>): Promise<void> {
      await this.processActivity(authorization, activity, logic);
    }

    async write(to: Reference, activity: object): Promise<void> {
      const reference: Partial<ConversationReference> = {
        ...to,
        conversation: { ...to.conversation, isGroup: false, conversationType: 'personal', name: '' },
        bot: { ...to.bot, name: '' },
        user: { ...to.user, name: '' },
      };
      await this.continueConversationAsync(app?.id ?? '', reference, async (turn) => {
        const client = turn.turnState.get<Connector>(this.ConnectorClientKey);
        const addressed = Turn.applyConversationReference({ ...activity }, reference);
        const send = (abortSignal: AbortSignal) =>
          client.conversations.sendToConversation(to.conversation.id, addressed, { abortSignal });
        await within(deadlines.connector, async (signal) => {
          await tokenOf(client, false);
          try {
            await send(signal);
          } catch (error) {
            // The token was valid for us and not for them (a new password, a clock): once more, with a new one.
            if (statusOf(error) !== 401) throw error;
            await tokenOf(client, true);
            await send(signal);
          }
        });
      });
    }
  }

  const settings = { ...settingsOf(app), ...(signIn === undefined ? {} : endpointsOf(signIn)) };
  const given: ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication> =
    signIn === undefined ? [settings] : [settings, new TestSignIn()];
  const adapter = new QuietAdapter(new ConfigurationBotFrameworkAuthentication(...given));

  return {
    async receive(authorization, activity, work) {
      const turns = { begun: false };
      /** The keys that prove it must arrive in time; the work itself has no limit here. */
      let begin: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => (begin = resolve));
      try {
        const taken = adapter.take(authorization, activity as unknown as Activity, async (turn) => {
          turns.begun = true;
          begin();
          await work(async (text) => {
            await within(deadlines.connector, () => turn.sendActivity({ type: 'message', text, textFormat: 'plain' }));
          });
        });
        await within(deadlines.signIn, () => Promise.race([begun, taken]));
        await taken;
      } catch (error) {
        if (!turns.begun && isRefusal(error)) throw new SignInRefusedError();
        throw error;
      }
    },
    async send(to, activity) {
      try {
        await adapter.write(to, activity);
      } catch (error) {
        if (error instanceof NoTokenError) throw error;
        throw new SendRefusedError(statusOf(error), codeOf(error));
      }
    },
  };
}

/** The used part of the library's client. */
interface Connector {
  readonly credentials?: object;
  readonly conversations: {
    sendToConversation(
      conversation: string,
      activity: Partial<Activity>,
      options: { readonly abortSignal: AbortSignal },
    ): Promise<unknown>;
  };
}

/**
 * Requested separately, to know what failed.
 * @throws {NoTokenError}
 */
async function tokenOf({ credentials }: Connector, anew: boolean): Promise<void> {
  if (credentials === undefined || !('getToken' in credentials) || typeof credentials.getToken !== 'function') return;
  // Without an app no sign-in is needed.
  if (!('appId' in credentials) || typeof credentials.appId !== 'string' || credentials.appId === '') return;
  try {
    await (credentials as { getToken(anew: boolean): Promise<unknown> }).getToken(anew);
  } catch (error) {
    // MSAL's code from the service, e.g. "invalid_client" for an expired password; a broken connection has none.
    const code = error instanceof Error && 'errorCode' in error ? error.errorCode : null;
    if (typeof code === 'string' && /^(?:invalid_|unauthorized_|access_denied)/u.test(code))
      throw new NoTokenError(code);
    throw error;
  }
}

function settingsOf(app: TeamsApp | null): Record<string, string> {
  if (app === null) return {};
  return {
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppId: app.id,
    MicrosoftAppPassword: app.password,
    MicrosoftAppTenantId: app.tenant,
  };
}

/** If one of these is given the library uses none of its defaults, so all are given. */
function endpointsOf({ issuer, keysUrl }: SignIn): Record<string, string> {
  return {
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: keysUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: keysUrl,
    ToChannelFromBotLoginUrl: issuer,
    ToChannelFromBotOAuthScope: issuer,
    OAuthUrl: issuer,
    CallerId: 'urn:botframework:azure',
  };
}

/** A bad signature is an error of the token's library, without a status: also a refusal. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return statusOf(error) === 401 || ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(error.name);
}

function codeOf(error: unknown): string | null {
  const body = typeof error === 'object' && error !== null && 'body' in error ? error.body : null;
  const inner = typeof body === 'object' && body !== null && 'error' in body ? body.error : body;
  if (typeof inner !== 'object' || inner === null || !('code' in inner)) return null;
  return typeof inner.code === 'string' ? inner.code : null;
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}
