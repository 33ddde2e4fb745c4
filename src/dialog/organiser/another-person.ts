// "Awa wants out", "quiero corregir a la segunda": said by an organiser of somebody else than the person whose text is open. It joins
// no text before it was asked about, and erases nothing by itself.

import { type Language, LANGUAGES } from '../../languages.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import type { PutAway } from '../engine/world.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { leaveOut } from '../stages/care.ts';
import { saidOfAnother } from '../understanding/alarm.ts';
import { fold } from '../understanding/fold.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import { isWaiting } from './case-facts.ts';
import { nameOf } from './gathering.ts';

export const anotherPerson: Stage = (turn, message) => {
  const { gathers, kept, at } = turn.session;
  if (gathers !== 'case' || !kept || message.choice !== null || PROMPT[at.prompt].slot === undefined) return 'next';
  const wish = saidOfAnother(turn.world.lexicon, message);
  if (wish === 'whichOne') {
    leaveOut(turn, message);
    turn.say('gathering.opened', { name: nameOf(turn) }, { replaces: 'talk' });
    turn.again('short');
    return 'done';
  }
  const meant = wish === null ? null : personMeant(turn, fold(message.text).split(' '));
  if (meant === null) return 'next';
  if (meant.session.teller?.closed === true) {
    leaveOut(turn, message);
    turn.say('gathering.is-closed', { name: nameOf(turn, meant.session) });
    turn.again('short');
    return 'done';
  }
  const { id, text } = message;
  const then = wish === 'leavingThem' ? { then: wayOut(meant) } : {};
  turn.change({ doubt: { kind: 'case', to: meant.key, id, text, ...then } });
  turn.aside({ prompt: 'doubt' });
  return 'done';
};

function wayOut({ session }: PutAway): 'hold' | 'withdraw' | 'erase' {
  if (session.mails.length === 0) return 'erase';
  return isWaiting(session) ? 'hold' : 'withdraw';
}

/** The only one of the other people whose name, number or place in the order is among the words. */
function personMeant(turn: Turn, words: readonly string[]): PutAway | null {
  const all = turn.cases().filter(({ session }) => session.teller !== undefined);
  const named = all.filter(({ session }) => saysLabel(turn, words, session.teller?.label ?? ''));
  const number = named.length > 0 ? null : numberSaid(turn, words);
  const found = number === null ? named : all.filter(({ session }) => session.teller?.number === number);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Letters of a part of a name that alone names somebody. */
const PART = 3;

function saysLabel({ world: { lexicon } }: Turn, words: readonly string[], label: string): boolean {
  const whole = fold(label);
  if (whole !== '' && ` ${words.join(' ')} `.includes(` ${whole} `)) return true;
  const isAround = (word: string) =>
    LANGUAGES.some((one) => lexicon.besideChoice[one].has(word) || isTitle(lexicon, one, word));
  return whole.split(' ').some((part) => part.length >= PART && words.includes(part) && !isAround(part));
}

function isTitle({ words }: Lexicon, language: Language, word: string): boolean {
  return words[language].titles.some((title) => fold(title) === word);
}

const PLACES = ['first', 'second', 'third', 'fourth'] as const;

/** "Person 2", "a la segunda", "the second mother’s text"; not "the second part". */
function numberSaid({ world: { lexicon } }: Turn, words: readonly string[]): number | null {
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    for (const language of LANGUAGES) {
      const { person, ...lists } = lexicon.organiser[language];
      if (person.has(word) && next !== undefined && /^\d{1,3}$/u.test(next)) return Number(next);
      const place = PLACES.findIndex((one) => lists[one].has(word));
      const isOfPerson =
        next === undefined ||
        person.has(next) ||
        lexicon.ages[language].kin.has(next) ||
        isTitle(lexicon, language, next);
      if (place !== -1 && isOfPerson) return place + 1;
    }
  }
  return null;
}
