// The question about one of an organiser's people: whose text to open, or who withdraws. A plain no adds nothing to a text unasked.

import type { Choice } from '../../engine/reply.ts';
import type { Session } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import type { PutAway, Said } from '../../engine/world.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { everybody, OPEN } from '../../organiser/person-meant.ts';
import { meantBy, wayOut, wishFor } from '../../organiser/wish-for-person.ts';
import { wishesToGoOn } from '../../understanding/alarm.ts';
import { fold } from '../../understanding/fold.ts';
import { plainAnswerIn } from '../../understanding/plain-answer.ts';
import { numberIn } from '../../understanding/recognize.ts';
import { goOnFrom, settle } from './waiting-words.ts';

type Doubt = NonNullable<Session['doubt']>;
export type OfPerson = Extract<Doubt, { readonly kind: 'case' }>;

/** Before the key of a person who may be meant. */
const WHO = 'who:';
/** Words of a "no, it isn't her"; a longer answer may tell something. */
const FEW = 5;

/** It is still to be said who withdraws. */
function isOpenWho({ to, then, asked }: OfPerson): boolean {
  return to === OPEN && then === undefined && asked !== true;
}

function mayLeave(turn: Turn): readonly Pick<PutAway, 'key' | 'session'>[] {
  return everybody(turn).filter(({ session }) => session.teller?.closed !== true);
}

export function choicesOfPerson(turn: Turn, open: OfPerson): readonly Choice[] {
  const plain = (value: string): Choice => ({ value, label: { key: `choices.${value}` } });
  if (open.asked === true) return ['doubt-add', 'doubt-leave'].map(plain);
  if (!isOpenWho(open)) return ['doubt-command', 'doubt-text'].map(plain);
  const people = mayLeave(turn).map(({ key, session }): Choice => {
    const label = {
      key: key === OPEN ? 'gathering.person-open' : 'gathering.person-other',
      params: { name: nameOf(turn, session) },
    };
    return { value: `${WHO}${key}`, label };
  });
  return [...people, plain('doubt-text')];
}

/** The key of the question. */
export function textOfPerson(open: OfPerson): string {
  if (open.asked === true) return 'doubt.case-words';
  if (isOpenWho(open)) return 'doubt.case-who';
  if (open.then === undefined) return 'doubt.case';
  return open.to === OPEN ? 'doubt.case-out-open' : 'doubt.case-out';
}

/** Handles a choice that differs from those of other questions about words. A plain "no" asks once what the words are. */
export function choosesPerson(turn: Turn, value: string, said: Said): boolean {
  const { doubt: open } = turn.session;
  if (open?.kind !== 'case') return false;
  if (value.startsWith(WHO)) {
    const key = value.slice(WHO.length);
    const one = everybody(turn).find((each) => each.key === key);
    if (one !== undefined) turn.change({ doubt: { ...open, to: key, then: wayOut(one.session) } });
    if (one === undefined) turn.again('short');
    else settle(turn, 'not-text');
    return true;
  }
  if (value === 'doubt-leave') {
    goOnFrom(turn, true, 'short');
    return true;
  }
  if (value !== 'doubt-text' || open.asked === true || !isPlainNo(turn, said)) return false;
  if (wishFor(turn, open)?.kind === 'goingToThem') goOnFrom(turn, true, 'short');
  else {
    turn.change({ doubt: { ...open, asked: true } });
    turn.again('full');
  }
  return true;
}

function isPlainNo({ world }: Turn, { text, tapped }: Said): boolean {
  return tapped === null && numberIn(text) === null && plainAnswerIn(world.lexicon, text) === 'no';
}

/**
 * "No, I want to go to Mrs Martha" goes there, and a withdrawal is asked about; "no, it isn't her" leaves all of it out. False for
 * anything else.
 */
export function answersOfPerson(turn: Turn, open: Doubt, said: Said): boolean {
  if (open.kind !== 'case') return false;
  const { id, text } = said;
  const more = [{ id: open.id, text: open.text }, ...(open.more ?? [])].filter((one) => one.id !== '');
  const wish = wishFor(turn, said);
  const meant = wish === null ? null : meantBy(turn, wish, text);
  if (wish !== null && meant !== null && meant.session.teller?.closed !== true) {
    if (wish.kind === 'leavingThem') {
      turn.change({ doubt: { kind: 'case', to: meant.key, then: wayOut(meant.session), id, text, more } });
      turn.again('full');
      return true;
    }
    turn.change({ doubt: { kind: 'case', to: meant.key, id, text, more } });
    if (meant.key === OPEN) goOnFrom(turn, true, 'short');
    else settle(turn, 'not-text');
    return true;
  }
  if (!isNoOfFew(turn, text)) return false;
  turn.change({ doubt: { ...open, more: [...(open.more ?? []), { id, text }] } });
  goOnFrom(turn, true, 'short');
  return true;
}

function isNoOfFew({ world: { lexicon } }: Turn, text: string): boolean {
  const [first = '', ...rest] = fold(text).split(' ');
  if (plainAnswerIn(lexicon, first) !== 'no') return wishesToGoOn(lexicon, text);
  return rest.length <= FEW || wishesToGoOn(lexicon, rest.join(' '));
}
