// /desk/account/passkeys: the person's own passkeys. They exist in addition to the app's codes, so that moving the desk
// to another host name locks nobody out.

import { fieldOf } from '../../web/toolkit/request.ts';
import { Hono } from 'hono';
import type { NewPasskey } from '../../store/staff/passkey-rows.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { showAccount } from '../account/account.ts';
import type { Desk, SignedIn, StaffContext, StaffEnv } from '../desk.ts';
import { drawPage, notice } from '../layout.ts';
import { freshly, needs, tokenOf } from '../sign-in/guard.ts';
import {
  type Asker,
  CHALLENGE_LIVES,
  keepChallenge,
  type MadePasskey,
  newChallenge,
  parseMade,
  relyingParty,
  type RelyingParty,
  takeChallenge,
  webauthn,
  webauthnParts,
} from './challenge.ts';
import { addPasskeyPage } from './passkeys-page.ts';

// — adding a passkey to the person's own account —

const MOST_PASSKEYS = 10;
const LONGEST_NAME = 60;

/** The request for the browser, as JSON; null if this host allows none. */
async function askForNewPasskey(desk: Desk, { id, name }: SignedIn, token: string): Promise<string | null> {
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
    // The same for all of an account's passkeys, without revealing the account.
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

/** Without invisible characters; null if the name is then empty, or too long. */
function parseName(given: string): string | null {
  const name = given.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return name !== '' && name.length <= LONGEST_NAME ? name : null;
}

/** The new passkey, or null if the browser's answer is not valid. */
async function parseNewPasskey(
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

/** The library throws for an invalid answer. */
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
 * We do not request a maker's certificates. If the answer contains some, they are not evaluated: the library would
 * query a URL in them for revocations, and this program never requests URLs from outside.
 */
async function hasCertificates({ response }: MadePasskey): Promise<boolean> {
  const { decodeAttestationObject } = await webauthnParts();
  const attestation = decodeAttestationObject(Uint8Array.from(Buffer.from(response.attestationObject, 'base64url')));
  const [format, statement] = [attestation.get('fmt'), attestation.get('attStmt')];
  return format !== 'none' && (format !== 'packed' || statement.get('x5c') !== undefined);
}

type Problem = keyof StaffTexts['passkeys']['problems'];

export function buildPasskeys(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  const own = needs(desk, 'reader');
  const adding = freshly(desk, '/desk/account/passkeys');
  routes.get('/account/passkeys', own, adding, (c) => askToAdd(c, desk));
  routes.post('/account/passkeys', own, adding, (c) => add(c, desk));
  routes.post('/account/passkeys/:id/remove', own, freshly(desk, '/desk/account'), (c) =>
    remove(c, desk, c.req.param('id')),
  );
  return routes;
}

async function askToAdd(c: StaffContext, desk: Desk, problem: Problem | null = null): Promise<Response> {
  const { staff } = c.var;
  const { problems } = desk.texts[staff.language].passkeys;
  const options = await askForNewPasskey(desk, staff, tokenOf(c, desk) ?? '');
  const name = await fieldOf(c, 'name');
  const page = addPasskeyPage(c, desk, { options, name, problem: problem === null ? null : problems[problem] });
  return drawPage(c, desk, page, problem === null ? 200 : 422);
}

async function add(c: StaffContext, desk: Desk): Promise<Response> {
  const { staff } = c.var;
  const name = parseName(await fieldOf(c, 'name'));
  if (name === null) return askToAdd(c, desk, 'name');
  if ((await desk.store.passkeys.of(staff.id)).length >= MOST_PASSKEYS) return askToAdd(c, desk, 'many');
  const made = await parseNewPasskey(desk, staff.id, tokenOf(c, desk) ?? '', await fieldOf(c, 'passkey'));
  if (made === null) return askToAdd(c, desk, 'refused');
  await desk.audit.record({ staff, action: 'passkey.add' });
  if (!(await desk.store.passkeys.add(staff.id, { ...made, name }))) return askToAdd(c, desk, 'known');
  return showAccount(c, desk, desk.texts[staff.language].passkeys.added);
}

async function remove(c: StaffContext, desk: Desk, id: string): Promise<Response> {
  const { staff } = c.var;
  const known = (await desk.store.passkeys.of(staff.id)).some((passkey) => passkey.id === id);
  if (!known) return notice(c, desk, 404, 'notFound');
  await desk.audit.record({ staff, action: 'passkey.remove' });
  await desk.store.passkeys.remove(staff.id, id);
  return showAccount(c, desk, desk.texts[staff.language].passkeys.removed);
}
