// Answers to a question of the bot in other words than those of the lists: "ese es su nombre, así se escribe", "go right ahead love",
// "i was on the bus when they took him". Each has its model: a message is one of the answers, or something else.

import type { Language } from '../../../languages.ts';
import { type Role, ROLES } from '../../engine/draft.ts';
import type { Lexicon } from '../lexicon.ts';
import { asksByMark, tokensOf } from '../plain-answer.ts';
import { decode, featuresOf, hashesOf, type LinearModel, sharesOf } from './model.ts';
import { heardAside } from './said-aside.ts';
import data from './model.json' with { type: 'json' };

/** Classes `yes`, `no` and `other`. */
const ANSWERS: LinearModel = decode(data.answers);
/** A class for each role, and `other`. */
const ROLE_MODEL: LinearModel = decode(data.roles);

/** Share from which a message is taken for a yes or a no. */
const SURE = 0.6;
/** Share of what is said to the bot or told from which it is neither. */
const NO_ANSWER = 0.6;
/** Share from which a role is heard: it is said back, and can be changed. */
const ROLE_SHARE = 0.4;
/** Share from which it is asked, if nothing else says who writes. */
export const ROLE_PERHAPS = 0.088;

/** Returns null for a question, for a message that is too long to be an answer, and if it is not clear. */
export function soundedAnswer(lexicon: Lexicon, language: Language, text: string): 'yes' | 'no' | null {
  if (asksByMark(text) || tokensOf(text) === null) return null;
  const [yes = 0, no = 0] = sharesOf(ANSWERS, hashesOf(featuresOf(text, lexicon.concepts[language])));
  if (Math.max(yes, no) < SURE) return null;
  const { talk, testimony } = heardAside(lexicon, language, text, 'choices');
  if (talk + testimony >= NO_ANSWER) return null;
  return yes > no ? 'yes' : 'no';
}

/** Characters; a longer message is told. */
const LONGEST = 400;

/** The role of the writer, as a sentence tells it; null if it tells something else, and below the share `least`. */
export function soundedRole(lexicon: Lexicon, language: Language, text: string, least = ROLE_SHARE): Role | null {
  if (text.length > LONGEST) return null;
  const shares = sharesOf(ROLE_MODEL, hashesOf(featuresOf(text, lexicon.concepts[language])));
  const [role, share] = ROLES.map((one) => [one, shares[ROLE_MODEL.classes.indexOf(one)] ?? 0] as const).reduce(
    (best, one) => (one[1] > best[1] ? one : best),
  );
  return share < least ? null : role;
}
