// The request for a person.

import { choicePrompt } from '../../engine/prompt.ts';
import type { Turn } from '../../engine/turn.ts';
import { operatorParams, supportList } from '../opening/opening.ts';

export const person = choicePrompt('person', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true },
  values: personChoices,
  ask(turn) {
    turn.flag('asks-for-person');
    turn.ask('person.ask', { support: supportList(turn, 'protect', 'own') }, { choices: personChoices(turn) });
  },
  choose(turn, value) {
    if (value === 'person-write') {
      turn.change({ personMayWrite: true });
      turn.say('person.noted', operatorParams(turn));
    }
    turn.resume('full');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.resume('full');
    return true;
  },
});

function personChoices({ world }: Turn): readonly string[] {
  return world.operator.desk ? ['person-write', 'person-on'] : ['person-on'];
}
