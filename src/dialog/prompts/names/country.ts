// The country that the text is about: some calls want one text for each, some are about a few only.

import { countriesOf } from '../../../calls/country.ts';
import { oneLine } from '../../../calls/topics.ts';
import { definePrompt } from '../../engine/prompt.ts';
import type { Choice } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { fold } from '../../understanding/fold.ts';
import { isAskingBack, isRefusal } from '../../understanding/plain-answer.ts';
import { numberIn } from '../../understanding/recognize.ts';
import { backToCheck } from '../approval/check-lines.ts';

/** Words of a country's name: "Saint Vincent and the Grenadines", "la República Democrática del Congo". */
const MOST_WORDS = 6;
const MOST_LETTERS = 60;

function countryChoices({ world }: Turn): readonly Choice[] {
  return countriesOf(world.call).map((name) => ({
    value: `country:${name}`,
    label: { key: 'country.one', params: { country: name } },
  }));
}

export const country = definePrompt('country', {
  traits: { kind: 'step', guarded: false, consent: 'keep', takes: 'name', phrase: [] },
  literal: true,
  options: countryChoices,
  ask(turn) {
    const choices = countryChoices(turn);
    const key = choices.length === 0 ? 'country.ask' : 'country.ask-listed';
    turn.ask(key, undefined, { ...(choices.length === 0 ? {} : { choices }), commands: ['skip'] });
  },
  answer(turn, said) {
    const { lexicon } = turn.world;
    if (isRefusal(lexicon, said.text)) return goOn(turn);
    const name = isAskingBack(lexicon, said.text) ? null : countryIn(turn, said);
    if (name !== null) return take(turn, name);
    turn.say(countryChoices(turn).length === 0 ? 'country.unfit' : 'country.not-listed');
    turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    goOn(turn);
    return true;
  },
});

function countryIn({ world }: Turn, { text, tapped }: Said): string | null {
  const listed = countriesOf(world.call);
  if (listed.length > 0) {
    const tappedName = listed.find((name) => `country:${name}` === tapped);
    return tappedName ?? listed[(numberIn(text) ?? 0) - 1] ?? listed.find((name) => fold(name) === fold(text)) ?? null;
  }
  const name = oneLine(text).replace(/(?<![.!])[.!]+$/u, '');
  const isName = /^\p{L}[\p{L}\p{M}\s'’().-]*$/u.test(name) && name.length <= MOST_LETTERS;
  return isName && name.split(' ').length <= MOST_WORDS ? name : null;
}

/** Said back, and undone by *undo* or at the review. */
function take(turn: Turn, name: string): void {
  turn.remember('country');
  turn.change({ country: name, built: null });
  turn.noteChange();
  if (turn.session.under.length > 0) return backToCheck(turn, 'country');
  turn.say('country.taken', { country: name }, { commands: ['undo'] });
  turn.go(nextStep(turn, 'country'));
}

function goOn(turn: Turn): void {
  if (turn.session.under.length > 0) turn.resume('full');
  else turn.go(nextStep(turn, 'country'));
}
