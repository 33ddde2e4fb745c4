// Whose word sends a text, and what happens by the clock where nobody's does.

import { deadlineOf } from '../../calls/call.ts';
import type { TextRef } from './reply.ts';
import type { Turn } from './turn-in-progress.ts';

/** How many reviewers release before a text leaves; 0 where the person's word alone sends. */
export function reviewersNeeded({ world }: Turn): 0 | 1 | 2 {
  switch (world.operator.release) {
    case 'person':
      return 0;
    case 'staff':
      return 1;
    case 'two':
      return 2;
    default:
      return world.operator.release satisfies never;
  }
}

/** The choice counts where staff release and a deadline lies ahead: else nothing happens by the clock. */
export function choiceMatters(turn: Turn): boolean {
  const deadline = deadlineOf(turn.world.call)?.instant;
  return reviewersNeeded(turn) > 0 && deadline !== undefined && turn.event.at < deadline;
}

/** What will happen without a release, in words, to be said before SEND. */
export function choiceInWords(turn: Turn, confidentialLine: string): TextRef {
  if (!choiceMatters(turn)) return { key: 'unreachable.said.no-deadline' };
  const choice = turn.session.ifUnreachable ?? 'not-send';
  const { publication } = turn.session;
  if (choice === 'confidential' && publication !== 'confidential') {
    return { key: 'unreachable.said.confidential', params: { line: confidentialLine } };
  }
  return { key: choice === 'confidential' ? 'unreachable.said.as-it-is' : `unreachable.said.${choice}` };
}
