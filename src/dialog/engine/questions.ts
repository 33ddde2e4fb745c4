// The call's points and questions as this person is asked them.

import { type CallForInputs, type PromptRole, type Topic, topicsOf } from '../../calls/call.ts';
import { isKeptAside } from './budget.ts';
import type { Session } from './session.ts';
import type { World } from './world.ts';

/**
 * Questions exist for families and for organisations; friends and organisers get those for families. If a call asks
 * only one of both, everybody gets those questions.
 */
export function listenerOf(call: CallForInputs, role: Session['role']): PromptRole {
  const own = role === 'organisation' ? 'organisation' : 'family';
  const other = role === 'organisation' ? 'family' : 'organisation';
  return topicsOf(call).some(({ prompts }) => prompts.some((prompt) => prompt.for.includes(own))) ? own : other;
}

/** Topics with the prompts for this person; topics without such a prompt are left out, and questions that do not apply. */
export function topicsFor(call: CallForInputs, session: Pick<Session, 'role' | 'conditions'>): readonly Topic[] {
  const listener = listenerOf(call, session.role);
  return topicsOf(call).flatMap((topic) => {
    const prompts = topic.prompts.filter(
      (prompt) => prompt.for.includes(listener) && !isKeptAside(session, `topic/${topic.id}/${prompt.id}`),
    );
    return prompts.length === 0 || isKeptAside(session, `topic/${topic.id}`) ? [] : [{ ...topic, prompts }];
  });
}

/** True if the call takes other information than it asks for, or does not say that it does not. */
export function takesAnythingElse({ call, intake }: Pick<World, 'call' | 'intake'>): boolean {
  return intake.optional['anything-else'] && call.response['anything-else'] !== 'no';
}

/** True if the topic was answered as a whole or in part; answers that are kept aside do not count. */
export function hasAnswer(session: Pick<Session, 'counts' | 'conditions'>, { id }: Pick<Topic, 'id'>): boolean {
  const own = Object.keys(session.counts).filter((slot) => slot === `topic/${id}` || slot.startsWith(`topic/${id}/`));
  return own.some((slot) => !isKeptAside(session, slot));
}
