// What a passkey is asked to sign: random, for one cookie and one purpose, once, and not for long. A fingerprint of it is
// kept; what the browser signs is read out of its answer, and must be among them.

import { z } from 'zod';
import type { Desk } from '../desk.ts';

type Kept = Pick<Desk, 'store' | 'now'>;
export type Purpose = 'add' | 'second';

/** As long as one may take to the second factor, in milliseconds. */
export const CHALLENGE_LIVES = 10 * 60_000;
const BYTES = 32;

export interface Asker {
  readonly staff: string;
  /** The cookie of the page. */
  readonly token: string;
  readonly purpose: Purpose;
}

export function newChallenge({ randomBytes }: Pick<Desk, 'randomBytes'>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(randomBytes(BYTES));
}

/** `challenge`: base64url. */
export async function keepChallenge({ store, now }: Kept, asker: Asker, challenge: string): Promise<void> {
  const until = new Date(now().getTime() + CHALLENGE_LIVES).toISOString();
  await store.passkeys.ask(asker.staff, boundTo(asker, challenge), until);
}

/** The challenge that was signed, used up by this; null where it was not asked here, is over, or was answered before. */
export async function takeChallenge({ store }: Kept, asker: Asker, clientDataJSON: string): Promise<string | null> {
  const challenge = challengeIn(clientDataJSON);
  if (challenge === null) return null;
  return (await store.passkeys.answered(asker.staff, boundTo(asker, challenge))) ? challenge : null;
}

function boundTo({ token, purpose }: Asker, challenge: string): string {
  return `${purpose}/${token}/${challenge}`;
}

const signed = z.object({ challenge: z.string().min(1).max(200) });

function challengeIn(clientDataJSON: string): string | null {
  try {
    const parsed = signed.safeParse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data.challenge : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
