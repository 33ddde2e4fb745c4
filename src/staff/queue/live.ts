// GET /desk/live: server-sent events that say "changed" and nothing else; the page then offers to show the list anew.

import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Desk } from '../desk.ts';
import type { StaffEnv } from '../signed-in.ts';

/** Every process that serves the desk looks at the database: what another one did shows as well. Milliseconds. */
const LOOK_MS = 3_000;
/** Shorter than the idle limits of common proxies (60 s). */
const HEARTBEAT_LOOKS = 8;
/** Then the browser asks again, and with that whether it may still see anything. In looks. */
const LOOKS = 100;
/** Open pages in all; more would only hold sockets. */
const MOST_PAGES = 200;

export interface Live {
  (c: Context<StaffEnv>): Response;
  /** Ends every stream, so that the server can close. */
  close(): void;
}

export function openLive(desk: Desk, lookEvery = LOOK_MS): Live {
  const open = new Set<() => void>();
  const live = (c: Context<StaffEnv>) => {
    // 204 tells the browser not to ask again.
    if (open.size >= MOST_PAGES) return c.body(null, 204);
    return streamSSE(
      c,
      async (stream) => {
        const over = Promise.withResolvers<undefined>();
        const end = () => {
          over.resolve(undefined);
        };
        open.add(end);
        stream.onAbort(end);
        try {
          await stream.write('retry: 5000\n\n');
          let known = await desk.store.desk.pulse();
          for (let looks = 1; looks <= LOOKS; looks++) {
            if ((await Promise.race([over.promise, wait(lookEvery)])) !== 'waited') return;
            const pulse = await desk.store.desk.pulse();
            if (pulse !== known) await stream.write('event: changed\ndata:\n\n');
            else if (looks % HEARTBEAT_LOOKS === 0) await stream.write(': still here\n\n');
            known = pulse;
          }
        } finally {
          open.delete(end);
        }
      },
      (error) => {
        desk.onFault(error);
        return Promise.resolve();
      },
    );
  };
  return Object.assign(live, {
    close() {
      for (const end of open) end();
    },
  });
}

function wait(milliseconds: number): Promise<'waited'> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve('waited');
    }, milliseconds).unref();
  });
}
