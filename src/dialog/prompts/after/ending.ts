// The end is not a menu: the bot thanks, and says once more who can listen.

import type { Turn } from '../../engine/turn.ts';
import { supportList } from '../opening/opening.ts';

/** After the sending, once for a text. */
export function thankForText(turn: Turn): void {
  const { thanked, gathers } = turn.session;
  if (thanked === true) return;
  turn.change({ thanked: true });
  turn.say(gathers === undefined ? 'ending.thanks' : 'ending.thanks-organiser', {
    support: supportList(turn, 'later'),
  });
}
