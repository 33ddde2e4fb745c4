// A person's progress between turns. Answers are rows of their own, so a session stays small.

import { z } from 'zod';
import { gatheredShape } from '../organiser/gathered.ts';
import { cutSchema } from './cut.ts';
import { doubtSchema } from './doubt.ts';
import { PUBLICATIONS, ROLES } from './draft.ts';
import { LANGUAGES } from '../../languages.ts';
import { IF_UNREACHABLE } from './event.ts';
import { languageShape } from './language-shape.ts';
import { WITHHELD_KINDS } from '../understanding/names/withheld-kind.ts';
import { PROMPT_IDS } from '../prompts/prompt-ids.ts';
import { NO_VOICE, noteSchema, voiceSchema } from './recordings.ts';
import { staffShape } from './staff-shape.ts';

const positionSchema = z.strictObject({
  prompt: z.enum(PROMPT_IDS),
  /** The instance: a topic, a topic's prompt ('investigation/who'), a slot, a part's number. */
  of: z.string().exactOptional(),
});

/** The open prompt of a conversation. */
export type Position = z.infer<typeof positionSchema>;

const namedInSchema = z.strictObject({ harmed: z.string().exactOptional(), author: z.string().exactOptional() });
const heldSchema = z.strictObject({
  parts: z.number().int(),
  words: z.number().int(),
  /** Message id → words, so that messages from before the consent can be edited or deleted. */
  ids: z.record(z.string(), z.number().int()).exactOptional(),
  /** Set if they are chosen one by one: message id → whether it is used. */
  decided: z.record(z.string(), z.boolean()).exactOptional(),
});

const namingSchema = z.strictObject({ form: z.enum(['full', 'initials', 'none']), name: z.string().exactOptional() });

/** `language`: of the conversation in which it was written; a document in another one has the role's usual words. */
const ownRoleSchema = z.strictObject({ text: z.string(), language: z.enum(LANGUAGES) });

/** One step back: what a turn took out or replaced. The rows of the answers keep their old content themselves (`was`). */
const undoSchema = z.strictObject({
  /** Ids of answers that replaced others. */
  added: z.array(z.string()),
  /** Number of questions that had been asked then. */
  asked: z.number().int(),
  /** Fields of the session as they were. */
  before: z.strictObject({
    withheld: z.array(z.string()).exactOptional(),
    withheldAs: z.record(z.string(), z.enum(WITHHELD_KINDS)).exactOptional(),
    hidesNames: z.array(z.string()).nullable().exactOptional(),
    places: z.record(z.string(), z.boolean()).exactOptional(),
    harmed: namingSchema.exactOptional(),
    author: namingSchema.exactOptional(),
    namedIn: namedInSchema.exactOptional(),
    publication: z.enum(PUBLICATIONS).nullable().exactOptional(),
    role: z.enum(ROLES).nullable().exactOptional(),
    ownRole: ownRoleSchema.nullable().exactOptional(),
    /** They wrote alone, and have become an organiser. */
    alone: z.literal(true).exactOptional(),
    submissionLanguage: z.enum(LANGUAGES).nullable().exactOptional(),
    country: z.string().nullable().exactOptional(),
    held: heldSchema.exactOptional(),
    importing: gatheredShape.importing,
    /** A message that was left out when its person was asked about it. */
    doubt: doubtSchema.exactOptional(),
    /** Recordings that were left out: their placeholders and sound are kept until then. */
    dropped: z.array(noteSchema).exactOptional(),
  }),
});

const mailSchema = z.strictObject({
  reference: z.string(),
  mail: z.enum(['submission', 'correction', 'withdrawal']),
  /** ISO; until then *stop* takes it back. */
  leavesAt: z.string(),
  /** Held before it ever left, and asked about again: changes must be approved again. */
  reopened: z.boolean().exactOptional(),
  /** Hash of the approved document; absent if it was approved before reviews existed. */
  sha256: z.string().exactOptional(),
  /** State of the release by staff: while it waits or is given back, *stop* works at any time. */
  review: z.enum(['waiting', 'given-back', 'released']).exactOptional(),
  /** Held because of the person's doubt until they say what they want. */
  doubted: z.literal(true).exactOptional(),
  /** Absent in old sessions. `call`: the hash of its call, if another one has been begun since. */
  call: z.string().exactOptional(),
  case: z.string().exactOptional(),
  /** Of a joint document: the contributions in it, in the order of their numbers. */
  members: z.array(z.string()).exactOptional(),
  /** A withdrawal after which our copy is also erased. */
  erases: z.boolean().exactOptional(),
  outcome: z.enum(['waiting', 'written', 'accepted', 'deferred', 'uncertain', 'refused', 'bounced', 'held']),
  server: z.string().exactOptional(),
  at: z.string().exactOptional(),
});

const sessionSchema = z.strictObject({
  v: z.literal(1),
  ...languageShape,
  country: z.string().nullable().default(null),
  call: z.strictObject({ id: z.string(), hash: z.string() }),
  /** The run of the program that took the last turn; another one means that the program was restarted. */
  boot: z.string(),
  lastAt: z.string(),
  at: positionSchema,
  /** Counts every prompt that was asked: a tap carries it, so that it answers no other. */
  version: z.number().int(),
  /** The history for *back*, oldest first. */
  trail: z.array(positionSchema),
  /** The stack of interrupted prompts (by review, language, a doubt), innermost last. */
  under: z.array(positionSchema),
  case: z.string().nullable(),
  contribution: z.string().nullable(),
  reference: z.string().nullable(),
  /** ISO: since then only the keys of staff open the text; it has no contribution any more (stages/put-away.ts). */
  putAway: z.string().exactOptional(),
  /** Set during a correction: the reference that it replaces. */
  replaces: z.string().nullable(),
  adult: z.boolean(),
  /** An age was mentioned before the consent that may be the writer's: a bare yes does not say that they are an adult. */
  ageSpoken: z.literal(true).exactOptional(),
  kept: z.boolean(),
  held: heldSchema,
  /** Ids of messages and recordings from before the consent, in that order. */
  early: z.array(z.string()).exactOptional(),
  role: z.enum(ROLES).nullable(),
  /** The role in the person's own words; null if they took a word of the list after that. */
  ownRole: ownRoleSchema.nullable().exactOptional(),
  /** Roles that the writer denied; empty after another one was asked back about. Then nothing that is told decides who writes. */
  notRole: z.array(z.enum(ROLES)).exactOptional(),
  counts: z.record(z.string(), z.strictObject({ parts: z.number().int(), words: z.number().int() })),
  /** Slots of questions that depend on an answer that was given: true if they apply. */
  conditions: z.record(z.string(), z.boolean()).exactOptional(),
  /** The person was told that the call wants every question answered. */
  compulsoryTold: z.literal(true).exactOptional(),
  /** *one by one* at the list of topics: each leads to the next, until the list is asked again. */
  oneByOne: z.boolean().exactOptional(),
  /** HMAC of the folded passphrase. */
  ownWord: z.string().nullable(),
  ownWordOffered: z.boolean(),
  /** HMAC of a passphrase that was typed once; typed a second time it becomes valid. */
  wordOnce: z.string().exactOptional(),
  /** ISO of the last time the passphrase was given, or of the last message after it. */
  unlockedAt: z.string().nullable(),
  wrongWords: z.number().int(),
  /** ISO of the wrong try that locked it; it can be tried again a day later. */
  wordLockedAt: z.string().exactOptional(),
  /** Staff reset the passphrase at this time (ISO), and no new one was offered yet. `told`: the person knows. */
  wordReset: z.strictObject({ at: z.string(), told: z.literal(true).exactOptional() }).exactOptional(),
  withheld: z.array(z.string()),
  /** Their kinds, if their form does not say it (names/withheld-kind.ts). */
  withheldAs: z.record(z.string(), z.enum(WITHHELD_KINDS)).exactOptional(),
  /** "No names please": those that were found since then, and hidden; one that is shown again stays shown. Null: undone. */
  hidesNames: z.array(z.string()).nullable().exactOptional(),
  /** Per place of a possible name or withheld word: true if it is hidden, false if it stays (names/places.ts). */
  places: z.record(z.string(), z.boolean()).exactOptional(),
  /** A name that was typed and shown back; it counts nothing until the person has confirmed it. */
  naming: z.strictObject({ who: z.enum(['harmed', 'author']), name: z.string(), message: z.string() }).exactOptional(),
  harmed: namingSchema,
  author: namingSchema,
  /** The messages that gave the names: if they are deleted for everyone, the name is removed. */
  namedIn: namedInSchema.exactOptional(),
  publication: z.enum(PUBLICATIONS).nullable(),
  /** Topics and other parts that stay confidential if the text is public ('topic/<id>', 'story'). */
  keptBack: z.array(z.string()).exactOptional(),
  /** The document that the open *send* prompt is about. */
  built: z
    .strictObject({
      sha256: z.string(),
      words: z.number().int(),
      /** The other facts that the SEND question named. */
      asked: z.strictObject({ recipient: z.string(), subject: z.string(), minutes: z.number() }).exactOptional(),
      /** SHA-256 of the confidential version that may leave instead at the deadline. */
      fallback: z.string().exactOptional(),
    })
    .nullable(),
  /** The person's choice if nobody releases the text in time. */
  ifUnreachable: z.enum(IF_UNREACHABLE).exactOptional(),
  ...staffShape,
  mails: z.array(mailSchema),
  /** References with an outcome that the person was not told yet. */
  news: z.array(z.string()),
  /** References of mails that got a reply; not told yet. */
  answered: z.array(z.string()).exactOptional(),
  writeBack: z.boolean(),
  paused: z.boolean(),
  /** The person was told that a code lets them go on elsewhere. */
  codeTold: z.literal(true).exactOptional(),
  /** ISO; until then the last code of this chat may be used. */
  codeUntil: z.string().exactOptional(),
  /** `blocked` of the facts (world.ts) when the person was told last that their other chat cannot be used. */
  blockedTold: z.string().exactOptional(),
  /** The person asked for messages that vanish from the phones after a day. */
  disappearing: z.literal(true).exactOptional(),
  late: z.boolean(),
  /** The deadline (ISO) that was told last. */
  deadlineTold: z.string().exactOptional(),
  doubt: doubtSchema.nullable(),
  /** Asked, and not answered: asked again after the next message (stages/put-off.ts). */
  putOff: z.array(doubtSchema).exactOptional(),
  /** Hashes of the last folded messages that were taken for talk: none is asked about twice. */
  heard: z.array(z.number()).exactOptional(),
  /** Texts with further wordings → the one that comes next (wordings.ts). */
  worded: z.record(z.string(), z.number().int()).exactOptional(),
  /** Ids of messages that were listed before the read-back, or that the person called part of the text: not listed again. */
  sifted: z.array(z.string()).exactOptional(),
  /** Recent messages without effect: fingerprints, keys of our replies, tries, and how often the text was the same. */
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
  /** Id of a message that its author deleted → the slot it was in: if its deletion is undone, the words go back there. */
  deletedFrom: z.record(z.string(), z.string()).exactOptional(),
  /** Tries at the open question that waits for the word that erases. */
  eraseTries: z.number().int().exactOptional(),
  /** ISO of the last answer to each kind of alarm. */
  alarmedAt: z
    .strictObject({ danger: z.string().exactOptional(), despair: z.string().exactOptional() })
    .exactOptional(),
  /** It was said that it is too much: who comes back is welcomed without a question. */
  tooMuch: z.literal(true).exactOptional(),
  /** Thanked after the sending of this text. */
  thanked: z.literal(true).exactOptional(),
  flags: z.array(z.string()),
  /** Old sessions have no voice part. */
  voice: voiceSchema.default(NO_VOICE),
  ...gatheredShape,
});

export type Session = z.infer<typeof sessionSchema>;

/** Parses a stored session; throws zod's error: a session of another version needs a migration here. */
export function parseSession(value: unknown): Session {
  return sessionSchema.parse(value);
}

/** The session before a person's first message. */
export function newSession(given: Pick<Session, 'language' | 'call' | 'boot' | 'lastAt'>): Session {
  return {
    v: 1,
    ...given,
    submissionLanguage: null,
    country: null,
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
