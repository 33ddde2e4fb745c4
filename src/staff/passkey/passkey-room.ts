// /desk/account/passkeys: one's own passkeys. They stand beside the app's codes and never in their place: whoever moves the
// desk to another host name locks nobody out.

import { Hono, type Context } from 'hono';
import { showAccount } from '../account/own-account.ts';
import type { Desk } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { notice } from '../notice-page.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import { fieldOf } from '../sign-in/request.ts';
import { tokenOf } from '../sign-in/token.ts';
import type { StaffEnv } from '../signed-in.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { askForNewPasskey, MOST_PASSKEYS, parseName, parseNewPasskey } from './add-passkey.ts';
import { addPasskeyPage } from './passkeys-page.ts';

type StaffContext = Context<StaffEnv>;
type Problem = keyof StaffTexts['passkeys']['problems'];

export function buildPasskeys(desk: Desk): Hono<StaffEnv> {
  const room = new Hono<StaffEnv>();
  const own = needs(desk, 'reader');
  const adding = freshly(desk, '/desk/account/passkeys');
  room.get('/account/passkeys', own, adding, (c) => askToAdd(c, desk));
  room.post('/account/passkeys', own, adding, (c) => add(c, desk));
  room.post('/account/passkeys/:id/remove', own, freshly(desk, '/desk/account'), (c) =>
    remove(c, desk, c.req.param('id')),
  );
  return room;
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
