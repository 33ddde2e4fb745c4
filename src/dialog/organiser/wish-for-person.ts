// A wish of an organiser for one of her people: to open their text, or to take it back since they withdraw.

import { countWords } from '../../words.ts';
import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { saidOfAnother } from '../understanding/alarm.ts';
import { fold } from '../understanding/fold.ts';
import { isWaiting } from './case-facts.ts';
import { nameOf } from './gathering.ts';
import { type OfSomebody, personMeant } from './person-meant.ts';

/** In words: a longer message tells. */
const LONGEST = 30;
/** The same for a withdrawal of which nobody is named. */
const UNNAMED = 12;

interface Wish {
  readonly kind: 'leavingThem' | 'goingToThem';
  /** The part of the message that says so. */
  readonly said: string;
  /** Nothing but a name says whose withdrawal it is. */
  readonly isNamed: boolean;
}

/** "I was wrong, it is not …, I want to correct the second": a part of a message may say it. */
export function wishFor(turn: Turn, { text }: Pick<Said, 'text'>): Wish | null {
  if (countWords(text) > LONGEST) return null;
  const parts = text.split(/[,;:.!?…\n]+/u).filter((part) => /\p{L}/u.test(part));
  const isUnnamed = countWords(text) <= UNNAMED && !isOfOwn(turn, text);
  const found = [text, ...parts.toReversed()].flatMap((said): readonly Wish[] => {
    const kind = saidOfAnother(turn.world.lexicon, said);
    if (kind === null || kind === 'whichOne') return [];
    if (kind !== 'leavingSomebody') return [{ kind, said, isNamed: true }];
    return [{ kind: 'leavingThem', said, isNamed: !isUnnamed }];
  });
  return found.find(({ isNamed }) => !isNamed) ?? found[0] ?? null;
}

/** "My mother changed her mind": told by the person whose text it is. */
function isOfOwn({ world, session }: Turn, text: string): boolean {
  const { mine } = world.lexicon.words[session.language].ownRole;
  const words = fold(text).split(' ');
  return mine.some((one) => words.includes(fold(one)));
}

/** The person of whom it is said, there or elsewhere in the message; null for nobody, or several. */
export function meantBy(turn: Turn, { kind, said }: Wish, text: string): OfSomebody | null {
  const leaves = kind === 'leavingThem';
  return personMeant(turn, said, leaves) ?? personMeant(turn, text, leaves);
}

/** The way in which the text of somebody who withdraws is taken back. */
export function wayOut(session: Session): 'hold' | 'withdraw' | 'erase' {
  if (session.mails.length === 0) return 'erase';
  return isWaiting(session) ? 'hold' : 'withdraw';
}

/** "Person 2 of 4", and their name if it may be shown. */
export function sayWhichIsOpen(turn: Turn): void {
  const { number = 1, label = '' } = turn.session.teller ?? {};
  const people = turn.cases().filter(({ session }) => session.teller !== undefined).length + 1;
  // Somebody before them was erased, and the others kept their numbers.
  if (number > people) return turn.say('gathering.opened', { name: nameOf(turn) }, { replaces: 'talk' });
  const isShown = nameOf(turn) === label;
  turn.say(
    isShown ? 'gathering.which-named' : 'gathering.which',
    { number, people, name: label },
    { replaces: 'talk' },
  );
}
