// A passkey as the second factor, at sign-in and before what is asked for anew. It always asks for its owner's finger, face
// or PIN; the password is asked beside it.

import type { Passkey } from '../../store/staff/passkeys-port.ts';
import type { Desk } from '../desk.ts';
import {
  type Asker,
  CHALLENGE_LIVES,
  keepChallenge,
  newChallenge,
  parseUsed,
  relyingParty,
  type RelyingParty,
  takeChallenge,
  type UsedPasskey,
  webauthn,
} from './challenge.ts';

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
