// The dependencies of the web chat, which imports neither the store nor the conversation; the store matches `People`.

import type { SharedLimit } from './limits.ts';
import type { KeptSessions } from './kept-sessions.ts';
import type { Language } from '../../languages.ts';
import type { WebTexts } from '../../texts/catalogues.ts';
import type { Address, Inbox } from '../channel.ts';

// The page to print: the bot's own texts, rendered as in the conversation.

/** One question, as it is read aloud. */
export interface PrintedQuestion {
  /** The id of its lines on the form, e.g. "families"; unique on the page. */
  readonly id: string;
  /** Heading of its lines on the form. */
  readonly name: string;
  /** Read after the name; null if the name is the question. */
  readonly hints: string | null;
}

/** In one language. A consent text is word for word the one whose hash is stored with the consent. */
export interface Printed {
  /** The operator, by name and number. */
  readonly who: string;
  readonly withdraw: string;
  /** Read before it, if the body publishes whatever it gets. */
  readonly beforeKeep: string | null;
  readonly keep: string;
  /** Yes, under age, no. */
  readonly keepAnswers: readonly string[];
  readonly call: string;
  /** Read before anything is told. */
  readonly story: string;
  readonly topics: readonly PrintedQuestion[];
  /** The questions after the topics. */
  readonly asks: readonly PrintedQuestion[];
  /** The body's own sentence on the use of texts. */
  readonly howUsed: string;
  readonly publication: string;
  readonly publicationHow: string;
  /** Each choice, with its confirmation. None if nobody is asked. */
  readonly publicationChoices: readonly { readonly label: string; readonly sure: string | null }[];
  /** The question before sending, for each choice that it names. */
  readonly sends: readonly { readonly label: string; readonly send: string }[];
  readonly names: readonly string[];
  readonly languages: readonly string[];
  readonly readBack: readonly string[];
  readonly sendAnswers: readonly string[];
}

/** One line of the transcript, oldest first; `body` is the rendered reply, unparsed. */
export interface SaidLine {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly from: 'person' | 'bot' | 'staff';
  readonly id: string;
  /** Null if it was erased. */
  readonly text: string | null;
  readonly edited: boolean;
  readonly body: unknown;
}

export type DocumentKind = 'preview' | 'final' | 'copy';
export type DocumentFormat = 'docx' | 'pdf';

export interface KeptDocument {
  readonly files: readonly { readonly format: DocumentFormat; readonly bytes: Uint8Array }[];
}

/** Finds people by their address, and what was said with them. */
export interface People {
  personAt(address: Address): Promise<{ readonly person: string } | null>;
  /** From `since` (ISO) on. `drawnOn`: codes that were shown on this channel are not masked. */
  transcript(person: string, since: string | null, drawnOn?: string): Promise<readonly SaidLine[]>;
  /** `contribution`: of this text; without it the newest of all. */
  document(person: string, kind: DocumentKind, contribution?: string): Promise<KeptDocument | null>;
  addAlias(person: string, address: Address): Promise<void>;
  removeAddress(address: Address): Promise<void>;
  /**
   * Continues the conversation of this code at `to`. Returns false for an unknown code. `since` (ISO): older single-use
   * codes of chats have expired.
   */
  resumeAt(code: string, to: Address, since: string): Promise<boolean>;
}

/** Recordings of a person that wait for their transcription. */
export interface SoundsKept {
  readonly bytes: number;
  readonly count: number;
  /** The person has consented. */
  readonly saidYes: boolean;
  /** In bytes, of all people without consent. */
  readonly beforeYesOfAll: number;
}

/** Tells open pages that a person has something new. Contains no content. */
export interface Changes {
  /** Returns a function that ends the subscription. `onEnd` is called once, when the program stops. */
  subscribe(person: string, onChange: () => void, onEnd: () => void): () => void;
  /** People with open pages. */
  people(): readonly string[];
  /** Number of listening pages of this person. */
  listening(person: string): number;
  /** To be called after a turn with replies was saved. Never throws. */
  notify(person: string): void;
  /** Ends every subscription, so that the server can close. */
  close(): void;
}

/** An organiser's texts as *cases* lists them, in the language of the conversation. */
export interface Overview {
  readonly language: Language;
  /** The command that lists them in the conversation. */
  readonly command: string;
  /** Null as long as the passphrase is asked for. */
  readonly list: {
    /** Milliseconds until the passphrase is asked again; null if there is none. */
    readonly opens: number | null;
    /** Only numbers are shown in place of names. */
    readonly unnamed: boolean;
    readonly rows: readonly OverviewRow[];
  } | null;
}

export interface OverviewRow {
  readonly key: string;
  readonly name: string;
  /** "3 of 5 points", "610 words": as many as there are. */
  readonly counts: readonly string[];
  readonly standing: string;
  /** "to come: the names"; null if nothing is. */
  readonly toCome: string | null;
  /** It cannot be opened any more. */
  readonly closed: boolean;
}

export interface WebChatDeps {
  readonly inbox: Inbox;
  readonly people: People;
  readonly changes: Changes;
  /** Null for people who write for themselves. */
  readonly overview: (person: string) => Promise<Overview | null>;
  /** The memory of all processes together; null: there is one, which remembers it. */
  readonly shared: { readonly sessions: KeptSessions; readonly take: SharedLimit } | null;
  readonly texts: Readonly<Record<Language, WebTexts>>;
  /** The texts of the page to print. */
  readonly printed: (language: Language) => Printed;
  /** Whether a text for the call with this id can be begun. */
  readonly callState: (id: string) => 'open' | 'over' | 'unknown';
  readonly now: () => Date;
  /** Cryptographically random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** The public URL of the page; https makes the cookie `Secure` and turns HSTS on. */
  readonly publicUrl: URL;
  /** Target of *leave quickly*: an inconspicuous page. */
  readonly leaveUrl: URL;
  /** Recordings can be transcribed: the page offers to make one. */
  readonly takesVoice: boolean;
  readonly soundsKept: (person: string) => Promise<SoundsKept>;
  /** Null if nothing can be read aloud here. The sound is null if it could not be made. */
  readonly speak: ((text: string, language: Language, as: 'opus' | 'wav') => Promise<Uint8Array | null>) | null;
  /** True: the page says everywhere that nothing leaves this machine. */
  readonly trial: boolean;
  /** True: the last X-Forwarded-For entry is the sender (one proxy of the operator in front). False: the socket's address. */
  readonly trustProxy: boolean;
  /** Days for which a code of another chat is valid. */
  readonly codeDays: number;
  /** Words that always pass the rate limit (stop, delete, help, in every language). */
  readonly isCommand: (text: string) => boolean;
  /** Called with faults of the program; must not log people's words. */
  readonly onFault: (error: unknown) => void;
}
