// The content of a document, in order, independent of the file format. Pure: the same draft gives the same model.

import type { Draft, DraftSection, Publication } from '../dialog/engine/draft.ts';
import type { BuiltDocument } from '../dialog/engine/event.ts';
import { urlOf } from '../dialog/understanding/links.ts';
import { squash, webAddresses } from '../dialog/understanding/names/folded.ts';
import { WITHHELD_KINDS } from '../dialog/understanding/names/withheld-kind.ts';
import { isLanguage, type Language } from '../languages.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';
import { fill } from '../texts/translate.ts';
import { countWords } from '../words.ts';
import { type Block, type Layout, documentName, documentText, type Mark } from './block.ts';
import { type DocumentCall, type PlannedSection, planSections } from './document-plan.ts';
import { jointBlocks } from './joint-model.ts';
import { publicationLine, publicationMark } from './publication-line.ts';
import { asPrescribed, withNumbers } from './prescribed.ts';
import { shownName, shownRole, unredacted, withhold, type Withholding, withholdingOf } from './naming.ts';

/** The URLs in a text, as links. Only their form is checked; nothing is fetched. */
export function linksIn(text: string): readonly Mark[] {
  return webAddresses(text).flatMap(({ start, text: address }) => {
    const href = hrefOf(address);
    return href === null ? [] : [{ kind: 'link', start, end: start + address.length, href } as const];
  });
}

/** In characters: the longest URL that becomes a link. It is written into the PDF once per line. */
const LONGEST = 1_000;

/** Null if it is no URL, too long, or contains a user name or password. */
function hrefOf(address: string): string | null {
  if (address.length > LONGEST) return null;
  const url = urlOf(address);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return null;
  return url.hostname.includes('.') && url.username === '' && url.password === '' ? url.href : null;
}

export interface DocumentModel extends Pick<
  BuiltDocument,
  'words' | 'wordsBySlot' | 'sections' | 'publicationLine' | 'standing'
> {
  readonly language: Language;
  readonly reference: string;
  readonly publication: Publication;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** At the foot of every page, before the page number. */
  readonly footer: string;
  /** Slots with answers that are kept but not in it. */
  readonly aside?: readonly string[];
  /** As the call prescribes it. */
  readonly layout?: Layout;
  /** Words that count towards the limit, if that is not the whole file. */
  readonly counted?: number;
}

/** The model of a draft; `call` and `texts` in the draft's language. */
export function buildModel(draft: Draft, call: DocumentCall, texts: DocumentTexts): DocumentModel {
  if (draft.contributions !== undefined) return buildJoint(draft, draft.contributions, call, texts);
  const withholding = withholdingOf(draft, texts.withheld);
  const sections = draft.sections.map((section) => readySection(section, withholding)).filter(hasWords);
  const planned = [...planSections(sections, draft.role, call, texts), ...ownWords(draft, texts, withholding)];
  const harmed = shownName(draft.harmed, withholding);
  const author = call.namesInMail === true ? null : shownName(draft.author, withholding);
  const role = shownRole(draft, withholding);
  const firstLine = publicationLine(texts, draft);
  const blocks = withNumbers(call, [
    { kind: 'publication', text: firstLine },
    ...frontBlocks(draft, call, texts, [harmed, author, role]),
    ...planned.flatMap((one) => sectionWithHeadings(one, texts)),
  ]);
  const footer = footerOf(draft, texts);
  const personal = [...planned.flatMap(({ section }) => section.paragraphs), harmed ?? '', author ?? '', role ?? ''];
  return {
    language: draft.language,
    reference: draft.reference,
    publication: draft.publication,
    title: call.title,
    blocks,
    footer,
    ...(draft.aside === undefined ? {} : { aside: draft.aside }),
    ...asPrescribed(call, blocks),
    words: blocks.reduce((sum, { text }) => sum + countWords(text), countWords(footer) + PAGE_NUMBER),
    wordsBySlot: countBySlot(blocks),
    sections: planned.map(({ heading, section }) => ({ ...section, heading })),
    publicationLine: firstLine,
    standing: unredacted(draft, textsOf(draft), withoutLabels(personal.join('\n'), texts)),
  };
}

function buildJoint(
  draft: Draft,
  contributions: readonly Draft[],
  call: DocumentCall,
  texts: DocumentTexts,
): DocumentModel {
  const joint = jointBlocks(contributions, call, texts, {
    readySection,
    sectionBlocks: (one) => sectionWithHeadings(one, texts),
    howTold: (one) => howTold(one, texts),
    named: call.namesInMail !== true,
  });
  const firstLine = publicationLine(texts, draft);
  const count = fill(texts.joint.count, { count: contributions.length });
  const blocks = withNumbers(call, [
    { kind: 'publication', text: firstLine },
    ...openingLines(draft, call, texts),
    { kind: 'byline', text: count },
    ...(call.namesAtTop === true && call.namesInMail !== true ? namesOf(contributions, texts) : []),
    ...joint.blocks,
  ]);
  const footer = footerOf(draft, texts);
  const unredactedIn = (one: Draft) => unredacted(one, contributions.flatMap(textsOf), finished);
  const { sections, names } = joint;
  const personal = [...sections.flatMap(({ paragraphs }) => paragraphs), ...names];
  const finished = withoutLabels(personal.join('\n'), texts);
  return {
    language: draft.language,
    reference: draft.reference,
    publication: draft.publication,
    title: call.title,
    blocks,
    footer,
    ...asPrescribed(call, blocks),
    words: blocks.reduce((sum, { text }) => sum + countWords(text), countWords(footer) + PAGE_NUMBER),
    wordsBySlot: countBySlot(blocks),
    sections,
    publicationLine: firstLine,
    standing: [...new Set(contributions.flatMap(unredactedIn))],
  };
}

/** Of a joint submission: everybody who is named in it, in one line. */
function namesOf(contributions: readonly Draft[], texts: DocumentTexts): readonly Block[] {
  const names = contributions.flatMap((one) => shownName(one.author, withholdingOf(one, texts.withheld)) ?? []);
  return names.length === 0 ? [] : [byline(texts.author, names.join(', '))];
}

const PAGE_NUMBER = 1;

/** Without a dash between both: a lone one would count as a word. */
function footerOf(draft: Draft, texts: DocumentTexts): string {
  const mark = publicationMark(texts, draft);
  return `${mark === '' ? texts.publicationFoot : mark} (${draft.reference})`;
}

/** As the person wrote them. */
function textsOf({ sections }: Draft): readonly string[] {
  return sections.flatMap(({ paragraphs }) => paragraphs.map(documentText));
}

function readySection({ paragraphs, ...section }: DraftSection, withholding: Withholding): DraftSection {
  return {
    ...section,
    paragraphs: paragraphs
      .map((paragraph) => withhold(documentText(paragraph), withholding))
      .filter((paragraph) => paragraph !== ''),
  };
}

/** The author's own words, after their translation. */
function ownWords({ translated }: Draft, { told }: DocumentTexts, withholding: Withholding): readonly PlannedSection[] {
  if (translated?.originals === undefined) return [];
  const section = readySection({ slot: 'original', paragraphs: translated.originals }, withholding);
  const before: readonly Block[] = [{ kind: 'heading1', text: told.original, slot: 'original' }];
  return [{ place: Infinity, heading: told.original, before, section }];
}

function hasWords({ paragraphs }: DraftSection): boolean {
  return paragraphs.length > 0;
}

/** The body is named once. */
function isNamedIn(title: string, issuer: string): boolean {
  return squash(title).includes(squash(issuer));
}

/** In plain words, and small under it the call's own title, which is often long. */
function titleLines({ reference }: Draft, call: DocumentCall, texts: DocumentTexts): Block[] {
  const isNamed = isNamedIn(call.title, call.issuer);
  const lines: Block[] = [
    {
      kind: 'title',
      text: isNamed ? fill(texts.title, { reference }) : fill(texts.subtitle, { issuer: call.issuer }),
    },
    { kind: 'subtitle', text: call.title },
  ];
  return isNamed ? lines : [...lines, byline(texts.reference, reference)];
}

function openingLines(draft: Draft, call: DocumentCall, texts: DocumentTexts): Block[] {
  const lines = titleLines(draft, call, texts);
  if (draft.country !== undefined) lines.push(byline(texts.country, documentText(draft.country)));
  if (draft.late) lines.push({ kind: 'byline', text: texts.late });
  if (draft.replaces !== undefined) {
    lines.push({ kind: 'byline', text: fill(texts.replaces, { reference: draft.replaces ?? '' }) });
  }
  return lines;
}

function frontBlocks(
  draft: Draft,
  call: DocumentCall,
  texts: DocumentTexts,
  [harmed, author, role]: readonly [string | null, string | null, string | null],
): readonly Block[] {
  const lines: Block[] = openingLines(draft, call, texts);
  if (call.draft !== undefined) lines.push(draftLine(texts.draft, call.draft));
  lines.push(...whoWrote(draft, texts, author, role));
  const harmedIsHidden = documentName(draft.harmed.name ?? '') !== '';
  if (harmed !== null) lines.push(byline(texts.harmed, harmed));
  else if (harmedIsHidden) lines.push(byline(texts.harmed, texts.withheld.person));
  return lines;
}

/** The person who tells, and if somebody else wrote it down, that they did and in which language it was told. */
function whoWrote(
  { role, told, language, wordsIn, translated }: Draft,
  texts: DocumentTexts,
  author: string | null,
  own: string | null,
): readonly Block[] {
  if (told === undefined) {
    const shown = own ?? texts.roles[role];
    const line = byline(texts.author, author === null ? shown : `${author}, ${shown}`);
    if (translated !== undefined) {
      const spoken = texts.told.languages[translated.from];
      return [line, { kind: 'byline', text: fill(texts.told.translated[translated.by], { spoken }) }];
    }
    if (wordsIn === undefined) return [line];
    return [line, { kind: 'byline', text: fill(texts.told.wordsIn, { spoken: texts.told.languages[wordsIn] }) }];
  }
  const line = byline(texts.told.author, `${author ?? texts.told.nobody}, ${texts.told.role}`);
  if (told === language) return [line];
  const [spoken, written] = [isLanguage(told) ? texts.told.languages[told] : told, texts.told.languages[language]];
  const put = fill(texts.told.put, { told: documentText(spoken), written });
  return [line, { kind: 'byline', text: put }];
}

/** The same of a person among several, without the name. */
function howTold(draft: Draft, texts: DocumentTexts): readonly Block[] {
  const [, ...more] = whoWrote(draft, texts, null, null);
  const first: Block =
    draft.told === undefined
      ? byline(texts.author, texts.roles[draft.role])
      : { kind: 'byline', text: capitalised(texts.told.role) };
  return [first, ...more];
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function byline(label: string, value: string): Block {
  return { kind: 'byline', text: `${label} ${value}`, marks: [{ kind: 'label', start: 0, end: label.length }] };
}

function sectionBlocks({ slot, paragraphs }: DraftSection): readonly Block[] {
  const kind = slot === 'links' ? 'link' : 'paragraph';
  return paragraphs
    .flatMap((text) => (kind === 'link' ? text.split('\n').filter((line) => line.trim() !== '') : [text]))
    .map((text) => ({ kind, text, slot, marks: linksIn(text) }));
}

/** A section with the headings and cells around it. */
function sectionWithHeadings(
  { before, section, cell, after = [] }: PlannedSection,
  { keptBack }: DocumentTexts,
): readonly Block[] {
  const mark: readonly Block[] = section.keptBack === true ? [{ kind: 'paragraph', text: keptBack.mark }] : [];
  const blocks = [...mark, ...sectionBlocks(section)];
  const own = cell === undefined ? blocks : blocks.map((block): Block => ({ ...block, kind: 'cell', cell }));
  return [...before, ...own, ...after];
}

/** The draft that is commented on, with its address. */
function draftLine(label: string, { title, url }: NonNullable<DocumentCall['draft']>): Block {
  const line = byline(label, url === null ? title : `${title} ${url}`);
  return { ...line, marks: [...(line.marks ?? []), ...linksIn(line.text)] };
}

function countBySlot(blocks: readonly Block[]): Readonly<Record<string, number>> {
  const words = new Map<string, number>();
  for (const { slot, text } of blocks) {
    if (slot !== undefined) words.set(slot, (words.get(slot) ?? 0) + countWords(text));
  }
  return Object.fromEntries(words);
}

/** Removes labels such as "[name withheld]": a withheld term that is a word of one does not count as found. */
function withoutLabels(text: string, texts: DocumentTexts): string {
  return WITHHELD_KINDS.reduce((left, kind) => left.replaceAll(texts.withheld[kind], ' '), text);
}
