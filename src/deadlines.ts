// How long each call out may take, in one place: whatever hangs, its caller goes on. (WhatsApp's other ones are in its folder; mail's, which
// RFC 5321 asks to be long, in delivery/smtp-transport.ts, and a stop does not wait for them.)

export interface Deadlines {
  /** Milliseconds for one message to Teams' connector, its token included. */
  readonly connector: number;
  /** For the keys that sign what Teams sends us, until the turn begins. Teams waits 15 s. */
  readonly signIn: number;
  /** For a file or a recording on WhatsApp while what its sender writes next waits for it; and in all, behind that. */
  readonly media: number;
  readonly lateMedia: number;
  /** For the whole of a clean stop; after it the process ends whatever still hangs. */
  readonly stop: number;
}

export const DEADLINES: Deadlines = {
  connector: 15_000,
  signIn: 10_000,
  media: 10_000,
  lateMedia: 180_000,
  stop: 20_000,
};

export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** @throws {TimedOut} when it took longer than so many milliseconds. What it does then is let go, with the signal. */
export async function within<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over.abort();
      reject(new TimedOut(`longer than ${milliseconds} ms`));
    }, milliseconds);
  });
  const working = work(over.signal);
  // Once it is let go, its end is nobody's.
  working.catch(() => undefined);
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}
