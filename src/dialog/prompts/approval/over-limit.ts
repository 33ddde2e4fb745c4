// Over the limit: the longest parts, what each would have to lose, in the person's own sentences. Nothing is ever cut for them.

import { wordLimitOf } from '../../../calls/call.ts';
import type { BuiltDocument } from '../../engine/event.ts';
import type { Prompt } from '../../engine/prompt.ts';
import { rangesIn } from '../../understanding/ranges.ts';
import { numberIn } from '../../understanding/recognize.ts';
import { numbered } from '../../engine/numbered.ts';
import type { Choice } from '../../engine/reply.ts';
import { typedIn } from '../../understanding/commands.ts';
import { cutNumbers, proposeText, sentencesOf } from './cut.ts';
import { countWords } from '../../../words.ts';
import { slotName } from '../../engine/slot-name.ts';
import type { Turn } from '../../engine/turn-in-progress.ts';

function longestFirst(turn: Turn): readonly (readonly [string, number])[] {
  return Object.entries(turn.session.counts)
    .map(([slot, { words }]) => [slot, words] as const)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5);
}

export const overLimit: Prompt = {
  options: (turn) => longestFirst(turn).map(([slot]) => ({ value: `part:${slot}`, label: slotName(slot) })),
  ask: (turn) => void turn.effects.push({ kind: 'build', final: false, file: false }),
  built(turn, document) {
    const over = excess(turn, document);
    if (over <= 0) {
      turn.say('over-limit.fits', { words: document.words });
      return turn.resume('full');
    }
    const choices: readonly Choice[] = longestFirst(turn).map(([slot, words]) => ({
      value: `part:${slot}`,
      label: { key: 'over-limit.part', params: { part: slotName(slot), words, lose: Math.min(words, over) } },
    }));
    turn.ask(
      'over-limit.ask',
      { words: document.words, over, limit: document.words - over },
      { choices, commands: ['pause'] },
    );
  },
  hear(turn, said) {
    const slot = said.tapped?.slice('part:'.length) ?? longestFirst(turn)[(numberIn(said.text) ?? 0) - 1]?.[0];
    if (slot !== undefined) return turn.aside({ prompt: 'over-limit-part', of: slot });
    turn.say('over-limit.choose');
    return turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.say('over-limit.must');
    turn.again('short');
    return true;
  },
};

function excess(turn: Turn, document: BuiltDocument): number {
  const limit = wordLimitOf(turn.world.call);
  return limit === null ? 0 : document.words - limit;
}

export const overLimitPart: Prompt = {
  options: (turn) => numbered(sentencesOf(turn, turn.session.at.of ?? '')),
  ask(turn) {
    const slot = turn.session.at.of ?? '';
    const sentences = sentencesOf(turn, slot);
    if (sentences.length === 0) return turn.resume('full');
    const list = sentences.map(({ text }, index) => `${index + 1}. ${text.trim()} (${countWords(text)})`).join('\n');
    turn.say('over-limit.sentences', { part: slotName(slot), text: list });
    turn.ask('over-limit.which', undefined, { commands: ['next', 'back'] });
  },
  hear(turn, said) {
    const slot = turn.session.at.of ?? '';
    const { lexicon } = turn.world;
    if (typedIn(lexicon, said.text) === 'erase') {
      const words = turn.session.counts[slot]?.words ?? 0;
      turn.removeParts(turn.parts(slot));
      turn.say('over-limit.left-out', { words }, { commands: ['undo'] });
      return turn.resume('full');
    }
    const last = sentencesOf(turn, slot).length;
    const found = rangesIn(lexicon, said.text, last);
    if (found !== null) return cutNumbers(turn, 'sentences', found);
    if (proposeText(turn, said)) return;
    turn.say('over-limit.unclear', { last });
    return turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.resume('full');
    return true;
  },
};
