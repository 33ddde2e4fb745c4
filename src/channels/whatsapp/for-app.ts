// The part of this channel that the composition root needs, imported only if WhatsApp is configured, so that Baileys is
// not loaded otherwise.

import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { DEADLINES } from '../../deadlines.ts';
import { readDocx } from '../media/read-docx.ts';
import { BACK_OFF, type BackOff } from './closing-codes.ts';
import { checkNetwork, REAL_NETWORK, type WhatsAppNetwork } from './open-socket.ts';
import type { Aliases, AuthState, Documents, Kept, WhatsAppDeps } from './ports.ts';
import type { RunningWhatsApp } from './health.ts';
import { whatsAppChannel } from './whatsapp-channel.ts';

export type { RunningWhatsApp } from './health.ts';

/** One account for now; every table supports more. */
export const ACCOUNT = 'default';

/** Milliseconds between two bubbles: one to two times this. */
const PACE = 1_000;

/** Milliseconds in which the server says whether it accepts a message. */
const WORD_MS = 10_000;

/** Milliseconds that a phone has to send a readable copy of a message. */
const COPY_MS = 20_000;

/** Milliseconds that an acknowledgement waits for the next message of a burst. */
const GATHERS = 2_500;

/** Milliseconds without a line after which staff are told. */
const DOWN_AFTER = 3 * 60_000;

/** Milliseconds between two checks whether the account is linked again. */
const LOOKS_EVERY = 20_000;

export interface WhatsAppForTests {
  readonly network: WhatsAppNetwork;
  readonly pace?: number;
  readonly wordMs?: number;
  readonly copyMs?: number;
  readonly gathers?: number;
  readonly downAfter?: number;
  readonly looksEvery?: number;
  readonly backOff?: BackOff;
  readonly deadlines?: Partial<WhatsAppDeps['deadlines']>;
}

export interface ForApp {
  readonly store: Aliases & Documents & { readonly whatsapp: AuthState & Kept };
  readonly takesVoice: boolean;
  readonly speak: WhatsAppDeps['speak'];
  readonly forTests?: WhatsAppForTests;
  readonly now: () => Date;
  readonly newCode: () => string;
  readonly onFault: (error: unknown) => void;
  /** Null: nobody is told by mail. */
  readonly tellStaff: ((reason: string) => Promise<boolean>) | null;
  readonly log: Logger;
}

/** @throws {HostRefusedError} */
export function openForApp(given: ForApp): RunningWhatsApp {
  const { store, forTests, log } = given;
  const network = forTests?.network ?? REAL_NETWORK;
  checkNetwork(network, forTests !== undefined);
  return whatsAppChannel({
    account: ACCOUNT,
    owner: randomUUID(),
    takesVoice: given.takesVoice,
    speak: given.speak,
    auth: store.whatsapp,
    kept: store.whatsapp,
    aliases: store,
    documents: store,
    readDocx,
    network,
    now: given.now,
    random: Math.random,
    newCode: given.newCode,
    pace: forTests?.pace ?? PACE,
    wordMs: forTests?.wordMs ?? WORD_MS,
    copyMs: forTests?.copyMs ?? COPY_MS,
    gathers: forTests?.gathers ?? GATHERS,
    downAfter: forTests?.downAfter ?? DOWN_AFTER,
    looksEvery: forTests?.looksEvery ?? LOOKS_EVERY,
    backOff: forTests?.backOff ?? BACK_OFF,
    deadlines: { ...DEADLINES, ...forTests?.deadlines },
    onTrouble: (trouble) =>
      log.error({ trouble }, 'the WhatsApp account needs a person: npm run -s griot -- whatsapp status'),
    tellStaff: given.tellStaff,
    onFault: given.onFault,
  });
}
