// The ports of this channel: the inbox, its stored data, and the notices for operators.

import type { DocxText } from '../media/read-docx.ts';
import type { Deadlines } from '../../deadlines.ts';
import type { Address, Inbox, Incoming, Rendered } from '../channel.ts';
import type { BackOff, DownReason, StopReason } from './closing-codes.ts';
import type { WhatsAppNetwork } from './open-socket.ts';

export const WHATSAPP = 'whatsapp';

export type AccountState = 'linked' | 'restricted' | 'stopped' | 'unlinked';

export interface AuthRow {
  readonly type: string;
  readonly id: string;
  /** Null removes it. */
  readonly value: string | null;
}

/** The keys of the linked device, stored sealed; one transaction per call, refused to a process that lost the lease. */
export interface AuthState {
  readAuth(account: string, type: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  writeAuth(account: string, owner: string, rows: readonly AuthRow[]): Promise<void>;
  forgetAuth(account: string): Promise<void>;
  countAuth(account: string): Promise<ReadonlyMap<string, number>>;
  lease(account: string, owner: string, until: string): Promise<boolean>;
  release(account: string, owner: string): Promise<void>;
  account(account: string): Promise<{
    readonly state: AccountState;
    readonly reason: string | null;
    readonly toldAt: string | null;
  } | null>;
  setAccount(account: string, state: AccountState, reason: string | null): Promise<void>;
  /** Staff were told of the account's state. */
  noteTold(account: string): Promise<void>;
}

/** Messages that have arrived and are not yet in the inbox; and the replies of our messages. */
export interface Kept {
  keepRaw(account: string, messages: readonly { readonly id: string; readonly raw: string }[]): Promise<void>;
  waitingRaw(account: string): Promise<readonly { readonly id: string; readonly raw: string }[]>;
  dropRaw(account: string, id: string): Promise<void>;
  /** It waits here under `id`, or was taken into the inbox. */
  isHere(account: string, id: string, received: Pick<Incoming, 'from' | 'messageId'>): Promise<boolean>;
  noteSent(messageId: string, reply: string, bubble: number): Promise<void>;
  /** The server has it. `at`: ISO. */
  noteArrived(reply: string, at: string): Promise<void>;
  /** The prompt that our message `messageId` asked; null if it asked nothing, or is not ours. */
  askedIn(messageId: string): Promise<string | null>;
  sentText(messageId: string): Promise<string | null>;
}

/** One person under several addresses: a LID, a number. */
export interface Aliases {
  personAt(address: Address): Promise<{ readonly person: string } | null>;
  /** Keeps the `reach` of an address; does nothing if nobody is known there. */
  noteReach(address: Address): Promise<void>;
  /** Makes both one person's, unless that would reveal somebody else's text. */
  mergeIdentities(meeting: { readonly lid: Address; readonly number: Address; readonly code: string }): Promise<void>;
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

/** `restricted`: WhatsApp refused a message (463); `unreachable`, `login-refused`: no line for some minutes. */
export const TROUBLES = [
  'logged-out',
  'forbidden',
  'not-multi-device',
  'used-elsewhere',
  'bad-session',
  'lease-lost',
  'restricted',
  'keys-missing',
  'unreachable',
  'login-refused',
] as const satisfies readonly (StopReason | DownReason | 'restricted' | 'keys-missing')[];
export type Trouble = (typeof TROUBLES)[number];

/** Given to the line when it starts, since they are built from its channel. */
export interface LineUsers {
  readonly inbox: Inbox;
  /** Replies that had to wait can be sent. */
  readonly onOpen: () => void;
}

export interface WhatsAppDeps {
  /** Our own id; one for each number. */
  readonly account: string;
  /** This process, for the lease. */
  readonly owner: string;
  readonly auth: AuthState;
  readonly kept: Kept;
  readonly aliases: Aliases;
  readonly documents: Documents;
  readonly readDocx: ReadDocx;
  /** Recordings can be transcribed: only then are they fetched. */
  readonly takesVoice: boolean;
  /** Opus in Ogg; null if it cannot be made, or this installation does not speak. */
  readonly speak: ((text: string, language: Rendered['language']) => Promise<Uint8Array | null>) | null;
  readonly network: WhatsAppNetwork;
  readonly now: () => Date;
  readonly random: () => number;
  /** A code that nobody had before, for a text that could not be reached otherwise. */
  readonly newCode: () => string;
  /** Milliseconds between two of our messages. */
  readonly pace: number;
  /** Milliseconds that a phone has to send a readable copy before the writer is told. */
  readonly copyMs: number;
  /** Milliseconds in which the server answers yes or no; its silence neither causes a repeat nor means arrival. */
  readonly wordMs: number;
  /** Milliseconds without a line after which staff are told; and between two checks of an account without a line here. */
  readonly downAfter: number;
  readonly looksEvery: number;
  readonly backOff: BackOff;
  readonly deadlines: Pick<Deadlines, 'media' | 'lateMedia' | 'bubble'>;
  /** Milliseconds that "Saved." waits for the next message of a burst. */
  readonly gathers: number;
  /** The account needs a person. Called once each time. */
  readonly onTrouble: (trouble: Trouble) => void;
  /** Tells staff, with the stored reason; resolves to false if it could not be delivered. Null if there is nobody to tell. */
  readonly tellStaff: ((reason: string) => Promise<boolean>) | null;
  readonly onFault: (error: unknown) => void;
}
