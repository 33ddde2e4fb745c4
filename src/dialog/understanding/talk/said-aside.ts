// Whether a message at a prompt that takes no story is said to the bot, is told, or answers the prompt. Nothing told is interrupted
// there, so that less is needed than while telling (hear.ts). docs/decisions/0247-a-model-of-what-is-said-aside.md.

import type { Language } from '../../../languages.ts';
import type { Lexicon } from '../lexicon.ts';
import { featuresOf } from './features.ts';
import { decode, isOfKinds, type LinearModel, sharesOf } from './linear.ts';
import data from './model.json' with { type: 'json' };

/** `names`: a name or a word is asked for; `rest`: a text waits to leave or has left; `choices`: all others; `telling`: no such prompt. */
export const ASIDE_PLACES = ['names', 'rest', 'choices', 'telling'] as const;
export type AsidePlace = (typeof ASIDE_PLACES)[number];

export const ASIDE_CLASSES = ['talk', 'refusal', 'testimony', 'answer'] as const;
export const HOLDS_CLASSES = ['holds', 'other'] as const;

/** Classes ASIDE_CLASSES. */
const ASIDE: LinearModel = decode(data.aside);
/** Classes HOLDS_CLASSES. */
const HOLDS: LinearModel = decode(data.holds);

/** The features of a message, and its place. */
export function asideFeatures(features: readonly string[], place: AsidePlace): readonly string[] {
  return [...features.filter(isOfKinds), `@:${place}`];
}

/** Shares of the classes, together 1. */
export type Aside = Readonly<Record<(typeof ASIDE_CLASSES)[number], number>>;

export function heardAside(lexicon: Lexicon, language: Language, text: string, place: AsidePlace): Aside {
  const features = asideFeatures(featuresOf(text, lexicon.concepts[language]), place);
  const [talk = 0, refusal = 0, testimony = 0, answer = 0] = sharesOf(ASIDE, features);
  return { talk, refusal, testimony, answer };
}

/** Concepts of talk.json that may stop a text: a message with a word of one is always held. */
const STOPPING = ['stop', 'takeback', 'dont-send', 'delete', 'wait', 'back'].map((concept) => `K:${concept}`);

/** Share of what stops a text that waits to leave, or asks whether it can be stopped; 1 if a word of it does. */
export function shareOfHolding(lexicon: Lexicon, language: Language, text: string): number {
  const features = featuresOf(text, lexicon.concepts[language]);
  if (features.some((one) => STOPPING.includes(one))) return 1;
  const [holds = 0] = sharesOf(HOLDS, features);
  return holds;
}
