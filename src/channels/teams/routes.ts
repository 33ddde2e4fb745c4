// POST /api/messages. Checks in this order: plausible sign-in, size, JSON, shape, sign-in, then the content. The 200 is
// sent after the activity is stored and before its turn is taken: Teams waits 15 seconds and sends again.

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { readUpTo } from '../../read-up-to.ts';
import type { Arrivals } from './arrivals.ts';
import { parseActivity, type TeamsActivity } from './activity.ts';
import { ALGORITHMS, SignInRefusedError, TOLERANCE, type TokenCheck } from './token-check.ts';

// A first look at the sign-in: for a token that is visibly wrong no byte of the body is read, and no key fetched.

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
  /** This and `expected` are null if every caller is trusted. */
  readonly check: TokenCheck | null;
  readonly expected: { readonly issuer: string; readonly audience: string } | null;
  /** Takes the activity; resolves when it is stored. False: unknown. */
  readonly handleActivity: (activity: TeamsActivity) => Promise<boolean>;
  readonly arrivals: Pick<Arrivals, 'answering'>;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

interface TeamsEnv {
  readonly Bindings: Partial<HttpBindings>;
}

export function buildTeamsRoutes(deps: TeamsRoutesDeps): Hono<TeamsEnv> {
  const { check, expected, handleActivity, arrivals, now, onFault } = deps;
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
    // Other channels (direct line, web chat, speech …) are signed in differently; only Teams is used here.
    if (activity.channelId !== 'msteams') return c.body(null, 401);
    try {
      const isKnown = await arrivals.answering(async () => {
        await check?.(authorization ?? '', activity);
        return handleActivity(activity);
      });
      return c.body(null, isKnown ? 200 : 501);
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
