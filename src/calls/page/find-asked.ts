// The groups that a call asks, and the points that it asks for, with its title and its issuer (find-title.ts).

import { type Doubt, either, type Fact, fact, has, NOTHING, type Reading } from './facts.ts';
import { type Condition, conditionsOf, endOf } from './find-conditions.ts';
import { findIssuer, findTitle } from './find-title.ts';
import type { Page, Sentence } from './page.ts';
import type { PageWords } from './page-words.ts';

export function findAsked(page: Page, words: readonly PageWords[]): Reading {
  const parts = [findTitle, findIssuer, findAudience, findResponse].map((find) => find(page, words));
  return { facts: parts.flatMap(({ facts }) => facts), doubts: parts.flatMap(({ doubts }) => doubts) };
}

function findAudience({ sentences }: Page, words: readonly PageWords[]): Reading {
  for (const sentence of sentences) {
    if (sentence.under === 'other') continue;
    // "Invite" is a word of two languages: the one that names most groups is the one of the sentence.
    const [named = []] = words
      .map((each) => groupsIn(sentence.plain, each))
      .sort((one, other) => other.length - one.length);
    if (named.length > 0) {
      const who = named.includes('anyone') ? 'anyone' : named;
      return { facts: [fact('audience', who, sentence)], doubts: [] };
    }
  }
  const states = sentences.find(({ plain }) => has(plain, 'state consultation|consultation of states'));
  return states === undefined ? NOTHING : { facts: [fact('audience', ['states'], states)], doubts: [] };
}

/** The groups between an invitation and what they are invited to do. */
function groupsIn(plain: string, { invites, inviteEnds, groups }: PageWords): readonly string[] {
  const at = new RegExp(`\\b(?:${invites})(?!\\w)`, 'u').exec(plain);
  if (at === null) return [];
  const isBefore = /interested|invited to/u.test(at[0]);
  const near = isBefore ? plain.slice(0, at.index) : plain.slice(at.index + at[0].length);
  const end = isBefore ? -1 : near.search(new RegExp(inviteEnds, 'u'));
  const who = end > 0 ? near.slice(0, end) : near;
  return Object.entries(groups)
    .filter(([, word]) => has(who, word))
    .map(([group]) => group);
}

interface Asked {
  readonly stem: Sentence | null;
  readonly points: readonly Sentence[];
}

/** The list of what is asked, and the sentence before it. */
function listIn({ sentences }: Page, words: readonly PageWords[]): Asked | null {
  const asks = `(?:${either(words, 'asks')})`;
  for (const [index, sentence] of sentences.entries()) {
    const isStem = has(sentence.plain, asks) || (sentence.under === 'questions' && sentence.plain.trim().endsWith(':'));
    // "If so:" announces parts of a question, and not the list.
    if (!isStem || endOf(`. ${sentence.plain}`, words) !== null) continue;
    const after = sentences.slice(index + 1);
    const end = after.findIndex(
      (each, n) =>
        (each.isFirst && !each.isItem && !isCondition(each, words)) || (n === 0 && each.line === sentence.line),
    );
    const points = wholeItems(end < 0 ? after : after.slice(0, end), sentences, words);
    if (points.length > 1 && announces(sentence)) return { stem: sentence, points };
    const inline = inlinePoints(sentence);
    if (inline.length > 1) return { stem: sentence, points: inline };
  }
  const under = wholeItems(
    sentences.filter((sentence) => sentence.under === 'questions'),
    sentences,
    words,
  );
  if (under.length > 1) return { stem: null, points: under };
  const numbered = wholeItems(
    sentences.filter(({ mark }) => /\d/u.test(mark) || /^\(?(?:[a-z]|[ivx]{2,5})[).]$/u.test(mark)),
    sentences,
    words,
  );
  const questions = numbered.filter(({ text }) => /\?(?:\s|$)/u.test(text));
  return questions.length > 1 ? { stem: null, points: numbered } : null;
}

/** Items with all their sentences, and with a condition on their parts that is a separate line below them: "If so:". */
function wholeItems(
  among: readonly Sentence[],
  sentences: readonly Sentence[],
  words: readonly PageWords[],
): readonly Sentence[] {
  return among
    .filter(({ isItem }) => isItem)
    .map((first) => {
      const own = sentences.filter(({ line }) => line === first.line);
      const next = sentences.find(({ line }) => line > first.line);
      const isOwn = next !== undefined && isCondition(next, words) && next.plain.trim().endsWith(':');
      const all = isOwn ? [...own, next] : own;
      const [text, plain] = [all.map((each) => each.text).join(' '), all.map((each) => each.plain).join(' ')];
      return { ...first, text, plain };
    });
}

/** A line that begins with "If so": it is said of questions, and ends no list of them. */
function isCondition({ plain, isFirst, isItem }: Sentence, words: readonly PageWords[]): boolean {
  return isFirst && !isItem && has(plain, `^(?:${either(words, 'ifYes')}|${either(words, 'ifNo')})(?!\\w)`);
}

/** Words that announce a list below. */
function announces({ plain, under }: Sentence): boolean {
  return under === 'questions' || /:\s*$/u.test(plain);
}

/** "…: 1) the situation, 2) rights, 3) protection." */
function inlinePoints(sentence: Sentence): readonly Sentence[] {
  const marks = [...sentence.plain.matchAll(/(?<![\w(])\(?(\d{1,2})\)\s+/gu)];
  if (!marks.every((mark, index) => Number(mark[1]) === index + 1)) return [];
  return marks.map(({ index, 0: mark }, n) => {
    const [from, to] = [index + mark.length, marks[n + 1]?.index ?? sentence.text.length];
    const text = sentence.text
      .slice(from, to)
      .replace(/\s*\[[^\]]*\]?/gu, '')
      .replace(/[\s,;.]+$/u, '');
    return { ...sentence, text, plain: text.toLowerCase() };
  });
}

function findResponse(page: Page, words: readonly PageWords[]): Reading {
  const { sentences } = page;
  const questionnaire = sentences.find(({ plain }) => has(plain, either(words, 'questionnaire')));
  const found = listIn(page, words);
  const draft = sentences.find(({ plain }) => has(plain, either(words, 'onDraft')));
  if (found !== null) {
    const { stem, points } = found;
    const isQuestions =
      questionnaire !== undefined || points.filter(({ text }) => text.includes('?')).length * 2 > points.length;
    const first = points[0];
    const kind = isQuestions ? 'questionnaire' : 'topics';
    const at = questionnaire ?? stem ?? first;
    const conditions = conditionsOf(points, words);
    const isHead = (question: number) => isTaken(conditions[question + 1], question);
    return {
      facts: [
        ...(at === undefined ? [] : [fact('response.kind', kind, at)]),
        ...points.map((point, index) => fact('point', isHead(index) ? withoutEnd(point, words) : point.text, point)),
        ...(stem === null ? [] : stemFacts(stem, words)),
      ],
      doubts: conditionDoubts(points, words).concat(
        points.some(({ text }) => text.endsWith('[...]') || text.includes('stored excerpt')) ? [cut(points)] : [],
      ),
    };
  }
  const inline = sentences.find(
    ({ plain }) => has(plain, `(?:${either(words, 'asks')})`) && /\?|:[\s.]*$/u.test(plain),
  );
  if (inline !== undefined)
    return {
      facts: [fact('response.kind', 'topics', inline)],
      doubts: [{ about: 'topics', why: 'no list, but its announcement: write the points as topics', sentence: inline }],
    };
  if (questionnaire !== undefined)
    return {
      facts: [fact('response.kind', 'questionnaire', questionnaire)],
      doubts: [
        {
          about: 'questions',
          why: 'its questions were not found: are they on this page, or in a file?',
          sentence: questionnaire,
        },
      ],
    };
  if (draft !== undefined)
    return {
      facts: [fact('response.kind', 'comments', draft)],
      doubts: [{ about: 'draft', why: 'write the title of the draft, and its paragraphs', sentence: draft }],
    };
  return NOTHING;
}

/** Questions that depend on an answer: a person looks at each. */
function conditionDoubts(points: readonly Sentence[], words: readonly PageWords[]): readonly Doubt[] {
  const conditions = conditionsOf(points, words);
  return conditions.flatMap((condition, index): readonly Doubt[] => {
    const sentence = points[index] ?? null;
    if (condition === null) {
      if (sentence === null || endOf(sentence.plain, words) === null || isTaken(conditions[index + 1], index))
        return [];
      const why = 'it ends in a condition on what follows: which questions? Write only-if at each of them';
      return [{ about: 'questions', why, sentence }];
    }
    if (condition === 'unclear') {
      const why =
        'perhaps asked only after an answer to another question: if it is one of yes or no, write only-if at this one';
      return [{ about: 'questions', why, sentence }];
    }
    const of = points[condition.question]?.text ?? '';
    const why = `asked only after a ${condition.answer} (only-if) to "${shortened(of)}": is that so?`;
    return [{ about: 'questions', why, sentence }];
  });
}

/** True if the condition at the end of this question has become one of the next. */
function isTaken(next: Condition | 'unclear' | null | undefined, question: number): boolean {
  return typeof next === 'object' && next?.question === question;
}

function withoutEnd({ text, plain }: Sentence, words: readonly PageWords[]): string {
  return text.slice(0, endOf(plain, words)?.at).trimEnd();
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
}

function cut(points: readonly Sentence[]): Doubt {
  return { about: 'topics', why: 'a point is cut off on this page', sentence: points.at(-1) ?? null };
}

/** "… including in relation to:": no point is compulsory, others are welcome. */
function stemFacts(stem: Sentence, words: readonly PageWords[]): readonly Fact[] {
  const isOpen = has(stem.plain, `(?:${either(words, 'including')})[^.]{0,60}:?$`);
  const lenses = [
    ...(has(stem.plain, either(words, 'good')) ? ['good-practices'] : []),
    ...(has(stem.plain, either(words, 'obstacles')) ? ['obstacles-and-lessons'] : []),
  ];
  return [
    fact('stem', stem.text, stem),
    ...(isOpen ? [fact('response.compulsory', 'no', stem), fact('response.anything-else', 'yes', stem)] : []),
    ...(lenses.length > 1 ? [fact('lenses', lenses, stem)] : []),
  ];
}
