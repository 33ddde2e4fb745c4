// The port between a conversation and the channels. A channel does not import the conversation: it passes events to an
// Inbox, and replies are sent through send().

import type { PromptRef } from '../dialog/engine/reply.ts';
import type { Language } from '../languages.ts';
import type { Event } from '../dialog/engine/event.ts';

/**
 * One way to reach a person. `address` is what the channel needs to write to them; it is stored sealed and looked up by
 * HMAC.
 */
export interface Address {
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  /**
   * Other values that the channel needs to write there and that may change (a service, a conversation's id): sealed,
   * never used for look-ups.
   */
  readonly reach?: string;
}

/** The line of the transcript for a recording. */
export const VOICE_LINE = '[voice]';

export interface Incoming {
  readonly from: Address;
  /** The channel's own id of the message: the same (channel, account, address, id) is taken only once, ever. */
  readonly messageId: string;
  readonly event: Event;
  /** The sound of an event of kind `voice`. */
  readonly sound?: { readonly bytes: Uint8Array; readonly type: string };
  /** The person's telephone number, if the channel knows it: digits. Somebody new here may be known by it elsewhere. */
  readonly number?: string;
  /** The channel's guess (browser, phone), used until the person says otherwise. */
  readonly language?: Language;
}

/** The abilities of a channel, for render.ts. The dialog never sees them. */
export interface Capabilities {
  /** Choices are drawn as buttons, so the text need not contain their numbers. */
  readonly buttons: boolean;
  /** Characters a bubble may hold. */
  readonly bubble: number;
  /** Documents can be sent in the conversation itself. */
  readonly files: boolean;
  /** Replies of one turn share a bubble if they fit, so that an answer is few messages. */
  readonly joins?: true;
}

/** One bubble, rendered in the person's language. */
export interface Bubble {
  readonly text: string;
  /** The ranges of the bot's own *marks*, asterisks included; asterisks that a person typed are not marks. */
  readonly bold: readonly (readonly [number, number])[];
}

/** One reply as it is stored and sent: bubbles first, then what can be tapped. */
export interface Rendered {
  readonly language: Language;
  readonly bubbles: readonly Bubble[];
  readonly choices: readonly { readonly number: number; readonly value: string; readonly label: string }[];
  /** Command words to show as buttons, in the person's language: sent when tapped. */
  readonly commands: readonly { readonly command: string; readonly word: string }[];
  readonly prompt: PromptRef | null;
  readonly file: 'preview' | 'final' | 'copy' | null;
  /** "Saved." and its like: shown small, and only the last of a row. */
  readonly acknowledgement: boolean;
  /** Also to be read aloud, if the channel can. */
  readonly aloud?: true;
  /** Read aloud after it, and not shown. */
  readonly ear?: string;
  /** Characters in the bubbles for the person only: masked in the transcript. */
  readonly secret?: string;
  /** Seconds after which it vanishes from the phones, if the channel can do that. */
  readonly expires?: number;
  /** Written by staff. */
  readonly from?: 'staff';
  /** An organiser's chat: a page that others may look at hides it sooner. */
  readonly several?: true;
  /** The passphrase was not given: a draft must not come back to the screen. */
  readonly locked?: true;
  /** The owner of the document `file`, if one chat has several. */
  readonly contribution?: string;
}

export type Tried =
  /** `at` (ISO): when the other side confirmed the last bubble; null: it has not. Default: the time of the return. */
  | { readonly kind: 'sent'; readonly at?: string | null }
  | {
      readonly kind: 'failed';
      readonly error: string;
      readonly retryable: boolean;
      /** Milliseconds that the other side asks us to wait at least. */
      readonly retryAfter?: number;
    };

/** `held`: the network lets us write only after the person's next message, and the reply waits for that. */
export type SendOutcome = Tried | { readonly kind: 'held' };

export interface Channel {
  readonly name: string;
  readonly capabilities: Capabilities;
  /**
   * Milliseconds that "Saved." waits for the next message of a burst, so that a burst is acknowledged once. Absent: it
   * is sent at once.
   */
  readonly gathers?: number;
  /** Replies to different people may be sent in parallel; those to one person never are. */
  readonly parallel?: true;
  /** Given if one process at a time sends for an account: true if that is another one now. */
  readonly standsBy?: () => boolean;
  /**
   * Never throws for network failures: says whether another try makes sense. `mayGoOn`: false once another process may send this
   * reply; to be asked before each part of it.
   */
  send(to: Address, reply: Rendered, id: string, mayGoOn?: () => boolean): Promise<SendOutcome>;
  /**
   * Given if `send` sends the text alone: sends the recording and the files of a reply, while later text of the same person may
   * be sent.
   */
  sendRest?(to: Address, reply: Rendered, id: string): Promise<SendOutcome>;
  /**
   * Given if the channel draws replies from the transcript, as a web page does: a reply then counts as sent when it is
   * saved, and this is called after the commit. Must not throw.
   */
  readonly notify?: (person: string) => void;
}

export interface Taken {
  readonly person: string;
  /** False for a repeated message. */
  readonly new: boolean;
  /** Replies that cannot be stored, because everything of the person was just erased. */
  readonly farewell: readonly Rendered[];
}

/** The inbox of the channels. Resolves when the event is stored and its turn is saved. */
export interface Inbox {
  take(incoming: Incoming): Promise<Taken>;
}
