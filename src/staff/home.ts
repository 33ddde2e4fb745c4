import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Desk } from './desk.ts';
import { drawPage } from './layout.ts';
import { needs } from './sign-in/guard.ts';
import type { StaffEnv } from './signed-in.ts';

/** The first page after signing in. */
export function buildHome(desk: Desk): Hono<StaffEnv> {
  const home = new Hono<StaffEnv>();
  home.get('/', needs(desk, 'reader'), (c) => {
    const { welcome, menu, roles } = desk.texts[c.var.staff.language].desk;
    return drawPage(c, desk, { title: menu.home, main: html`<p>${welcome} ${roles[c.var.staff.role]}.</p>` });
  });
  return home;
}
