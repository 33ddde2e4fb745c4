// The call's points and questions as this person is asked them.

import { type CallForInputs, type PromptRole, type Topic, topicsOf } from '../../calls/call.ts';
import type { Session } from './session.ts';

type Answered = Pick<Session, 'counts'>;

/**
 * Questions exist for families and for organisations; friends and organisers get those for families. If a call asks
 * only one of both, everybody gets those questions.
 */
export function listenerOf(call: CallForInputs, role: Session['role']): PromptRole {
  const own = role === 'organisation' ? 'organisation' : 'family';
  const other = role === 'organisation' ? 'family' : 'organisation';
  return topicsOf(call).some(({ prompts }) => prompts.some((prompt) => prompt.for.includes(own))) ? own : other;
}

/** Topics with the prompts for this person; topics without such a prompt are left out. */
export function topicsFor(call: CallForInputs, { role }: Pick<Session, 'role'>): readonly Topic[] {
  const listener = listenerOf(call, role);
  return topicsOf(call).flatMap((topic) => {
    const prompts = topic.prompts.filter((prompt) => prompt.for.includes(listener));
    return prompts.length === 0 ? [] : [{ ...topic, prompts }];
  });
}

/** True if the topic was answered as a whole or in part. */
export function hasAnswer({ counts }: Answered, { id }: Pick<Topic, 'id'>): boolean {
  return Object.keys(counts).some((slot) => slot === `topic/${id}` || slot.startsWith(`topic/${id}/`));
}
