// "Borre lo último que dije del fiscal", "ignore that, wrong chat": the message that an order to take out is about.

import { LANGUAGES } from '../../languages.ts';
import { fold } from '../understanding/fold.ts';
import type { Part, Slot } from './effect.ts';
import type { Turn } from './turn.ts';

/** Letters of a word that tells which message is meant. */
const TELLING = 4;

const wordsOf = (text: string) => fold(text).split(' ');

/** The last message, or the last one with a word of the order. Undefined if there is no message. */
export function partMeant(turn: Turn, slot: Slot, text: string): Part | undefined {
  const { lexicon } = turn.world;
  const parts = turn.parts(slot);
  const common = new Set(
    LANGUAGES.flatMap((one) => {
      const { takeOut, sentenceWords } = lexicon.words[one].plain;
      return [...takeOut, ...sentenceWords].flatMap(wordsOf);
    }),
  );
  const told = wordsOf(text).filter((word) => word.length >= TELLING && !common.has(word));
  return parts.findLast((part) => wordsOf(part.text).some((word) => told.includes(word))) ?? parts.at(-1);
}
