// Everything that all parts of the app are given: the configuration, the texts, the store, the clock and the log.

import type { Logger } from 'pino';
import type { LoadedCalls } from '../calls/load-calls.ts';
import type { Config, Secrets } from '../config/config.ts';
import { type Deadlines, DEADLINES } from '../deadlines.ts';
import { safeError } from '../mail/safe-error.ts';
import type { MailTransport } from '../mail/outbox/transport.ts';
import { claimAlone } from '../store/db/alone.ts';
import type { Store } from '../store/open.ts';
import { type LoadedTexts, loadTexts } from './load-texts.ts';
import { openTransport } from './open-mails.ts';
import { databaseAt, openConfiguredStore } from './open-store.ts';
import type { MasterKeys } from '../vault/seal.ts';
import { tryPort } from '../web/server.ts';

export interface ContextOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Logger;
  /** In place of those in dialogs/, for a preview. */
  readonly calls?: LoadedCalls;
  readonly now?: () => Date;
  /** Shorter ones, for tests. */
  readonly deadlines?: Deadlines;
  /** Refuses to start while another server runs on the same SQLite file, or another program has the port. */
  readonly alone?: boolean;
  /** Milliseconds between two looks for due mails. Default 5 000. */
  readonly lookEvery?: number;
}

export interface AppContext extends Required<Omit<ContextOptions, 'calls' | 'alone'>> {
  readonly loaded: LoadedTexts;
  readonly transport: MailTransport;
  readonly store: Store;
  readonly master: MasterKeys;
  /** The master key was created just now. */
  readonly madeKey: boolean;
  /** Told of our own faults; logs them without content. */
  readonly onFault: (error: unknown) => void;
}

/** Opens the store. Throws a clear error for operators if texts, mail server, key or database cannot be used. */
export async function openContext(options: ContextOptions): Promise<AppContext> {
  const { config, secrets, log, now = () => new Date(), deadlines = DEADLINES, lookEvery = 5_000 } = options;
  const { calls = null, alone = false } = options;
  const at = databaseAt(config, secrets);
  if (alone && at.kind === 'sqlite') claimAlone(at.file);
  // A process that nobody could reach makes no key, and takes no work from another one.
  if (alone) await tryPort(config);
  const loaded = { ...loadTexts(config.timeZone), ...(calls === null ? {} : { calls }) };
  const transport = openTransport(config, secrets, deadlines);
  const { store, madeKey } = await openConfiguredStore(config, secrets, now, deadlines);
  return {
    ...{ config, secrets, log, now, deadlines, lookEvery, loaded, transport, store },
    master: store.keys,
    madeKey,
    onFault: (error) => log.error(safeError(error), 'a fault in the program'),
  };
}
