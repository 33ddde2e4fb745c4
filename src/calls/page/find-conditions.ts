// Questions of a page that are asked only after an answer to another one: "If so, who pays?" A condition is found only if
// it is plain which question it is about, and that this one is answered by yes or no; the rest is put to a person.

import { either, has } from './facts.ts';
import type { Sentence } from './page.ts';
import type { PageWords } from './page-words.ts';

export interface Condition {
  /** The index of the question that it depends on. */
  readonly question: number;
  readonly answer: 'yes' | 'no';
}

type Point = Pick<Sentence, 'plain' | 'mark'>;

/** Of each question; null: it depends on none. */
export function conditionsOf(
  points: readonly Point[],
  words: readonly PageWords[],
): readonly (Condition | 'unclear' | null)[] {
  const own = points.map(({ plain }) => readPoint(plain, words));
  const heads = headsOf(points, words);
  const read = own.map((point, index): Read => {
    const { answer = null } = heads[index] ?? {};
    return point.answer === null && answer !== null ? { ...point, answer } : point;
  });
  return read.map(({ answer, lead }, index) => {
    const head = heads[index] ?? null;
    if (head !== null && own[index]?.answer === null) {
      if (head.answer === null || read[head.question]?.isYesOrNo !== true) return 'unclear';
      return { question: head.question, answer: head.answer };
    }
    if (answer === null) return isOtherCondition(lead, words) ? 'unclear' : null;
    const named = numberIn(lead);
    const question = named === null ? nearest(read, index) : only(points, named, index);
    return question !== null && read[question]?.isYesOrNo === true ? { question, answer } : 'unclear';
  });
}

interface Head {
  readonly question: number;
  /** null: what it depends on is not plain. */
  readonly answer: Condition['answer'] | null;
}

/** Of each question, the one above it that ends in a condition on its parts: "2. Were you heard? If so:", "a. By whom?" */
function headsOf(points: readonly Point[], words: readonly PageWords[]): readonly (Head | null)[] {
  const heads = points.map((): Head | null => null);
  for (const [question, { plain, mark }] of points.entries()) {
    const end = endOf(plain, words);
    const parts = end === null ? 0 : partsBelow(mark, points.slice(question + 1));
    heads.fill({ question, answer: end?.answer ?? null }, question + 1, question + 1 + parts);
  }
  return heads;
}

interface End {
  /** Its place in the question. */
  readonly at: number;
  readonly answer: Condition['answer'] | null;
}

/** "…? If so:" is plain; "… and, if so:", "…? If applicable:" are not. Null: the question ends otherwise. */
export function endOf(plain: string, words: readonly PageWords[]): End | null {
  const tail = '(?!\\w)(?:[^.?!:]{0,60}:|[\\s,;…-]*)\\s*$';
  const find = (before: string, key: 'ifYes' | 'ifNo' | 'ifOther') =>
    new RegExp(`(?<=${before})¿?(?:${either(words, key)})${tail}`, 'u').exec(plain)?.index ?? -1;
  const sentence = '[.?!)]\\s+';
  for (const [key, answer] of [
    ['ifYes', 'yes'],
    ['ifNo', 'no'],
    ['ifOther', null],
  ] as const) {
    const at = find(sentence, key);
    if (at >= 0) return { at, answer };
  }
  const at = Math.max(find('[\\s(]', 'ifYes'), find('[\\s(]', 'ifNo'));
  return at < 0 ? null : { at, answer: null };
}

/** How many that follow are parts of the question: "a.", "(a)", "2.1" or bullets below "2."; they begin at the first. */
function partsBelow(mark: string, after: readonly Point[]): number {
  const [number, first] = [numberOf(mark), after[0]];
  if (number === '' || first === undefined) return 0;
  // "i." is a letter, too: it begins parts unless "h." is before it.
  if (numberOf(first.mark) === 'i' && number !== 'h') {
    const end = after.findIndex(({ mark: next }) => !/^[ivx]+$/u.test(numberOf(next)));
    return end < 0 ? after.length : end;
  }
  const kind = kindOf(first.mark, number);
  if (kind === kindOf(mark, number)) return 0;
  const begins: Readonly<Record<string, RegExp>> = { letter: /^a$/u, number: /^1$/u, below: /\.1$/u, bullet: /^/u };
  if (begins[kind]?.test(numberOf(first.mark)) !== true) return 0;
  const end = after.findIndex(({ mark: next }) => kindOf(next, number) !== kind);
  return end < 0 ? after.length : end;
}

/** `above`: a number that it may be below, as 2.1 is below 2. */
function kindOf(mark: string, above: string): 'letter' | 'number' | 'below' | 'bullet' {
  const number = numberOf(mark);
  if (/^(?:[a-z]|[ivx]{2,5})$/u.test(number)) return 'letter';
  if (!/^\d/u.test(number)) return 'bullet';
  return number.startsWith(`${above}.`) ? 'below' : 'number';
}

interface Read {
  readonly answer: Condition['answer'] | null;
  /** Its first words, up to a comma or colon. */
  readonly lead: string;
  readonly isYesOrNo: boolean;
}

function readPoint(plain: string, words: readonly PageWords[]): Read {
  const said = plain.slice(0, endOf(plain, words)?.at).trim();
  const starts = (key: 'ifYes' | 'ifNo') => has(said, `^(?:${either(words, key)})(?!\\w)`);
  const answer = starts('ifYes') ? 'yes' : starts('ifNo') ? 'no' : null;
  const lead = said.split(/[,:]/u, 1)[0] ?? '';
  const asked = answer === null ? said : said.slice(lead.length).replace(/^[,: ]+/u, '');
  return { answer, lead, isYesOrNo: isYesOrNo(asked, words) };
}

/** A single question: of two, the first words of an answer may be about the other. */
function isYesOrNo(asked: string, words: readonly PageWords[]): boolean {
  const marks = asked.split('?').length - 1;
  const rest = marks === 0 ? asked.replace(/\.$/u, '') : asked;
  if (marks > 1 || /[.;]\s/u.test(rest) || (marks === 1 && !rest.endsWith('?'))) return false;
  return words.some(({ yesOrNo, openQuestion }) => has(rest, `^(?:${yesOrNo})`) && !has(rest, openQuestion));
}

/** The last question before it that depends on none; unclear if one of those between is answered by yes or no as well. */
function nearest(read: readonly Read[], index: number): number | null {
  for (let at = index - 1; at >= 0; at -= 1) {
    if (read[at]?.answer === null) return at;
    if (read[at]?.isYesOrNo === true) return null;
  }
  return null;
}

/** "If yes to question 3": the number that it names; '' if it names several. */
function numberIn(lead: string): string | null {
  if (/\b(?:questions|preguntas|perguntas)\b/u.test(lead)) return '';
  const named = /\b(?:question|pregunta|pergunta|q\.?)\s*(?:n[o°.]{0,2}\s*)?(\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]\b)/u;
  return named.exec(lead)?.[1] ?? null;
}

function only(points: readonly Point[], number: string, before: number): number | null {
  const same = points.flatMap(({ mark }, index) => (numberOf(mark) === number ? [index] : []));
  const [first] = same;
  return same.length === 1 && first !== undefined && first < before ? first : null;
}

function numberOf(mark: string): string {
  return mark
    .toLowerCase()
    .replace(/[()]/gu, '')
    .replace(/\.$/u, '')
    .replace(/^[^a-z\d].*$/u, '');
}

/** "If the body can punish, …": what it depends on is not a yes or a no of another question. */
function isOtherCondition(lead: string, words: readonly PageWords[]): boolean {
  return has(lead, `^(?:${either(words, 'ifOther')})(?!\\w)`);
}
