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
  const read = points.map(({ plain }) => readPoint(plain, words));
  return read.map(({ answer, lead }, index) => {
    if (answer === null) return isOtherCondition(lead, words) ? 'unclear' : null;
    const named = numberIn(lead);
    const question = named === null ? nearest(read, index) : only(points, named, index);
    return question !== null && read[question]?.isYesOrNo === true ? { question, answer } : 'unclear';
  });
}

interface Read {
  readonly answer: Condition['answer'] | null;
  /** Its first words, up to a comma or colon. */
  readonly lead: string;
  readonly isYesOrNo: boolean;
}

function readPoint(plain: string, words: readonly PageWords[]): Read {
  const said = plain.trim();
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
  return mark.toLowerCase().replace(/[()]/gu, '').replace(/\.$/u, '');
}

/** "If the body can punish, …": what it depends on is not a yes or a no of another question. */
function isOtherCondition(lead: string, words: readonly PageWords[]): boolean {
  return has(lead, `^(?:${either(words, 'ifOther')})(?!\\w)`);
}
