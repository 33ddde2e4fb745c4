// /back: a come-back code binds this browser to the conversation it belongs to.

import { codeAddress, parseComeBackCode } from './come-back-code.ts';
import { backPage } from './page/back-page.ts';
import { webAddress } from './ports.ts';
import { draw, formOf, frameOf, type Room, type WebContext } from './room.ts';
import { giveToken, senderOf, tokenOf } from './visitor.ts';

export function askBack(c: WebContext, room: Room): Response | Promise<Response> {
  return draw(c, backPage(frameOf(c, room), null));
}

/** The code goes on working: who comes back and loses the browser again must not stand before a locked door. */
export async function comeBack(c: WebContext, room: Room): Promise<Response> {
  const { deps, limits, sittings } = room;
  const { code: typed } = await formOf(c);
  if (!limits.codes.take(senderOf(c, deps))) return draw(c, backPage(frameOf(c, room), 'tooMany'), 429);
  const code = typeof typed === 'string' ? parseComeBackCode(typed) : null;
  const found = code === null ? null : await deps.people.personAt(codeAddress(code));
  if (found === null) return draw(c, backPage(frameOf(c, room), 'unknown'), 404);

  const before = tokenOf(c, deps);
  const token = giveToken(c, deps);
  await deps.people.addAlias(found.person, webAddress(token));
  if (before !== null) {
    sittings.forget(before);
    await deps.people.removeAddress(webAddress(before));
  }
  return c.redirect('/', 303);
}
