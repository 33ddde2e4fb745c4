// A joint submission: several people's contributions in one document, each under its heading and with the name form
// that its person chose. Words that one of them withholds are removed from all.

import type { Draft } from '../dialog/engine/draft.ts';
import type { ForOthers } from '../dialog/engine/event.ts';
import { eachOnce, excerpt, type Labels, settled } from '../dialog/understanding/names/settle.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';
import { fill } from '../texts/translate.ts';
import { type Block, documentText } from './block.ts';
import { type DocumentCall, type PlannedSection, planSections } from './document-plan.ts';
import { shownName, type Withholding, withholdingOf } from './naming.ts';

export interface JointPart {
  readonly blocks: readonly Block[];
  readonly sections: readonly {
    readonly slot: string;
    readonly heading: string;
    readonly paragraphs: readonly string[];
  }[];
  /** Names as they appear, for the search for withheld words. */
  readonly names: readonly string[];
}

export interface JointTools {
  readonly readySection: (section: Draft['sections'][number], withholding: Withholding) => Draft['sections'][number];
  /** With the headings and cells around it. */
  readonly sectionBlocks: (section: PlannedSection) => readonly Block[];
  readonly whoWrote: (draft: Draft, author: string | null) => readonly Block[];
}

/** Slots become 'm1/story', 'm2/story' …: prefixed with the contribution's number. */
export function jointParts(
  contributions: readonly Draft[],
  call: DocumentCall,
  texts: DocumentTexts,
  tools: JointTools,
): readonly JointPart[] {
  return withholdingsOf(contributions, texts.withheld).map(({ draft, own, others }, index) =>
    jointPart(draft, index + 1, { ...own, sought: [...own.sought, ...others] }, call, texts, tools),
  );
}

/** The words that are removed from each: those that its person withholds, then those of the others. */
function withholdingsOf(contributions: readonly Draft[], labels: Labels) {
  const all = contributions.map((draft) => ({ draft, own: withholdingOf(draft, labels) }));
  return all.map(({ draft, own }, index) => ({
    draft,
    own,
    others: all.flatMap(({ own: { sought } }, at) =>
      at === index ? [] : sought.filter(({ becomes }) => becomes !== null),
    ),
  }));
}

/** Places that nobody has agreed to with their own text: those that another person's choice changes, or might change. */
export function changedForOthers(contributions: readonly Draft[], labels: Labels): readonly ForOthers[] {
  return withholdingsOf(contributions, labels).flatMap(({ draft, own, others }, index) => {
    const foreign = new Set(others);
    const texts = draft.sections.flatMap(({ paragraphs }) => paragraphs.map(documentText));
    return texts.flatMap((text) => {
      const all = settled(text, [...own.sought, ...others], own.decided);
      const these = all.filter(({ place, changes, isOpen }) => foreign.has(place.sought) && (changes || isOpen));
      return [true, false].flatMap((changes) =>
        eachOnce(these.filter((one) => one.changes === changes).map((one) => ({ text, one, all }))).map((standing) => ({
          number: index + 1,
          reads: excerpt(standing, all, labels),
          changes,
        })),
      );
    });
  });
}

function jointPart(
  draft: Draft,
  number: number,
  withholding: Withholding,
  call: DocumentCall,
  texts: DocumentTexts,
  tools: JointTools,
): JointPart {
  const author = shownName(draft.author, withholding);
  const harmed = shownName(draft.harmed, withholding);
  const sections = draft.sections.map((section) => tools.readySection(section, withholding));
  const written = sections.filter(({ paragraphs }) => paragraphs.length > 0);
  const planned = planSections(written, draft.role, call, texts);
  const slotOf = (slot: string) => `m${number}/${slot}`;
  const heading = fill(texts.joint.contribution, { number });
  const first = planned[0]?.section.slot ?? 'story';
  const opening: readonly Block[] = [
    { kind: 'heading1', text: heading, slot: slotOf(first) },
    ...tools.whoWrote(draft, author),
    ...(harmed === null ? [] : [{ kind: 'byline' as const, text: `${texts.harmed} ${harmed}` }]),
  ];
  const front = opening.map((block) => ({ ...block, slot: slotOf(first) }));
  return {
    blocks: [
      ...front,
      ...planned.flatMap((one) =>
        tools
          .sectionBlocks({ ...one, before: one.before.map(lower) })
          .map((block) => ({ ...block, slot: slotOf(block.slot ?? one.section.slot) })),
      ),
    ],
    sections: planned.map(({ heading: title, section }) => ({
      slot: slotOf(section.slot),
      heading: `${heading} · ${title}`,
      paragraphs: section.paragraphs,
    })),
    names: [author ?? '', harmed ?? ''],
  };
}

/** Under the heading of a contribution all others are one level lower. */
function lower(block: Block): Block {
  return block.kind === 'heading1' ? { ...block, kind: 'heading2' } : block;
}
