// /desk/sign-in/organisation: to the organisation's sign-in service, and back with the identity. Only accounts that
// were created here for it can sign in; the first time by the verified address, then by the subject.

import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { StaffAccount } from '../../store/staff/staff-accounts.ts';
import type { Desk } from '../desk.ts';
import { hopTo, notice, pathWithin } from '../layout.ts';
import { OrganisationDownError, type Journey, type Known } from './organisation.ts';
import { beginHalf, type SignInContext } from './sign-in.ts';

/** Seconds for the sign-in there. */
const TAKES = 10 * 60;

const journeySchema = z.strictObject({
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(1),
  to: z.string(),
});

export async function goToOrganisation(c: SignInContext, desk: Desk): Promise<Response> {
  if (desk.organisation === null) return notice(c, desk, 404, 'notFound');
  try {
    const { url, journey } = await desk.organisation.begin(backAt(desk));
    keep(c, desk, { ...journey, to: pathWithin(c.req.query('to')) });
    return c.redirect(url.href, 302);
  } catch (error) {
    desk.onFault(error);
    return notice(c, desk, 503, 'organisationDown');
  }
}

export async function comeFromOrganisation(c: SignInContext, desk: Desk): Promise<Response> {
  const kept = keptOf(c, desk);
  deleteCookie(c, nameOf(desk), optionsOf(desk));
  const known = kept === null ? null : await askedWho(c, desk, kept);
  if (known === 'down') return notice(c, desk, 503, 'organisationDown');
  const account = known === null ? null : await accountOf(desk, known);
  if (account === null || kept === null) {
    await desk.audit.record({ staff: null, action: 'sign-in.fail', detail: 'organisation' });
    return notice(c, desk, 403, 'organisationUnknown');
  }
  await beginHalf(c, desk, account);
  // This request comes from another site: only the next one has our own cookie.
  return c.html(hopTo(`/desk/sign-in/code?to=${encodeURIComponent(pathWithin(kept.to))}`));
}

/** The identity from the service, or null if it is not valid. */
async function askedWho(c: SignInContext, desk: Desk, journey: Journey): Promise<Known | 'down' | null> {
  const answer = backAt(desk);
  answer.search = new URL(c.req.url).search;
  try {
    return (await desk.organisation?.finish(answer, journey)) ?? null;
  } catch (error) {
    desk.onFault(error);
    return error instanceof OrganisationDownError ? 'down' : null;
  }
}

async function accountOf(desk: Desk, { issuer, subject, verifiedEmail }: Known): Promise<StaffAccount | null> {
  const { staff } = desk.store;
  const bound = await staff.accountBySubject(issuer, subject);
  const account = bound ?? (verifiedEmail === null ? null : await staff.accountByEmail(verifiedEmail));
  if (account?.state !== 'active' || account.signInBy !== 'organisation') return null;
  // If the organisation gives an address to somebody else, it does not open the account of its former owner.
  return (await staff.bindSubject(account.id, issuer, subject)) ? account : null;
}

function backAt({ publicUrl }: Desk): URL {
  return new URL('/desk/sign-in/organisation/back', publicUrl);
}

/** Lax: the redirect back comes from another site. The cookie alone gives no access. */
function optionsOf({ publicUrl }: Desk) {
  return {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: publicUrl.protocol === 'https:',
    maxAge: TAKES,
  } as const;
}

function nameOf({ publicUrl }: Desk): string {
  return publicUrl.protocol === 'https:' ? '__Host-griot-desk-way' : 'griot-desk-way';
}

function keep(c: SignInContext, desk: Desk, journey: Journey & { readonly to: string }): void {
  const value = Buffer.from(JSON.stringify(journey)).toString('base64url');
  setCookie(c, nameOf(desk), value, optionsOf(desk));
}

function keptOf(c: SignInContext, desk: Desk): z.infer<typeof journeySchema> | null {
  const value = getCookie(c, nameOf(desk));
  if (value === undefined) return null;
  try {
    const parsed = journeySchema.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
