// The port between a conversation and the ways of reaching people. A channel imports nothing of the conversation:
// what it must hand in, it hands to an Inbox; what must go out, is sent through send().

import type { PromptRef } from '../dialog/engine/reply.ts';
import type { Language } from '../languages.ts';
import type { Event } from '../dialog/engine/event.ts';

/** The place where a person can be reached. `address` is what the channel needs to write to them; it is stored sealed and looked up by HMAC. */
export interface Address {
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  /** Other values that the channel needs to write there and that may change (a service, a conversation's id): sealed, never looked up by. */
  readonly reach?: string;
}

/** The line of the transcript for a recording. */
export const VOICE_LINE = '[voice]';

export interface Incoming {
  readonly from: Address;
  /** The channel's own id of the message: the same (channel, account, address, id) is taken once, for ever. */
  readonly messageId: string;
  readonly event: Event;
  /** The news that an event of kind `voice` brings. */
  readonly sound?: { readonly bytes: Uint8Array; readonly type: string };
  /** The channel's guess (browser, phone), used until the person says otherwise. */
  readonly language?: Language;
}

/** The abilities of a channel; render.ts makes bubbles accordingly. The dialog never sees it. */
export interface Capabilities {
  /** Choices are drawn as buttons, so their numbers need not stand in the text. */
  readonly buttons: boolean;
  /** Characters a bubble may hold. */
  readonly bubble: number;
  /** A document can be handed over in the conversation itself. */
  readonly files: boolean;
}

/** One bubble, rendered in the person's language. */
export interface Bubble {
  readonly text: string;
  /** The places of the bot's own *marks*, from–to, asterisks included; a person's asterisks are their own and are none. */
  readonly bold: readonly (readonly [number, number])[];
}

/** One reply as it is stored and sent: bubbles first, then what can be tapped. */
export interface Rendered {
  readonly language: Language;
  readonly bubbles: readonly Bubble[];
  readonly choices: readonly { readonly number: number; readonly value: string; readonly label: string }[];
  /** Command words that are worth a button, in the person's language: what is sent when it is tapped. */
  readonly commands: readonly { readonly command: string; readonly word: string }[];
  readonly prompt: PromptRef | null;
  readonly file: 'preview' | 'final' | 'copy' | null;
  /** "Saved." and its like: shown small, and only the last of a row. */
  readonly acknowledgement: boolean;
  /** To be heard as well as read, if the channel can. */
  readonly aloud?: true;
  /** Heard after it, and not shown. */
  readonly ear?: string;
  /** Characters in the bubbles that are for the person only: masked wherever the transcript is read. */
  readonly secret?: string;
  /** Seconds after which it vanishes from the phones, if the channel can do that. */
  readonly expires?: number;
  /** Words of a person of the operator. */
  readonly from?: 'staff';
  /** Several people's words are in this chat: a page that others may look at hides them sooner. */
  readonly several?: true;
  /** And their word of their own was not given: what was typed before must not come back to the screen. */
  readonly locked?: true;
  /** The owner of the document `file`, if one chat has several. */
  readonly contribution?: string;
}

export type SendOutcome =
  /** `at` (ISO): when the other side said that it has what asks; null: it has not said so. Default: when this is returned. */
  | { readonly kind: 'sent'; readonly at?: string | null }
  | { readonly kind: 'failed'; readonly error: string; readonly retryable: boolean };

export interface Channel {
  readonly name: string;
  readonly capabilities: Capabilities;
  /**
   * Milliseconds that "Saved." waits for the next message of a burst, so that a burst is acknowledged once. Not given: it
   * leaves at once.
   */
  readonly gathers?: number;
  /** Replies to different people may be under way at the same time; those to one person never are. */
  readonly parallel?: true;
  /** Never throws for what can be expected of a network: says whether it is worth another try. */
  send(to: Address, reply: Rendered, id: string): Promise<SendOutcome>;
  /**
   * Given if people draw the replies from the transcript by themselves, as a web page does: then a reply is sent when it
   * is saved, and after the commit this tells what is open. Must not throw.
   */
  readonly notify?: (person: string) => void;
}

export interface Taken {
  readonly person: string;
  /** False for a message that was here before. */
  readonly new: boolean;
  /** Replies that cannot be stored, because all that could hold them was just erased. */
  readonly farewell: readonly Rendered[];
}

/** The inbox that channels are given. Resolves when the message is durable and its turn is saved. */
export interface Inbox {
  take(incoming: Incoming): Promise<Taken>;
}
