// Sends to Teams: one request for each message, with our token, and never a second one that nobody asked for. sender.ts
// decides who waits, and for how long.

import { within } from '../../deadlines.ts';
import { readUpTo } from '../../read-up-to.ts';
import type { Reference } from './address.ts';
import { NoTokenError, type Tokens } from './tokens.ts';

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
  /** Writes into a conversation. */
  send(to: Reference, activity: object): Promise<void>;
  /** Deletes one of our messages, for both sides. */
  remove(to: Reference, id: string): Promise<void>;
}

const MOST_BYTES = 64 * 1024;
/** The longest wait that is believed. */
const LONGEST_WAIT = 3_600_000;

/** `tokens` null: nobody asks for one, on this machine only. `deadline`: milliseconds, including the token. */
export function openConnector(tokens: Tokens | null, deadline: number): Connector {
  const send = async (method: string, url: string, activity: object | null): Promise<void> => {
    try {
      await within(deadline, async (signal) => {
        const ask = async (anew: boolean) =>
          request({ method, url, activity, signal, token: (await tokens?.get(anew)) ?? null });
        // The token was valid for us and not for them (a new secret, a clock): once more, with a new one.
        const refused = await ask(false);
        const again = refused?.status === 401 && tokens !== null ? await ask(true) : refused;
        if (again !== null) throw again;
      });
    } catch (error) {
      if (error instanceof NoTokenError || error instanceof SendRefusedError) throw error;
      throw new SendRefusedError(null);
    }
  };
  return {
    send: (to, activity) => send('POST', addressOf(to), addressed(to, activity)),
    remove: (to, id) => send('DELETE', addressOf(to, id), null),
  };
}

function addressOf({ serviceUrl, conversation }: Reference, id?: string): string {
  const all = `${serviceUrl.replace(/\/$/u, '')}/v3/conversations/${encodeURIComponent(conversation.id)}/activities`;
  return id === undefined ? all : `${all}/${encodeURIComponent(id)}`;
}

function addressed({ channelId, serviceUrl, conversation, bot, user }: Reference, activity: object): object {
  return { ...activity, channelId, serviceUrl, conversation, from: bot, recipient: user };
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly activity: object | null;
  readonly token: string | null;
  readonly signal: AbortSignal;
}

/** Null if it was taken. */
async function request({ method, url, activity, token, signal }: Request): Promise<SendRefusedError | null> {
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    signal,
    headers: {
      ...(activity === null ? {} : { 'Content-Type': 'application/json' }),
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: activity === null ? null : JSON.stringify(activity),
  });
  const body = await readUpTo(answer.body, MOST_BYTES);
  if (answer.ok) return null;
  return new SendRefusedError(answer.status, codeIn(body?.toString() ?? ''), waitIn(answer.headers.get('retry-after')));
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
