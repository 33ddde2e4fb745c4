// *cases*, *new*, *hand over* and the like: commands of those who gather for others, in every step.

import type { Stage, Turn } from '../engine/turn.ts';
import { gatheringWordIn } from '../understanding/commands.ts';
import { askForImport } from './import.ts';

/** Whoever goes to another text has not written to this one. */
export const organiserCommand: Stage = (turn, { text, choice }) =>
  choice === null && runOrganiserCommand(turn, text) ? 'done' : 'next';

/** True if the message was one. */
function runOrganiserCommand(turn: Turn, text: string): boolean {
  const said = gatheringWordIn(turn.world.lexicon, text);
  // Where a code itself was typed, it is about that one.
  if (said === 'new-code' && turn.session.at.prompt === 'code-withdraw') return false;
  const isTheirs = said === 'new-code' && turn.session.withdrawalCode === true;
  const word = turn.session.gathers === undefined && !isTheirs ? null : said;
  // These are about the text that is open.
  if ((word === 'hand-over' || word === 'close' || word === 'new-code') && !isTheirs && !isOpen(turn)) {
    turn.say('codes.nothing-open');
    turn.again('short');
    return true;
  }
  if ((word === 'hand-over' || word === 'close') && turn.session.importing !== undefined) {
    turn.say('import.first');
    turn.again('short');
    return true;
  }
  switch (word) {
    case null:
      return false;
    case 'cases':
      if (turn.session.gathers === 'home') turn.go({ prompt: 'cases' });
      else turn.leaveFor({ kind: 'home', at: 'cases' });
      return true;
    case 'new':
      turn.leaveFor({ kind: 'new' });
      return true;
    case 'my-word':
      if (turn.session.ownWord !== null) turn.say('gathering.has-word');
      turn.aside({ prompt: 'own-word' });
      return true;
    case 'together':
      if (turn.session.gathers === 'home') turn.go({ prompt: 'joint' });
      else turn.leaveFor({ kind: 'home', at: 'joint' });
      return true;
    case 'hand-over':
      turn.aside({ prompt: 'hand-over' });
      return true;
    case 'close':
      turn.aside({ prompt: 'close-case' });
      return true;
    case 'import':
      askForImport(turn);
      return true;
    case 'new-code':
      turn.aside({ prompt: 'new-code' });
      return true;
    default:
      return word satisfies never;
  }
}

function isOpen({ session }: Turn): boolean {
  return session.gathers === 'case' && session.kept && session.teller !== undefined;
}
