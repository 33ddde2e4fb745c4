// GET /live: server-sent events that say "new" and nothing else; the page then fetches /lines.

import { streamSSE } from 'hono/streaming';
import { webAddress } from './ports.ts';
import type { ChatContext, WebContext } from './chat-context.ts';
import { tokenOf } from './visitor.ts';

/** Shorter than the idle limits of common proxies (60 s). */
const HEARTBEAT_MS = 25_000;

/** Open pages of one person that are told; more would only hold sockets. */
const MOST_PAGES = 5;

/** 204 tells the browser not to ask again. */
export async function live(c: WebContext, { deps }: ChatContext): Promise<Response> {
  const { people, changes, onFault } = deps;
  const token = tokenOf(c, deps);
  const known = token === null ? null : await people.personAt(webAddress(token));
  if (known === null || changes.listening(known.person) >= MOST_PAGES) return c.body(null, 204);
  return streamSSE(
    c,
    async (stream) => {
      const ended = Promise.withResolvers<undefined>();
      const end = () => {
        ended.resolve(undefined);
      };
      const write = (text: string) => void stream.write(text).catch(end);
      const unsubscribe = changes.subscribe(known.person, () => write('event: new\ndata:\n\n'), end);
      const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
      stream.onAbort(end);
      write('retry: 10000\n\n');
      await ended.promise;
      clearInterval(heartbeat);
      unsubscribe();
    },
    (error) => {
      onFault(error);
      return Promise.resolve();
    },
  );
}
