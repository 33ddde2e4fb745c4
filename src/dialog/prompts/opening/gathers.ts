// Whether somebody gathers testimony for others: asked back before it binds, since each person then gives their own yes.

import { choicePrompt } from '../../engine/prompt.ts';
import { becomeOrganiser, hasText } from '../../organiser/become.ts';

export const gathers = choicePrompt('gathers', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', phrase: [], endsFirst: true },
  values: () => ['gathers-yes', 'gathers-no'],
  ask(turn) {
    const written = hasText(turn) ? '-written' : '';
    turn.ask(`for-whom.gathers${written}`, undefined, { choices: ['gathers-yes', 'gathers-no'] });
  },
  choose(turn, value) {
    if (value === 'gathers-yes') becomeOrganiser(turn);
    else turn.resume('full');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.resume('full');
    return true;
  },
});
