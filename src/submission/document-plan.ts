// Decides the order of the sections and their headings.

import type { DraftSection, Role } from '../dialog/engine/draft.ts';
import type { Block } from './block.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';

/** The part of a call that a document needs, in the document's language. */
export interface DocumentCall {
  readonly title: string;
  /** The body that asked, by its name without an article. */
  readonly issuer: string;
  /** In the call's own order. */
  readonly topics: readonly { readonly id: string; readonly heading: string }[];
  /** False if `heading` is our translation: the document says so. */
  readonly official: boolean;
}

export interface PlannedSection {
  readonly heading: string;
  /** Headings of this section, and a note under one. */
  readonly before: readonly Block[];
  readonly section: DraftSection;
}

interface Place {
  readonly heading: string;
  readonly isTopic: boolean;
  readonly holds: (slot: string) => boolean;
}

/**
 * Story, the call's topics in its order, good examples, asks, anything else, links. Unknown slots become "else", so
 * that nothing is lost.
 */
export function planSections(
  sections: readonly DraftSection[],
  role: Role,
  call: DocumentCall,
  texts: DocumentTexts,
): readonly PlannedSection[] {
  const planned: PlannedSection[] = [];
  let topicsBegun = false;
  const places = placesOf(role, call, texts);
  const placed = sections.map((section) => ({ section, place: placeOf(section.slot, places) }));
  for (const place of places) {
    const here = placed.filter((one) => one.place === place).map(({ section }) => section);
    here.forEach((section, index) => {
      const before: Block[] = [];
      if (place.isTopic && !topicsBegun) before.push(...topicsHeading(call, texts));
      topicsBegun ||= place.isTopic;
      if (index === 0) {
        before.push({ kind: place.isTopic ? 'heading2' : 'heading1', text: place.heading, slot: section.slot });
      }
      planned.push({ heading: place.heading, before, section });
    });
  }
  return planned;
}

function placesOf(role: Role, call: DocumentCall, { headings }: DocumentTexts): readonly Place[] {
  const single = (slot: string, heading: string): Place => ({ heading, isTopic: false, holds: (one) => one === slot });
  return [
    single('story', headings.story[role]),
    ...call.topics.map(({ id, heading }) => ({
      heading,
      isTopic: true,
      holds: (slot: string) => slot === `topic/${id}` || slot.startsWith(`topic/${id}/`),
    })),
    single('good', headings.good),
    single('asks/government', headings.government),
    single('asks/experts', headings.experts),
    single('else', headings.else),
    single('links', headings.links),
  ];
}

function placeOf(slot: string, places: readonly Place[]): Place | undefined {
  return places.find(({ holds }) => holds(slot)) ?? places.find(({ holds }) => holds('else'));
}

function topicsHeading(call: DocumentCall, texts: DocumentTexts): readonly Block[] {
  const heading: Block = { kind: 'heading1', text: texts.headings.topics };
  return call.official ? [heading] : [heading, { kind: 'paragraph', text: texts.topicsNote }];
}
