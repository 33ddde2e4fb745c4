// Answers to a question of the bot in other words than those of the lists: "ese es su nombre, así se escribe", "go right ahead love",
// "i was on the bus when they took him". Each has a model of its own: a message is one of the answers, or something else.

import type { Language } from '../../../languages.ts';
import { type Role, ROLES } from '../../engine/draft.ts';
import type { Lexicon } from '../lexicon.ts';
import { asksByMark, tokensOf } from '../plain-answer.ts';
import { featuresOf } from './features.ts';
import { decode, type LinearModel, sharesOf } from './hear.ts';
import data from './model.json' with { type: 'json' };

/** Classes `yes`, `no` and `other`. */
const ANSWERS: LinearModel = decode(data.answers);
/** A class for each role, and `other`. */
const ROLE_MODEL: LinearModel = decode(data.roles);

/** Share from which a message is taken for a yes or a no, and from which it is asked whether it is one. */
const SURE = 0.6;
export const PERHAPS = 0.3;
/** Share from which a role is heard: it is said back, and can be changed. */
const ROLE_SHARE = 0.4;

/** Returns null for a question, for a message that is too long to be an answer, and below the share `least`. */
export function soundedAnswer(lexicon: Lexicon, language: Language, text: string, least = SURE): 'yes' | 'no' | null {
  if (asksByMark(text) || tokensOf(text) === null) return null;
  const [yes = 0, no = 0] = sharesOf(ANSWERS, featuresOf(text, lexicon.concepts[language]));
  if (Math.max(yes, no) < least) return null;
  return yes > no ? 'yes' : 'no';
}

/** Who writes, as a sentence tells it; null if it tells something else. */
export function soundedRole(lexicon: Lexicon, language: Language, text: string): Role | null {
  const { answer, share } = likeliestOf(ROLE_MODEL, lexicon, language, text);
  return share < ROLE_SHARE ? null : (ROLES.find((role) => role === answer) ?? null);
}

function likeliestOf(model: LinearModel, lexicon: Lexicon, language: Language, text: string) {
  const shares = sharesOf(model, featuresOf(text, lexicon.concepts[language]));
  return shares.reduce((best, share, at) => (share > best.share ? { answer: model.classes[at] ?? '', share } : best), {
    answer: '',
    share: 0,
  });
}
