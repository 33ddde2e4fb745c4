// What is said after a question that is heard: how it can be answered by voice. It is not shown; who reads sees the buttons.

import type { Reply, TextRef } from '../../engine/reply.ts';
import type { PromptId } from '../../prompts/steps.ts';
import type { Turn } from '../../engine/turn-in-progress.ts';
import { mayUnderstand } from './may-understand.ts';
import { typedAt } from './typed-at.ts';

export function earOf(turn: Turn, { prompt, choices = [], commands = [] }: Reply): readonly TextRef[] {
  const { at } = turn.session;
  if (prompt === undefined || at.prompt === 'heard' || !mayUnderstand(turn)) return [];
  const [typed] = typedAt(turn, at.prompt);
  const word = typed === undefined ? undefined : turn.world.lexicon.words[turn.session.language].typed[typed][0];
  const words = commands.filter((command) => command !== 'listen').map((command) => ({ key: `commands.${command}` }));
  if (NAMED[at.prompt] !== undefined) return named(at.prompt);
  return [
    ...(choices.length === 0 ? [] : [{ key: 'spoken.ear-number' }]),
    ...(word === undefined ? [] : [{ key: 'spoken.ear-word', params: { word } }]),
    ...(words.length === 0
      ? []
      : [{ key: 'spoken.ear-commands', params: { words: { list: words, by: 'comma' as const } } }]),
  ];
}

/** Where the usual words do not do. */
const NAMED: Readonly<Partial<Record<PromptId, string>>> = {
  'own-word': 'spoken.ear-secret',
  locked: 'spoken.ear-locked',
  'harmed-name': 'spoken.ear-name',
  'author-name': 'spoken.ear-name',
};

function named(prompt: PromptId): readonly TextRef[] {
  const key = NAMED[prompt];
  return key === undefined ? [] : [{ key }];
}
