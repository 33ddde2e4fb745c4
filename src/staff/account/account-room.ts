// What everybody who is signed in may do with their own account.

import { Hono } from 'hono';
import type { Desk } from '../desk.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import type { StaffEnv } from '../signed-in.ts';
import {
  askNewCodes,
  askNewPassword,
  changeLanguage,
  changePassword,
  endOtherSessions,
  renewCodes,
  showAccount,
} from './own-account.ts';
import { askToProve, prove } from './prove.ts';
import { signOut } from './sign-out.ts';

export function buildAccount(desk: Desk): Hono<StaffEnv> {
  const room = new Hono<StaffEnv>();
  const own = needs(desk, 'reader');
  room.post('/sign-out', own, (c) => signOut(c, desk));
  room.get('/prove', own, (c) => askToProve(c, desk));
  room.post('/prove', own, (c) => prove(c, desk));
  room.get('/account', own, (c) => showAccount(c, desk));
  room.post('/account/language', own, (c) => changeLanguage(c, desk));
  room.post('/account/sessions/end', own, freshly(desk, '/desk/account'), (c) => endOtherSessions(c, desk));
  room.get('/account/password', own, freshly(desk), (c) => askNewPassword(c, desk));
  room.post('/account/password', own, freshly(desk), (c) => changePassword(c, desk));
  room.get('/account/codes', own, freshly(desk), (c) => askNewCodes(c, desk));
  room.post('/account/codes', own, freshly(desk), (c) => renewCodes(c, desk));
  return room;
}
