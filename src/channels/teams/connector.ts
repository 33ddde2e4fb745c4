// The only file that uses the Bot Framework library, which addresses, signs and sends: one request for each message, with our
// token, and never a second one that nobody asked for. sender.ts decides who waits, and for how long. The library takes a second
// to load, in which nothing else happens: it is loaded at the start, if Teams is configured, and not when somebody waits.

import type { Activity } from 'botbuilder';
import { within } from '../../deadlines.ts';
import type { Reference } from './address.ts';
import { NoTokenError, type Tokens } from './sign-in/tokens.ts';

/** The network refused a message; `status` null: no answer at all. */
export class SendRefusedError extends Error {
  override readonly name = 'SendRefusedError';
  readonly status: number | null;
  /** Teams' code of a refusal, e.g. "ConversationBlockedByUser"; null if there is none. */
  readonly code: string | null;
  /** Milliseconds that Teams asks us to wait; null if it does not say. */
  readonly wait: number | null;

  constructor(status: number | null, code: string | null = null, wait: number | null = null) {
    super(`Teams answered ${status ?? 'nothing'}`);
    this.status = status;
    this.code = code;
    this.wait = wait;
  }
}

/** Both throw SendRefusedError and NoTokenError. */
export interface Connector {
  /** Writes into a conversation. Resolves to the id of the message there; null if Teams does not say. */
  send(to: Reference, activity: object): Promise<string | null>;
  /** Deletes one of our messages, for both sides. */
  remove(to: Reference, id: string): Promise<void>;
}

/** The longest wait that is believed. */
const LONGEST_WAIT = 3_600_000;

/** `tokens` null: nobody asks for one, on this machine only. `deadline`: milliseconds, including the token. */
export async function openConnector(tokens: Tokens | null, deadline: number): Promise<Connector> {
  await library();
  const ask = async <T>(to: Reference, work: (conversations: Conversations) => Promise<T>): Promise<T> => {
    const attempt = async (isRefused: boolean) => {
      const token = (await tokens?.get(isRefused)) ?? null;
      return work(await conversationsAt(to.serviceUrl, token)).catch((error: unknown) => {
        throw refusalOf(error as Failed);
      });
    };
    try {
      return await attempt(false);
    } catch (error) {
      if (tokens === null || !(error instanceof SendRefusedError) || error.status !== 401) throw error;
      // The token was valid for us and not for them (a new secret, a clock): once more, with a new one.
      return attempt(true);
    }
  };
  const send = async <T>(to: Reference, work: (conversations: Conversations, signal: AbortSignal) => Promise<T>) => {
    try {
      return await within(deadline, (signal) => ask(to, (conversations) => work(conversations, signal)));
    } catch (error) {
      if (error instanceof NoTokenError || error instanceof SendRefusedError) throw error;
      throw new SendRefusedError(null);
    }
  };
  return {
    async send(to, activity) {
      const sent = await send(to, async (conversations, abortSignal) =>
        conversations.sendToConversation(to.conversation.id, await addressed(to, activity), { abortSignal }),
      );
      // The library's type promises an id; the network may give none.
      return (sent as { readonly id?: string }).id ?? null;
    },
    async remove(to, id) {
      await send(to, (conversations, abortSignal) =>
        conversations.deleteActivity(to.conversation.id, id, { abortSignal }),
      );
    },
  };
}

async function library() {
  const [{ TurnContext }, { ConnectorClient }] = await Promise.all([
    import('botbuilder'),
    import('botframework-connector'),
  ]);
  return { TurnContext, ConnectorClient };
}

type Conversations = InstanceType<(typeof import('botframework-connector'))['ConnectorClient']>['conversations'];

/** It would send again by itself what was refused, within our deadline and unseen by our pace, and follow redirections. */
const UNASKED = ['defaultRetryPolicy', 'redirectPolicy'] as const;

/** The part of the library's client that has no setting. */
interface OfLibrary {
  readonly client: { readonly pipeline: { removePolicy(policy: { readonly name: string }): void } };
}

async function conversationsAt(serviceUrl: string, token: string | null): Promise<Conversations> {
  const { ConnectorClient } = await library();
  const signRequest = (request: SignedRequest) => {
    if (token !== null) request.headers.set('Authorization', `Bearer ${token}`);
    return Promise.resolve(request);
  };
  const client = new ConnectorClient({ signRequest }, { baseUri: serviceUrl.replace(/\/$/u, '') });
  const { pipeline } = (client as unknown as OfLibrary).client;
  for (const name of UNASKED) pipeline.removePolicy({ name });
  return client.conversations;
}

type Credentials = ConstructorParameters<(typeof import('botframework-connector'))['ConnectorClient']>[0];
type SignedRequest = Parameters<Credentials['signRequest']>[0];

async function addressed(to: Reference, activity: object): Promise<Activity> {
  const { TurnContext } = await library();
  const { channelId, serviceUrl, conversation, bot, user } = to;
  // Ids are all that we keep of a reference; the library's types ask for names as well.
  const reference = { channelId, serviceUrl, conversation, bot, user } as never;
  return TurnContext.applyConversationReference({ ...activity }, reference) as Activity;
}

interface Failed {
  readonly statusCode?: number;
  readonly response?: { readonly headers: { get(name: string): string | undefined }; readonly bodyAsText?: string };
}

function refusalOf(error: Failed): SendRefusedError {
  const { statusCode, response } = error;
  if (statusCode === undefined) return new SendRefusedError(null);
  const wait = waitIn(response?.headers.get('retry-after') ?? null);
  return new SendRefusedError(statusCode, codeIn(response?.bodyAsText ?? ''), wait);
}

function codeIn(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const inner = typeof body === 'object' && body !== null && 'error' in body ? body.error : body;
    if (typeof inner !== 'object' || inner === null || !('code' in inner)) return null;
    return typeof inner.code === 'string' ? inner.code : null;
  } catch {
    return null;
  }
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
export function waitIn(header: string | null): number | null {
  if (header === null) return null;
  const wait = /^\d{1,9}$/u.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_WAIT);
}
