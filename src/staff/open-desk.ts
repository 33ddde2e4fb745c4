// The desk: all routes under /desk. Routes above the guard are public; those below need both factors. A new area is
// mounted below, and gives each of its routes a `needs`.

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { buildAccount } from './account/account-routes.ts';
import { buildColleagues } from './account/colleagues.ts';
import { loadAsset, sendAsset } from '../web/toolkit/assets.ts';
import { otherMethodsAt } from '../web/toolkit/methods-at.ts';
import { loadModules, type Modules } from '../web/toolkit/modules.ts';
import { buildAuditRoutes } from './audit/audit-routes.ts';
import { buildCase } from './case/build-case.ts';
import type { Desk, DeskDeps, StaffEnv } from './desk.ts';
import { buildDoctor } from './doctor/doctor-page.ts';
import { buildExports } from './export/build-exports.ts';
import { buildFigures } from './figures/figures-page.ts';
import { buildKept } from './kept/kept-page.ts';
import { arrive, notice } from './layout.ts';
import { buildMails } from './mails/build-mails.ts';
import { buildPasskeys } from './passkey/passkey-routes.ts';
import { buildQueue } from './queue/build-queue.ts';
import { type Live, openLive } from './queue/live.ts';
import { buildWork } from './queue/work-routes.ts';
import { buildSealed, buildSealedScripts } from './sealed/sealed-page.ts';
import { comeFromOrganisation, goToOrganisation } from './sign-in/by-organisation.ts';
import { guard } from './sign-in/guard.ts';
import { buildPasswords } from './sign-in/password.ts';
import { askEnrol, askPassword, askSetUp, beginSetUp, choosePassword, enrol } from './sign-in/set-up.ts';
import { askSecond, askSignIn, type SignInEnv, newSignInRoutes, proveSecond, signIn } from './sign-in/sign-in.ts';
import { Throttle } from './sign-in/throttle.ts';
import { buildTranslations } from './translation/translation-routes.ts';
import { buildVoiceRoutes } from './voice/voice-routes.ts';

/** The routes that need no sign-in. */
function buildSignInRoutes(desk: Desk): Hono<SignInEnv> {
  const routes = newSignInRoutes(desk);
  routes.get('/sign-in', (c) => askSignIn(c, desk));
  routes.post('/sign-in', (c) => signIn(c, desk));
  routes.get('/sign-in/code', (c) => askSecond(c, desk));
  routes.post('/sign-in/code', (c) => proveSecond(c, desk));
  routes.get('/sign-in/organisation', (c) => goToOrganisation(c, desk));
  routes.get('/sign-in/organisation/back', (c) => comeFromOrganisation(c, desk));
  routes.get('/set-up', (c) => askSetUp(c, desk));
  routes.post('/set-up', (c) => beginSetUp(c, desk));
  routes.get('/set-up/password', (c) => askPassword(c, desk));
  routes.post('/set-up/password', (c) => choosePassword(c, desk));
  routes.get('/set-up/code', (c) => askEnrol(c, desk));
  routes.post('/set-up/code', (c) => enrol(c, desk));
  return routes;
}

interface OpenEnv {
  readonly Bindings: Partial<HttpBindings>;
}

/** Most bytes of a form. */
const MOST_BODY = 1024 * 1024;

export interface OpenDesk {
  readonly path: '/desk';
  readonly app: Hono<OpenEnv>;
  /** Ends the live connections of the queue's open pages; call it before the server closes. */
  close(): void;
}

export function openDesk(deps: DeskDeps): OpenDesk {
  const folder = new URL('browser/', import.meta.url);
  const style = loadAsset(folder, '/desk/assets/', 'desk.css');
  const script = loadAsset(folder, '/desk/assets/', 'desk.js');
  const passkeyScript = loadAsset(folder, '/desk/assets/', 'passkey.js');
  const throttle = new Throttle(deps.now, deps.store.tries);
  const passwords = deps.passwords ?? buildPasswords(deps.randomBytes);
  let modules: Modules | null = null;
  const sealedModules = () => (modules ??= loadModules(new URL('sealed.js', folder), '/desk/assets/sealed/'));
  const desk: Desk = { ...deps, style, script, passkeyScript, sealedModules, throttle, passwords };
  const app = new Hono<OpenEnv>();
  app.use(bodyLimit({ maxSize: MOST_BODY, onError: (c) => notice(c, desk, 413, 'tooBig') }));
  for (const asset of [style, script, passkeyScript]) {
    app.get(asset.path.slice('/desk'.length), (c) => sendAsset(c, asset));
  }
  app.route('/', buildSealedScripts(desk));
  const live = openLive(desk);
  app.use(arrive());
  app.route('/', buildSignInRoutes(desk));
  app.route('/', buildInside(desk, live));
  app.onError((error, c) => {
    desk.onFault(error);
    return notice(c, desk, 500, 'fault');
  });
  return {
    path: '/desk',
    app,
    close() {
      live.close();
    },
  };
}

/** One line for each area behind the guard, in addition to the queue. */
const AREAS: readonly ((desk: Desk) => Hono<StaffEnv>)[] = [
  buildWork,
  buildCase,
  buildSealed,
  buildAccount,
  buildPasskeys,
  buildExports,
  buildMails,
  buildColleagues,
  buildAuditRoutes,
  buildFigures,
  buildKept,
  buildVoiceRoutes,
  buildTranslations,
  buildDoctor,
];

/** Each area names the role that it needs. */
function buildInside(desk: Desk, live: Live): Hono<StaffEnv> {
  const inside = new Hono<StaffEnv>();
  inside.use(guard(desk));
  inside.route('/', buildQueue(desk, live));
  for (const build of AREAS) inside.route('/', build(desk));
  inside.all('*', (c) => {
    const allowed = otherMethodsAt(inside, c.req.method, c.req.path.slice('/desk'.length) || '/');
    if (allowed !== null) c.header('Allow', allowed);
    return notice(c, desk, allowed === null ? 404 : 405, 'notFound');
  });
  return inside;
}
