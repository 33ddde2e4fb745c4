// Asks for the passphrase before a guarded prompt, in case another person holds the phone.

import { hoursUntil } from '../../engine/last-moment.ts';
import { countWords } from '../../../words.ts';
import { definePrompt } from '../../engine/prompt.ts';
import type { Position } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { countWrongWord, openAgainAt, TRIES } from '../../stages/passphrase.ts';
import { fold } from '../../understanding/fold.ts';
import { isAskingBack, isRefusal, looksLikeSentence } from '../../understanding/plain-answer.ts';
import { tellNews } from '../after/after.ts';
import { operatorParams } from '../opening/opening.ts';

/** A message of this many words is not a try of the passphrase. */
const TELLING_WORDS = 8;

function isTold({ world }: Turn, text: string): boolean {
  return countWords(text) >= TELLING_WORDS || looksLikeSentence(world.lexicon, text);
}

/** Staff reset the passphrase meanwhile: the guarded prompt is open, and this was perhaps a try of the old one. */
function handleOpened(turn: Turn, said: Said): void {
  turn.again('full');
  if (isTold(turn, said.text)) noteStray(turn, said);
  else turn.effects.push({ kind: 'redact', message: said.id });
}

/** The person wrote on before they gave the passphrase: the message is kept and asked about afterwards. */
function putAside(turn: Turn, said: Said): boolean {
  if (!noteStray(turn, said)) return false;
  turn.say('aside.waits');
  turn.again('short');
  return true;
}

function noteStray(turn: Turn, { id, text }: Said): boolean {
  const { kept, contribution, doubt: open, joint } = turn.session;
  if (!kept || contribution === null || joint !== undefined || !isTold(turn, text)) return false;
  if (open !== null && open.kind !== 'stray') return false;
  const more = { id, text };
  turn.change({
    doubt: open === null ? { kind: 'stray', ...more, more: [] } : { ...open, more: [...open.more, more] },
  });
  return true;
}

function askAboutAside(turn: Turn): void {
  if (turn.session.doubt?.kind === 'stray' && turn.session.at.prompt !== 'doubt') turn.aside({ prompt: 'doubt' });
}

/** Guards review, read-back, correction and publication. */
export const locked = definePrompt('locked', {
  traits: {
    kind: 'interrupt',
    guarded: false,
    consent: 'none',
    endsFirst: true,
    takes: 'secret',
    readAfter: 'spoken.ear-locked',
  },
  literal: true,
  ask(turn) {
    // Given or reset meanwhile, perhaps in another text of the same organiser.
    if (turn.session.unlockedAt !== null || turn.session.ownWord === null) {
      turn.resume('full');
      return askAboutAside(turn);
    }
    turn.ask('locked.ask', undefined, { commands: ['back'] });
  },
  answer(turn, said) {
    const { ownWord, wrongWords } = turn.session;
    if (ownWord === null) return handleOpened(turn, said);
    const isWord = turn.world.fingerprint(fold(said.text)) === ownWord;
    const { lexicon } = turn.world;
    const refuses = isRefusal(lexicon, said.text) || isAskingBack(lexicon, said.text);
    if (!isWord && !refuses && putAside(turn, said)) return;
    if (!isWord && (refuses || isTold(turn, said.text))) {
      // The message is not a try.
      turn.say('locked.what', operatorParams(turn));
      return turn.again('short');
    }
    turn.effects.push({ kind: 'redact', message: said.id });
    if (wrongWords < TRIES && isWord) {
      turn.change({ unlockedAt: turn.event.at, wrongWords: 0 });
      tellNews(turn);
      turn.resume('full');
      if (!turn.tellWaiting()) askAboutAside(turn);
      return;
    }
    const how = countWrongWord(turn);
    const again = openAgainAt(turn);
    const hours = hoursUntil(again, turn.event.at);
    turn.say(`locked.${how}`, { ...operatorParams(turn), hours });
    return turn.again('short');
  },
  command(turn, command) {
    if (command !== 'back') return false;
    // Returns to the last prompt that does not show the text.
    const { trail } = turn.session;
    const open = trail.findLastIndex(({ prompt }) => !turn.traitsOf(prompt).guarded);
    const elsewhere: Position = turn.session.gathers === 'home' ? { prompt: 'home' } : { prompt: 'topics' };
    turn.change({ at: trail[open] ?? elsewhere, trail: trail.slice(0, Math.max(open, 0)), under: [] });
    turn.again('full');
    askAboutAside(turn);
    return true;
  },
});
