// The answer to "did you …?" in a message that tells more: a yes, a no, both, or neither. docs/decisions/0184-if-so.md.

import { LANGUAGES } from '../../languages.ts';
import { fold } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import { plainAnswerIn } from './plain-answer.ts';

/** `open`: what was said before no longer holds, and what holds instead is not clear. */
export type Stance = 'yes' | 'no' | 'open' | null;

const SAYS_YES = /^(?:yes|yeah|yep|oui|sí|sim)(?!\p{L})|\s(?:sí|sim)$/iu;
const SAYS_NO = /^(?:no|nope|non|não|nao)$/iu;

/**
 * Decided by the first words: "Yes, at the ombudsman." Of a correction the last clear yes or no holds. Null if neither
 * is said: nothing is guessed from a sentence.
 */
export function stanceIn(lexicon: Lexicon, text: string): Stance {
  const whole = plainAnswerIn(lexicon, text);
  if (whole !== null) return whole;
  const clauses = text.trim().split(/(?<=[\p{L}\p{N}\p{So}])(?:\s*[.,;:،؛\n]\s*|\s+[-–—]\s+)/u);
  const first = plainAnswerIn(lexicon, clauses[0] ?? '');
  const last = clauses.slice(1).reduce<'yes' | 'no' | null>((found, clause) => {
    const said = clause.trim().replace(/(?<![.!…])[.!…]+$/u, '');
    return SAYS_YES.test(said) ? 'yes' : SAYS_NO.test(said) ? 'no' : found;
  }, null);
  if (regrets(lexicon, text)) return last ?? 'open';
  return first !== null && last !== null && last !== first ? 'open' : first;
}

/** "I was wrong"; a wrong chat or person is something else. */
export function regrets(lexicon: Lexicon, text: string): boolean {
  return restOf(lexicon, text) !== null;
}

/** True if a correction also has words that say what was so: "je me suis trompée, j'ai porté plainte". */
export function tellsAnew(lexicon: Lexicon, text: string): boolean {
  const rest = restOf(lexicon, text) ?? [];
  const beside = (word: string) =>
    LANGUAGES.some((language) => lexicon.plain[language].around.has(word) && !SAYS_YES.test(word));
  return rest.filter((word) => !beside(word)).length > 1;
}

/** The other words of a message with "I was wrong"; null if that is not said, and for longer messages. */
function restOf(lexicon: Lexicon, text: string): readonly string[] | null {
  if (text.length > MOST_CHARACTERS) return null;
  const said = ` ${fold(text)} `;
  for (const language of LANGUAGES) {
    for (const phrase of lexicon.plain[language].regrets) {
      const at = said.indexOf(` ${phrase} `);
      if (at === -1) continue;
      const behind = said.slice(at + phrase.length + 1);
      if (/^ (?:de|of) /u.test(behind)) continue;
      return `${said.slice(0, at)} ${behind}`.split(' ').filter((word) => word !== '');
    }
  }
  return null;
}

const MOST_CHARACTERS = 200;
