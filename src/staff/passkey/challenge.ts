// What a passkey is asked to sign: random, for one cookie and one purpose, once, and not for long. A fingerprint of it is
// kept; what the browser signs is read out of its answer, and must be among them.

import { isIP } from 'node:net';
import { z } from 'zod';
import type { Passkey } from '../../store/staff/passkey-rows.ts';
import type { Desk } from '../desk.ts';
import { once } from '../../web/toolkit/once.ts';

// What the page's script sends of a passkey (src/staff/browser/passkey.js), as WebAuthn names it.

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
function parseUsed(given: string): UsedPasskey | null {
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

/**
 * The library that knows WebAuthn. It is loaded when somebody of the staff first needs it: most days nobody adds a passkey,
 * and it brings a reader of certificates along.
 */
export const webauthn = once(() => import('@simplewebauthn/server'));
export const webauthnParts = once(() => import('@simplewebauthn/server/helpers'));

export interface RelyingParty {
  /** The host name that passkeys are bound to. */
  readonly id: string;
  readonly origin: string;
}

/** Of this desk; null where browsers make no passkeys: an address that is a number, or that is not safe. */
export function relyingParty({ protocol, hostname, origin }: URL): RelyingParty | null {
  const isNumber = hostname.startsWith('[') || isIP(hostname) !== 0;
  const isSafe = protocol === 'https:' || hostname === 'localhost';
  return isSafe && !isNumber ? { id: hostname, origin } : null;
}

type Kept = Pick<Desk, 'store' | 'now'>;
type Purpose = 'add' | 'second';

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

// A passkey as the second factor, at sign-in and before what is asked for anew. It always asks for its owner's finger, face
// or PIN; the password is asked beside it.

/** What the browser is asked for, as JSON; null where the account has no passkey that works at this address. */
export async function askForPasskey(desk: Desk, staff: string, token: string): Promise<string | null> {
  const party = relyingParty(desk.publicUrl);
  const here = party === null ? [] : await passkeysAt(desk, staff, party);
  if (party === null || here.length === 0) return null;
  const { generateAuthenticationOptions } = await webauthn();
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge: newChallenge(desk),
    allowCredentials: here.map(({ credential, transports }) => ({ id: credential, transports: [...transports] })),
    userVerification: 'required',
    timeout: CHALLENGE_LIVES,
  });
  await keepChallenge(desk, { staff, token, purpose: 'second' }, options.challenge);
  return JSON.stringify(options);
}

/** Whether this is the answer of one of their passkeys to what this browser was asked. Each is true once. */
export async function isTheirPasskey(desk: Desk, staff: string, token: string, given: string): Promise<boolean> {
  const party = relyingParty(desk.publicUrl);
  const answer = parseUsed(given);
  if (party === null || answer === null) return false;
  const asker: Asker = { staff, token, purpose: 'second' };
  const challenge = await takeChallenge(desk, asker, answer.response.clientDataJSON);
  const passkey = (await passkeysAt(desk, staff, party)).find(({ credential }) => credential === answer.id);
  if (challenge === null || passkey === undefined) return false;
  const counter = await counterOf(party, challenge, passkey, answer);
  return counter !== null && (await desk.store.passkeys.use(staff, passkey.id, counter));
}

/** The count that a right answer holds. The library throws whatever is wrong with one. */
async function counterOf(
  { id, origin }: RelyingParty,
  challenge: string,
  { credential, publicKey, counter }: Passkey,
  answer: UsedPasskey,
): Promise<number | null> {
  const { verifyAuthenticationResponse } = await webauthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, rawId: answer.id, type: 'public-key', clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      credential: { id: credential, publicKey, counter },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}

async function passkeysAt({ store }: Desk, staff: string, { id }: RelyingParty): Promise<readonly Passkey[]> {
  return (await store.passkeys.of(staff)).filter(({ host }) => host === id);
}
