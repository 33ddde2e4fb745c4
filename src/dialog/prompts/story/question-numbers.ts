// The official numbers of questions: as they are shown, and as people type them.

import { topicsOf } from '../../../calls/call.ts';
import { topicsFor } from '../../engine/questions.ts';
import type { TextRef } from '../../engine/reply.ts';
import type { Position } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import { fold } from '../../understanding/fold.ts';

/** The official number of a question of this topic, or of a topic. */
export function numberIn(turn: Turn, topic: string, question: string): string {
  const all = topicsOf(turn.world.call);
  const within = all.find(({ id }) => id === topic)?.prompts.find(({ id }) => id === question)?.number;
  return within ?? all.find(({ id }) => id === question)?.number ?? '';
}

/**
 * The question with this official number: "4.2", "1.a", "2 (b)", "question 3". The numbers of the list come first, if no
 * word says that a question is meant.
 */
export function byNumber(turn: Turn, text: string): Position | null {
  const { ofQuestions } = turn.world.lexicon.words[turn.session.language];
  const lead = ofQuestions.find((word) => fold(text).startsWith(`${fold(word)} `)) ?? '';
  const said = bareNumber(fold(text).slice(lead.length));
  const is = ({ number }: { readonly number?: string }) => number !== undefined && bareNumber(number) === said;
  for (const topic of topicsFor(turn.world.call, turn.session)) {
    if (is(topic)) return { prompt: 'topic', of: topic.id };
    const prompt = topic.prompts.find(is);
    if (prompt !== undefined) return { prompt: 'topic-one', of: `${topic.id}/${prompt.id}` };
  }
  return null;
}

/** "2.a", "2a)" and "2 (a)" are the same; "1.1" is not "11". */
function bareNumber(number: string): string {
  const bare = number.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '.');
  return bare.replace(/^\.|\.$/gu, '').replace(/\.(?=\p{L})|(?<=\p{L})\./gu, '');
}

/** "Question 2 of 7"; with an official number of another kind also its place: "Question 4.2 (2 of 7)". */
export function numberOf(turn: Turn, of: string): TextRef | null {
  const all = topicsFor(turn.world.call, turn.session);
  const at = all.findIndex(({ id }) => id === of) + 1;
  const number = all[at - 1]?.number;
  if (number === undefined) return null;
  const params = { number, at, last: all.length };
  return { key: number === String(at) ? 'topics.number-of' : 'topics.number-at', params };
}
