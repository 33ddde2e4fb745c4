import type { Hono } from 'hono';
import type { Desk } from '../desk.ts';
import { comeFromOrganisation, goToOrganisation } from './by-organisation.ts';
import { newSignInRoutes, type DoorEnv } from './sign-in-context.ts';
import { askEnrol, askPassword, askSetUp, beginSetUp, choosePassword, enrol } from './set-up.ts';
import { askSecond, askSignIn, proveSecond, signIn } from './sign-in.ts';

/** Everything that is reached without being signed in. */
export function buildSignInRoutes(desk: Desk): Hono<DoorEnv> {
  const door = newSignInRoutes(desk);
  door.get('/sign-in', (c) => askSignIn(c, desk));
  door.post('/sign-in', (c) => signIn(c, desk));
  door.get('/sign-in/code', (c) => askSecond(c, desk));
  door.post('/sign-in/code', (c) => proveSecond(c, desk));
  door.get('/sign-in/organisation', (c) => goToOrganisation(c, desk));
  door.get('/sign-in/organisation/back', (c) => comeFromOrganisation(c, desk));
  door.get('/set-up', (c) => askSetUp(c, desk));
  door.post('/set-up', (c) => beginSetUp(c, desk));
  door.get('/set-up/password', (c) => askPassword(c, desk));
  door.post('/set-up/password', (c) => choosePassword(c, desk));
  door.get('/set-up/code', (c) => askEnrol(c, desk));
  door.post('/set-up/code', (c) => enrol(c, desk));
  return door;
}
