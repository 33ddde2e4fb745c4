// Before the read-back: the short messages in the text that may have been said to the bot, once, by number. Whoever comes to the
// read-back again after adding words is shown the new ones.

import type { Part } from '../../engine/effect.ts';
import { askAboutStray, choicePrompt, definePrompt } from '../../engine/prompt.ts';
import { numbered } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import { keepInText, talkIn } from '../../engine/talk-in-text.ts';
import type { Turn } from '../../engine/turn.ts';
import { askAboutAnswers } from '../../stages/pass-on.ts';
import { isRefusal, looksLikeSentence, plainAnswerIn } from '../../understanding/plain-answer.ts';
import { numbersTakenOut, rangesIn } from '../../understanding/ranges.ts';
import { cutMessages, lineOf, MANY_WORDS, shortened, takeOutMessages, wordsOf } from './cut.ts';

/** In characters: a list that leaves room for the question in one bubble. */
const PAGE = 300;

/** A message of the list, under the same number as long as the list is open; `part` is undefined once it is out of the text. */
interface Row {
  readonly id: string;
  readonly part: Part | undefined;
}

function rowsOf(turn: Turn): readonly Row[] {
  const { of = '' } = turn.session.at;
  if (of === '') return [];
  const parts = new Map(turn.parts().map((part) => [part.id, part]));
  return of
    .split(' ')
    .map(decodeURIComponent)
    .map((id) => ({ id, part: parts.get(id) }));
}

/** The instance of the prompt that lists these messages. */
function keyOf(parts: readonly Part[]): string {
  return parts.map(({ id }) => encodeURIComponent(id)).join(' ');
}

/** As many messages as fit, at least one. */
function pageOf(waiting: readonly Part[]): readonly Part[] {
  let length = 0;
  const tooMany = waiting.findIndex((part) => (length += lineOf(part).length + '99. \n'.length) > PAGE);
  return tooMany === -1 ? waiting : waiting.slice(0, Math.max(1, tooMany));
}

/** Returns true, and opens the question or the list, if there are messages to look at first. */
export function askAboutTalk(turn: Turn): boolean {
  if (askAboutAnswers(turn)) return true;
  if (talkIn(turn).length === 0) return false;
  turn.change({ at: { prompt: 'sieve' } });
  turn.again('full');
  return true;
}

export const sieve = definePrompt('sieve', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: [], needsRecordings: true },
  options: (turn) => numbered(rowsOf(turn).map(({ part }) => ({ text: part?.text ?? '' }))),
  ask(turn) {
    if (turn.session.at.of === undefined) turn.change({ at: { prompt: 'sieve', of: keyOf(pageOf(talkIn(turn))) } });
    const lines = rowsOf(turn).flatMap(({ part }, index) =>
      part === undefined ? [] : [`${index + 1}. ${lineOf(part)}`],
    );
    if (lines.length === 0) return leave(turn);
    const extra = { commands: ['next', 'back'], whole: true } as const;
    if (turn.asking === 'short') return turn.ask('sieve.again', undefined, extra);
    const more = laterOnes(turn).length;
    const count = lines.length + more;
    turn.ask(more === 0 ? 'sieve.ask' : 'sieve.ask-more', { text: lines.join('\n'), more, count }, extra);
  },
  answer(turn, said) {
    const { lexicon } = turn.world;
    const rows = rowsOf(turn);
    const aside = said.aside;
    if (aside === 'all') return proposeAll(turn, [...standing(rows), ...laterOnes(turn)]);
    if (aside === 'both' && rows.length === 2) return cutMessages(turn, standing(rows));
    const answer = plainAnswerIn(lexicon, said.text);
    if (aside === 'none' || answer === 'no' || isRefusal(lexicon, said.text)) return leave(turn);
    // "Enlevez-le" is no open range.
    const found = rangesIn(lexicon, said.text.replace(/(?<=\p{L})-(?=\p{L})/gu, ' '), rows.length);
    const taken = found === null ? numbersTakenOut(lexicon, said.text) : null;
    const numbers = found?.kind === 'numbers' ? found.numbers : (taken ?? []);
    if (numbers.length > 0 && numbers.every((number) => number <= rows.length)) {
      return cutMessages(turn, standing(numbers.flatMap((number) => rows[number - 1] ?? [])));
    }
    const tells = found === null && numbers.length === 0 && answer === null;
    if (tells && looksLikeSentence(lexicon, said.text)) return askAboutStray(turn, said);
    const how =
      found === null && numbers.length === 0
        ? 'sieve.how'
        : found?.kind === 'reversed'
          ? 'cut.reversed'
          : 'choice.out-of-range';
    turn.say(how, { last: rows.length });
    turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    if (command === 'skip-all') keepInText(turn, laterOnes(turn).map(idOf));
    leave(turn);
    return true;
  },
});

/** In characters: of all messages that a single word would take out. */
const SHOWN = 350;

/** "All": testimony may be among them, so they are shown first. Many words need the word that erases. */
function proposeAll(turn: Turn, gone: readonly Part[]): void {
  if (wordsOf(gone) >= MANY_WORDS || gone.length === 0) return cutMessages(turn, gone);
  turn.change({ cut: { kind: 'talk', ids: gone.map(idOf), of: '' } });
  turn.aside({ prompt: 'sieve-all' });
}

export const sieveAll = choicePrompt('sieve-all', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  strict: true,
  plain: true,
  values: () => ['sieve-out', 'sieve-stay'],
  ask(turn) {
    const gone = proposed(turn);
    if (gone.length === 0) return turn.resume('full');
    const text = shortened(gone.map(lineOf).join('\n'), SHOWN);
    turn.ask('sieve.all', { count: gone.length, text }, { choices: ['sieve-out', 'sieve-stay'], whole: true });
  },
  choose(turn, value) {
    const gone = proposed(turn);
    const { cut: _, ...rest } = turn.session;
    turn.session = rest;
    turn.resume('full');
    if (value === 'sieve-out') takeOutMessages(turn, gone);
  },
});

function proposed(turn: Turn): readonly Part[] {
  const { cut } = turn.session;
  return cut?.kind === 'talk' ? turn.parts().filter(({ id }) => cut.ids.includes(id)) : [];
}

const idOf = ({ id }: { readonly id: string }) => id;

function standing(rows: readonly Row[]): readonly Part[] {
  return rows.flatMap(({ part }) => part ?? []);
}

/** Messages that no page has shown yet. */
function laterOnes(turn: Turn): readonly Part[] {
  const shown = new Set(rowsOf(turn).map(idOf));
  return talkIn(turn).filter(({ id }) => !shown.has(id));
}

/** The listed messages are settled, also if *undo* brings one back later. */
function leave(turn: Turn): void {
  const rows = rowsOf(turn);
  keepInText(turn, rows.map(idOf));
  const page = pageOf(talkIn(turn));
  const to = page.length === 0 ? nextStep(turn, 'sieve') : ({ prompt: 'sieve', of: keyOf(page) } as const);
  if (standing(rows).length > 0) return turn.go(to);
  // An empty list is none to come back to.
  turn.change({ at: to, under: [] });
  turn.again('full');
}
