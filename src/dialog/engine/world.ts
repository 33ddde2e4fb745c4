// What the engine is told about the world: all of it data and pure functions, injected, so that a turn depends on nothing else.

import type { CallForInputs } from '../../calls/call.ts';
import type { Language } from '../../languages.ts';
import type { CodeKind } from '../understanding/commands.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import type { Labels } from '../understanding/names/settle.ts';
import type { Part } from './effect.ts';
import type { Intake } from './intake.ts';
import type { Session } from './session.ts';

/** A person's message, ready to be understood. */
export interface Said {
  readonly id: string;
  readonly text: string;
  /** The choice that was tapped, already found to belong to this prompt. */
  readonly tapped: string | null;
}

/** The organisation that runs the bot, and what it promises. */
export interface Operator {
  readonly name: string;
  /** A number at which people can check who we are; null in a trial. */
  readonly phone: string | null;
  /** Support that is not the police, each with the day a person checked it (ISO date). */
  readonly support: readonly { readonly name: string; readonly number: string; readonly checked: string }[];
  readonly trial: boolean;
  /** How recordings are written down; absent where they cannot be, and none are taken. */
  readonly voice?: VoiceMeans;
  /** Staff can write to people through this program. Without it nobody is promised a message from a person. */
  readonly desk: boolean;
  /** Whose word sends: the person's alone, or after it that of one reviewer, or of two different ones. */
  readonly release: 'person' | 'staff' | 'two';
  readonly idleDays: number;
  readonly closedDays: number;
  readonly windowMinutes: number;
  /** A closed call runs: trial mode, or the operator recorded by whose word late texts are still taken. */
  readonly takesLate: boolean;
}

export interface VoiceMeans {
  /** Where a machine does it: on the operator's own, at somebody else's, or nowhere. */
  readonly machine: 'none' | 'here' | 'elsewhere';
  /** Whose, where it is somebody else's. */
  readonly host: string;
  /** A person of the operator can listen and write. */
  readonly staff: boolean;
  /** A recording is never kept longer, whatever becomes of it. */
  readonly keepDays: number;
}

export interface World {
  readonly call: CallForInputs;
  readonly callHash: string;
  readonly intake: Intake;
  readonly lexicon: Lexicon;
  readonly operator: Operator;
  /** What stands in a document in place of what is withheld, by the document's language. */
  readonly labels: Readonly<Record<Language, Labels>>;
  readonly newId: (what: 'case' | 'contribution' | 'reference' | 'code') => string;
  /** A keyed one-way fingerprint, for the word of one's own. */
  readonly fingerprint: (text: string) => string;
  /** A random code that was never given before, normalised. */
  readonly newCode: (kind: CodeKind) => string;
}

/** What a channel means for a person's safety; its name is nobody's business here. */
export interface ChannelFacts {
  /** Who learns from the channel itself that this person wrote, beside whoever holds the phone. */
  readonly seenBy: 'messenger' | 'employer' | 'network' | 'nobody';
  readonly takesFiles: boolean;
  /** A Word file can be sent where an earlier interview is asked for, and only there. Default: as `takesFiles`. */
  readonly takesInterviews?: true;
  /** Recordings can be sent here. Default false. */
  readonly takesVoice?: boolean;
  /** What is said can be heard here. Default false. */
  readonly speaks?: boolean;
  /** Messages can be made to vanish from the phones after a day. */
  readonly disappearing?: boolean;
  /** Where a code lets a person go on should this channel stop; not given where it is that place, or there is none. */
  readonly goOn?: string;
  /** The browser forgets its person, and a code is written here to come back; not given where the chat itself stays. */
  readonly wayBack?: string;
  /** Where the page to print is, without the language at its end; not given where people reach no page of ours. */
  readonly printAt?: string;
}

/** One of the organiser's cases that is put away; `key` names it to whoever keeps it. */
export interface PutAway {
  readonly key: string;
  readonly session: Session;
}

/** What stands in one of those cases, so that it can be told to be the same, and not read. */
export interface CaseFingerprints extends PutAway {
  readonly fingerprints: ReadonlySet<string>;
}

/** Facts that few turns read: loaded once the engine asks for them. */
export type Needed = 'parts' | 'held' | 'cases' | 'fingerprints';

/** What is true of this one turn. */
export interface Facts {
  readonly boot: string;
  readonly channel: ChannelFacts;
  /** Loaded when asked for. */
  readonly parts?: readonly Part[];
  /** What is held. Loaded when asked for. */
  readonly held?: readonly Part[];
  /** An organiser's cases that are put away. Loaded when asked for. */
  readonly cases?: readonly PutAway[];
  /** Fingerprints of what stands in those cases, paragraph by paragraph. Loaded when asked for. */
  readonly fingerprints?: readonly CaseFingerprints[];
  /** The message is a code that is known, or begins like one. */
  readonly code?: {
    readonly id: string;
    readonly kind: CodeKind;
    readonly state: 'open' | 'wrong' | 'late' | 'used' | 'dead';
    /** Given out by this same person. */
    readonly mine: boolean;
  };
  /** It is about a case that is put away: nothing is asked. */
  readonly elsewhere?: true;
  /** The approved mail has left, or is leaving: *stop* comes too late. */
  readonly mailLeft: boolean;
  /** References of earlier approved mails that have not begun to leave either. Default: none. */
  readonly alsoHere?: readonly string[];
  /** References of which nothing is kept here any more: their time was over. Default: none. */
  readonly gone?: readonly string[];
  /** What was said last never reached this person: what they write now answers something older. */
  readonly unheard?: true;
  /** The message was written before the open question arrived; `lost`: which is not on its way either. */
  readonly early?: 'waits' | 'lost';
  /** The program that took this person's last turn ended without a clean stop: what it last had of them. */
  readonly interrupted?: { readonly at: string; readonly text: string | null };
}
