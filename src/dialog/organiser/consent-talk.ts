// "She gave me her consent": said to the bot by somebody who gathers testimony, and never testimony of the person it is about. A
// person's yes is what they answer to the question that is read to them.

import { countWords } from '../../words.ts';
import { reportedHere } from '../engine/recognize-answer.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { leaveOut } from '../stages/care.ts';
import { tellsToo } from '../stages/talk.ts';
import { saysConsented } from '../understanding/alarm.ts';
import { isAboutProcedure } from './typed-answers.ts';

/** In words; a longer message tells something as well. */
const LONGEST = 16;

/** Before the question for that person's yes. */
const BEFORE: readonly PromptId[] = [
  'together',
  'own-word',
  'teller-name',
  'teller-language',
  'teller-written',
  'home',
];

export const consentTalk: Stage = (turn, message) => {
  if (turn.session.at.prompt === 'teller-consent' && message.choice === null && isAboutProcedure(turn, message)) {
    turn.say('gathering.waits', undefined, { replaces: 'talk' });
    turn.again('short');
    return 'done';
  }
  const key = answerHere(turn, message.text);
  if (key === null || message.choice !== null) return 'next';
  if (countWords(message.text) > LONGEST || !saysConsented(turn.world.lexicon, message)) return 'next';
  // "They all agreed. They shot him in the street": the story is kept.
  if (tellsToo(turn, message.text)) return 'next';
  if (turn.session.kept && turn.session.gathers === 'case') leaveOut(turn, message);
  turn.say(key, undefined, { replaces: 'talk' });
  turn.again('short');
  return 'done';
};

function answerHere(turn: Turn, text: string): string | null {
  const { at, gathers, kept } = turn.session;
  if (gathers === undefined) return null;
  if (BEFORE.includes(at.prompt)) return 'gathering.yes-comes';
  // "She said yes" answers the question.
  if (at.prompt === 'teller-consent') return reportedHere(turn, text) === null ? 'gathering.yes-here' : null;
  const tells = at.prompt === 'story' || at.prompt === 'held' || at.prompt.startsWith('topic');
  return kept && gathers === 'case' && tells ? 'gathering.yes-kept' : null;
}
