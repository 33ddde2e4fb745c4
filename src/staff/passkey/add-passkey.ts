// A passkey that somebody adds to their own account.

import type { Desk } from '../desk.ts';
import type { SignedIn } from '../signed-in.ts';
import type { NewPasskey } from '../../store/staff/passkeys-port.ts';
import { CHALLENGE_LIVES, keepChallenge, newChallenge, takeChallenge, type Asker } from './challenge.ts';
import { parseMade, type MadePasskey } from './passkey-answer.ts';
import { relyingParty, type RelyingParty } from './relying-party.ts';
import { webauthn, webauthnParts } from './webauthn.ts';

export const MOST_PASSKEYS = 10;
const LONGEST_NAME = 60;

/** What the browser is asked to make, as JSON; null where it makes none at this address. */
export async function askForNewPasskey(desk: Desk, { id, name }: SignedIn, token: string): Promise<string | null> {
  const party = relyingParty(desk.publicUrl);
  if (party === null) return null;
  const known = await desk.store.passkeys.of(id);
  const { generateRegistrationOptions } = await webauthn();
  const account = await desk.store.staff.account(id);
  const options = await generateRegistrationOptions({
    rpName: desk.operatorName,
    rpID: party.id,
    userName: account?.email ?? name,
    userDisplayName: name,
    // The same for all of an account's passkeys, and nothing that says whose it is.
    userID: Uint8Array.from(Buffer.from(desk.fingerprint('staff-passkey-user', id), 'base64url')),
    challenge: newChallenge(desk),
    attestationType: 'none',
    excludeCredentials: known
      .filter(({ host }) => host === party.id)
      .map(({ credential, transports }) => ({ id: credential, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    timeout: CHALLENGE_LIVES,
  });
  await keepChallenge(desk, { staff: id, token, purpose: 'add' }, options.challenge);
  return JSON.stringify(options);
}

/** Without what nobody sees; null where nothing is left, or too much. */
export function parseName(given: string): string | null {
  const name = given.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return name !== '' && name.length <= LONGEST_NAME ? name : null;
}

/** The passkey that the browser made, or null where its answer cannot be believed. */
export async function parseNewPasskey(
  desk: Desk,
  staff: string,
  token: string,
  given: string,
): Promise<Omit<NewPasskey, 'name'> | null> {
  const party = relyingParty(desk.publicUrl);
  const made = parseMade(given);
  if (party === null || made === null) return null;
  const asker: Asker = { staff, token, purpose: 'add' };
  const challenge = await takeChallenge(desk, asker, made.response.clientDataJSON);
  return challenge === null ? null : verified(party, challenge, made);
}

/** The library throws whatever is wrong with an answer. */
async function verified(
  { id, origin }: RelyingParty,
  challenge: string,
  made: MadePasskey,
): Promise<Omit<NewPasskey, 'name'> | null> {
  const { verifyRegistrationResponse } = await webauthn();
  const { transports } = made.response;
  try {
    if (await hasCertificates(made)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...made, rawId: made.id, type: 'public-key', clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
    });
    if (!verified) return null;
    const { publicKey, counter, id: credential } = registrationInfo.credential;
    return { host: id, credential, publicKey, transports, counter };
  } catch {
    return null;
  }
}

/**
 * A maker's certificates were not asked for. Where they come all the same they are not looked at: the library would ask an
 * address that stands in them whether they are revoked, and nothing here calls addresses that somebody else wrote.
 */
async function hasCertificates({ response }: MadePasskey): Promise<boolean> {
  const { decodeAttestationObject } = await webauthnParts();
  const attestation = decodeAttestationObject(Uint8Array.from(Buffer.from(response.attestationObject, 'base64url')));
  const [format, statement] = [attestation.get('fmt'), attestation.get('attStmt')];
  return format !== 'none' && (format !== 'packed' || statement.get('x5c') !== undefined);
}
