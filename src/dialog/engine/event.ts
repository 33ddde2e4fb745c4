// What can come into a conversation. Everything that changes a session is one of these, also what staff,
// the mail and the clock have to say: nothing writes to a session from the side.

import type { ReviewNews } from '../staff-review/review.ts';
import type { VoiceFailure } from '../voice/voice-notes.ts';

/** What may be done with the document. A closed list: mail, document, header and file name use the same one. */
export const PUBLICATIONS = ['public-named', 'public-unnamed', 'confidential'] as const;
export type Publication = (typeof PUBLICATIONS)[number];

/** Where an organiser goes from inside a turn: its session is put away, another one is opened. */
export type Destination =
  | { readonly kind: 'home'; readonly at: 'home' | 'cases' | 'joint' }
  | { readonly kind: 'new' }
  /** `then`: a command that is meant for that case. */
  | { readonly kind: 'case'; readonly key: string; readonly then?: Then }
  | { readonly kind: 'joint'; readonly members: readonly string[]; readonly publication: Publication };

export type Then =
  | { readonly kind: 'stop' | 'hold' | 'stricter' | 'shorten' | 'review' }
  /** As staff suggested for a document in which this text stands. */
  | { readonly kind: 'withhold'; readonly words: string };

/** Ties a tapped choice to the question it answers, so that a late tap never answers another one. */
export interface ChoiceRef {
  readonly prompt: string;
  readonly version: number;
  readonly value: string;
}

/** A message of more characters than this is refused with a word, never cut, and not kept. */
export const MESSAGE_LIMIT = 100_000;

/** What a channel could not turn into words; it is said plainly and never kept. */
export type Unusable =
  | 'voice'
  | 'voice-too-long'
  | 'voice-broken'
  /** A file that came while too many others were being read. */
  | 'file-busy'
  | 'picture'
  | 'video'
  | 'sticker'
  | 'location'
  | 'contact'
  | 'file'
  | 'too-long'
  /** It has not come yet, and can be sent again. */
  | 'late'
  | 'other';

/** How a mail ended, in the words of the delivery, never in those of hope. */
export type MailOutcome =
  | { readonly kind: 'written'; readonly folder: string } // no mail server is configured: an .eml in the outbox folder
  | { readonly kind: 'accepted'; readonly server: string; readonly at: string } // a 250 after the final dot
  | { readonly kind: 'deferred'; readonly at: string } // a temporary refusal; tried again later
  | { readonly kind: 'uncertain'; readonly at: string } // no answer after all was handed over
  | { readonly kind: 'refused'; readonly server: string; readonly reply: string; readonly at: string }
  | { readonly kind: 'bounced'; readonly at: string }
  /** Something about it changed after the approval: it stays until a person has looked at it. */
  | { readonly kind: 'held'; readonly at: string };

export type MailKind = 'submission' | 'correction' | 'withdrawal';

/** Any event; `id` is unique within the person's conversation, `at` is ISO 8601 UTC. */
export type Event = { readonly id: string; readonly at: string } & EventBody;

export type EventBody =
  | {
      readonly kind: 'message';
      readonly text: string;
      readonly choice?: ChoiceRef;
      /** ISO: it was written then at the latest. Not given where nothing can be written before what is answered is there. */
      readonly written?: string;
      /** The question that it quotes, named as replies are. */
      readonly quotes?: string;
    }
  | { readonly kind: 'unusable'; readonly what: Unusable }
  /** The text of a .docx, already read; used only after a yes. */
  | { readonly kind: 'file-read'; readonly text: string }
  /** A recording; its sound lies beside the inbox, and goes unless the turn keeps it. */
  | { readonly kind: 'voice' }
  /** What was said in a recording (`note`: the message it came as), for its speaker to accept. */
  | {
      readonly kind: 'voice-written';
      readonly note: string;
      readonly text: string;
      readonly by: 'machine' | 'person';
      /** The machine itself doubts that it heard words: no choice is taken from it. */
      readonly unsure?: true;
    }
  | { readonly kind: 'voice-failed'; readonly note: string; readonly why: VoiceFailure }
  | { readonly kind: 'edit'; readonly target: string; readonly text: string }
  | { readonly kind: 'deletion'; readonly target: string }
  /** The answer to an `enter` effect, in the same turn: this session was opened. */
  | { readonly kind: 'entered'; readonly then?: Then }
  /** Somebody's contribution is erased: out of the document for all whose case this is, where it was number so and so. */
  | { readonly kind: 'member-left'; readonly case: string; readonly contribution: string; readonly number: number }
  /** The answer to a `take-case` effect: this session came over, or it did not. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'not-taken' }
  /** Somebody took over the case that was handed to them. */
  | { readonly kind: 'case-taken'; readonly name: string; readonly number?: number }
  /** A person withdrew with their own code what was written down for them. */
  | { readonly kind: 'withdrawn-by-person'; readonly case: string }
  /** A page or terminal was opened: greets, or says where we were. */
  | { readonly kind: 'opened' }
  /** The answer to a `build` effect, in the same turn. */
  | { readonly kind: 'built'; readonly document: BuiltDocument }
  /** Something happened to this conversation from outside it. */
  | { readonly kind: 'elsewhere'; readonly what: Elsewhere }
  | {
      readonly kind: 'mail';
      readonly reference: string;
      readonly mail: MailKind;
      readonly outcome: MailOutcome;
    }
  /** A mail came that answers this one; perhaps a person wrote it. Staff read it, and say what is in it. */
  | { readonly kind: 'answered'; readonly reference: string; readonly mail: MailKind }
  /** A person of the operator writes; never the bot's own words. `case`: about this one; without it, to whoever writes here. */
  | { readonly kind: 'staff-words'; readonly text: string; readonly case?: string }
  /** Staff set the word of one's own back: somebody asked for it, and they made sure who. */
  | { readonly kind: 'own-word-reset' }
  /** What became of a submission that waits for its release; `sha256`: of the version that it is about. */
  | { readonly kind: 'review'; readonly reference: string; readonly sha256: string; readonly news: ReviewNews };

export type Elsewhere =
  /** It was begun elsewhere, and a code brought it here. */
  | { readonly kind: 'came' }
  /** A code of another conversation was written, where this one holds a text already. */
  | { readonly kind: 'other-here' }
  /** Two addresses turned out to be one person's, and the other one holds a text, too: `code` opens that. */
  | { readonly kind: 'other-text'; readonly code: string };

/** What the engine needs to know of a document that was just built. */
export interface BuiltDocument {
  /** Words of the whole file with footer and page number, counted as the most pessimistic reader would. */
  readonly words: number;
  /** What each slot adds to `words`, its heading included; a topic's heading counts for the topic's first slot. */
  readonly wordsBySlot: Readonly<Record<string, number>>;
  /** The text as it will stand, withheld words replaced, in document order. */
  readonly sections: readonly {
    readonly slot: string;
    readonly heading: string;
    readonly paragraphs: readonly string[];
  }[];
  /** The first line: what may be done with the document. */
  readonly publicationLine: string;
  /** Words that were to be withheld or refused and still stand in the text. */
  readonly standing: readonly string[];
  /** Contributions that are not in a joint document, because they changed since they were agreed to. */
  readonly missing?: readonly string[];
  /** In a joint document: where one person's words hold what another withholds. */
  readonly forOthers?: readonly ForOthers[];
  /** SHA-256 (hex) of the canonical manifest; null for a preview, which cannot be approved. */
  readonly sha256: string | null;
  /** The confidential version that was built with it. */
  readonly fallback?: { readonly sha256: string; readonly words: number; readonly publicationLine: string };
  /** Who the mail would go to, and under which subject; null where no person has verified an address. */
  readonly recipient: string | null;
  readonly subject: string;
  /** Formats that were built. */
  readonly files: readonly ('docx' | 'pdf')[];
  /** Formats that the body takes and that cannot be made of this text. */
  readonly unmade?: readonly Unmade[];
}

/** A place in one contribution that may be a name, or a word, that another one withholds. */
export interface ForOthers {
  /** Of the contribution in the document, from 1. */
  readonly number: number;
  /** The words around it as they will read. */
  readonly reads: string;
  /** It gives way; else it stays, and its person can say otherwise. */
  readonly changes: boolean;
}

/** Why there is no file: a PDF has no letters for `characters`, or making it took too much time or memory. */
export interface Unmade {
  readonly format: 'docx' | 'pdf';
  readonly why: 'right-to-left' | 'missing-glyphs' | 'too-much';
  /** Each once, in the order of the text; empty for `too-much`. */
  readonly characters: readonly string[];
}
