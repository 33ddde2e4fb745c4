// /back: a come-back code binds this browser to the conversation it belongs to.

import { parseComeBackCode } from './come-back-code.ts';
import { backPage } from './page/back-page.ts';
import { webAddress } from './ports.ts';
import { draw, formOf, frameOf, type Room, type WebContext } from './room.ts';
import { newToken, senderOf, setToken, tokenOf } from './visitor.ts';

export function askBack(c: WebContext, room: Room): Response | Promise<Response> {
  return draw(c, backPage(frameOf(c, room), null));
}

/** A code of this page goes on working, one of another chat does not: who comes back and loses the browser again must not stand before a locked door. */
export async function comeBack(c: WebContext, room: Room): Promise<Response> {
  const { deps, limits, sittings } = room;
  const { code: typed } = await formOf(c);
  if (!limits.codes.take(senderOf(c, deps))) return draw(c, backPage(frameOf(c, room), 'tooMany'), 429);
  const code = typeof typed === 'string' ? parseComeBackCode(typed) : null;
  const before = tokenOf(c, deps);
  const token = newToken(deps);
  const since = new Date(deps.now().getTime() - deps.codeDays * 86_400_000).toISOString();
  if (code === null || !(await deps.people.goOnAt(code, webAddress(token), since))) {
    return draw(c, backPage(frameOf(c, room), 'unknown'), 404);
  }
  setToken(c, deps, token);
  if (before !== null) {
    sittings.forget(before);
    await deps.people.removeAddress(webAddress(before));
  }
  return c.redirect('/', 303);
}
