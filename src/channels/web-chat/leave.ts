// POST /leave: the browser forgets this page at once, and an everyday page takes its place. Nothing kept is erased.

import { hopPage } from './page/hop-page.ts';
import { webAddress } from './ports.ts';
import type { Room, WebContext } from './room.ts';
import { languageOf, takeToken, tokenOf } from './visitor.ts';

export async function leave(c: WebContext, { deps, sittings }: Room): Promise<Response> {
  const language = languageOf(c, deps, sittings);
  const token = tokenOf(c, deps);
  if (token !== null) {
    sittings.forget(token);
    // Going must work also when nothing else does; then only the cookie's loss closes the door.
    await deps.people.removeAddress(webAddress(token)).catch(deps.onFault);
  }
  takeToken(c, deps);
  c.header('Clear-Site-Data', '"cache", "cookies", "storage"');
  return c.html(hopPage(language, deps.leaveUrl.href, deps.texts[language].leaving));
}
