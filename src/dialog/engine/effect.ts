// The effects of a turn, as data; conversation/ applies all effects of one turn in one transaction.

import type { Language } from '../../languages.ts';
import type { Destination, IfUnreachable, MailKind } from './event.ts';
import type { Code } from '../understanding/commands.ts';
import type { TextRef } from './reply.ts';

/**
 * The question that an answer belongs to: 'story', 'topic/<id>', 'topic/<id>/<prompt>', 'asks/government',
 * 'asks/experts', 'good', 'else', 'links'.
 */
export type Slot = string;

/** One message's share of an answer. A message makes at most one part; its id is the message's. */
export interface Part {
  readonly id: string;
  readonly slot: Slot;
  /** As written, well formed (NFC, no lone surrogates, no controls). */
  readonly text: string;
  readonly words: number;
  /** A placeholder without text, for a recording that is not transcribed yet. It does not count. */
  readonly pending?: true;
  /** The content before it was taken out or replaced, for *undo*. Without `text`, the part was taken out. */
  readonly was?: Omit<Part, 'id' | 'slot' | 'was'>;
  /** Its author's own words, if `text` is a translation of them. */
  readonly original?: { readonly text: string; readonly language: Language };
}

export type ConsentPurpose =
  | 'keep'
  | 'adult'
  | 'transcribe'
  /** Their words may be sent to a service that translates. */
  | 'translate'
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
  /** The call takes no file format that can be made of the text; `pdf-left-out`: only the Word file could be made. */
  | 'no-file'
  | 'pdf-left-out'
  /** The person is under age and wants a member of staff to write. */
  | 'wants-contact'
  /** The person's consent is known from an organiser only; until they take the text over themselves. */
  | 'organiser-word'
  /** A link contains a name that the text withholds. */
  | 'link-names'
  /** Changed since the approval, while the approved text waits. */
  | 'changed'
  /** The person is no longer sure whether the approved text shall be sent. */
  | 'doubts'
  /** Staff are asked to translate the text. */
  | 'wants-translation'
  /** The person has answered a reviewer's question; until the text is sent again. */
  | 'answered'
  /** The person has written after words of staff. */
  | 'wrote-back'
  /** A message could not be processed because of a fault in the program, and was set aside. */
  | 'set-aside';

/** A spoken answer that counts: the recording, and everything that was transcribed on the way to its confirmation. */
export interface Spoken {
  readonly note: string;
  readonly words: string;
}

/** A text as shown, with its parameters, and the choices below it. */
export interface Wording extends TextRef {
  readonly choices?: readonly string[];
  /** It quotes words of the person, perhaps withheld ones. */
  readonly quotes?: true;
  /** Some parameters are no longer known: the words cannot be kept. */
  readonly partly?: true;
}

export type Effect =
  /** The person has consented: from here on answers belong to a case and a contribution. */
  | { readonly kind: 'open-case'; readonly case: string; readonly contribution: string }
  | { readonly kind: 'part.add'; readonly part: Part }
  /** Also moves a part to another slot, or withdraws its whole text. */
  | { readonly kind: 'part.replace'; readonly part: Part }
  | { readonly kind: 'part.remove'; readonly ids: readonly string[] }
  /** Written before the consent: kept sealed for at most 24 h, then used or erased. */
  | { readonly kind: 'hold'; readonly part: Part }
  /** `ids`: the messages that are used. `first`: put before all other answers, together with the early ones, in this order. */
  | {
      readonly kind: 'held.use';
      readonly slot: Slot;
      readonly ids: readonly string[];
      readonly first?: readonly string[];
    }
  /** All pending messages, or only these. */
  | { readonly kind: 'held.erase'; readonly ids?: readonly string[] }
  | {
      readonly kind: 'consent';
      readonly purpose: ConsentPurpose;
      readonly subject: 'author' | 'harmed';
      readonly value: string;
      /** The text that the person said yes or no to; the row keeps its rendered words and their hash. */
      readonly wording: Wording;
      /** The language of the wording; default: that of the conversation. */
      readonly language?: Language;
      /** Given by the person who writes, for themselves, whichever case is open. */
      readonly mine?: true;
      /** Set if it was given by voice. */
      readonly spoken?: Spoken;
    }
  | { readonly kind: 'flag'; readonly flag: Flag }
  /** The flag no longer applies to the case. */
  | { readonly kind: 'unflag'; readonly flag: Flag }
  /**
   * Answered in the same turn by a `built` event. Only a final document can be approved; a file is made for `file` or
   * `final`.
   */
  | {
      readonly kind: 'build';
      readonly final: boolean;
      readonly file: boolean;
      /** Also builds the confidential version, to be approved together with it. */
      readonly fallback?: true;
    }
  /** A service translates these parts; answered in the same turn by a `translated` event. */
  | { readonly kind: 'translate'; readonly from: Language; readonly to: Language; readonly parts: readonly Part[] }
  /** A single-use code to resume elsewhere. Replaces an unused earlier one unless `beside` is given. */
  | { readonly kind: 'code'; readonly code: string; readonly beside?: true }
  /** Replies that wait for an account that was blocked are said here. */
  | { readonly kind: 'redirect' }
  /** A file with everything that is stored about this person: answers, consents, transcript. */
  | { readonly kind: 'copy' }
  /** SEND was typed over exactly this content. The mail may leave from `notBefore` (ISO 8601) on. */
  | {
      readonly kind: 'approve';
      readonly reference: string;
      readonly sha256: string;
      readonly mail: Exclude<MailKind, 'withdrawal'>;
      readonly notBefore: string;
      /**
       * Set if staff release it. `fallback`: SHA-256 of the confidential version, which may be the same; null if none
       * may leave.
       */
      readonly review?: {
        readonly needed: 1 | 2;
        readonly ifUnreachable: IfUnreachable | null;
        readonly fallback: string | null;
      };
    }
  /** The person refused a proposal: the unchanged submission goes back to its reviewers. */
  | {
      readonly kind: 'answer-proposal';
      readonly reference: string;
      readonly sha256: string;
      readonly accepted: boolean;
    }
  /** *stop* inside the sending window. */
  | { readonly kind: 'cancel'; readonly reference: string }
  /** Doubt inside the window: the mail is held until the person has said what they want. */
  | { readonly kind: 'doubt-mail'; readonly reference: string }
  | { readonly kind: 'resume-mail'; readonly reference: string; readonly notBefore: string }
  /** A mail that asks not to publish, or to withdraw; our copy is erased once its outcome is known. */
  | {
      readonly kind: 'withdraw';
      readonly reference: string;
      readonly ask: 'withdraw' | 'not-publish';
      /** Earlier versions of the same text that left, or may have left. */
      readonly also?: readonly string[];
      /** Of a joint submission: this contribution only. */ readonly part?: number;
    }
  /** The allowed transcriber; `nobody`: the person has not agreed yet. */
  | {
      readonly kind: 'voice.queue';
      readonly id: string;
      readonly by: 'machine' | 'person' | 'nobody';
      /** Its language is not known: the transcriber detects it. */
      readonly language?: 'any';
    }
  | { readonly kind: 'voice.erase'; readonly ids: readonly string[] }
  /** Everything stored about this person, at once; `case`: this case only. */
  | {
      readonly kind: 'erase';
      readonly what: 'person' | 'case';
      /** Default: the one that is open. */ readonly case?: string;
    }
  /** Takes this message's words out of the transcript and leaves a marker. */
  | { readonly kind: 'redact'; readonly message: string }
  /** Takes what the bot showed of this recording out of the transcript and leaves a marker. */
  | { readonly kind: 'unsay'; readonly about: string }
  /** Puts this session away and opens another of the same person; answered in the same turn by an `entered` event. */
  | { readonly kind: 'enter'; readonly to: Destination; /** This session is not kept. */ readonly drop?: true }
  /** The contributions of the open joint document, in this order; they stay in their own cases. */
  | { readonly kind: 'join'; readonly members: readonly string[] }
  /** A code for the open case. */
  | {
      readonly kind: 'code.make';
      readonly code: Code & { readonly to: 'person' | 'organiser'; readonly until: string | null };
    }
  /** Replaces a withdrawal code that was typed; the old one stops working. */
  | { readonly kind: 'code.renew'; readonly id: string; readonly code: string }
  /** The hand-over code of the open case stops working. */
  | { readonly kind: 'code.end' }
  /** A code was typed nearly right; after a number of tries it stops working. */
  | { readonly kind: 'code.wrong'; readonly id: string }
  /** Moves the case of this code to this person; answered in the same turn by `taken` or `not-taken`. */
  | { readonly kind: 'take-case'; readonly code: string }
  /** Tells the holder of this code's case, and withdraws as the person wants. */
  | { readonly kind: 'withdraw-by-code'; readonly code: string }
  /** Closes the case; a new one may begin. */
  | { readonly kind: 'close-case' };
