// The environment of the engine: data and pure functions, passed in, so that a turn depends on nothing else.

import type { CallForInputs } from '../../calls/call.ts';
import type { CallCatalogue } from '../../calls/catalogue.ts';
import type { OpenCall } from '../../calls/served-calls.ts';
import type { Language } from '../../languages.ts';
import type { CodeKind, Reading } from '../understanding/commands.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import type { Labels } from '../understanding/names/settle.ts';
import type { Part } from './effect.ts';
import type { Intake } from './intake.ts';
import type { Session } from './session.ts';

/** A person's message, ready to be understood. */
export interface Said extends Reading {
  readonly id: string;
  /** The value of the tapped choice, if it belongs to this prompt. */
  readonly tapped: string | null;
}

/** The organisation that runs the bot, and what it promises. */
export interface Operator {
  readonly name: string;
  /** A number at which people can verify the operator; null in a trial. */
  readonly phone: string | null;
  /** Support other than the police, each with the day on which it was checked (ISO date). */
  readonly support: readonly { readonly name: string; readonly number: string; readonly checked: string }[];
  readonly trial: boolean;
  /** How recordings are transcribed; absent if none are taken. */
  readonly voice?: VoiceMeans;
  /** The host of the service that translates; absent if none is configured. `here`: on the operator's own machine. */
  readonly translator?: { readonly host: string; readonly here: boolean };
  /** The languages that staff translate at the desk. Default none. */
  readonly translatedByStaff?: readonly Language[];
  /** Staff can write to people through this program. Without it no message from a person is promised. */
  readonly desk: boolean;
  /** The people who release a text after the person's SEND: nobody, one reviewer, or two different ones. */
  readonly release: 'person' | 'staff' | 'two';
  readonly idleDays: number;
  readonly closedDays: number;
  readonly windowMinutes: number;
  /** A closed call is running: a trial, or the operator recorded who allowed late texts. */
  readonly takesLate: boolean;
}

export interface VoiceMeans {
  /** The machine that transcribes: the operator's own, another company's, or none. */
  readonly machine: 'none' | 'here' | 'elsewhere';
  /** The other company's name, if `machine` is 'elsewhere'. */
  readonly host: string;
  /** Staff can listen and write. */
  readonly staff: boolean;
  /** Days after which a recording is erased in any case. */
  readonly keepDays: number;
}

export interface World {
  readonly call: CallForInputs;
  readonly callHash: string;
  /** All calls that can be begun now; absent if there is only one. */
  readonly calls?: readonly OpenCall[];
  readonly intake: Intake;
  readonly lexicon: Lexicon;
  readonly operator: Operator;
  /** Replacements for withheld words, per language of the document. */
  readonly labels: Readonly<Record<Language, Labels>>;
  /** The keys of the bot's texts that a language lacks; they come in its fallback. */
  readonly borrowed: Readonly<Partial<Record<Language, ReadonlySet<string>>>>;
  /** The languages in which this call lacks texts. */
  readonly callTexts: Readonly<Record<Language, Pick<CallCatalogue, 'borrowed'>>>;
  readonly newId: (what: 'case' | 'contribution' | 'reference' | 'code') => string;
  /** A keyed one-way hash, for the passphrase. */
  readonly fingerprint: (text: string) => string;
  /** The words of a person's text as its document has them now, ours included, that count towards the limit. */
  readonly wordsOf: (session: Session, parts: readonly Part[]) => number;
  /** A random code that was never given before, normalised. */
  readonly newCode: (kind: CodeKind) => string;
}

/** Facts about a channel that matter for a person's safety; its name is not needed here. */
export interface ChannelFacts {
  /** The party that learns from the channel that this person wrote, apart from those with access to the phone. */
  readonly seenBy: 'messenger' | 'employer' | 'network' | 'nobody';
  /** That party can also read what is written. Default false. */
  readonly reads?: true;
  readonly takesFiles: boolean;
  /** A Word file can be sent when an earlier interview is asked for, and only then. Default: as `takesFiles`. */
  readonly takesInterviews?: true;
  /** Recordings can be sent here. Default false. */
  readonly takesVoice?: boolean;
  /** Replies can be read aloud here. Default false. */
  readonly speaks?: boolean;
  /** Messages can be made to vanish from the phones after a day. */
  readonly disappearing?: boolean;
  /** The page on which a code lets a person go on if this channel stops; absent on that page, or if there is none. */
  readonly goOn?: string;
  /** The browser forgets its person, and a code is given to come back; absent on channels that keep the chat. */
  readonly wayBack?: string;
  /** URL of the page to print, without the language at its end; absent if people have no page. */
  readonly printAt?: string;
}

/** A case that is put away; `key` identifies it for its holder. */
export interface PutAway {
  readonly key: string;
  readonly session: Session;
  /** The call of one of several texts of the same person. */
  readonly of?: { readonly call: CallForInputs };
}

/** Oldest first. Joint documents come last, so that the numbers of the others never change. */
export function inTheirOrder(cases: readonly PutAway[]): readonly PutAway[] {
  const place = ({ session }: PutAway) => session.teller?.number ?? Number.MAX_SAFE_INTEGER;
  return cases.toSorted((a, b) => place(a) - place(b) || (a.key < b.key ? -1 : 1));
}

/** Fingerprints of the paragraphs of such a case: the same text can be recognised without reading it. */
export interface CaseFingerprints extends PutAway {
  readonly fingerprints: ReadonlySet<string>;
}

/** Facts that few turns need: loaded when the engine asks for them. */
export type Needed = 'parts' | 'held' | 'cases' | 'fingerprints';

/** The facts of this one turn. */
export interface Facts {
  readonly boot: string;
  /** Another process took the turn before and was not cut off: for the person nothing was interrupted. */
  readonly goesOn?: true;
  readonly channel: ChannelFacts;
  /** Loaded on request. */
  readonly parts?: readonly Part[];
  /** Pending messages. Loaded on request. */
  readonly held?: readonly Part[];
  /** An organiser's cases that are put away. Loaded on request. */
  readonly cases?: readonly PutAway[];
  /** Fingerprints of those cases, paragraph by paragraph. Loaded on request. */
  readonly fingerprints?: readonly CaseFingerprints[];
  /** The message is a known code, or begins like one. */
  readonly code?: {
    readonly id: string;
    readonly kind: CodeKind;
    readonly state: 'open' | 'wrong' | 'late' | 'used' | 'dead';
    /** Given to this same person. */
    readonly mine: boolean;
  };
  /** The event is about a case that is put away: nothing is asked. */
  readonly elsewhere?: true;
  /** The approved mail has left, or is leaving: *stop* comes too late. */
  readonly mailLeft: boolean;
  /** References of earlier approved mails that have not begun to leave either. Default: none. */
  readonly alsoHere?: readonly string[];
  /** References whose data has expired here. Default: none. */
  readonly gone?: readonly string[];
  /** The last replies never reached this person: what they write now answers something older. */
  readonly unheard?: true;
  /** The message was written before the open question arrived; `lost`: that question is not on its way either. */
  readonly early?: 'waits' | 'lost';
  /**
   * The person writes here, and also has a chat whose account with the messenger is blocked since then (ISO): nothing can be
   * said there any more.
   */
  readonly blocked?: string;
  /** The program that took this person's last turn did not stop cleanly; `text`: the last message it had from them. */
  readonly interrupted?: { readonly at: string; readonly text: string | null };
}
