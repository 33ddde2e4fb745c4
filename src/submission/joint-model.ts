// A joint submission: the words of several people in one document, under each heading those of all, with the name form
// that each person chose. Words that one of them withholds are removed from all.

import type { Draft } from '../dialog/engine/draft.ts';
import type { ForOthers } from '../dialog/engine/event.ts';
import { eachOnce, excerpt, type Labels, settled } from '../dialog/understanding/names/settle.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';
import { fill } from '../texts/translate.ts';
import { type Block, documentText } from './block.ts';
import { type DocumentCall, planJoint, type PlannedContribution, type PlannedSection } from './document-plan.ts';
import { shownName, shownRole, type Withholding, withholdingOf } from './naming.ts';

export interface Joint {
  /** The people, then their words under each heading. */
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
  /** How their words came here, which is said once for all of whom it is true. */
  readonly howTold: (draft: Draft) => readonly Block[];
  readonly named: boolean;
}

interface Member {
  readonly number: number;
  readonly draft: Draft;
  readonly author: string | null;
  /** In their own words, if they said it. */
  readonly role: string | null;
  readonly harmed: string | null;
  readonly sections: Draft['sections'];
}

/** Slots become 'm1/story', 'm2/story' …: prefixed with the number of the contribution. */
export function jointBlocks(
  contributions: readonly Draft[],
  call: DocumentCall,
  texts: DocumentTexts,
  tools: JointTools,
): Joint {
  const members = withholdingsOf(contributions, texts.withheld).map(({ draft, own, others }, index): Member => {
    const withholding = { ...own, sought: [...own.sought, ...others] };
    const ready = draft.sections.map((section) => tools.readySection(section, withholding));
    return {
      ...{ number: index + 1, draft },
      author: tools.named ? shownName(draft.author, withholding) : null,
      role: shownRole(draft, withholding),
      harmed: shownName(draft.harmed, withholding),
      sections: ready.filter(({ paragraphs }) => paragraphs.length > 0),
    };
  });
  const written = members.map(({ number, draft: { role }, sections }) => ({ number, role, sections }));
  const planned = planJoint(written, call, texts);
  const slotOf = ({ number, section }: (typeof planned)[number]) => `m${number}/${section.slot}`;
  return {
    blocks: [
      ...whoTheyAre(members, texts, tools),
      ...planned.flatMap((one, at) => wordsOf(one, planned[at - 1], tools)),
    ],
    sections: planned.map((one) => ({
      slot: slotOf(one),
      heading: `${fill(texts.joint.contribution, { number: one.number })} · ${one.heading}`,
      paragraphs: one.section.paragraphs,
    })),
    names: members.flatMap(({ author, role, harmed }) => [author ?? '', role ?? '', harmed ?? '']),
  };
}

const signOf = (number: number) => `(${number})`;

/** By how they were told; a person of whom nothing is shown is only counted. */
function whoTheyAre(members: readonly Member[], texts: DocumentTexts, { howTold }: JointTools): readonly Block[] {
  const groups = Map.groupBy(members, ({ draft }) =>
    howTold(draft)
      .map(({ text }) => text)
      .join('\n'),
  );
  return [...groups.values()].flatMap((group) => [
    ...group.slice(0, 1).flatMap(({ draft }) => howTold(draft)),
    ...group.flatMap(({ number, author, role, harmed }): Block[] => {
      const who = [author, role].filter((one) => one !== null).join(', ');
      const about = harmed === null ? '' : `${texts.harmed} ${harmed}`;
      const text = who === '' || about === '' ? who + about : `${who} (${about})`;
      return text === '' ? [] : [signed({ kind: 'byline', text }, number)];
    }),
  ]);
}

/** The number of its author is before the first paragraph, or before a table. */
function wordsOf(
  one: PlannedContribution,
  last: PlannedContribution | undefined,
  { sectionBlocks }: JointTools,
): readonly Block[] {
  const slot = `m${one.number}/${one.section.slot}`;
  if (one.cell !== undefined) {
    const begins = last?.cell === undefined || last.number !== one.number;
    const cells = sectionBlocks({ ...one, before: one.before.filter(({ cell }) => cell !== undefined) });
    const headings = one.before.filter(({ cell }) => cell === undefined);
    const sign: readonly Block[] = begins ? [{ kind: 'byline', text: signOf(one.number) }] : [];
    return [...headings.map(withoutSlot), ...sign, ...cells.map((block) => ({ ...block, slot }))];
  }
  const words = sectionBlocks({ ...one, before: [] }).map((block, at) =>
    at === 0 ? signed({ ...block, slot }, one.number) : { ...block, slot },
  );
  return [...one.before.map(withoutSlot), ...words];
}

/** A heading is everybody's. */
function withoutSlot({ slot: _, ...block }: Block): Block {
  return block;
}

function signed(block: Block, number: number): Block {
  const before = `${signOf(number)} `;
  const { length } = before;
  const marks = (block.marks ?? []).map((mark) => ({ ...mark, start: mark.start + length, end: mark.end + length }));
  return { ...block, text: before + block.text, marks: [{ kind: 'label', start: 0, end: length }, ...marks] };
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
