import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/** Shorter than the idle limits of common proxies (60 s). */
export const HEARTBEAT_MS = 25_000;
export const HEARTBEAT = ': still here\n\n';

export interface EventStream {
  /** `text`: complete lines of an event stream. Ends the stream if the browser has disconnected. */
  readonly write: (text: string) => Promise<void>;
  readonly end: () => void;
  /** Resolves when the browser has disconnected or `end` was called. */
  readonly ended: Promise<undefined>;
}

/** A response of server-sent events that is open as long as `run` runs. `onFault` is called with its error. */
export function eventStream(
  c: Context,
  run: (stream: EventStream) => Promise<void>,
  onFault: (error: unknown) => void,
): Response {
  return streamSSE(
    c,
    async (stream) => {
      const over = Promise.withResolvers<undefined>();
      const end = () => {
        over.resolve(undefined);
      };
      stream.onAbort(end);
      await run({
        write: async (text) => {
          await stream.write(text).catch(end);
        },
        end,
        ended: over.promise,
      });
    },
    (error) => {
      onFault(error);
      return Promise.resolve();
    },
  );
}
