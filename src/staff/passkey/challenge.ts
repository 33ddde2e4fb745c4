// The challenge that a passkey signs: random, for one cookie and one purpose, usable once, and soon expired. Only its
// hash is stored; the browser's answer contains it, and it must be among the stored ones.

import { isIP } from 'node:net';
import { z } from 'zod';
import type { Passkey } from '../../store/staff/passkey-rows.ts';
import type { Desk } from '../desk.ts';
import { once } from '../../web/toolkit/once.ts';

// The answer of the page's script (src/staff/browser/passkey.js), in WebAuthn's names.

/** In characters: real answers have less than a tenth of it. */
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

/** Null if it is not one. */
export function parseMade(given: string): MadePasskey | null {
  return parseAnswer(madeSchema, given);
}

/** Null if it is not one. */
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

/** The WebAuthn library, imported when staff first need it: that is rare, and it includes a certificate parser. */
export const webauthn = once(() => import('@simplewebauthn/server'));
export const webauthnParts = once(() => import('@simplewebauthn/server/helpers'));

export interface RelyingParty {
  /** The host name that passkeys are bound to. */
  readonly id: string;
  readonly origin: string;
}

/** Of this desk; null if browsers make no passkeys there: an IP address, or without https. */
export function relyingParty({ protocol, hostname, origin }: URL): RelyingParty | null {
  const isNumber = hostname.startsWith('[') || isIP(hostname) !== 0;
  const isSafe = protocol === 'https:' || hostname === 'localhost';
  return isSafe && !isNumber ? { id: hostname, origin } : null;
}

type Kept = Pick<Desk, 'store' | 'now'>;
type Purpose = 'add' | 'second';

/** In milliseconds: as long as the second factor may take. */
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

/** The signed challenge, used up by this; null if it was not given here, is expired, or was answered before. */
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

// A passkey as the second factor, at sign-in and before acts that need a new proof. It always requires fingerprint,
// face or PIN; the password is asked in addition.

/** The request for the browser, as JSON; null if the account has no passkey for this host. */
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

/** True if it is the answer of one of their passkeys to the challenge of this browser; once per challenge. */
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

/** The counter of a valid answer. The library throws for an invalid one. */
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
