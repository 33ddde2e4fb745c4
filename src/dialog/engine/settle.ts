// What a person has just settled is acted on at the prompt below: a doubt about a message, or what was said back to them.

import { switchLanguage } from '../prompts/asides/asides.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { runCommand } from '../stages/commands.ts';
import { lockWhereGuarded } from '../stages/passphrase.ts';
import { numberOf } from './reply.ts';
import type { Turn } from './turn.ts';

/** A doubt that was just settled: the message joins the text of the prompt below, or is the command it was taken for. */
export function applyResolution(turn: Turn): void {
  const { settled } = turn;
  if (settled === null) return;
  turn.settled = null;
  const { doubt, how } = settled;
  if (doubt.kind === 'stray') {
    const added = how === 'text' && addStray(turn, [doubt, ...doubt.more]);
    const where = turn.session.kept ? 'doubt.added' : 'held.noted';
    if (added) return turn.say(where);
    if (how === 'text') return turn.say('doubt.not-added');
    turn.leaveOut({ doubt });
    return turn.say('doubt.left-out', undefined, { commands: ['undo'] });
  }
  if (doubt.kind === 'take-out' && how !== 'text') return takeOut(turn, doubt.part.id, how === 'take-out');
  if (how === 'text') {
    // Where it was asked about in between, what is open is said once more.
    if (PROMPT[turn.session.at.prompt].slot === undefined) turn.toAsk = null;
    return PROMPT[turn.session.at.prompt].answer(turn, { id: doubt.id, text: doubt.text, tapped: null });
  }
  if (doubt.kind === 'command') runCommand(turn, doubt.command);
  if (doubt.kind === 'case') turn.leaveFor({ kind: 'case', key: doubt.to });
}

/** Out of the answers, as far as *undo*; or it stays. */
function takeOut(turn: Turn, id: string, wanted: boolean): void {
  const gone = turn.parts().filter((part) => part.id === id);
  if (!wanted || gone.length === 0) return turn.say('doubt.stays');
  turn.removeParts(gone);
  turn.say('doubt.taken-out', undefined, { commands: ['undo'] });
}

/** To the story; before the yes there is none, and the words wait for it. False where nothing of them may be kept. */
function addStray(turn: Turn, messages: readonly { readonly id: string; readonly text: string }[]): boolean {
  if (turn.session.flags.includes('under-age') && !turn.session.kept) return false;
  for (const { id, text } of messages) turn.addPart('story', id, text);
  return true;
}

/** What was said, said back and confirmed does what a tap or a typed word does; what is agreed to by it was spoken. */
export function applyConfirmation(turn: Turn): void {
  const { confirmed } = turn;
  if (confirmed === null) return;
  turn.confirmed = null;
  if (lockWhereGuarded(turn)) return;
  const { note, means, words } = confirmed;
  turn.spoken = { note, words: words.join(' · ') };
  const answer = (text: string, tapped: string | null) =>
    PROMPT[turn.session.at.prompt].answer(turn, { id: note, text, tapped });
  switch (means.kind) {
    case 'choice': {
      const number = numberOf(means.value);
      if (number === null) answer('', means.value);
      else answer(number, null);
      break;
    }
    case 'command':
      runCommand(turn, means.command);
      break;
    case 'typed':
      answer(turn.world.lexicon.words[turn.session.language].typed[means.word][0] ?? '', null);
      break;
    case 'language':
      switchLanguage(turn, means.language);
      break;
    case 'name':
      answer(means.name, null);
      break;
    case 'no':
      answer(words.join(' '), null);
      break;
    default:
      return means satisfies never;
  }
  turn.spoken = null;
  applyResolution(turn);
}
