// A message that is asked back about: a command, a question, an answer, or words that went astray.

import { z } from 'zod';
import { LANGUAGES } from '../../languages.ts';
import { COMMANDS, QUESTIONS } from '../understanding/word-lists.ts';

/** Kinds of talk at a free answer that are asked back about. */
const HEARD_KINDS = [
  'back',
  'code',
  'delete',
  'help',
  'next',
  'pause',
  'person',
  'progress',
  'repeat',
  'review',
  'skip',
  'skip-all',
  'stop',
  'words',
  'take-back',
  'unsure',
  ...LANGUAGES.map((language) => `language-${language}` as const),
] as const;
export type HeardKind = (typeof HEARD_KINDS)[number];

export const doubtSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('command'),
    command: z.enum(COMMANDS),
    id: z.string(),
    text: z.string(),
    /** The words are in the text already, or were said at a prompt that takes no testimony: only what is wanted is asked. */
    words: z.enum(['kept', 'aside']).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('question'), question: z.enum(QUESTIONS), id: z.string(), text: z.string() }),
  /** Said to the bot, perhaps. Without id and text if the words are in the text already. */
  z.strictObject({
    kind: z.literal('heard'),
    as: z.enum(HEARD_KINDS),
    id: z.string(),
    text: z.string(),
    /** Said at a prompt that takes no testimony. */
    aside: z.literal(true).exactOptional(),
    /** Said to the question, and no clear answer: it is asked once more. */
    more: z.array(z.strictObject({ id: z.string(), text: z.string() })).exactOptional(),
  }),
  /** A bare number at a free answer: an answer, or a slip. */
  z.strictObject({ kind: z.literal('number'), id: z.string(), text: z.string() }),
  /**
   * A contributor: something said about them, or a wish to open their case. `to`: '' for the open one, or if it is to be said who
   * withdraws. `sent`: their text has left.
   */
  z.strictObject({
    kind: z.literal('case'),
    to: z.string(),
    id: z.string(),
    text: z.string(),
    sent: z.literal(true).exactOptional(),
    /** They want to withdraw: what is asked there. */
    then: z.enum(['erase', 'hold', 'withdraw']).exactOptional(),
    /** It was answered by a plain no: whether the words belong to the open text. */
    asked: z.literal(true).exactOptional(),
    /** Said before, and answered by something else. */
    more: z.array(z.strictObject({ id: z.string(), text: z.string() })).exactOptional(),
  }),
  /** "Take that out": `part` is the answer that is probably meant, with its present text. */
  z.strictObject({
    kind: z.literal('take-out'),
    id: z.string(),
    text: z.string(),
    part: z.strictObject({ id: z.string(), text: z.string() }),
    /** It was asked before, and its person wrote on. */
    again: z.literal(true).exactOptional(),
  }),
  /** A long message at a list of choices, perhaps part of the story, and the ones that followed it. */
  z.strictObject({
    kind: z.literal('stray'),
    id: z.string(),
    text: z.string(),
    more: z.array(z.strictObject({ id: z.string(), text: z.string() })),
    /** The person wanted to go on and was asked once more. */
    again: z.literal(true).exactOptional(),
    /** They were answers to staff. */
    toStaff: z.literal(true).exactOptional(),
  }),
]);
