// Does the things that were heard while telling (talk.ts) and confirmed.

import { LANGUAGES } from '../../languages.ts';
import type { HeardKind } from '../engine/doubt.ts';
import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import { switchLanguage } from '../prompts/asides/language.ts';
import { COMMANDS } from '../understanding/word-lists.ts';
import { runCommand } from './commands.ts';
import { sentTexts } from './sent-texts.ts';
import { showWritten } from './show-written.ts';

/** Does what was heard and confirmed. The words are left out of the text; *undo* asks about them again. */
export function applyHeard(
  turn: Turn,
  { as, aside, id, text, more = [] }: Extract<NonNullable<Session['doubt']>, { kind: 'heard' }>,
): void {
  if (as === 'unsure') turn.say('talk.unsure', undefined, { commands: ['help', 'person'] });
  doHeard(turn, as);
  if (id === '' || aside === true) return;
  // *stop* may have opened the case that is being sent: no row of this one may change then.
  if (turn.effects.some(({ kind }) => kind === 'enter')) turn.joinStep();
  turn.leaveOut({ doubt: { kind: 'stray', id, text, more } });
}

function doHeard(turn: Turn, as: HeardKind): void {
  const language = LANGUAGES.find((one) => as === `language-${one}`);
  if (language !== undefined) return switchLanguage(turn, language);
  if (as === 'take-back') {
    if (sentTexts(turn).some(({ out }) => out.length > 0)) return turn.aside({ prompt: 'withdraw-kind' });
    return runCommand(turn, 'stop');
  }
  const command = COMMANDS.find((one) => one === as);
  if (command === 'review' && showWritten(turn)) return;
  if (command !== undefined) runCommand(turn, command);
}
