// Decides the order of the sections and their headings.

import type { CallForInputs } from '../calls/call.ts';
import type { Draft, DraftSection, Role } from '../dialog/engine/draft.ts';
import type { Block, Cell } from './block.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';
import type { Prescribed } from './prescribed.ts';
import { isCell, planTable } from './table-plan.ts';

/** The part of a call that a document needs, in the document's language. */
export interface DocumentCall extends Prescribed {
  readonly title: string;
  /** The body that asked, by its name without an article. */
  readonly issuer: string;
  /** The heading over all topics follows from it. Default: topics. */
  readonly kind?: CallForInputs['response']['kind'];
  /** In the call's own order. */
  readonly topics: readonly DocumentTopic[];
  /** Of a table, whose rows are the topics. */
  readonly columns?: readonly Headed[];
  /** The draft that is commented on. */
  readonly draft?: { readonly title: string; readonly url: string | null };
  /** The body wants to know who writes by the mail: the document does not name them. Default false. */
  readonly namesInMail?: boolean;
  /** The body wants all names of a joint submission at the top. Default false. */
  readonly namesAtTop?: boolean;
  /** True if the headings are our translation: the document says so. */
  readonly isTranslated: boolean;
}

interface Headed {
  readonly id: string;
  /** With its official number, if it has one. */
  readonly heading: string;
}

export interface DocumentTopic extends Headed {
  /** Sub-questions with headings, for answers that were given one by one. */
  readonly questions?: readonly Headed[];
}

export interface PlannedSection {
  /** Its place in the order of the document. */
  readonly place: number;
  readonly heading: string;
  /** Headings of this section, and a note under one. */
  readonly before: readonly Block[];
  readonly section: DraftSection;
  /** Its place in the table, and the cells after it. */
  readonly cell?: Cell;
  readonly after?: readonly Block[];
}

interface Place {
  readonly heading: string;
  /** The topic that it belongs to; `isQuestion`: as a sub-question. */
  readonly topic?: string;
  readonly isQuestion?: true;
  readonly holds: (slot: string) => boolean;
}

/**
 * Story, the call's table, its topics in its order, good examples, asks, anything else, links. Unknown slots become
 * "else", so that nothing is lost.
 */
export function planSections(
  sections: readonly DraftSection[],
  role: Role,
  call: DocumentCall,
  texts: DocumentTexts,
): readonly PlannedSection[] {
  const planned: PlannedSection[] = [];
  const begun = new Set<string>();
  const places = placesOf(role, call, texts);
  const cells = planTable(sections, call);
  const placed = sections
    .filter(({ slot }) => !isCell(slot, call))
    .map((section) => ({ section, place: placeOf(section.slot, places) }));
  for (const [index, place] of places.entries()) {
    if (index === 1 && cells[0] !== undefined) {
      const before = [...topicsHeading(call, texts), ...noteOn(call, texts), ...cells[0].before];
      const all = [{ ...cells[0], before }, ...cells.slice(1)];
      planned.push(...all.map((cell) => ({ ...cell, place: TABLE })));
      begun.add('table');
    }
    const here = placed.filter((one) => one.place === place).map(({ section }) => section);
    here.forEach((section, nth) => {
      const before = nth === 0 ? headingsOf(place, section.slot, begun, call, texts) : [];
      planned.push({ place: index, heading: place.heading, before, section });
    });
  }
  return planned;
}

/** After the story. */
const TABLE = 0.5;

/** By one of several people. */
export interface PlannedContribution extends PlannedSection {
  /** Of the person, from 1. */
  readonly number: number;
}

/** The sections of several people: each heading once, and below it the words of each in the order of their numbers. */
export function planJoint(
  contributions: readonly (Pick<Draft, 'role' | 'sections'> & { readonly number: number })[],
  call: DocumentCall,
  texts: DocumentTexts,
): readonly PlannedContribution[] {
  const headings: string[] = [];
  const all = contributions.flatMap(({ number, role, sections }) =>
    planSections(sections, role, call, texts).map((one) => ({ ...one, number })),
  );
  for (const { heading } of all) if (!headings.includes(heading)) headings.push(heading);
  // People tell their stories under different headings, by their roles.
  const rank = ({ heading }: PlannedSection) => headings.indexOf(heading);
  const sorted = all.toSorted((a, b) => a.place - b.place || (a.place === 0 ? rank(a) - rank(b) : 0));
  const begun = new Set<string>();
  return sorted.map((one) => {
    const before = one.before.filter(({ cell, kind, text }) => cell !== undefined || !begun.has(`${kind} ${text}`));
    for (const { kind, text } of before) begun.add(`${kind} ${text}`);
    return { ...one, before };
  });
}

/** The headings that come before a place: that over all topics, that of its topic, its own. `begun`: topics that have theirs. */
function headingsOf(
  { heading, topic, isQuestion }: Place,
  slot: string,
  begun: Set<string>,
  call: DocumentCall,
  texts: DocumentTexts,
): readonly Block[] {
  if (topic === undefined) return [{ kind: 'heading1', text: heading, slot }];
  const isFirst = begun.size === 0;
  const before: Block[] = isFirst ? [...topicsHeading(call, texts)] : [];
  if (!begun.has(topic)) {
    const title = call.topics.find(({ id }) => id === topic)?.heading ?? heading;
    before.push({ kind: isFlat(call) ? 'heading1' : 'heading2', text: title, slot });
  }
  if (isFirst) before.push(...noteOn(call, texts));
  begun.add(topic);
  if (isQuestion !== true) return before;
  return [...before, { kind: isFlat(call) ? 'heading2' : 'heading3', text: heading, slot }];
}

function placesOf(role: Role, call: DocumentCall, { headings }: DocumentTexts): readonly Place[] {
  const single = (slot: string, heading: string): Place => ({ heading, holds: (one) => one === slot });
  return [
    single('story', headings.story[role]),
    ...(call.kind === 'open-letter'
      ? call.topics.map(({ id, heading }) => single(`topic/${id}`, heading))
      : call.topics.flatMap(topicPlaces)),
    single('good', headings.good),
    single('asks/government', headings.government),
    single('asks/experts', headings.experts),
    single('else', headings.else),
    single('links', headings.links),
  ];
}

/** Sub-questions come in the order of the call, in whatever order they were answered. */
function topicPlaces({ id, heading, questions = [] }: DocumentTopic): readonly Place[] {
  const slots = questions.map((question) => `topic/${id}/${question.id}`);
  const isOther = (slot: string) => slot.startsWith(`topic/${id}/`) && !slots.includes(slot);
  return [
    { heading, topic: id, holds: (slot) => slot === `topic/${id}` || isOther(slot) },
    ...questions.map((question, index): Place => {
      return { heading: question.heading, topic: id, isQuestion: true, holds: (slot) => slot === slots[index] };
    }),
  ];
}

function placeOf(slot: string, places: readonly Place[]): Place | undefined {
  return places.find(({ holds }) => holds(slot)) ?? places.find(({ holds }) => holds('else'));
}

/** Topics need no heading over all of them: each word of it is one that their author cannot use. */
function isFlat({ kind = 'topics' }: DocumentCall): boolean {
  return kind === 'topics' || kind === 'open-letter';
}

function topicsHeading({ kind = 'topics' }: DocumentCall, texts: DocumentTexts): readonly Block[] {
  return kind === 'topics' || kind === 'open-letter' ? [] : [{ kind: 'heading1', text: texts.headings[kind] }];
}

function noteOn({ isTranslated }: DocumentCall, { topicsNote }: DocumentTexts): readonly Block[] {
  return isTranslated ? [{ kind: 'paragraph', text: topicsNote }] : [];
}
