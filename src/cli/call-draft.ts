// The draft of a call from its page: the facts with their sentences as comments, and its texts in the page's language.

import { stringify } from 'yaml';
import { seatOf } from '../calls/page/dates.ts';
import { type Condition, conditionsOf } from '../calls/page/find-conditions.ts';
import { type Fact, withoutAddress } from '../calls/page/facts.ts';
import type { CallPage } from '../calls/page/read-call-page.ts';
import { idsOf } from '../calls/page/draft-texts.ts';
import { WORDS } from '../calls/page/page-words.ts';

export interface DraftOptions {
  readonly id: string;
  readonly language: string;
  /** YYYY-MM-DD */
  readonly today: string;
  /** The address of the page, if it is known; it replaces one in the text. */
  readonly url: string | null;
}

/** In the order of a call's file. */
const BLOCKS = ['scope', 'limit', 'languages', 'formats', 'channels', 'subject', 'deadline', 'publication'] as const;
const MORE = ['identity', 'joint', 'links', 'attachments', 'layout', 'afterwards'] as const;

export function draftYaml(page: CallPage, { id, language, today, url }: DraftOptions): string {
  const { facts } = page;
  const value = (path: string) => facts.find((each) => each.path === path)?.value;
  const source = {
    language,
    official: false,
    title: value('title'),
    url: url ?? page.url ?? undefined,
    retrieved: today,
  };
  const head = [
    `# A draft, from the text of a page. In quotes: the sentence that a value is based on. A key that is left out is not stated.
# Compare each value with the page, to the letter, before anybody else sees it (docs/add-a-call.md).`,
    yaml({ id, revision: 1, status: 'draft' }),
    `# official: true if this is the page of the body itself, and not a copy or a translation of it.\n${yaml({ sources: [source] })}`,
  ];
  const blocks = [
    block(page, 'issuers', value('issuers'), "The body's name was not found: write it as the body does."),
    block(page, 'audience', value('audience')),
    responseBlock(page),
    ...[...BLOCKS, ...MORE].map((name) => block(page, name, valueOf(page, name))),
  ];
  return `${[...head, ...blocks].filter((each) => each !== '').join('\n\n')}\n`;
}

function yaml(value: Readonly<Record<string, unknown>>): string {
  return stringify(value, { lineWidth: 120 }).trimEnd();
}

const WIDTH = 150;

/** The sentences of a block as comments, each once. */
function comments(facts: readonly Fact[], indent = ''): string {
  const said = [...new Set(facts.map(({ sentence }) => sentence.text))].map((text) => `"${withoutAddress(text)}"`);
  return said.map((text) => wrapped(text, indent)).join('');
}

function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => `${indent}# ${line}\n`).join('');
}

function block(page: CallPage, name: string, value: unknown, otherwise = ''): string {
  const own = page.facts.filter(({ path }) => path === name || path.startsWith(`${name}.`));
  // An hour without a day, for example.
  if (value === undefined && own.length > 0) return `${comments(own)}# ${name}: not whole on the page; complete it.`;
  if (value === undefined) return otherwise === '' ? '' : `# ${otherwise}`;
  return `${comments(own)}${yaml({ [name]: value })}`;
}

function valueOf({ facts, plain }: CallPage, name: string): unknown {
  const own = facts.filter(({ path }) => path === name || path.startsWith(`${name}.`));
  const [first] = own;
  if (first === undefined) return undefined;
  const keyed = Object.fromEntries(own.map(({ path, value }) => [path.slice(name.length + 1), value]));
  if (name === 'subject') return { kind: 'literal', text: first.value };
  if (name === 'channels') {
    const account = facts.find(({ path }) => path === 'account')?.value;
    return own.map(({ value: kind }) => (kind === 'web-form' && account !== undefined ? { kind, account } : { kind }));
  }
  if (name === 'deadline') return 'date' in keyed ? withAssumed(keyed, plain) : undefined;
  return first.path === name ? first.value : keyed;
}

/** Our assumption, as every deadline without an hour or a zone has one: the end of the day at the seat of the body. */
function withAssumed(deadline: Readonly<Record<string, unknown>>, plain: string): unknown {
  const { extended } = deadline;
  const moments: readonly unknown[] = [deadline, ...(Array.isArray(extended) ? (extended as unknown[]) : [])];
  const lacks = (key: string) => moments.some((each) => typeof each === 'object' && each !== null && !(key in each));
  const assume = {
    ...(lacks('time') ? { time: '23:59' } : {}),
    ...(lacks('zone') ? { zone: seatOf(plain) ?? 'UTC' } : {}),
  };
  return Object.keys(assume).length > 0 ? { ...deadline, assume } : deadline;
}

/** Questions that are not on the page cannot be written: until a person has done it, the call asks for a letter. */
function responseBlock(page: CallPage): string {
  const own = page.facts.filter(({ path }) => path === 'stem' || path.startsWith('response.'));
  const value = (path: string) => own.find((each) => each.path === `response.${path}`)?.value;
  const points = page.facts.filter(({ path }) => path === 'point');
  const ids = idsOf(points);
  const [compulsory, anythingElse] = [value('compulsory'), value('anything-else')];
  const isQuestions = value('kind') === 'questionnaire';
  const lenses = page.facts.find(({ path }) => path === 'lenses')?.value;
  const answering = {
    ...(compulsory === undefined ? {} : { compulsory }),
    ...(anythingElse === undefined ? {} : { 'anything-else': anythingElse }),
  };
  if (points.length === 0) {
    const asked = value('kind');
    const kind = typeof asked === 'string' ? `The page asks for a reply of the kind: ${asked}. ` : '';
    const note = `${kind}Its questions were not found; write them here.`;
    return `# ${note}\n${comments(own)}${yaml({ response: { kind: 'open-letter', ...answering } })}`;
  }
  const numbers = numbersOf(points);
  const conditions = conditionsOf(
    points.map(({ sentence }) => sentence),
    WORDS,
  );
  const listed = points.map((point, index) => {
    const id = ids[index] ?? '';
    const indent = isQuestions ? '        ' : '    ';
    const sentence = comments([point], indent);
    return isQuestions
      ? `${sentence}${indent}- { id: ${id}${numbers[index] === undefined ? '' : `, number: '${numbers[index]}'`}${conditionOf(conditions[index], ids)} }`
      : `${sentence}${indent}- id: ${id}\n${indent}  prompts:\n${indent}    - { id: ${id} }`;
  });
  const list = isQuestions ? '  questionnaires:\n    - id: questionnaire\n      questions:' : '  topics:';
  const lensed = !isQuestions && lenses !== undefined ? { lenses } : {};
  const kind = isQuestions ? 'questionnaire' : 'topics';
  return `${comments(own)}${yaml({ response: { kind, ...answering, ...lensed } })}\n${list}\n${listed.join('\n')}`;
}

/** "If so, …": only if it is plain which question it depends on. */
function conditionOf(condition: Condition | 'unclear' | null | undefined, ids: readonly string[]): string {
  if (condition === null || condition === undefined || condition === 'unclear') return '';
  const { question, answer } = condition;
  return `, only-if: { question: ${ids[question] ?? ''}, answer: ${answer} }`;
}

/** "2.", "a." below it, "ii." below both, "1.1.1": as on the page; none if a point has no number. */
function numbersOf(points: readonly Fact[]): readonly string[] {
  let [above, letter, last] = ['', '', ''];
  const numbers = points.map(({ sentence: { mark } }) => {
    const bare = mark.replace(/(?<![().])[().]+$|^\(/gu, '');
    if (/^\d/u.test(bare)) [above, letter] = [bare, ''];
    // "i." after "h." is a letter; after anything else it begins Roman numbers.
    const isRoman = /^[ivx]+$/u.test(bare) && (bare.length > 1 || ROMAN.has(last) || (bare === 'i' && last !== 'h'));
    if (/^[a-z]$/u.test(bare) && !isRoman) letter = bare;
    last = isRoman || bare !== 'i' ? bare : '';
    if (/^\d/u.test(bare)) return bare;
    if (above === '' || !(isRoman || /^[a-z]$/u.test(bare))) return '';
    return [above, ...(isRoman && letter !== '' ? [letter] : []), bare].join('.');
  });
  return numbers.every((number) => number !== '') ? numbers : [];
}

/** After these, "v" and "x" are numbers. */
const ROMAN: ReadonlySet<string> = new Set(['iv', 'ix']);
