// What the web chat is given. It imports nothing of the store or the conversation; the store fits `People` as it is.

import type { Language } from '../../languages.ts';
import type { WebTexts } from '../../texts/catalogues.ts';
import type { Address, Inbox } from '../channel.ts';

// What stands on the page to print: the bot's own texts, rendered as they are in the conversation.

/** One question, as it is read aloud. */
export interface PrintedQuestion {
  /** Names its lines on the form, e.g. "families"; unique on the page. */
  readonly id: string;
  /** Stands above the lines of the form. */
  readonly name: string;
  /** What is read after the name; null where the name is the question. */
  readonly hints: string | null;
}

/** In one language. A text that is a consent is word for word the one whose hash is kept with the consent. */
export interface Printed {
  /** Who we are, by name and number. */
  readonly who: string;
  readonly withdraw: string;
  readonly keep: string;
  /** Yes, under age, no. */
  readonly keepAnswers: readonly string[];
  readonly call: string;
  readonly topics: readonly PrintedQuestion[];
  /** What is asked after the topics. */
  readonly asks: readonly PrintedQuestion[];
  readonly publication: string;
  /** Each choice, with what is asked on top of it and the question before sending that names it. */
  readonly publicationChoices: readonly {
    readonly label: string;
    readonly sure: string | null;
    readonly send: string;
  }[];
  readonly names: readonly string[];
  readonly languages: readonly string[];
  readonly readBack: readonly string[];
  readonly sendAnswers: readonly string[];
}

/** One line of what was said, oldest first; `body` is the reply as rendered, unparsed. */
export interface SaidLine {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly from: 'person' | 'bot' | 'staff';
  readonly id: string;
  /** Null where it was erased. */
  readonly text: string | null;
  readonly edited: boolean;
  readonly body: unknown;
}

export type DocumentKind = 'preview' | 'final' | 'copy';
export type DocumentFormat = 'docx' | 'pdf';

export interface KeptDocument {
  readonly files: readonly { readonly format: DocumentFormat; readonly bytes: Uint8Array }[];
}

/** Who is behind an address, and what was said with them. */
export interface People {
  personAt(address: Address): Promise<{ readonly person: string } | null>;
  /** From `since` (ISO) on. `drawnOn`: codes that were said on this channel are not masked. */
  transcript(person: string, since: string | null, drawnOn?: string): Promise<readonly SaidLine[]>;
  /** `contribution`: of this text; without it the newest of all. */
  document(person: string, kind: DocumentKind, contribution?: string): Promise<KeptDocument | null>;
  addAlias(person: string, address: Address): Promise<void>;
  removeAddress(address: Address): Promise<void>;
  /** The conversation of this code goes on at `to`; false for a code that nobody has. `since` (ISO): codes of chats, which work once, are over where they are older. */
  resumeAt(code: string, to: Address, since: string): Promise<boolean>;
}

/** Recordings of a person that wait for their words. */
export interface SoundsKept {
  readonly bytes: number;
  readonly count: number;
  /** They have said that their words may be kept. */
  readonly saidYes: boolean;
  /** In bytes, of all who have not. */
  readonly beforeYesOfAll: number;
}

/** Tells open pages that something new was said to a person. Holds no content. */
export interface Changes {
  /** Returns what ends the subscription. `onEnd` is called once, when the program stops. */
  subscribe(person: string, onChange: () => void, onEnd: () => void): () => void;
  /** How many pages of this person listen. */
  listening(person: string): number;
  /** To be called after a turn with replies was saved. Never throws. */
  notify(person: string): void;
  /** Ends every subscription, so that the server can close. */
  close(): void;
}

export interface WebChatDeps {
  readonly inbox: Inbox;
  readonly people: People;
  readonly changes: Changes;
  readonly texts: Readonly<Record<Language, WebTexts>>;
  /** What stands on the page to print. */
  readonly printed: (language: Language) => Printed;
  readonly now: () => Date;
  /** Cryptographically random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** Where people reach the page; https makes the cookie `Secure` and turns HSTS on. */
  readonly publicUrl: URL;
  /** Where *leave quickly* goes: an everyday page that raises no question. */
  readonly leaveUrl: URL;
  /** Recordings can be written down: the page offers to make one. */
  readonly takesVoice: boolean;
  readonly soundsKept: (person: string) => Promise<SoundsKept>;
  /** Null: nothing can be heard here. The sound is null where it could not be made. */
  readonly speak: ((text: string, language: Language, as: 'opus' | 'wav') => Promise<Uint8Array | null>) | null;
  /** True: the page says everywhere that nothing leaves this machine. */
  readonly trial: boolean;
  /** True: the last X-Forwarded-For entry is the sender (one proxy of ours in front). False: the socket's address. */
  readonly trustProxy: boolean;
  /** Days for which a code of another chat is good. */
  readonly codeDays: number;
  /** Words that always pass the rate limit (stop, delete, help, in every language). */
  readonly isCommand: (text: string) => boolean;
  /** Told of our own faults; must not log what people wrote. */
  readonly onFault: (error: unknown) => void;
}

export const WEB_CHAT = 'web-chat';

/** The address of whoever holds this cookie. */
export function webAddress(token: string): Address {
  return { channel: WEB_CHAT, account: 'default', address: token };
}
