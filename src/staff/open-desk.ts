// The desk: everything under /desk. What stands above the guard is reached by anybody; what stands below it by those who
// are signed in with both factors. A new room is mounted below, and gives each of its routes a `needs`.

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { HttpBindings } from '@hono/node-server';
import { buildAccount } from './account/account-room.ts';
import { buildColleagues } from './account/colleagues.ts';
import { buildAuditRoom } from './audit/audit-room.ts';
import { loadDeskAsset } from './assets.ts';
import type { Desk, DeskDeps } from './desk.ts';
import { buildExports } from './export/build-exports.ts';
import { arrive } from './hop.ts';
import { buildHome } from './home.ts';
import { notice } from './notice-page.ts';
import { buildDoor } from './sign-in/build-door.ts';
import { guard } from './sign-in/guard.ts';
import { Throttle } from './sign-in/throttle.ts';
import type { StaffEnv } from './signed-in.ts';

interface OpenEnv {
  readonly Bindings: Partial<HttpBindings>;
}

/** Of a form, in bytes. */
const MOST_BODY = 1024 * 1024;

export function openDesk(deps: DeskDeps): { readonly path: '/desk'; readonly app: Hono<OpenEnv> } {
  const style = loadDeskAsset('desk.css', 'text/css; charset=utf-8');
  const desk: Desk = { ...deps, style, throttle: new Throttle(deps.now) };
  const app = new Hono<OpenEnv>();
  app.use(bodyLimit({ maxSize: MOST_BODY, onError: (c) => notice(c, desk, 413, 'tooBig') }));
  app.get(style.path, (c) => {
    c.header('Content-Type', style.type);
    c.header('Cache-Control', 'private, max-age=31536000, immutable');
    return c.body(style.bytes);
  });
  app.use(arrive());
  app.route('/', buildDoor(desk));
  app.route('/', buildInside(desk));
  return { path: '/desk', app };
}

/** Each room names the role that it needs. */
function buildInside(desk: Desk): Hono<StaffEnv> {
  const inside = new Hono<StaffEnv>();
  inside.use(guard(desk));
  inside.route('/', buildHome(desk));
  inside.route('/', buildAccount(desk));
  inside.route('/', buildExports(desk));
  inside.route('/', buildColleagues(desk));
  inside.route('/', buildAuditRoom(desk));
  inside.all('*', (c) => notice(c, desk, 404, 'notFound'));
  return inside;
}
