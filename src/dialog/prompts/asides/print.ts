// Organisers learn where the page to print is: what is read aloud, the questions, and a form for where there is no network.

import type { Turn } from '../../engine/turn-in-progress.ts';

/** Nothing is said where people reach no page of ours. */
export function tellOfPrint(turn: Turn): void {
  const { printAt } = turn.facts.channel;
  if (printAt !== undefined) turn.say('printed.tell', { url: `${printAt}/${turn.session.language}` });
}
