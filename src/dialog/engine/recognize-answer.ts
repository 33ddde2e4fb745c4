// Which choice of a prompt a message selects: in the person's own words, or as their organiser reports it.

import { fold } from '../understanding/fold.ts';
import { plainAnswerIn } from '../understanding/plain-answer.ts';
import { numberIn, recognizeChoice, type Recognized, saysExactly } from '../understanding/recognize.ts';
import { type Reported, reportedChoicesIn, reportedIn } from '../understanding/reported-answer.ts';
import { soundedAnswer } from '../understanding/talk/sounded-answer.ts';
import type { Session } from './session.ts';
import type { Turn } from './turn.ts';

export interface AnswerRules {
  /** A consent: only whole phrases and numbers count. */
  readonly strict?: true;
  /** With `strict`: also accepts a natural yes or no in other words. */
  readonly plain?: true;
  /** Choices that destroy: only their number and their exact words select them. */
  readonly exactly?: readonly string[];
  /** Choices that a report does not select: it is said back, and the organiser asks once more. */
  readonly notReported?: readonly string[];
}

export function recognizeAnswer(turn: Turn, rules: AnswerRules, values: readonly string[], text: string): Recognized {
  const { world, session } = turn;
  const strict = rules.strict ?? false;
  const found = recognizeChoice(world.lexicon, session.language, text, values, strict, !strict || rules.plain === true);
  const loose = found.kind === 'accepted' && rules.exactly?.includes(found.value) === true;
  if (loose && !saysExactly(world.lexicon, text, found.value, values)) return { kind: 'rejected', reason: 'not-among' };
  if (found.kind === 'accepted' || session.teller === undefined) return found;
  return reportedChoice(turn, rules, values, text) ?? found;
}

/** A natural yes or no to a plain question, in the words of the lists or in others; what it decides is said back. */
export function plainAnswerHere({ world, session }: Turn, text: string): 'yes' | 'no' | null {
  return plainAnswerIn(world.lexicon, text) ?? soundedAnswer(world.lexicon, session.language, text);
}

/** "She wants it confidential": the exact words of one choice, and nothing but that she chose it. */
function reportedChoice(
  { world, session }: Turn,
  rules: AnswerRules,
  values: readonly string[],
  text: string,
): Recognized | null {
  const barred = [...(rules.exactly ?? []), ...(rules.notReported ?? [])];
  const { lexicon } = world;
  const found = reportedChoicesIn(lexicon, text, nameWords(session)).flatMap((rest) => {
    const one = numberIn(rest) === null ? recognizeChoice(lexicon, session.language, rest, values, true) : null;
    return one?.kind === 'accepted' && plainAnswerIn(lexicon, rest) === null ? [one] : [];
  });
  const [first] = found;
  if (first === undefined || barred.includes(first.value)) return null;
  // "No úselas": a "not" that is no word of the choice.
  const own = lexicon.choices[session.language].get(first.value)?.flatMap((phrase) => phrase.split(' ')) ?? [];
  const nots = fold(text)
    .split(' ')
    .filter((token) => lexicon.negations[session.language].has(token));
  if (nots.some((token) => !own.includes(token))) return null;
  return found.every(({ value }) => value === first.value) ? first : null;
}

/** "She said yes": only an organiser speaks for somebody else. Their name may be in it. */
export function reportedHere({ world, session }: Turn, text: string): Reported | null {
  const { teller, language } = session;
  return teller === undefined ? null : reportedIn(world.lexicon, language, text, nameWords(session));
}

function nameWords({ teller }: Session): readonly string[] {
  return fold(teller?.label ?? '').split(' ');
}

/** The choice that the word alone selects; null if it selects none here, or an age is told as well. */
export function reportedValue(
  { world, session }: Turn,
  rules: AnswerRules,
  values: readonly string[],
  { answer, age }: Reported,
): string | null {
  if (answer === null || age !== null) return null;
  const { language } = session;
  const [word = ''] = world.lexicon.choices[language].get(answer === 'no' ? 'no' : 'yes') ?? [];
  const found = recognizeChoice(world.lexicon, language, word, values, true, true);
  return found.kind === 'accepted' && rules.exactly?.includes(found.value) !== true ? found.value : null;
}
