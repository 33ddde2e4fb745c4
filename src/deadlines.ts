// The time limits of all outgoing calls: if one hangs, its caller goes on. (WhatsApp's other limits are in its folder.)

/** By RFC 5321, 4.5.3.2; a stop does not wait for them. */
export interface MailDeadlines {
  /** Name look-up, connection, greeting and TLS together. */
  readonly setup: number;
  /** The wait for any single answer; the RFC's longest is the one after the final dot. */
  readonly answer: number;
  /** The whole attempt, so that a slow server cannot block for ever. */
  readonly whole: number;
  /** After it the next mail begins in parallel, so that one that hangs does not delay the others. */
  readonly slow: number;
}

/** All in milliseconds. */
export interface Deadlines {
  /** One message to Teams' connector, including its token. */
  readonly connector: number;
  /** Fetching the keys that sign Teams' requests, until the turn begins. Teams waits 15 s, then sends again. */
  readonly signIn: number;
  /** A file or recording on WhatsApp: `media` while later messages of its sender wait for it, `lateMedia` in total. */
  readonly media: number;
  readonly lateMedia: number;
  /** One bubble on WhatsApp, or a file or a recording; the same person's next bubble waits for a bubble. */
  readonly bubble: number;
  /** After it a person's next text no longer waits for the files and the recording of the one before. */
  readonly rest: number;
  /** A Word file from SharePoint: with the 8 s for reading it, less than Teams waits. */
  readonly file: number;
  /** A recording from SharePoint: larger, and not read meanwhile. */
  readonly sound: number;
  /** A document into a person's OneDrive; only that person waits for it. */
  readonly upload: number;
  /** Each request to the sign-in service of staff; a person sees an empty page meanwhile. */
  readonly organisation: number;
  /** The transcription of one recording: ten minutes of speech on a slow machine. */
  readonly transcription: number;
  /** After it the next recording begins in parallel. */
  readonly slowTranscription: number;
  /** Reading one text aloud, by a service or by each of the programs on this machine. */
  readonly speech: number;
  /** The translation of one text by a service; the person waits for it. */
  readonly translation: number;
  readonly mail: MailDeadlines;
  /** A notice to staff, in total: it is short, and others wait behind it. */
  readonly notice: number;
  /** Silence of the IMAP server. */
  readonly mailboxSilence: number;
  /** One reading of the mailbox, in total; the next one continues after the last stored mail. */
  readonly mailbox: number;
  /** One statement on PostgreSQL, and one wait for a connection to it. */
  readonly database: number;
  /** The last write to the database, and the end of its connections, each. */
  readonly closing: number;
  /** All running work at a clean stop. With twice `closing`, well below the 30 s for the whole. */
  readonly stop: number;
}

export const DEADLINES: Deadlines = {
  connector: 15_000,
  signIn: 10_000,
  media: 10_000,
  lateMedia: 180_000,
  bubble: 30_000,
  rest: 5_000,
  file: 5_000,
  sound: 10_000,
  upload: 60_000,
  organisation: 10_000,
  transcription: 10 * 60_000,
  slowTranscription: 30_000,
  speech: 60_000,
  translation: 45_000,
  mail: { setup: 5 * 60_000, answer: 10 * 60_000, whole: 30 * 60_000, slow: 30_000 },
  notice: 60_000,
  mailboxSilence: 60_000,
  mailbox: 10 * 60_000,
  database: 20_000,
  closing: 2_000,
  stop: 20_000,
};

/** Returns false if `work` still runs after this time; it is not cancelled. Rejects as `work` does. */
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

/** @throws {TimedOutError} after this time; `work` is then cancelled with the signal. */
export async function within<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over.abort();
      reject(new TimedOutError(`longer than ${milliseconds} ms`));
    }, milliseconds);
  });
  // If it throws at once, the timer is cleared as well: nobody would hear of its end.
  const working = (async () => work(over.signal))();
  // Once cancelled, its result is ignored.
  working.catch(() => undefined);
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}
