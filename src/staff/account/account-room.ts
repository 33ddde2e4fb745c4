// What everybody who is signed in may do with their own account.

import { Hono } from 'hono';
import type { Desk } from '../desk.ts';
import { needs } from '../sign-in/guard.ts';
import type { StaffEnv } from '../signed-in.ts';
import { askToProve, prove } from './prove.ts';
import { signOut } from './sign-out.ts';

export function buildAccount(desk: Desk): Hono<StaffEnv> {
  const room = new Hono<StaffEnv>();
  const own = needs(desk, 'reader');
  room.post('/sign-out', own, (c) => signOut(c, desk));
  room.get('/prove', own, (c) => askToProve(c, desk));
  room.post('/prove', own, (c) => prove(c, desk));
  return room;
}
