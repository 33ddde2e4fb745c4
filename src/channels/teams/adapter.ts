// The only file that runs the library. It is loaded when Teams is configured, and not before: that takes a second and much memory.

import type { Activity, ConversationReference, TurnContext } from 'botbuilder';
import type { Reference } from './address.ts';
import type { TeamsActivity } from './parse-activity.ts';

/** Who we are to Microsoft; null: whoever calls is believed, on loopback only. */
export interface TeamsApp {
  readonly id: string;
  readonly tenant: string;
  readonly password: string;
}

/** Where tokens come from and what they must say. Microsoft's public cloud where it is not given; tests give their own. */
export interface SignIn {
  readonly issuer: string;
  /** The OpenID document that names the keys. */
  readonly keysUrl: string;
}

export const PUBLIC_ISSUER = 'https://api.botframework.com';

/** The sign-in of a request does not hold. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}

/** The network said no to a message; `status` null: no answer at all. */
export class SendRefused extends Error {
  override readonly name = 'SendRefused';
  readonly status: number | null;

  constructor(status: number | null) {
    super(`Teams answered ${status ?? 'nothing'}`);
    this.status = status;
  }
}

export interface TeamsAdapter {
  /** Checks the sign-in, then runs `work`; throws SignInRefused, or whatever `work` throws. */
  receive(
    authorization: string,
    activity: TeamsActivity,
    work: (say: (text: string) => Promise<void>) => Promise<void>,
  ): Promise<void>;
  /** Writes into a conversation of its own accord. Throws SendRefused. */
  send(to: Reference, activity: object): Promise<void>;
}

export async function openAdapter(app: TeamsApp | null, signIn?: SignIn): Promise<TeamsAdapter> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext: Turn } = await import('botbuilder');
  const { ServiceClientCredentialsFactory } = await import('botframework-connector');

  /** For tests, where there is nobody to sign in with: what is sent carries no token. */
  class NoToken extends ServiceClientCredentialsFactory {
    override isValidAppId(id: string) {
      return Promise.resolve(id === (app?.id ?? ''));
    }
    override isAuthenticationDisabled() {
      return Promise.resolve(app === null);
    }
    override createCredentials() {
      return Promise.resolve({ signRequest: <T>(request: T) => Promise.resolve(request) });
    }
  }

  /** `process()` of the library prints errors and tells strangers about them; the same without both. */
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
        await client.conversations.sendToConversation(to.conversation.id, addressed);
      });
    }
  }

  const settings = { ...settingsOf(app), ...(signIn === undefined ? {} : endpointsOf(signIn)) };
  const given: ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication> =
    signIn === undefined ? [settings] : [settings, new NoToken()];
  const adapter = new QuietAdapter(new ConfigurationBotFrameworkAuthentication(...given));

  return {
    async receive(authorization, activity, work) {
      const turns = { begun: false };
      try {
        await adapter.take(authorization, activity as unknown as Activity, async (turn) => {
          turns.begun = true;
          await work(async (text) => {
            await turn.sendActivity({ type: 'message', text, textFormat: 'plain' });
          });
        });
      } catch (error) {
        if (!turns.begun && isRefusal(error)) throw new SignInRefused();
        throw error;
      }
    },
    async send(to, activity) {
      try {
        await adapter.write(to, activity);
      } catch (error) {
        throw new SendRefused(statusOf(error));
      }
    },
  };
}

/** As much of the library's client as is used. */
interface Connector {
  readonly conversations: {
    sendToConversation(conversation: string, activity: Partial<Activity>): Promise<unknown>;
  };
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

/** Once one of these is given the library takes none of its own, so all of them are. */
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

/** A bad signature is an error of the token's library, without a status: it is a refusal all the same. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return statusOf(error) === 401 || ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(error.name);
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}
