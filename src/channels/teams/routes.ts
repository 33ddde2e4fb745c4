// POST /api/messages. In this order: what could be a sign-in, size, JSON, shape, sign-in, then what was said. Nothing is answered
// with 200 before it is durable, and no turn is taken before the 200: Teams waits 15 seconds and sends again.

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { readUpTo } from '../../read-up-to.ts';
import { SignInRefusedError, type TeamsAdapter } from './adapter.ts';
import { parseActivity, type TeamsActivity } from './read-activity.ts';

// A first look at the sign-in: what can be seen to be wrong without any key never reaches the library, which would log it,
// ask Microsoft about it, or take it for a token of another kind (a skill's, an emulator's).

const ALGORITHMS = ['RS256', 'RS384', 'RS512'] as const;
/** Seconds by which clocks may differ; the library tolerates the same. */
const TOLERANCE = 300;
const MOST_CHARACTERS = 16_384;

const headerSchema = z.looseObject({ alg: z.enum(ALGORITHMS), kid: z.string().min(1) });
const payloadSchema = z.looseObject({ iss: z.string(), aud: z.string(), exp: z.number() });

/** True for a token that claims to be from `issuer`, for `audience`, and still good. Nothing is proven by it yet. */
function looksLikeToken(
  authorization: string | undefined,
  { issuer, audience, now }: { readonly issuer: string; readonly audience: string; readonly now: Date },
): boolean {
  if (authorization === undefined || authorization.length > MOST_CHARACTERS) return false;
  const [, head, body] = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization) ?? [];
  if (head === undefined || body === undefined) return false;
  const payload = payloadSchema.safeParse(jsonIn(decoded(body)));
  if (!headerSchema.safeParse(jsonIn(decoded(head))).success || !payload.success) return false;
  const { iss, aud, exp } = payload.data;
  return iss === issuer && aud === audience && exp + TOLERANCE > now.getTime() / 1000;
}

function decoded(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('utf8');
}

/** Bytes of a body; a message that is too long for us must still come in, so that we can say so. */
const MOST_BODY = 1024 * 1024;

export interface TeamsRoutesDeps {
  readonly adapter: TeamsAdapter;
  /** Null: whoever calls is believed. */
  readonly expected: { readonly issuer: string; readonly audience: string } | null;
  /** The message, with a way to answer within the turn; resolves when it is durable. False: not known. */
  readonly handleActivity: (activity: TeamsActivity, say: (text: string) => Promise<void>) => Promise<boolean>;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

interface TeamsEnv {
  readonly Bindings: Partial<HttpBindings>;
}

export function buildTeamsRoutes({ adapter, expected, handleActivity, now, onFault }: TeamsRoutesDeps): Hono<TeamsEnv> {
  const app = new Hono<TeamsEnv>();
  app.post('/', async (c) => {
    // Asked before a byte is read: who brings no token that could be one has nothing to say here.
    const authorization = c.req.header('authorization');
    if (expected !== null && !looksLikeToken(authorization, { ...expected, now: now() })) {
      return c.body(null, 401, { Connection: 'close' });
    }
    const body = await readUpTo(c.req.raw.body, MOST_BODY);
    // The rest of it is not read, so nothing more can come over this connection.
    if (body === null) return c.body(null, 413, { Connection: 'close' });
    // A page in a browser cannot send this type to another site unasked.
    const isJson = /^application\/json\b/i.test(c.req.header('content-type') ?? '');
    const activity = isJson ? parseActivity(jsonIn(body.toString())) : null;
    if (activity === null || (expected === null && !isOnLoopback(activity.serviceUrl))) return c.body(null, 400);
    // Others (direct line, web chat, a speech channel …) have checks of their own in the library; here there is Teams only.
    if (activity.channelId !== 'msteams') return c.body(null, 401);
    try {
      const handled = { known: true };
      await adapter.receive(authorization ?? '', activity, async (say) => {
        handled.known = await handleActivity(activity, say);
      });
      return c.body(null, handled.known ? 200 : 501);
    } catch (error) {
      if (error instanceof SignInRefusedError) return c.body(null, 401);
      onFault(error);
      c.header('Retry-After', '5');
      return c.body(null, 503);
    }
  });
  return app;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isOnLoopback(url: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}
