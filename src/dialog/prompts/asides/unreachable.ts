// Step 12, second half, where staff release: what shall happen if nobody has released the text before the deadline, or if
// they ask something and get no answer. Nothing is preselected; without an answer nothing is sent.

import { deadlineOf } from '../../../calls/call.ts';
import { choicePrompt, type Prompt } from '../../engine/prompt.ts';
import type { Params } from '../../engine/reply.ts';
import type { IfUnreachable } from '../../staff-review/review.ts';
import type { Turn } from '../../engine/turn-in-progress.ts';
import { onwards } from '../../engine/route.ts';

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
    turn.ask(WORDING, askedWith(turn), {
      choices: Object.keys(CHOICES),
      commands: ['pause', 'back'],
      whole: true,
    });
  },
  choose(turn, value) {
    const choice = CHOICES[value];
    if (choice === undefined) return turn.again('short');
    turn.change({ ifUnreachable: choice, built: null });
    turn.consent('if-unreachable', choice, { key: WORDING, params: askedWith(turn), choices: Object.keys(CHOICES) });
    turn.go(onwards(turn, 'if-unreachable'));
  },
});

function askedWith({ world, event }: Turn): Params {
  const at = deadlineOf(world.call)?.instant ?? event.at;
  return { org: world.operator.name, date: { at, show: 'date' }, time: { at, show: 'time' } };
}
