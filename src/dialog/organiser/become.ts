// Somebody who writes alone becomes an organiser, and back: with a yes of their own, and with *undo* as long as nobody else has
// said yes to anything.

import { nextStep } from '../engine/route.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { keepParams } from '../prompts/opening/opening.ts';
import { tellOfPrint } from '../prompts/asides/unreachable.ts';
import { isOwnText } from './own-texts.ts';

/** True if the open text may become the first of an organiser: it is nobody else's, and was never sent. */
export function mayGather({ session }: Turn): boolean {
  return session.gathers === undefined && session.mails.length === 0 && !isOwnText(session);
}

/** "I help several families": asked back. The words are in nobody's text; *undo* asks about them. */
export function askWhetherGathers(turn: Turn, said: Said): void {
  const { id, text } = said;
  turn.leaveOut({ doubt: { kind: 'stray', id, text, more: [] } });
  turn.aside({ prompt: 'gathers' });
}

export const hasText = ({ session }: Turn) => Object.keys(session.counts).length > 0;

/** The text that was written so far is the first person's, if they say yes; names and readers were chosen by somebody else. */
export function becomeOrganiser(turn: Turn): void {
  // The consent so far was the organiser's: each person gives their own.
  for (const purpose of ['keep', 'adult'] as const) {
    const wording = { key: 'keep.ask', params: keepParams(turn), choices: turn.world.intake.choices.keep };
    turn.effects.push({ kind: 'consent', purpose, subject: 'author', value: 'yes', wording, mine: true });
  }
  rememberAlone(turn);
  turn.change({ role: 'organiser', gathers: 'case', kept: false, adult: false, ownRole: null });
  turn.change({ author: { form: 'none' }, publication: null, built: null });
  turn.say(hasText(turn) ? 'for-whom.organiser-written' : 'for-whom.organiser', undefined, { commands: ['undo'] });
  tellOfPrint(turn);
  turn.go(nextStep(turn, 'for-whom'));
  // *back* leads out of it as *undo* does (stages/commands.ts).
  turn.change({ trail: [] });
}

/** Joins the step in which the words that said so were left out. */
function rememberAlone(turn: Turn): void {
  turn.joinStep();
  turn.remember('role', 'ownRole', 'author', 'publication');
  const { undo } = turn.session;
  if (undo !== undefined) turn.change({ undo: { ...undo, before: { ...undo.before, alone: true } } });
}

/** *undo*, or another answer to who writes, before the first person has said yes. */
export function writeAlone(turn: Turn): void {
  const { gathers: _, together: __, teller: ___, ...rest } = turn.session;
  turn.session = { ...rest, kept: true, adult: true };
}

/** True until the first person has said yes: so far it is the organiser's own text. */
export function mayWriteAlone({ session }: Turn): boolean {
  return session.gathers === 'case' && !session.kept && session.contribution !== null && session.joint === undefined;
}

/** After *undo*: the question that was answered, or the check of a text that has words. */
export function askAloneAgain(turn: Turn): void {
  writeAlone(turn);
  const isWritten = hasText(turn);
  turn.change({ at: { prompt: isWritten ? 'story' : 'for-whom' }, under: [], trail: [] });
  turn.say('for-whom.alone-again');
  if (isWritten) turn.aside({ prompt: 'review' });
  else turn.again('full');
}
