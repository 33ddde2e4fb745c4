// A call for inputs as data, and the facts that the engine reads from it. Pure: src/calls/load-calls.ts loads it.

import { type Language, LANGUAGES, WHOLE_LANGUAGES } from '../languages.ts';
import { instantOf } from './instant.ts';
import { EVERYONE, type Topic } from './questionnaire.ts';
import type { CallForInputs } from './schema.ts';
import { filledPattern, oneLine, topicsIn } from './topics.ts';

export type { CallForInputs } from './schema.ts';
export type { Condition, PromptRole, Topic, TopicPrompt } from './questionnaire.ts';

/** A draft's revision with today's status, deadline and channels. */
export function withLiveParts(pinned: CallForInputs, current: CallForInputs): CallForInputs {
  return { ...pinned, status: current.status, deadline: current.deadline, channels: current.channels };
}

/**
 * All questions of a call, as topics with prompts: a numbered question is a topic and its sub-questions are its prompts
 * (questionnaire.ts); a paragraph of a draft, a piece of material or a row
 * of a table is a topic. Questions for States or accredited bodies only are left out. Never empty: a call without
 * questions has the one topic `contribution`.
 */
export function topicsOf(call: CallForInputs): readonly Topic[] {
  const found = topicsIn(call.response).filter((topic) => topic.prompts.length > 0);
  return found.length > 0 ? found : [{ id: 'contribution', prompts: [{ id: 'contribution', for: EVERYONE }] }];
}

/** About as many are on a page that we make if pages are limited. A call file may set another number. */
const ASSUMED_WORDS_PER_PAGE = 500;

/** In points: the size of the text for which that holds. */
const USUAL_SIZE = 11;

/** An estimate, for what is told while nothing is built yet: the pages of the built file are counted. */
export function wordsPerPage({ limit, layout }: CallForInputs): number {
  const size = layout['font-size'] === 'not-stated' ? USUAL_SIZE : layout['font-size'];
  return limit['assume-words-per-page'] ?? Math.round((ASSUMED_WORDS_PER_PAGE * (USUAL_SIZE / size) ** 2) / 10) * 10;
}

/** The limits as the body states them; of both, each holds. Null: none, or none stated. */
export function limitsOf(
  call: CallForInputs,
  joint = false,
): { readonly words: number | null; readonly pages: number | null } {
  const { words, pages } = limitFor(call, joint);
  return { words: typeof words === 'number' ? words : null, pages: typeof pages === 'number' ? pages : null };
}

/**
 * Words allowed in a submission; null: no limit, or none stated. Pages are converted to words at an assumed rate
 * (limitIsAssumed); if words and pages are both limited, the stricter counts. `joint`: the limit of a joint submission,
 * if it has its own.
 */
export function wordLimitOf(call: CallForInputs, joint = false): number | null {
  const { words, pages } = limitsOf(call, joint);
  const limits = [words, pages === null ? null : pages * wordsPerPage(call)].filter((each) => each !== null);
  return limits.length > 0 ? Math.min(...limits) : null;
}

/** True if the result of wordLimitOf() is based on our assumption about pages; texts then say so. */
export function limitIsAssumed(call: CallForInputs, joint = false): boolean {
  const limit = wordLimitOf(call, joint);
  return limit !== null && limit !== limitFor(call, joint).words;
}

function limitFor(call: CallForInputs, joint: boolean): Pick<CallForInputs['limit'], 'words' | 'pages'> {
  return joint ? (call.limit.joint ?? call.limit) : call.limit;
}

/** Languages of the submission. If the body states none, those in which it published the call, then those that are spoken whole here. */
export function acceptedLanguages(call: CallForInputs): readonly string[] {
  return call.languages === 'not-stated' ? [...new Set([...pageLanguages(call), ...WHOLE_LANGUAGES])] : call.languages;
}

/** Languages of conversations that the body does not read. */
export function languagesUnread(call: CallForInputs): readonly Language[] {
  const accepted = acceptedLanguages(call);
  return LANGUAGES.filter((language) => !accepted.includes(language));
}

/** Languages in which the body published the call; those of its copies if that is not known. */
export function pageLanguages(call: CallForInputs): readonly string[] {
  const official = call.sources.filter((source) => source.official);
  return [...new Set((official.length > 0 ? official : call.sources).map((source) => source.language))];
}

/** The formats that we make and the body takes; if it states none, both, without those it refuses. */
export function acceptedFormats(call: CallForInputs): readonly ('docx' | 'pdf')[] {
  const { accepted, refused } = call.formats;
  return (['docx', 'pdf'] as const).filter(
    (format) => (accepted === 'not-stated' || accepted.includes(format)) && !refused.includes(format),
  );
}

/** The values for a subject pattern; an empty one is left out with the dash before it. */
export interface SubjectSlots {
  readonly language: string;
  readonly submitter: string;
  readonly kind: string;
  readonly country: string;
}

/** The subject line as the body wants it, on one line; `otherwise` if it asks for none. Never translated. */
export function subjectOf(call: CallForInputs, slots: SubjectSlots, otherwise = ''): string {
  return oneLine(wantedSubject(call, slots)) || oneLine(otherwise);
}

/** True if a mail with this subject has one that the body asks for, whatever fills the slots of its pattern. */
export function isSubjectOf(call: CallForInputs, subject: string, language: string, otherwise: string): boolean {
  if (call.subject.kind === 'none' || call.subject.kind === 'not-stated') {
    // A mail that answers an earlier one says so.
    return subject.replace(/^Re: /u, '') === oneLine(otherwise);
  }
  if (call.subject.kind !== 'pattern') {
    return subject === subjectOf(call, { language, submitter: '', kind: '', country: '' }, otherwise);
  }
  const fixed = call.subject.pattern.split(/\{[^}]{0,80}\}/u).flatMap((text) => text.split(/(?<!\s)\s+[-–—|,;]\s+/u));
  const words = fixed.map(oneLine).filter((text) => text !== '' && !/^[-–—|,;]$/u.test(text));
  return subject !== '' && words.every((text) => subject.includes(text));
}

function wantedSubject(call: CallForInputs, slots: SubjectSlots): string {
  const { subject } = call;
  switch (subject.kind) {
    case 'literal':
      return subject.text;
    case 'by-language':
      return (subject.texts.find((each) => each.language === slots.language) ?? subject.texts[0])?.text ?? '';
    case 'pattern':
      return filledPattern(subject.pattern, new Map(Object.entries({ ...slots, session: subject.session ?? '' })));
    case 'none':
    case 'not-stated':
      return '';
  }
}

export interface Deadline {
  /** The last second that is in time, ISO 8601 in UTC. */
  readonly instant: string;
  /** True if the body did not state the hour or zone, and the call file assumes it. */
  readonly assumed: boolean;
  /** The calendar day as the body wrote it, YYYY-MM-DD. */
  readonly date: string;
}

/** Cached, since every turn needs it: computing a time in a zone is expensive, and a call does not change. */
const deadlines = new WeakMap<CallForInputs, Deadline | null>();

/** The valid deadline: the last extension, if there is one. Null: none, or none stated. */
export function deadlineOf(call: CallForInputs): Deadline | null {
  const known = deadlines.get(call);
  if (known !== undefined) return known;
  const deadline = findDeadline(call);
  deadlines.set(call, deadline);
  return deadline;
}

function findDeadline(call: CallForInputs): Deadline | null {
  const { deadline } = call;
  if (deadline === 'none' || deadline === 'not-stated') return null;
  const { date, time, zone } = deadline.extended?.at(-1) ?? deadline;
  const assumed = time === 'not-stated' || zone === 'not-stated';
  const instant = instantOf(date, time === 'not-stated' ? (deadline.assume?.time ?? '24:00') : time, zoneOf(call));
  return { instant: new Date(instant).toISOString().replace('.000Z', 'Z'), assumed, date };
}

/** Of the clocks that the deadline counts by: an IANA name or an offset. */
export function zoneOf({ deadline }: CallForInputs): string {
  if (deadline === 'none' || deadline === 'not-stated') return 'UTC';
  const { zone } = deadline.extended?.at(-1) ?? deadline;
  return zone === 'not-stated' ? (deadline.assume?.zone ?? 'UTC') : zone;
}

/** True if `atIso` is after the deadline, to the second. Without a deadline: only if the call is marked closed. */
export function isPast(call: CallForInputs, atIso: string): boolean {
  const deadline = deadlineOf(call);
  if (deadline === null) return call.status === 'closed';
  return Math.floor(Date.parse(atIso) / 1000) * 1000 > Date.parse(deadline.instant);
}

type EmailEntry = Exclude<
  Extract<Exclude<CallForInputs['channels'], string>[number], { kind: 'email' }>['to'],
  string
>[number];

export interface EmailChannel {
  /** 'not-stated': the page leaves it blank; the operator provides it, verified. */
  readonly addresses: readonly string[] | 'not-stated';
  /** Each address with its source, and who verified it when. */
  readonly provenance: readonly EmailEntry[];
  /**
   * True if every address is verified in the call file. Never true for 'not-stated'. Nothing is sent to an unverified
   * address.
   */
  readonly verified: boolean;
}

/** The first e-mail channel; null if the call has none. */
export function emailChannelOf(call: CallForInputs): EmailChannel | null {
  if (call.channels === 'not-stated') return null;
  const email = call.channels.find((channel) => channel.kind === 'email');
  if (email === undefined) return null;
  if (email.to === 'not-stated') return { addresses: 'not-stated', provenance: [], verified: false };
  return {
    addresses: email.to.map((entry) => entry.address),
    provenance: email.to,
    verified: email.to.every((entry) => entry.verified !== 'no'),
  };
}
