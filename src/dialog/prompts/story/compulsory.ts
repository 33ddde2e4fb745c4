// A call that wants every question answered: that is said once before one is left out, and which ones at the read-back.
// Nobody is forced: the second *skip* leaves it out.

import { topicsOf } from '../../../calls/call.ts';
import type { Slot } from '../../engine/effect.ts';
import { hasAnswer, topicsFor } from '../../engine/questions.ts';
import type { TextRef } from '../../engine/reply.ts';
import type { Session } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import type { World } from '../../engine/world.ts';

interface Asked {
  readonly world: Pick<World, 'call'>;
  readonly session: Session;
}

/**
 * Without an answer although the call wants one: whole topics, and the questions between those that were answered one
 * by one. A question with a condition counts only if it is known to apply.
 */
export function unanswered({ world, session }: Asked): readonly Slot[] {
  if (world.call.response.compulsory !== 'yes') return [];
  const { counts, conditions = {} } = session;
  return topicsFor(world.call, session).flatMap(({ id, prompts, onlyIf }): readonly Slot[] => {
    const slot = `topic/${id}`;
    if (!hasAnswer(session, { id })) return onlyIf === undefined || conditions[slot] === true ? [slot] : [];
    if (counts[slot] !== undefined) return [];
    return prompts
      .filter((prompt) => (prompt.onlyIf ?? prompt.under) === undefined || conditions[`${slot}/${prompt.id}`] === true)
      .map((prompt): Slot => `${slot}/${prompt.id}`)
      .filter((one) => counts[one] === undefined);
  });
}

/** Before something is left out, once in a conversation. Returns true if it was said: the question is then asked again. */
export function tellCompulsory(turn: Turn, left: (slot: Slot) => boolean): boolean {
  if (turn.session.compulsoryTold === true || !unanswered(turn).some(left)) return false;
  turn.change({ compulsoryTold: true });
  turn.say('topics.compulsory', undefined, { commands: ['next', 'skip'] });
  turn.again('short');
  return true;
}

/** Names that are shown; a longer list would hide the question after it. */
const NAMED = 8;

/** At the read-back: the questions that have no answer. */
export function sayUnanswered(turn: Turn): void {
  const slots = unanswered(turn);
  if (slots.length === 0) return;
  const names = { list: slots.slice(0, NAMED).map((slot) => nameOf(turn, slot)), by: 'line' as const };
  const more = slots.length - NAMED;
  if (more > 0) turn.say('read-back.unanswered-more', { names, more }, { commands: ['review'] });
  else turn.say('read-back.unanswered', { names }, { commands: ['review'] });
}

function nameOf(turn: Turn, slot: Slot): TextRef {
  const [, id = '', question] = slot.split('/');
  const topic = topicsOf(turn.world.call).find((one) => one.id === id);
  const point = { key: `call:topics.${id}.short` };
  const at = topic?.prompts.findIndex((prompt) => prompt.id === question) ?? -1;
  const number = topic?.prompts[at]?.number ?? (at < 0 ? topic?.number : at + 1);
  if (number === undefined) return point;
  return at < 0
    ? { key: 'topics.named', params: { topic: point, number } }
    : { key: 'check.question', params: { point, number } };
}
