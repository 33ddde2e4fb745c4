// Everything that people may write, in every language: the shape of locales/<language>/words.json.

import { z } from 'zod';
import { isTree, laidOver, type Tree } from './laid-over.ts';
import { organiserLists } from './organiser-lists.ts';

export const COMMANDS = [
  'help',
  'back',
  'repeat',
  'next',
  'skip',
  'skip-all',
  'review',
  'hide',
  'undo',
  'words',
  'language',
  'pause',
  'stop',
  'delete',
  'person',
  'listen',
  'code',
  'progress',
] as const;
export type Command = (typeof COMMANDS)[number];

/** Words that work for organisers only. */
export const GATHERING_WORDS = [
  'cases',
  'new',
  'my-word',
  'hand-over',
  'close',
  'together',
  'import',
  'new-code',
] as const;
export type GatheringWord = (typeof GATHERING_WORDS)[number];

/** Words that must be typed in full before something that cannot be undone; each works for one purpose only. */
export const TYPED = ['send', 'erase', 'publish', 'withdraw', 'replace'] as const;
export type Typed = (typeof TYPED)[number];

/** Words around numbers of a list; `filler`: they change nothing. */
export const RANGE_WORDS = ['from', 'to', 'until', 'on', 'after', 'before', 'between', 'and', 'filler'] as const;
export type RangeWord = (typeof RANGE_WORDS)[number];

/** Frequent questions of which words.json has the words. */
export const WORDED_QUESTIONS = [
  ...(['recording', 'names-each', 'police'] as const),
  'readers',
  'kept',
  'funding',
  'body',
  'free',
  'who',
  'then',
  'anonymous',
  'robot',
  'how-long',
  'result',
  'about',
  'languages',
  ...(['call-me', 'why-ask', 'next-person', 'other-teller', 'lawyer'] as const),
] as const;

/** Questions that are answered in place; `other`: one that only a person can answer. */
export const QUESTIONS = [
  ...WORDED_QUESTIONS,
  'take-back',
  'sent',
  'deadline',
  'must-name',
  'must-answer',
  'evidence',
  'other',
] as const;
export type Question = (typeof QUESTIONS)[number];

const maybePhrases = z.array(z.string().min(1));
type Phrases = typeof maybePhrases;
const maybeQuestions = z.array(z.array(maybePhrases.min(1)).min(1));
type Questions = typeof maybeQuestions;

/** The lists of `plain` in words.json. */
const plainLists = (phrases: Phrases) => ({
  yes: phrases,
  /** "ok", "bueno": a yes by itself, ignored together with a no. */
  maybeYes: phrases,
  no: phrases,
  /** Thanks, please, sir: said around an answer. */
  around: phrases,
  /** "I think the …", "yo diría la …": said around the number of a choice. */
  choosing: phrases,
  refusals: phrases,
  refusalBegins: phrases,
  refusalGoesOn: phrases,
  askingBack: phrases,
  questionBegins: phrases,
  sentenceWords: phrases,
  /** "That's all I have to say": the answer is complete. */
  done: phrases,
  /** "Take that out": of what was written last; "put it back": *undo* in other words. */
  ...{ takeOut: phrases, bringsBack: phrases },
  /** "Leave it", "never mind": a no to whatever was offered. */
  letBe: phrases,
  /** "Confidential", "sin nombre": who may read it, and the names, are asked at the end; and fear, around a question. */
  ...{ atEnd: phrases, afraid: phrases },
  /** "Quero que seja público": such a wish for the public; and what is said before either: "no wait", "melhor". */
  ...{ atEndPublic: phrases, atEndBefore: phrases },
  /** "I was wrong": what was written before is corrected. */
  regrets: phrases,
  /** "Erase it", in every form: an answer only to the question that asks for its word; "stays", of a line; "change X to Y", and before it "can you"; "the last"; a no that denies no verb: "nope". */
  ...{ erases: phrases, keeps: phrases, changes: phrases, changesTo: phrases, changesLead: phrases, lastOnes: phrases },
  ...{ firstOnes: phrases, onlyNo: phrases },
  /** "Hide", in one word: an order if names follow; words before the names ("I want to"), after them ("from my text"); "except". */
  ...{ hides: phrases, hidesWhat: phrases, hidesFrom: phrases, names: phrases, anybody: phrases, excepts: phrases },
  /** "My phone number": the numbers that were found are meant, and not these words. */
  ...{ phoneNumber: phrases, address: phrases, email: phrases },
  wishes: phrases,
});
/** The lists of `ages` in words.json: they decide whether an age is the writer's or somebody else's. */
const ageLists = (phrases: Phrases) => ({
  /** "I am", right before a number. */
  own: phrases,
  notYet: phrases,
  years: phrases,
  /** Without meaning alone: "only", "yes". */
  around: phrases,
  /** Words of others: "he", "my", "was". */
  other: phrases,
  /** "was", right before the age of somebody. */
  ...{ been: phrases, /** Right before a year of birth. */ born: phrases, school: phrases },
  /** "I am the mother", "not me": takes "under 18" back. */
  denial: phrases,
});

export type AgeList = keyof ReturnType<typeof ageLists>;

export type PlainList = keyof ReturnType<typeof plainLists>;

const wordsSchema = (phrases: Phrases, questions: Questions) =>
  z.strictObject({
    reviewed: z.boolean(),
    commands: z.record(z.enum(COMMANDS), phrases),
    typed: z.record(z.enum(TYPED), phrases),
    gathering: z.record(z.enum(GATHERING_WORDS), phrases),
    ranges: z.record(z.enum(RANGE_WORDS), phrases),
    choices: z.record(z.string(), phrases),
    /** Each question: groups of word beginnings; one of every group must be in the message. */
    questions: z.record(z.enum(WORDED_QUESTIONS), questions),
    questionWords: phrases,
    asides: z.strictObject({
      why: phrases,
      'one-by-one': phrases,
      'no-machine': phrases,
      all: phrases,
      /** Of a list of two. */
      both: phrases,
      none: phrases,
      add: phrases,
    }),
    /** One word of each list makes a phrase that nobody says by accident. */
    phrase: z.strictObject({ first: phrases, second: phrases }),
    /** Text that transcribing programs are known to write if nobody spoke. */
    notSaid: phrases,
    negations: phrases,
    /** Words around a choice that tell nothing: "I am", "his", "of". */
    besideChoice: phrases,
    /** Words that people write to a plain question; plain-answer.ts says how each list is used. */
    plain: z.strictObject(plainLists(phrases)),
    languageNames: phrases,
    /** Frequent short words and greetings, to guess the language of a first message. */
    common: phrases,
    ...{ greetings: phrases, farewells: phrases, apologies: phrases },
    /** Days of mourning and remembrance: told, whatever else is in the message. */
    occasions: phrases,
    ...{ officers: phrases, kin: phrases, somebody: phrases },
    /**
     * Around the word of a role, for names/own-role.ts: what is before it ("I am"), "my", "of", "him". `notOwn`: words of
     * the list of roles that say no more than the list itself. After a "not", `writer` says who it is after all ("no, I am"), and `does` denies
     * what is done, not a role ("do not let the family in").
     */
    ownRole: z.strictObject({
      ...{ iAm: phrases, mine: phrases, of: phrases, them: phrases, notOwn: phrases, writer: phrases, does: phrases },
    }),
    /** Before the official number of a question: "question 3". */
    ofQuestions: phrases,
    streets: phrases,
    yearsOld: phrases,
    /** Words that tell whose age somebody writes; age.ts says how each list is used. `numbers`: those that are spelled, from eight on. */
    ages: z.strictObject({ ...ageLists(phrases), numbers: z.record(z.string(), z.number().int()) }),
    organiser: z.strictObject(organiserLists(phrases)),
    /**
     * Frames (fold.ts) for danger and despair; that danger is past, or present; that others said it; that somebody would
     * rather not send, wants a name hidden, or all of it withdrawn; and thanks. `echoes`: of our own texts.
     */
    alarms: z.strictObject({
      /** How words are spelt on a phone. */
      short: z.record(z.string(), z.string()),
      echoes: phrases,
      ...{ hiding: phrases, /** "Hide it", "no lo publique": of a number in the same message. */ hidingIt: phrases },
      /** "Show my son's name"; and "show", before the name itself. "Not my name", "su nombre no": the whole message. */
      ...{ showing: phrases, showingIt: phrases, ownNameOut: phrases, theirNameOut: phrases },
      erasing: phrases,
      takingBack: phrases,
      delivery: phrases,
      /** "I forgot to say that", "quero acrescentar": about a text that is approved. */
      adding: phrases,
      /** The beginnings of a question that leaves its answer open: "what", "how". */
      asking: phrases,
      /** "I have a question", and no question yet. */
      ...{ wantsToAsk: phrases, /** "Which one am I on". */ whichOne: phrases },
      /** "Can I still change it": of a text that is approved, or soon will be. */
      changing: phrases,
      ...{ gathers: phrases, consented: phrases },
      /** "I'm reading it to her", "she is thinking", of an organiser; "one for each mother". */
      ...{ procedure: phrases, oneEach: phrases, /** "Who is writing", of the check. */ ofRole: phrases },
      /** "Awa wants out"; "she withdraws". */
      leavingThem: phrases,
      ...{ leavingSomebody: phrases, /** "Back to Awa". */ goingToThem: phrases },
      /** "Are you a cop", "tu m'enregistres", also without its mark. */
      ...{ asksWho: phrases, asksRecorded: phrases },
      /** "Should a lawyer see this before I write"; "and their names, what happens to each". */
      ...{ asksLawyer: phrases, asksNames: phrases },
      /** "I give up", "quero desistir". */
      givingUp: phrases,
      /** "I'm taking a break"; and the whole message: "I can't go on today", "stop, somebody is coming". */
      ...{ pausing: phrases, enough: phrases, comes: phrases },
      /** "Somebody's at the door", "ya viene alguien": the whole message or a clause of it, if it is danger. */
      comesNow: phrases,
      /** "Arrête tout", "mejor no mande nada"; "quiero seguir", "sorry, carry on": the whole message. */
      ...{ stopping: phrases, goingOn: phrases },
      /** "Delete the last one"; "eso no es mi historia", of words that are offered; "only the UN should read it", "only that part". */
      ...{ takingOut: phrases, leavingOut: phrases, readBy: phrases, ofParts: phrases },
      /** "Nobody watches me"; "vigilan mi celular"; "c'est le téléphone de ma sœur"; "is it safe on this phone". */
      ...{ unwatched: phrases, watched: phrases, borrowed: phrases, unsafePhone: phrases },
      ...{ courtesy: phrases, /** "Answer me, stupid machine". */ scolding: phrases },
      danger: phrases,
      nearby: phrases,
      past: phrases,
      now: phrases,
      reported: phrases,
      despair: phrases,
      /** Courage that came back, hope in justice that was lost: neither danger nor despair. */
      heartened: phrases,
    }),
    notNames: maybePhrases,
    /** Words that people say before a name: "his name was". */
    nameLeads: phrases,
    /** Words after a name that say no more: "please", "se llamaba". */
    nameTails: phrases,
    /** "Señora", "the late": left out before a name of two words or more. */
    titles: phrases,
    /** Words before a secret word: "my word is", "póngale". */
    secretLeads: phrases,
    /** Words right before a name: "named", "se llamaba". */
    calledBy: phrases,
  });

const wholeWords = wordsSchema(maybePhrases.min(1), maybeQuestions.min(1));
const someWords = wordsSchema(maybePhrases, maybeQuestions);

export type Words = z.infer<typeof wholeWords>;

/** Checks one language's words.json; throws zod's error with the paths that are wrong. */
export function parseWords(value: unknown): Words {
  return wholeWords.parse(value);
}

/**
 * The same for a language that has only some lists: the others are empty, since the words of every language are
 * understood in each. Words that the bot itself asks for are those of `fallback`.
 */
export function parseSomeWords(value: unknown, fallback: Words): Words {
  const { typed, phrase } = fallback;
  return someWords.parse(laidOver({ ...emptied(fallback), typed, phrase }, value));
}

/** The same shape without words; keys that a language chooses itself are left out. */
function emptied({ choices: _, ...words }: Words): Tree {
  const alarms = { ...(emptiedTree(words.alarms) as Tree), short: {} };
  const ages = { ...(emptiedTree(words.ages) as Tree), numbers: {} };
  return { ...(emptiedTree(words) as Tree), reviewed: false, choices: {}, alarms, ages };
}

function emptiedTree(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, emptiedTree(below)]));
}
