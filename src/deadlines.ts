// How long each call out may take, in one place: whatever hangs, its caller goes on. (WhatsApp's other ones are in its folder.)

/** After RFC 5321, 4.5.3.2; a stop does not wait for them. */
export interface MailDeadlines {
  /** Name look-up, connection, greeting and TLS together. */
  readonly setup: number;
  /** The wait for any one answer; the longest that the RFC asks for is the one after the final dot. */
  readonly answer: number;
  /** The whole attempt, so that a server that drips cannot hold a place for ever. */
  readonly whole: number;
  /** After it the next mail begins, beside this one: what hangs over one mail does not keep the others. */
  readonly slow: number;
}

/** All in milliseconds. */
export interface Deadlines {
  /** One message to Teams' connector, its token included. */
  readonly connector: number;
  /** The keys that sign what Teams sends us, until the turn begins. Teams waits 15 s, then sends again. */
  readonly signIn: number;
  /** A file or a recording on WhatsApp while what its sender writes next waits for it; and in all, behind that. */
  readonly media: number;
  readonly lateMedia: number;
  /** One bubble on WhatsApp, with the file or sound that it brings: the whole account sends one after the other. */
  readonly bubble: number;
  /** A Word file from SharePoint: with the 8 s for reading it, below what Teams waits. */
  readonly file: number;
  /** A recording from SharePoint: larger, and not read on the way. */
  readonly sound: number;
  /** A document into somebody's OneDrive; nobody waits for it but its person. */
  readonly upload: number;
  /** Each request to the sign-in service of the staff; a person looks at an empty page meanwhile. */
  readonly organisation: number;
  /** One recording written down: ten minutes of speech on a slow machine. */
  readonly transcription: number;
  /** After it the next recording begins, beside this one. */
  readonly slowTranscription: number;
  /** A text read aloud, by a service or by each of the programs on this machine. */
  readonly speech: number;
  readonly mail: MailDeadlines;
  /** A notice to the staff, all of it: it is short, and others wait behind it. */
  readonly notice: number;
  /** Silence of the server with the mailbox that answers come to. */
  readonly mailboxSilence: number;
  /** One look into that mailbox, all of it; the next look goes on behind the last mail that was kept. */
  readonly mailbox: number;
  /** One statement on PostgreSQL, and one wait for a connection to it. */
  readonly database: number;
  /** The last word to the database, and the end of its connections, each. */
  readonly closing: number;
  /** All that is under way at a clean stop. With twice `closing`, well below the 30 s that it may take as a whole. */
  readonly stop: number;
}

export const DEADLINES: Deadlines = {
  connector: 15_000,
  signIn: 10_000,
  media: 10_000,
  lateMedia: 180_000,
  bubble: 60_000,
  file: 5_000,
  sound: 10_000,
  upload: 60_000,
  organisation: 10_000,
  transcription: 10 * 60_000,
  slowTranscription: 30_000,
  speech: 60_000,
  mail: { setup: 5 * 60_000, answer: 10 * 60_000, whole: 30 * 60_000, slow: 30_000 },
  notice: 60_000,
  mailboxSilence: 60_000,
  mailbox: 10 * 60_000,
  database: 20_000,
  closing: 2_000,
  stop: 20_000,
};

/** False if it still goes on after so many milliseconds; it is not let go. Rejects as `work` does. */
export async function endsWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';
}

/** @throws {TimedOutError} when it took longer than so many milliseconds. What it does then is let go, with the signal. */
export async function within<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over.abort();
      reject(new TimedOutError(`longer than ${milliseconds} ms`));
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
