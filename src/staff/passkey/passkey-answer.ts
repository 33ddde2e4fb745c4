// What the page's script sends of a passkey (src/staff/browser/passkey.js), as WebAuthn names it.

import { z } from 'zod';

/** Characters of one answer; those of real ones have less than a tenth of it. */
const MOST = 20_000;
const base64url = z.string().regex(/^[\w-]+$/);
const credential = { id: base64url.max(1_400) } as const;

const madeSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(30)).max(10).default([]),
  }),
});
const usedSchema = z.object({
  ...credential,
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
});

export type MadePasskey = z.infer<typeof madeSchema>;
export type UsedPasskey = z.infer<typeof usedSchema>;

/** Null where it is not one. */
export function parseMade(given: string): MadePasskey | null {
  return parseAnswer(madeSchema, given);
}

/** Null where it is not one. */
export function parseUsed(given: string): UsedPasskey | null {
  return parseAnswer(usedSchema, given);
}

function parseAnswer<T>(schema: z.ZodType<T>, given: string): T | null {
  if (given.length > MOST) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(given));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
