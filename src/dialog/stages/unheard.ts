// A reply was refused for good, as WhatsApp does with accounts that it distrusts: the person looks at an older question, and
// what they write answers that one. It must not be taken for a yes to what they never saw.

import { questionIn } from '../understanding/commands.ts';
import type { Command } from '../understanding/lexicon.ts';
import { keepWords, TAKES_WORDS } from './answer-alarm.ts';
import { PROMPT } from '../prompts/prompts.ts';
import type { Said } from '../engine/said.ts';
import { tellMail } from '../prompts/after/after.ts';
import { promptKey, type Turn } from '../engine/turn-in-progress.ts';
import { countWords } from '../../words.ts';

/** They would lead past a question that was not seen. */
export const MOVES_ON: readonly (Command | null)[] = ['next', 'skip', 'skip-all'];

/** Says so, and once more how a mail stands: perhaps that was what did not arrive. */
export function tellUnheard(turn: Turn): void {
  if (turn.facts.unheard !== true) return;
  turn.say('unheard.again', undefined, { replaces: 'unheard' });
  const last = turn.session.mails.at(-1);
  if (last !== undefined && turn.session.news.length === 0) tellMail(turn, last);
}

/** Of fewer words, a message that quotes another question tells nothing of a story. */
const LONG_WORDS = 4;

/**
 * True where the message answers nothing: what was said last was refused and this is `short`, or it was written before the
 * question that is open had arrived, or it quotes another one. Its words are kept as far as there are any; the question is
 * asked again unless it is on its way or there.
 */
export function isNoAnswer(turn: Turn, said: Said, short: boolean): boolean {
  const { event, facts, session } = turn;
  if (facts.unheard === true && short) {
    turn.again('full');
    return true;
  }
  if (event.kind !== 'message' || event.choice !== undefined) return false;
  const { prompt } = session.at;
  const quotesOther = event.quotes !== undefined && event.quotes !== promptKey(session.at);
  const tells = PROMPT[prompt].slot !== undefined || prompt === 'voice-check' || TAKES_WORDS.includes(prompt);
  const early = facts.early !== undefined && (!tells || prompt === 'doubt' || prompt === 'voice-check');
  if (!quotesOther && !early) return false;
  // A question is answered, whatever it was asked before.
  if (PROMPT[prompt].literal !== true && prompt !== 'doubt' && questionIn(turn.world.lexicon, said.text) !== null) {
    return false;
  }
  if (tells && countWords(said.text) >= LONG_WORDS) return false;
  const kept = tells ? 'neither' : keepWords(turn, said);
  if (kept === 'offered') return true;
  if (kept === 'neither') turn.say(quotesOther ? 'unheard.quoted' : 'unheard.early', undefined, { replaces: 'early' });
  if (facts.early !== 'waits') turn.again('short');
  return true;
}
