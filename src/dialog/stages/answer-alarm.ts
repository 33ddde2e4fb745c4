// Danger and despair are answered at once, in every step; what was said is kept as told where something is told, and
// chooses, names or replaces nothing anywhere else.

import { alarmIn } from '../understanding/alarm.ts';
import { holdTestimony } from '../engine/held.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { askAboutSending, isAtRest } from './sending.ts';
import type { Said } from '../engine/said.ts';
import { operatorParams, supportList } from '../prompts/opening/opening.ts';
import type { PromptId } from '../prompts/steps.ts';
import type { Turn } from '../engine/turn-in-progress.ts';
import { countWords } from '../../words.ts';

/** Here words are meant for a person, or are an interview: they are taken as they are, after the answer. */
export const TAKES_WORDS: readonly PromptId[] = ['staff-question', 'import-text', 'doubt'];

/** From so many words on it may belong to the story; whoever wrote it is asked. */
const TELLING_WORDS = 8;

/** Milliseconds within which what was answered in full is answered in short. */
const AN_HOUR = 3_600_000;

/** Says who can help, in full once an hour, and has staff told, where a text speaks of danger now or of despair. */
export function sayAlarm(turn: Turn, text: string): boolean {
  const alarm = alarmIn(turn.world.lexicon, text);
  if (alarm === null) return false;
  turn.flag('in-danger');
  const params = { ...operatorParams(turn), support: supportList(turn) };
  const { alarmedAt } = turn.session;
  const last = alarmedAt?.[alarm];
  const isRecent = last !== undefined && Date.parse(turn.event.at) - Date.parse(last) < AN_HOUR;
  turn.say(`${alarm}.${isRecent ? 'again' : 'advice'}`, params, { replaces: `alarm-${alarm}` });
  turn.change({ alarmedAt: { ...alarmedAt, [alarm]: turn.event.at } });
  return true;
}

/** True where the message was of danger or despair, and is dealt with. */
export function answerAlarm(turn: Turn, said: Said): boolean {
  if (!sayAlarm(turn, said.text)) return false;
  if (isAtRest(turn) && askAboutSending(turn)) return true;
  const { prompt } = turn.session.at;
  if ((PROMPT[prompt].slot !== undefined && prompt !== 'links') || TAKES_WORDS.includes(prompt)) {
    PROMPT[prompt].hear(turn, said);
    return true;
  }
  if (keepWords(turn, said) !== 'offered') turn.again('short');
  return true;
}

/** Words that answer no question: held before the yes, and after it offered to the story where they are many. */
export function keepWords(turn: Turn, said: Said): 'held' | 'offered' | 'neither' {
  if (holdTestimony(turn, said)) return 'held';
  if (!putAside(turn, said) || turn.session.at.prompt === 'locked') return 'neither';
  turn.aside({ prompt: 'doubt' });
  return 'offered';
}

/** Said where nothing is told: offered to the story, as anything long that answers no question. */
function putAside(turn: Turn, { id, text }: Said): boolean {
  const { kept, contribution, joint, doubt } = turn.session;
  if (!kept || contribution === null || joint !== undefined || countWords(text) < TELLING_WORDS) return false;
  if (doubt !== null && doubt.kind !== 'stray') return false;
  turn.change({
    doubt: doubt === null ? { kind: 'stray', id, text, more: [] } : { ...doubt, more: [...doubt.more, { id, text }] },
  });
  return true;
}
