// *review* in a document for several, which has no answers of its own: whose text is to be changed. That is done in their
// own text, with them, and is read back to them again.

import { wordsIn } from '../engine/case-line.ts';
import { nameOf } from './gathering.ts';
import type { Prompt } from '../engine/prompt.ts';
import { numberIn } from '../understanding/recognize.ts';
import type { Choice } from '../engine/reply.ts';
import { goInto } from './cases.ts';
import { jointMembers } from './joint-members.ts';

/** `of`: words that shall be withheld there. */
export const jointReview: Prompt = {
  ask(turn) {
    const choices = jointMembers(turn).map(({ key, session }): Choice => {
      const params = { part: nameOf(turn, session), words: wordsIn(session) };
      return { value: key, label: { key: 'review.part', params } };
    });
    if (choices.length === 0) return turn.resume('full');
    const { of } = turn.session.at;
    if (of === undefined) turn.ask('jointly.review', undefined, { choices, commands: ['next'] });
    else turn.ask('jointly.withhold', { words: of }, { choices, commands: ['next'] });
  },
  hear(turn, said) {
    const members = jointMembers(turn);
    const key = said.tapped ?? members[(numberIn(said.text) ?? 0) - 1]?.key;
    const chosen = members.find((one) => one.key === key);
    if (chosen === undefined) {
      turn.say('choice.out-of-range', { last: members.length });
      return turn.again('short');
    }
    const { of: words } = turn.session.at;
    if (chosen.session.teller?.closed !== true) turn.resume('full');
    goInto(turn, chosen, words === undefined ? { kind: 'review' } : { kind: 'withhold', words });
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.resume('full');
    return true;
  },
};
