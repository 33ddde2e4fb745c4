// The ports of this channel: its stored data, the inbox, and the notices for operators.

import type { Deadlines } from '../../deadlines.ts';
import type { Address, Inbox, Rendered } from '../channel.ts';
import type { DocxText } from '../media/read-docx.ts';

export const WHATSAPP_CLOUD = 'whatsapp-cloud';

/** In addresses: ids of people are valid for all numbers of one business portfolio, so a new number loses nobody. */
export const ACCOUNT = 'default';

/** In the tables that are shared with the other way to WhatsApp. */
export const KEPT_AS = 'whatsapp-cloud';

/** Messages that have arrived and are not yet in the inbox; and the replies of our messages. */
export interface Kept {
  keepRaw(account: string, messages: readonly { readonly id: string; readonly raw: string }[]): Promise<void>;
  waitingRaw(account: string): Promise<readonly { readonly id: string; readonly raw: string }[]>;
  dropRaw(account: string, id: string): Promise<void>;
  /** Meta has taken this part of the reply, under the id `messageId`. */
  noteSent(messageId: string, reply: string, part: number): Promise<void>;
  /** The parts of the reply that were noted so. */
  partsSent(reply: string): Promise<ReadonlySet<number>>;
  /** The prompt that our message `messageId` asked; null if it asked nothing, or is not ours. */
  askedIn(messageId: string): Promise<string | null>;
  /** The person wrote from there: replies that waited for that are due now, and go there. */
  releaseHeld(from: Address): Promise<void>;
  /** Meta's status of our message. `held`: it did not leave, and waits for the person's next message. */
  noteStatus(status: {
    readonly messageId: string;
    readonly status: string;
    readonly at: string;
    readonly code: number | null;
    readonly then: 'nothing' | 'held' | 'failed';
  }): Promise<void>;
}

/** One person under several addresses: a business-scoped id, a number. */
export interface Aliases {
  personAt(address: Address): Promise<{ readonly person: string } | null>;
  /** Makes both one person's, unless that would reveal somebody else's text. */
  mergeIdentities(meeting: { readonly lid: Address; readonly number: Address; readonly code: string }): Promise<void>;
  /** The person goes on at `to`, and the former addresses lead to nobody. */
  moveAddress(before: readonly Address[], to: Address): Promise<void>;
}

export interface Documents {
  document(
    person: string,
    kind: 'preview' | 'final' | 'copy',
    /** Of this text; without it the newest of all. */
    contribution?: string,
  ): Promise<{ readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[] } | null>;
}

export type ReadDocx = (bytes: Uint8Array) => Promise<DocxText>;

/** Opus in Ogg; null if it cannot be made, or this installation does not speak. */
export type SpeakOpus = (text: string, language: Rendered['language']) => Promise<Uint8Array | null>;

/** Why nobody can be written to; each is a state of a notice to staff. */
export type CloudTrouble = 'cloud-token' | 'cloud-restricted' | 'cloud-unreachable';

export interface CloudDeps {
  readonly kept: Kept;
  readonly aliases: Aliases;
  readonly documents: Documents;
  readonly inbox: Inbox;
  readonly readDocx: ReadDocx;
  /** Recordings can be transcribed: only then are they fetched. */
  readonly takesVoice: boolean;
  readonly deadlines: Pick<Deadlines, 'media' | 'lateMedia' | 'bubble' | 'connector'>;
  readonly now: () => Date;
  /** A code that nobody had before, for a text that could not be reached otherwise. */
  readonly newCode: () => string;
  readonly onFault: (error: unknown) => void;
}
