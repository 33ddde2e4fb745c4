// What a turn asks the world to do. Effects are data; conversation/ carries all of one turn out in one transaction.

import type { Language } from '../../languages.ts';
import type { IfUnreachable } from '../staff-review/review.ts';
import type { Code } from '../understanding/commands.ts';
import type { MailKind, Destination } from './event.ts';
import type { TextRef } from './reply.ts';

/** Where an answer belongs: 'story', 'topic/<id>', 'topic/<id>/<prompt>', 'asks/government', 'asks/experts', 'good', 'else', 'links'. */
export type Slot = string;

/** One message's share of an answer. A person's message makes at most one part; its id is the message's. */
export interface Part {
  readonly id: string;
  readonly slot: Slot;
  /** As it was written, well formed (NFC, no lone surrogates, no controls). */
  readonly text: string;
  readonly words: number;
  /** Only its place is kept, for what is still being written down. It counts nowhere, and has no text. */
  readonly pending?: true;
  /** What stood here before it was taken out or replaced: *undo* brings it back. Without `text` beside it, it was taken out. */
  readonly was?: { readonly text: string; readonly words: number; readonly pending?: true };
}

export type ConsentPurpose =
  | 'keep'
  | 'adult'
  | 'transcribe'
  | 'name-harmed'
  | 'name-author'
  | 'publication'
  | 'if-unreachable'
  | 'approve'
  | 'write-back'
  | 'withdraw'
  | 'read-back';

export type Flag =
  | 'asks-for-person'
  | 'in-danger'
  | 'under-age'
  | 'minor-named'
  | 'officer-named'
  | 'court-open'
  | 'threat'
  | 'third-person'
  | 'phone-or-address'
  | 'late'
  /** No file that the call takes can be made of the text; or a PDF cannot, and the Word file goes alone. */
  | 'no-file'
  | 'pdf-left-out'
  /** Under age, and wants a person to write. */
  | 'wants-contact'
  /** Its person's yes is known from an organiser only; until they take the text over themselves. */
  | 'organiser-word'
  /** A link that names whom the text withholds. */
  | 'link-names'
  /** Changed since it was approved, while the approved text waits. */
  | 'changed'
  /** Not sure any more whether the approved text shall be sent. */
  | 'doubts'
  /** The person has answered a reviewer's question; until the text is sent again. */
  | 'answered'
  /** A message of theirs could not be taken, and was set aside: a fault of ours. */
  | 'set-aside';

/** How something was said that counts: the recording, and all that was written down on the way to its yes. */
export interface Spoken {
  readonly note: string;
  readonly words: string;
}

/** A text as it was shown, with all that was filled in, and the choices that stood below it. */
export interface Wording extends TextRef {
  readonly choices?: readonly string[];
  /** Words of the person stand in it, perhaps those that they want withheld. */
  readonly quotes?: true;
  /** Not all of what was filled in is known any more: its words cannot be kept. */
  readonly partly?: true;
}

export type Effect =
  /** A clear yes was given: from here on answers have a case and a contribution to belong to. */
  | { readonly kind: 'open-case'; readonly case: string; readonly contribution: string }
  | { readonly kind: 'part.add'; readonly part: Part }
  /** Also moves a part to another slot, or takes its text back in whole. */
  | { readonly kind: 'part.replace'; readonly part: Part }
  | { readonly kind: 'part.remove'; readonly ids: readonly string[] }
  /** Written before the yes: kept sealed for at most 24 hours, then used or erased. */
  | { readonly kind: 'hold'; readonly part: Part }
  /** `first`: before all other answers, and with those of them that came early, too, in this order of message ids. */
  | { readonly kind: 'held.use'; readonly slot: Slot; readonly first?: readonly string[] }
  /** All of it, or these messages. */
  | { readonly kind: 'held.erase'; readonly ids?: readonly string[] }
  | {
      readonly kind: 'consent';
      readonly purpose: ConsentPurpose;
      readonly subject: 'author' | 'harmed';
      readonly value: string;
      /** The text the person said yes or no to; its rendered words are hashed into the row, and kept in it. */
      readonly wording: Wording;
      /** The language it was said in; that of the conversation where it is not given. */
      readonly language?: Language;
      /** Given by whoever writes for themselves, whosever case is open. */
      readonly mine?: true;
      /** Given by voice. */
      readonly spoken?: Spoken;
    }
  | { readonly kind: 'flag'; readonly flag: Flag }
  /** No longer true of the case. */
  | { readonly kind: 'unflag'; readonly flag: Flag }
  /** Answered in the same turn by a `built` event. Only a final document can be approved; a file is made for `file` or `final`. */
  | {
      readonly kind: 'build';
      readonly final: boolean;
      readonly file: boolean;
      /** The confidential version too, to be approved together with it. */
      readonly fallback?: true;
    }
  /** Opens this conversation elsewhere, once. An earlier one opens it no more, but where this is given `beside` it. */
  | { readonly kind: 'code'; readonly code: string; readonly beside?: true }
  /** A file with everything we keep of this person: answers, consents, transcript. */
  | { readonly kind: 'copy' }
  /** SEND was typed over exactly this content. The mail may leave from `notBefore` (ISO 8601) on. */
  | {
      readonly kind: 'approve';
      readonly reference: string;
      readonly sha256: string;
      readonly mail: Exclude<MailKind, 'withdrawal'>;
      readonly notBefore: string;
      /** Where staff release. `fallback`: SHA-256 of the confidential version, which may be the same; null where none may leave. */
      readonly review?: {
        readonly needed: 1 | 2;
        readonly ifUnreachable: IfUnreachable | null;
        readonly fallback: string | null;
      };
    }
  /** Refused: the same submission goes back to its reviewers. */
  | {
      readonly kind: 'answer-proposal';
      readonly reference: string;
      readonly sha256: string;
      readonly accepted: boolean;
    }
  /** *stop* inside the window. */
  | { readonly kind: 'cancel'; readonly reference: string }
  /** Doubt inside the window: it does not leave until its person has said what they want. */
  | { readonly kind: 'doubt-mail'; readonly reference: string }
  | { readonly kind: 'resume-mail'; readonly reference: string; readonly notBefore: string }
  /** A mail that asks not to publish, or to withdraw; what we keep is erased once its end is known. */
  | {
      readonly kind: 'withdraw';
      readonly reference: string;
      readonly ask: 'withdraw' | 'not-publish';
      /** Earlier versions of the same text that left, or may have left. */
      readonly also?: readonly string[];
      /** Of a joint submission: this contribution only. */ readonly part?: number;
    }
  /** Who may write a recording down now; `nobody`: it waits for its speaker's yes. */
  | {
      readonly kind: 'voice.queue';
      readonly id: string;
      readonly by: 'machine' | 'person' | 'nobody';
      /** Its language is not known yet: the machine finds out. */
      readonly language?: 'any';
    }
  | { readonly kind: 'voice.erase'; readonly ids: readonly string[] }
  /** Everything we keep of this person, at once; `case`: this case only. */
  | {
      readonly kind: 'erase';
      readonly what: 'person' | 'case';
      /** Default: the one that is open. */ readonly case?: string;
    }
  /** Take this message's words out of the transcript, leaving a mark. */
  | { readonly kind: 'redact'; readonly message: string }
  /** Take what the bot showed of this recording out of the transcript, leaving a mark. */
  | { readonly kind: 'unsay'; readonly about: string }
  /** This session is put away, another of the same person is opened; answered in the same turn by an `entered` event. */
  | { readonly kind: 'enter'; readonly to: Destination; /** Nothing of this session is kept. */ readonly drop?: true }
  /** The contributions that stand in the open case's document, in this order; they stay in their own cases. */
  | { readonly kind: 'join'; readonly members: readonly string[] }
  /** A code that is given out for the open case. */
  | {
      readonly kind: 'code.make';
      readonly code: Code & { readonly to: 'person' | 'organiser'; readonly until: string | null };
    }
  /** A withdrawal code that was typed gets another one in its place, and works no more itself. */
  | { readonly kind: 'code.renew'; readonly id: string; readonly code: string }
  /** The hand-over code of the open case works no more. */
  | { readonly kind: 'code.end' }
  /** A code was typed nearly right; so many tries and it is dead. */
  | { readonly kind: 'code.wrong'; readonly id: string }
  /** The case behind this code comes to this person; answered in the same turn by `taken` or `not-taken`. */
  | { readonly kind: 'take-case'; readonly code: string }
  /** Whoever has the case behind this code is told, and does what the person wants. */
  | { readonly kind: 'withdraw-by-code'; readonly code: string }
  /** The case is over for now; a new one may begin. */
  | { readonly kind: 'close-case' };
