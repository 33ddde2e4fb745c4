// The open question was not understood.

import { LANGUAGES } from '../../languages.ts';
import type { Lexicon } from './lexicon.ts';
import { tokensOf } from './plain-answer.ts';

/** "What do you mean", "no entiendo la pregunta". `others`: so many more words, if it is a sentence with a "not". */
export function saysNotUnderstood(lexicon: Lexicon, text: string, others: number): boolean {
  const tokens = tokensOf(text);
  if (tokens === null) return false;
  const whole = tokens.join(' ');
  const said = ` ${whole} `;
  return LANGUAGES.some((language) => {
    const { askingBack, around, yes, no } = lexicon.plain[language];
    return askingBack.values().some((phrase) => {
      // Most phrases are not in it at all.
      if (!whole.includes(phrase)) return false;
      const isIn = phrase.includes(' ') ? said.includes(` ${phrase} `) : whole === phrase;
      if (!isIn) return false;
      const rest = said.replace(` ${phrase} `, ' ').trim().split(' ');
      const most = phrase.split(' ').some((word) => lexicon.negations[language].has(word)) ? others : BESIDE_QUESTION;
      return rest.filter((word) => ![around, yes, no].some((list) => word === '' || list.has(word))).length <= most;
    });
  });
}

/** Words besides "what does that mean"; with more, something else is asked. */
const BESIDE_QUESTION = 1;
