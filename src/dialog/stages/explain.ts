// "What do you mean", "no entiendo": the open question is said in other words.

import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { wasHeard, remember } from './answer-alarm.ts';
import { leaveOut } from './care.ts';

/** Prompt → its text under `explained`; the others have one in common. */
const EXPLAINED: Readonly<Partial<Record<PromptId, string>>> = {
  ...{ keep: 'keep', 'keep-yes': 'keep', 'for-whom': 'for-whom', story: 'story', topics: 'topics' },
  ...{ topic: 'topic', 'topic-one': 'topic', 'asks-government': 'asks', 'asks-experts': 'asks', good: 'good' },
  ...{ else: 'else', links: 'links', others: 'others', 'harmed-form': 'names', 'author-form': 'names' },
  ...{ sieve: 'sieve', 'read-back': 'read-back', 'read-back-check': 'read-back', publication: 'publication' },
  ...{ send: 'send', 'write-back': 'write-back', after: 'after', doubt: 'doubt', review: 'review' },
};

/** Explains the open question if the message says that it was not understood. The words join no text; *undo* asks about them. */
export function explain(turn: Turn, said: Said): boolean {
  const { prompt } = turn.session.at;
  const { literal, slot } = PROMPT[prompt];
  if (literal === true || (turn.here.takesWords === true && prompt !== 'doubt')) return false;
  if (slot !== undefined && wasHeard(turn, said.text)) return false;
  if (slot !== undefined) {
    remember(turn, said.text);
    leaveOut(turn, said);
  }
  turn.say(`explained.${EXPLAINED[prompt] ?? 'any'}`);
  turn.again('short');
  return true;
}
