// A reply was refused for good, as WhatsApp does with accounts that it distrusts: the person looks at an older question, and
// what they write answers that one. It must not be taken for a yes to what they never saw.

import type { Command } from './lexicon.ts';
import { tellMail } from './steps/after.ts';
import type { Turn } from './turning.ts';

/** They would lead past a question that was not seen. */
export const MOVES_ON: readonly (Command | null)[] = ['next', 'skip', 'skip-all'];

/** Says so, and once more how a mail stands: perhaps that was what did not arrive. */
export function tellUnheard(turn: Turn): void {
  if (turn.facts.unheard !== true) return;
  turn.say('unheard.again', undefined, { replaces: 'unheard' });
  const last = turn.session.mails.at(-1);
  if (last !== undefined && turn.session.news.length === 0) tellMail(turn, last);
}
