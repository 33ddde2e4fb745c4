// Whether a message at a prompt that takes no story is said to the bot, is told, or answers the prompt. Nothing told is interrupted
// there, so that less is needed than while telling (hear.ts). docs/decisions/0247-a-model-of-what-is-said-aside.md.

import type { Language } from '../../../languages.ts';
import type { Lexicon } from '../lexicon.ts';
import { asksByMark } from '../plain-answer.ts';
import { likeliest, OTHER_KINDS } from './hear.ts';
import { decode, featuresOf, hashesOf, isOfKinds, type LinearModel, sharesOf } from './model.ts';
import data from './model.json' with { type: 'json' };

/** `names`: a name or a word is asked for; `rest`: a text waits to leave or has left; `choices`: all others; `telling`: no such prompt. */
export type AsidePlace = 'names' | 'rest' | 'choices' | 'telling';

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
  const [talk = 0, refusal = 0, testimony = 0, answer = 0] = sharesOf(ASIDE, hashesOf(features));
  return { talk, refusal, testimony, answer };
}

/** Concepts of talk.json that may stop a text: a message with a word of one is always held. */
const STOPPING = ['stop', 'takeback', 'dont-send', 'delete', 'wait', 'back'].map((concept) => `K:${concept}`);

/** Share of what stops a text that waits to leave, or asks whether it can be stopped; 1 if a word of it does. */
function shareOfHolding(lexicon: Lexicon, language: Language, text: string): number {
  const features = featuresOf(text, lexicon.concepts[language]);
  if (features.some((one) => STOPPING.includes(one))) return 1;
  const [holds = 0] = sharesOf(HOLDS, hashesOf(features));
  return holds;
}

/** Shares of what may stop the text, from which it is held: always, and if it is not known what is said. */
const MAY_HOLD = { known: 0.08, unknown: 0.03 };
/** Share of talk and answers from which nothing is told, and of the kind from which it is known. */
const OF_ELSE = { said: 0.7, share: 0.3 };

/** "Can I read it again", "write to me when you know": nothing in it may stop the text, and it is known what it is. */
export function isOfElse(lexicon: Lexicon, language: Language, text: string): boolean {
  const holds = shareOfHolding(lexicon, language, text);
  if (holds >= MAY_HOLD.known) return false;
  const { talk, answer } = heardAside(lexicon, language, text, 'rest');
  if (talk + answer < OF_ELSE.said) return false;
  if (holds < MAY_HOLD.unknown && !asksByMark(text)) return true;
  const found = likeliest(lexicon, language, text, OTHER_KINDS);
  return found !== null && found.share >= OF_ELSE.share;
}

const asConcept = (concept: string) => `K:${concept}`;
/** Of the text and its way: a no with a word of one may be about the text. */
const OF_TEXT = [...STOPPING, ...['message', 'review', 'send', 'publish', 'un', 'tell-story'].map(asConcept)];
const OF_READING = asConcept('read');

/** "Nobody may see it": of somebody who may look; null if it may be about the text. */
export function isOfReading(lexicon: Lexicon, language: Language, text: string): boolean | null {
  const features = featuresOf(text, lexicon.concepts[language]);
  if (OF_TEXT.some((one) => features.includes(one))) return null;
  return features.includes(OF_READING);
}
