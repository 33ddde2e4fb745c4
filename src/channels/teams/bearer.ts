// A first look at the sign-in: what can be seen to be wrong without any key never reaches the library, which would log it,
// ask Microsoft about it, or take it for a token of another kind (a skill's, an emulator's).

import { z } from 'zod';

const ALGORITHMS = ['RS256', 'RS384', 'RS512'] as const;
/** Seconds by which clocks may differ; the library tolerates the same. */
const TOLERANCE = 300;
const MOST_CHARACTERS = 16_384;

const headerSchema = z.looseObject({ alg: z.enum(ALGORITHMS), kid: z.string().min(1) });
const payloadSchema = z.looseObject({ iss: z.string(), aud: z.string(), exp: z.number() });

/** True for a token that claims to be from `issuer`, for `audience`, and still good. Nothing is proven by it yet. */
export function looksLikeToken(
  authorization: string | undefined,
  { issuer, audience, now }: { readonly issuer: string; readonly audience: string; readonly now: Date },
): boolean {
  if (authorization === undefined || authorization.length > MOST_CHARACTERS) return false;
  const [, head, body] = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization) ?? [];
  if (head === undefined || body === undefined) return false;
  const payload = payloadSchema.safeParse(jsonIn(body));
  if (!headerSchema.safeParse(jsonIn(head)).success || !payload.success) return false;
  const { iss, aud, exp } = payload.data;
  return iss === issuer && aud === audience && exp + TOLERANCE > now.getTime() / 1000;
}

function jsonIn(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
