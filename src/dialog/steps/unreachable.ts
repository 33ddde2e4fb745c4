// Step 12, second half, where staff release: what shall happen if nobody has released the text before the deadline, or if
// they ask something and get no answer. Nothing is preselected; without an answer nothing is sent.

import { deadlineOf } from '../call.ts';
import { choicePrompt, type Prompt } from '../prompt.ts';
import type { IfUnreachable } from '../review.ts';
import { onwards } from '../way.ts';

const WORDING = 'unreachable.ask';

const CHOICES: Readonly<Record<string, IfUnreachable>> = {
  'unreachable-withhold': 'withhold',
  'unreachable-confidential': 'confidential',
  'unreachable-not-send': 'not-send',
};

export const ifUnreachable: Prompt = choicePrompt({
  strict: true,
  values: () => Object.keys(CHOICES),
  ask(turn) {
    const deadline = deadlineOf(turn.world.call)?.instant ?? turn.event.at;
    turn.ask(
      WORDING,
      { org: turn.world.operator.name, date: { at: deadline, show: 'date' }, time: { at: deadline, show: 'time' } },
      { choices: Object.keys(CHOICES), commands: ['pause', 'back'], whole: true },
    );
  },
  choose(turn, value) {
    const choice = CHOICES[value];
    if (choice === undefined) return turn.again('short');
    turn.change({ ifUnreachable: choice, built: null });
    turn.consent('if-unreachable', choice, { key: WORDING });
    turn.go(onwards(turn, 'if-unreachable'));
  },
});
