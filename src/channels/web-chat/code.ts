// /code: a come-back code is made only when the person asks for it, shown once, and can be ended.

import { codeAddress, makeComeBackCode, parseComeBackCode, showComeBackCode } from './come-back-code.ts';
import { codePage, type CodeState } from './page/code-page.ts';
import { webAddress } from './ports.ts';
import { draw, formOf, frameOf, notice, type Room, type WebContext } from './room.ts';
import { senderOf, tokenOf } from './visitor.ts';

export function askCode(c: WebContext, room: Room): Response | Promise<Response> {
  if (tokenOf(c, room.deps) === null) return c.redirect('/', 303);
  return draw(c, codePage(frameOf(c, room), { kind: 'asked' }));
}

export async function makeCode(c: WebContext, room: Room): Promise<Response> {
  return forPerson(c, room, async (person) => {
    const code = makeComeBackCode(room.deps.randomBytes);
    await room.deps.people.addAlias(person, codeAddress(code));
    return { kind: 'made', code: showComeBackCode(code) };
  });
}

/** Ends a code of one's own conversation; a code of another one is unknown here. */
export async function endCode(c: WebContext, room: Room): Promise<Response> {
  const { code: typed } = await formOf(c);
  return forPerson(c, room, async (person) => {
    const code = typeof typed === 'string' ? parseComeBackCode(typed) : null;
    const owner = code === null ? null : await room.deps.people.personAt(codeAddress(code));
    if (code === null || owner?.person !== person) return { kind: 'unknown' };
    await room.deps.people.removeAddress(codeAddress(code));
    return { kind: 'ended' };
  });
}

async function forPerson(c: WebContext, room: Room, answer: (person: string) => Promise<CodeState>): Promise<Response> {
  const { deps, limits } = room;
  const token = tokenOf(c, deps);
  const known = token === null ? null : await deps.people.personAt(webAddress(token));
  if (known === null) return c.redirect('/', 303);
  if (!limits.codes.take(senderOf(c, deps))) return notice(c, room, 429, 'tooMany');
  return draw(c, codePage(frameOf(c, room), await answer(known.person)));
}
