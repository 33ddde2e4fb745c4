import { PROMPT } from '../prompts/prompts.ts';
import type { Turn } from '../engine/turn.ts';
import { queueNote } from './voice-queue.ts';

/** "No machine": from here on a person listens. False where nobody can, and where it is one of the choices. */
export function refuseMachine(turn: Turn): boolean {
  const { world, session } = turn;
  const { prompt } = session.at;
  const isChoice = prompt === 'voice-check' || prompt === 'voice-consent' || PROMPT[prompt].literal === true;
  if (world.operator.voice?.staff !== true || isChoice) return false;
  turn.change({ voice: { ...session.voice, machine: false } });
  for (const { id } of session.voice.notes.filter(({ state, by }) => state === 'writing' && by === 'machine')) {
    queueNote(turn, id, 'person');
  }
  turn.say('voice.no-machine', { org: world.operator.name });
  turn.again('short');
  return true;
}
