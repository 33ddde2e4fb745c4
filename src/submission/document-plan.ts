// Decides the order of the sections and their headings.

import type { CallForInputs } from '../calls/call.ts';
import type { DraftSection, Role } from '../dialog/engine/draft.ts';
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
      const before = [...topicsHeading(call, texts), ...cells[0].before];
      planned.push({ ...cells[0], before }, ...cells.slice(1));
      begun.add('table');
    }
    const here = placed.filter((one) => one.place === place).map(({ section }) => section);
    here.forEach((section, nth) => {
      const before = nth === 0 ? headingsOf(place, section.slot, begun, call, texts) : [];
      planned.push({ heading: place.heading, before, section });
    });
  }
  return planned;
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
  const before: Block[] = begun.size === 0 ? [...topicsHeading(call, texts)] : [];
  if (!begun.has(topic)) {
    const title = call.topics.find(({ id }) => id === topic)?.heading ?? heading;
    before.push({ kind: 'heading2', text: title, slot });
  }
  begun.add(topic);
  return isQuestion === true ? [...before, { kind: 'heading3', text: heading, slot }] : before;
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

function topicsHeading(call: DocumentCall, texts: DocumentTexts): readonly Block[] {
  const heading: Block = { kind: 'heading1', text: texts.headings[headingKey(call)] };
  return call.isTranslated ? [heading, { kind: 'paragraph', text: texts.topicsNote }] : [heading];
}

function headingKey({ kind = 'topics' }: DocumentCall) {
  return kind === 'open-letter' ? 'topics' : kind;
}
