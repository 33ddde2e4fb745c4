// What is kept of a person's progress between turns. Small on purpose: answers are rows of their own.

import { z } from 'zod';
import { gatheredShape } from '../organiser/gathered.ts';
import { PUBLICATIONS, ROLES } from './draft.ts';
import { LANGUAGES } from '../../languages.ts';
import { QUESTIONS, COMMANDS } from '../understanding/lexicon.ts';
import { IF_UNREACHABLE, READY_QUESTIONS } from '../staff-review/review.ts';
import { PROMPT_IDS } from '../prompts/prompt-ids.ts';
import { NO_VOICE, noteSchema, voiceSchema } from '../voice/voice-notes.ts';

const positionSchema = z.strictObject({
  prompt: z.enum(PROMPT_IDS),
  /** Which one of its kind: a topic, a topic's prompt ('investigation/who'), a slot, a part's number. */
  of: z.string().exactOptional(),
});

/** Where a conversation stands. */
export type Position = z.infer<typeof positionSchema>;

const namedInSchema = z.strictObject({ harmed: z.string().exactOptional(), author: z.string().exactOptional() });

const heldSchema = z.strictObject({
  parts: z.number().int(),
  words: z.number().int(),
  /** Message id → words: what was written before the yes can be changed or taken back, too. */
  ids: z.record(z.string(), z.number().int()).exactOptional(),
});

const namingSchema = z.strictObject({ form: z.enum(['full', 'initials', 'none']), name: z.string().exactOptional() });

/** A message that may be testimony or may not: kept until the person has said which. */
const doubtSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('command'), command: z.enum(COMMANDS), id: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal('question'), question: z.enum(QUESTIONS), id: z.string(), text: z.string() }),
  /** A bare number where people tell something: an answer, or a slip. */
  z.strictObject({ kind: z.literal('number'), id: z.string(), text: z.string() }),
  /** The name of somebody else whose testimony is gathered: said of them, or to go there. */
  z.strictObject({ kind: z.literal('case'), to: z.string(), id: z.string(), text: z.string() }),
  /** "Take that out": `part` is the answer that seems to be meant, as it stands. */
  z.strictObject({
    kind: z.literal('take-out'),
    id: z.string(),
    text: z.string(),
    part: z.strictObject({ id: z.string(), text: z.string() }),
  }),
  /** A long message at a list of choices, perhaps a piece of the story, and those that followed it. */
  z.strictObject({
    kind: z.literal('stray'),
    id: z.string(),
    text: z.string(),
    more: z.array(z.strictObject({ id: z.string(), text: z.string() })),
    /** Whoever wanted to go on was asked once more. */
    again: z.literal(true).exactOptional(),
  }),
]);

/** One step back: what a turn took out or replaced. Of the answers, the rows themselves keep what they were (`was`). */
const undoSchema = z.strictObject({
  /** Answers that came in place of what was taken out. */
  added: z.array(z.string()),
  /** How many questions had been asked then. */
  asked: z.number().int(),
  /** Of the session, as it was. */
  before: z.strictObject({
    withheld: z.array(z.string()).exactOptional(),
    places: z.record(z.string(), z.boolean()).exactOptional(),
    harmed: namingSchema.exactOptional(),
    author: namingSchema.exactOptional(),
    namedIn: namedInSchema.exactOptional(),
    publication: z.enum(PUBLICATIONS).nullable().exactOptional(),
    held: heldSchema.exactOptional(),
    importing: gatheredShape.importing,
    /** A message that was left out when its person was asked about it. */
    doubt: doubtSchema.exactOptional(),
    /** Recordings that were left out: their places and their sound stay until then. */
    dropped: z.array(noteSchema).exactOptional(),
  }),
});

/** What would take many words of an answer out, or put others in their place: shown, and done with a word of its own. */
const cutSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sentences'),
    numbers: z.array(z.number().int()),
    /** Fingerprint of the answer: of another one, the numbers mean something else. */
    of: z.string(),
  }),
  z.strictObject({ kind: z.literal('messages'), numbers: z.array(z.number().int()), of: z.string() }),
  z.strictObject({ kind: z.literal('new-text'), id: z.string(), text: z.string() }),
]);

/** A question of a reviewer about the text, as it was asked: in ready words, or in their own. */
const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), id: z.enum(READY_QUESTIONS) }),
  z.strictObject({ kind: z.literal('own'), text: z.string() }),
]);

/** What staff said and the person was not told yet. `asked`: what stands in `asked`. */
const fromStaffSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), text: z.string() }),
  z.strictObject({ kind: z.literal('held'), words: z.string() }),
  z.strictObject({ kind: z.literal('asked') }),
  z.strictObject({ kind: z.literal('about-earlier'), reference: z.string(), question: questionSchema }),
  z.strictObject({
    kind: z.literal('deadline'),
    reference: z.string(),
    decision: z.enum(['withheld', 'confidential', 'not-sent']),
  }),
  z.strictObject({ kind: z.literal('deadline-near'), reference: z.string(), deadline: z.string() }),
]);

const askedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('question'),
    reference: z.string(),
    sha256: z.string(),
    question: questionSchema,
  }),
  z.strictObject({ kind: z.literal('proposal'), reference: z.string(), sha256: z.string(), words: z.string() }),
]);

const mailSchema = z.strictObject({
  reference: z.string(),
  mail: z.enum(['submission', 'correction', 'withdrawal']),
  /** ISO; until then *stop* takes it back. */
  leavesAt: z.string(),
  /** Held before it ever left, and asked about anew: what changed must be approved again. */
  reopened: z.boolean().exactOptional(),
  /** Of what was approved; absent where it was before reviews were known. */
  sha256: z.string().exactOptional(),
  /** Staff release it: until they have, and while its person is asked, *stop* takes it back whatever the hour. */
  review: z.enum(['waiting', 'given-back', 'released']).exactOptional(),
  /** Held by its person's doubt until they say what they want. */
  doubted: z.literal(true).exactOptional(),
  /** The case that it is of; absent where it was before that was known. */
  case: z.string().exactOptional(),
  /** Of a document for several: whose texts stood in it, in the order of their numbers. */
  members: z.array(z.string()).exactOptional(),
  /** A withdrawal after which our copy goes too. */
  erases: z.boolean().exactOptional(),
  outcome: z.enum(['waiting', 'written', 'accepted', 'deferred', 'uncertain', 'refused', 'bounced', 'held']),
  server: z.string().exactOptional(),
  at: z.string().exactOptional(),
});

const sessionSchema = z.strictObject({
  v: z.literal(1),
  language: z.enum(LANGUAGES),
  /** Null until it was asked or follows from `language`. */
  submissionLanguage: z.enum(LANGUAGES).nullable(),
  call: z.strictObject({ id: z.string(), hash: z.string() }),
  /** Which start of the program took the last turn: a new one means that we were away. */
  boot: z.string(),
  lastAt: z.string(),
  at: positionSchema,
  /** Counts every prompt that was asked: a tap carries it, so that it answers no other. */
  version: z.number().int(),
  /** Where *back* leads, oldest first. */
  trail: z.array(positionSchema),
  /** What was interrupted by an aside (review, language, a doubt), innermost last. */
  under: z.array(positionSchema),
  case: z.string().nullable(),
  contribution: z.string().nullable(),
  reference: z.string().nullable(),
  /** Set while a correction is made: the reference it replaces. */
  replaces: z.string().nullable(),
  adult: z.boolean(),
  /** An age was spoken of before the yes that may be the writer's: a bare yes does not say that they are of age. */
  ageSpoken: z.literal(true).exactOptional(),
  kept: z.boolean(),
  held: heldSchema,
  /** Ids of what was written and spoken before the yes, in that order. */
  early: z.array(z.string()).exactOptional(),
  role: z.enum(ROLES).nullable(),
  counts: z.record(z.string(), z.strictObject({ parts: z.number().int(), words: z.number().int() })),
  /** HMAC of the folded word of one's own. */
  ownWord: z.string().nullable(),
  ownWordOffered: z.boolean(),
  /** HMAC of a word that was typed once: the same a second time makes it the word of one's own. */
  wordOnce: z.string().exactOptional(),
  /** ISO of the last time the word was given, or of the last message after it. */
  unlockedAt: z.string().nullable(),
  wrongWords: z.number().int(),
  /** ISO of the wrong try that closed it: a day later it can be tried again. */
  wordLockedAt: z.string().exactOptional(),
  /** Staff set the word back then (ISO), and no new one was offered yet. `told`: its person knows. */
  wordReset: z.strictObject({ at: z.string(), told: z.literal(true).exactOptional() }).exactOptional(),
  withheld: z.array(z.string()),
  /** Where a name or a word to withhold may stand in the text: true where it gives way, false where it stays (names/places.ts). */
  places: z.record(z.string(), z.boolean()).exactOptional(),
  /** A name that was written and said back; it counts nothing until the person has said that it is right. */
  naming: z.strictObject({ who: z.enum(['harmed', 'author']), name: z.string(), message: z.string() }).exactOptional(),
  harmed: namingSchema,
  author: namingSchema,
  /** The messages that gave the names: taken back for everyone, they take the name with them. */
  namedIn: namedInSchema.exactOptional(),
  publication: z.enum(PUBLICATIONS).nullable(),
  /** The document that the open *send* prompt speaks of. */
  built: z
    .strictObject({
      sha256: z.string(),
      words: z.number().int(),
      /** What else SEND was asked with. */
      asked: z.strictObject({ recipient: z.string(), subject: z.string(), minutes: z.number() }).exactOptional(),
      /** SHA-256 of the confidential version that may leave in its place at the deadline. */
      fallback: z.string().exactOptional(),
    })
    .nullable(),
  /** What shall happen if nobody releases the text in time. */
  ifUnreachable: z.enum(IF_UNREACHABLE).exactOptional(),
  /** A person of the operator may write here: the person asked for it. */
  personMayWrite: z.literal(true).exactOptional(),
  fromStaff: z.array(fromStaffSchema).exactOptional(),
  /** A reviewer's question or proposal that is not answered yet. */
  asked: askedSchema.exactOptional(),
  mails: z.array(mailSchema),
  /** References with an outcome that was not told yet. */
  news: z.array(z.string()),
  /** References that somebody or something answered; not told yet. */
  answered: z.array(z.string()).exactOptional(),
  writeBack: z.boolean(),
  paused: z.boolean(),
  /** The person was told that what they write is in a language that is not spoken here. */
  otherLanguageTold: z.literal(true).exactOptional(),
  /** The person was told that a code lets them go on elsewhere. */
  codeTold: z.literal(true).exactOptional(),
  /** ISO; until then the code that this chat gave last may be used. */
  codeUntil: z.string().exactOptional(),
  /** The person asked for messages that vanish from the phones after a day. */
  disappearing: z.literal(true).exactOptional(),
  late: z.boolean(),
  doubt: doubtSchema.nullable(),
  /** What was written lately and led nowhere: fingerprints of the last texts, keys of ours that answered them, how often, and how often the same. */
  unanswered: z
    .strictObject({
      said: z.array(z.string()),
      told: z.array(z.string()),
      tries: z.number().int(),
      again: z.number().int(),
    })
    .exactOptional(),
  undo: undoSchema.exactOptional(),
  cut: cutSchema.exactOptional(),
  /** ISO of the last time that each kind of alarm was answered. */
  alarmedAt: z
    .strictObject({ danger: z.string().exactOptional(), despair: z.string().exactOptional() })
    .exactOptional(),
  flags: z.array(z.string()),
  /** Sessions from before there was any have none. */
  voice: voiceSchema.default(NO_VOICE),
  ...gatheredShape,
});

export type Session = z.infer<typeof sessionSchema>;

/** A stored session → typed, or zod's error: a session of another version needs a migration here, never a guess. */
export function parseSession(value: unknown): Session {
  return sessionSchema.parse(value);
}

/** The session before a person's first message. */
export function newSession(given: Pick<Session, 'language' | 'call' | 'boot' | 'lastAt'>): Session {
  return {
    v: 1,
    ...given,
    submissionLanguage: null,
    at: { prompt: 'hello' },
    version: 0,
    trail: [],
    under: [],
    case: null,
    contribution: null,
    reference: null,
    replaces: null,
    adult: false,
    kept: false,
    held: { parts: 0, words: 0 },
    role: null,
    counts: {},
    ownWord: null,
    ownWordOffered: false,
    unlockedAt: null,
    wrongWords: 0,
    withheld: [],
    harmed: { form: 'none' },
    author: { form: 'none' },
    publication: null,
    built: null,
    mails: [],
    news: [],
    writeBack: false,
    paused: false,
    late: false,
    doubt: null,
    flags: [],
    voice: NO_VOICE,
  };
}
