// POST /api/messages. Checks in this order: plausible sign-in, size, JSON, shape, sign-in, then the content. The 200 is
// sent after the activity is stored and before its turn is taken: Teams waits 15 seconds and sends again.

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { readUpTo } from '../../read-up-to.ts';
import { SignInRefusedError, type TeamsAdapter } from './adapter.ts';
import { parseActivity, type TeamsActivity } from './activity.ts';

// A first check of the sign-in: a token that is visibly wrong never reaches the library, which would log it, ask
// Microsoft about it, or take it for a token of another kind (a skill's, an emulator's).

const ALGORITHMS = ['RS256', 'RS384', 'RS512'] as const;
/** Seconds by which clocks may differ; the library tolerates the same. */
const TOLERANCE = 300;
const MOST_CHARACTERS = 16_384;

const headerSchema = z.looseObject({ alg: z.enum(ALGORITHMS), kid: z.string().min(1) });
const payloadSchema = z.looseObject({ iss: z.string(), aud: z.string(), exp: z.number() });

/** True for an unexpired token that claims to be from `issuer`, for `audience`. It proves nothing yet. */
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

/** In bytes; even a message that is too long must be received, so that the person can be told. */
const MOST_BODY = 1024 * 1024;

export interface TeamsRoutesDeps {
  readonly adapter: TeamsAdapter;
  /** Null: every caller is trusted. */
  readonly expected: { readonly issuer: string; readonly audience: string } | null;
  /** Takes the activity, with a way to answer within the turn; resolves when it is stored. False: unknown. */
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
    // Checked before a byte is read: without a plausible token the request is refused.
    const authorization = c.req.header('authorization');
    if (expected !== null && !looksLikeToken(authorization, { ...expected, now: now() })) {
      return c.body(null, 401, { Connection: 'close' });
    }
    const body = await readUpTo(c.req.raw.body, MOST_BODY);
    // The rest is not read, so this connection cannot be reused.
    if (body === null) return c.body(null, 413, { Connection: 'close' });
    // A page in a browser cannot send this type to another site without permission.
    const isJson = /^application\/json\b/i.test(c.req.header('content-type') ?? '');
    const activity = isJson ? parseActivity(jsonIn(body.toString())) : null;
    if (activity === null || (expected === null && !isOnLoopback(activity.serviceUrl))) return c.body(null, 400);
    // Other channels (direct line, web chat, speech …) have separate checks in the library; only Teams is used here.
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
