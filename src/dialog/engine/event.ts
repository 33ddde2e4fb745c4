// The events of a conversation. Every change of a session begins with one of these, including decisions of staff,
// outcomes of mails and timers.

import type { Publication } from '../../calls/publication.ts';
import type { VoiceFailure } from './recordings.ts';

/** Another session that its holder opens from inside a turn; the present one is put away. */
export type Destination =
  | { readonly kind: 'home'; readonly at: 'home' | 'cases' | 'joint' }
  | { readonly kind: 'new' }
  /** A text of the same person for another call. */
  | { readonly kind: 'call'; readonly call: { readonly id: string; readonly hash: string } }
  /** `then`: a command for that case. */
  | { readonly kind: 'case'; readonly key: string; readonly then?: Then }
  | { readonly kind: 'joint'; readonly members: readonly string[]; readonly publication: Publication };

export type Then =
  | { readonly kind: 'stop' | 'hold' | 'stricter' | 'shorten' | 'review' | 'erase' | 'withdraw' }
  /** Staff proposed it for a document that contains this text. */
  | { readonly kind: 'withhold'; readonly words: string };

/** Ties a tapped choice to its question, so that a late tap never answers another one. */
export interface ChoiceRef {
  readonly prompt: string;
  readonly version: number;
  readonly value: string;
}

/** In characters. A longer message is refused with an explanation, never cut, and not kept. */
export const MESSAGE_LIMIT = 100_000;

/** Input that a channel could not turn into words; the person is told, and it is never kept. */
export type Unusable =
  | 'voice'
  | 'voice-too-long'
  | 'voice-broken'
  /** Recorded in the app itself, which gives us no file of it. */
  | 'voice-clip'
  /** A file that came while too many others were being read. */
  | 'file-busy'
  | 'picture'
  | 'video'
  | 'sticker'
  | 'location'
  | 'contact'
  | 'file'
  /** The server that holds it did not give it; it can be sent again. */
  | 'file-not-fetched'
  | 'file-large'
  /** A Word file without words. */
  | 'file-empty'
  /** Only pictures: a scan. */
  | 'file-scan'
  /** Locked with a password. */
  | 'file-locked'
  | 'file-doc'
  | 'file-odt'
  | 'file-rtf'
  | 'file-pdf'
  /** A Loop component, which is stored by Microsoft, and which others can change. */
  | 'loop'
  | 'card'
  | 'too-long'
  /** It has not arrived yet, and can be sent again. */
  | 'late'
  /** The messenger says only that there was something: perhaps an edit or a deletion. */
  | 'not-passed-on'
  /** It was encrypted in a way that nobody here can open, and was not sent again. */
  | 'unopened'
  | 'other';

/** Something that was in a Word file and is not in its text. */
export interface LeftOut {
  readonly what:
    | 'deleted' // by a tracked change
    | 'struck'
    | 'hidden'
    | 'comments'
    /** Headers and footers. */
    | 'margins'
    | 'box'
    | 'picture'
    | 'formula'
    /** A chart, a table of another program, a sound. */
    | 'object'
    /** Another file inside it. */
    | 'inserted'
    | 'sign'
    | 'other';
  /** Numbers of the paragraphs of the text, from 1; empty if it was in none. */
  readonly at: readonly number[];
}

/** How a mail ended, as the delivery reports it. */
export type MailOutcome =
  | { readonly kind: 'written'; readonly folder: string } // an .eml in the outbox folder: no mail server is configured
  | { readonly kind: 'accepted'; readonly server: string; readonly at: string } // a 250 after the final dot
  | { readonly kind: 'deferred'; readonly at: string } // a temporary refusal; tried again later
  | { readonly kind: 'uncertain'; readonly at: string } // no answer after all bytes were transmitted
  | { readonly kind: 'refused'; readonly server: string; readonly reply: string; readonly at: string }
  | { readonly kind: 'bounced'; readonly at: string }
  /** Something changed after the approval: it stays until staff have looked at it. */
  | { readonly kind: 'held'; readonly at: string };

export type MailKind = 'submission' | 'correction' | 'withdrawal';

// News of a submission that waits for its release. Reviewers can never change a word, make it more public or choose
// another recipient: no type here can express it.

/** Frequent questions of reviewers, translated into every language (bot.json, `staff.questions`). */
export const READY_QUESTIONS = [
  'names-agree',
  'child-named',
  'officer-named',
  'court-open',
  'phone-or-address',
  'link-names',
  'unclear',
  'public-sure',
  'threat',
] as const;
export type ReadyQuestion = (typeof READY_QUESTIONS)[number];

/** Asked in the person's language, or in the reviewer's own words. */
export type StaffQuestion =
  { readonly kind: 'ready'; readonly id: ReadyQuestion } | { readonly kind: 'own'; readonly text: string };

/**
 * The person's choice for a text that nobody released before the deadline, or about which they were asked and did not
 * answer.
 */
export const IF_UNREACHABLE = ['withhold', 'confidential', 'not-send'] as const;
export type IfUnreachable = (typeof IF_UNREACHABLE)[number];

/** The outcome at the deadline. */
export type DeadlineDecision = 'withheld' | 'confidential' | 'not-sent';

/** An event of the review that the person is told. */
export type ReviewNews =
  /** `leavesAt` (ISO 8601 UTC): in a window after the release it may still be taken back. */
  | { readonly kind: 'released'; readonly leavesAt?: string }
  /** The mail waits for a release again: it had not begun to leave. */
  | { readonly kind: 'release-taken-back' }
  /** Sent only if the reviewer chose to tell the person. */
  | { readonly kind: 'held'; readonly words: string }
  | { readonly kind: 'given-back'; readonly question: StaffQuestion }
  /** A word of the text that should rather be "[name withheld]". */
  | { readonly kind: 'withholding-proposed'; readonly words: string }
  | { readonly kind: 'deadline'; readonly decision: DeadlineDecision }
  /** Held because of doubt, and the deadline (ISO 8601 UTC) is near. */
  | { readonly kind: 'deadline-near'; readonly deadline: string };

/** Any event; `id` is unique within the person's conversation, `at` is ISO 8601 UTC. */
export type Event = { readonly id: string; readonly at: string } & EventBody;

export type EventBody =
  | {
      readonly kind: 'message';
      readonly text: string;
      readonly choice?: ChoiceRef;
      /**
       * ISO; the latest time at which it was written. Absent on channels that show the question before anything can be
       * typed.
       */
      readonly written?: string;
      /** The promptKey() of the question that it quotes. */
      readonly quotes?: string;
    }
  | { readonly kind: 'unusable'; readonly what: Unusable }
  /** The text of a .docx; used only after a yes. */
  | {
      readonly kind: 'file-read';
      readonly text: string;
      readonly left?: readonly LeftOut[];
      /** They stand in the text, below their paragraphs. */
      readonly footnotes?: true;
    }
  /** A recording. Its sound is stored with the inbox, and erased unless the turn keeps it. */
  | { readonly kind: 'voice' }
  /** The transcription of a recording (`note`: id of its message), for the speaker to accept. */
  | {
      readonly kind: 'voice-written';
      readonly note: string;
      readonly text: string;
      readonly by: 'machine' | 'person';
      /** The transcriber is not sure that it heard words: no choice is taken from it. */
      readonly unsure?: true;
    }
  | { readonly kind: 'voice-failed'; readonly note: string; readonly why: VoiceFailure }
  /** `restored`: its author undid its deletion. */
  | { readonly kind: 'edit'; readonly target: string; readonly text: string; readonly restored?: true }
  | { readonly kind: 'deletion'; readonly target: string }
  /** Answers a `translate` effect in the same turn: the texts by the ids of their parts; null if none came. */
  | { readonly kind: 'translated'; readonly texts: Readonly<Record<string, string>> | null }
  /** Staff translated the text of this case, part by part. `of`: the words that they had before them. */
  | {
      readonly kind: 'translated-by-staff';
      readonly case: string;
      readonly parts: readonly { readonly id: string; readonly of: string; readonly text: string }[];
    }
  /** Answers an `enter` effect in the same turn: this session was opened. */
  | { readonly kind: 'entered'; readonly then?: Then }
  /** A contribution was erased: it leaves the joint document of everybody in this case, in which it had this number. */
  | { readonly kind: 'member-left'; readonly case: string; readonly contribution: string; readonly number: number }
  /** Answers a `take-case` effect in the same turn: this session came over, or it did not. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'not-taken' }
  /** Somebody took over the case that was handed to them. */
  | { readonly kind: 'case-taken'; readonly name: string; readonly number?: number }
  /** A person withdrew, with their own code, the text that was written down for them. */
  | { readonly kind: 'withdrawn-by-person'; readonly case: string }
  /** A page or terminal was opened: the bot greets, or repeats the open question. */
  | {
      readonly kind: 'opened';
      /** The link was that of this call. */
      readonly call?: string;
    }
  /** Answers a `build` effect in the same turn. */
  | { readonly kind: 'built'; readonly document: BuiltDocument }
  /** Another conversation had an effect on this one. */
  | { readonly kind: 'elsewhere'; readonly what: Elsewhere }
  | {
      readonly kind: 'mail';
      readonly reference: string;
      readonly mail: MailKind;
      readonly outcome: MailOutcome;
    }
  /** A reply to this mail arrived, perhaps written by a person. Staff read it and record what it is. */
  | { readonly kind: 'answered'; readonly reference: string; readonly mail: MailKind }
  /** Staff wrote to the person. `case`: about this case; without it, to the person in general. */
  | { readonly kind: 'staff-words'; readonly text: string; readonly case?: string }
  /** Staff reset the passphrase after somebody asked and they checked that it is the right person. */
  | { readonly kind: 'own-word-reset' }
  /** News of a submission that waits for its release; `sha256`: of the version that it is about. */
  | { readonly kind: 'review'; readonly reference: string; readonly sha256: string; readonly news: ReviewNews };

export type Elsewhere =
  /** It was begun on another channel, and a code brought it here. */
  | { readonly kind: 'came' }
  /** A code of another conversation was typed, but this one holds a text already. */
  | { readonly kind: 'other-here' }
  /** Its person writes from another way to the same messenger, and was known by number. */
  | { readonly kind: 'other-way' }
  /** Two addresses turned out to be the same person's, and the other one also has a text: `code` opens it. */
  | { readonly kind: 'other-text'; readonly code: string };

/** The facts about a newly built document that the engine needs. */
export interface BuiltDocument {
  /** Words that count: of the whole file including footer and page number, unless the call counts the main text only. */
  readonly words: number;
  /** If the call limits pages: those of the built file, the last one by its filled part (4.2 is five pages). */
  readonly pages?: number;
  /** Words of each slot, including its heading; a topic's heading counts for the topic's first slot. */
  readonly wordsBySlot: Readonly<Record<string, number>>;
  /** The text as it will appear, withheld words replaced, in document order. */
  readonly sections: readonly {
    readonly slot: string;
    readonly heading: string;
    readonly paragraphs: readonly string[];
  }[];
  /** Every line of the file: those before the first heading, then headings with what is below, last the foot of its pages. */
  readonly shown: readonly { readonly headings: readonly string[]; readonly lines: readonly string[] }[];
  /** The first line of the document: what may be done with it. */
  readonly publicationLine: string;
  /** Withheld or refused words that are still in the text. */
  readonly standing: readonly string[];
  /** Contributions that are not in a joint document because they changed since they were agreed to. */
  readonly missing?: readonly string[];
  /** In a joint document: words of one person that contain what another one withholds. */
  readonly forOthers?: readonly ForOthers[];
  /** SHA-256 (hex) of the canonical manifest; null for a preview, which cannot be approved. */
  readonly sha256: string | null;
  /** The confidential version that was built with it. */
  readonly fallback?: Pick<BuiltDocument, 'words' | 'pages' | 'publicationLine'> & { readonly sha256: string };
  /** Recipient and subject of the mail; null if no verified address is known. */
  readonly recipient: string | null;
  readonly subject: string;
  /** Formats that were built. */
  readonly files: readonly ('docx' | 'pdf')[];
  /** Formats that the body takes and that cannot be made of this text. */
  readonly unmade?: readonly Unmade[];
}

/** A place in one contribution that may be a name or word that another contribution withholds. */
export interface ForOthers {
  /** Number of the contribution in the document, from 1. */
  readonly number: number;
  /** The words around it as they will read. */
  readonly reads: string;
  /** True if it is hidden; false if it stays, which its person can change. */
  readonly changes: boolean;
}

/** Why a file was not made: the PDF font lacks `characters`, there is too much in the text, or the machine was too slow just now. */
export interface Unmade {
  readonly format: 'docx' | 'pdf';
  readonly why: 'missing-glyphs' | 'too-much' | 'too-slow';
  /** Each character once, in the order of the text; empty unless the font lacks some. */
  readonly characters: readonly string[];
}
