// The words that people may write, in every language: those of locales/<language>/words.json, folded and laid out for look-up.

import { z } from 'zod';
import { inEvery, type Language, LANGUAGES } from '../../languages.ts';
import { buildFrame, fold, foldings, type Frame, type FrameIndex, indexFrames, spell } from './fold.ts';

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

/** Frequent questions that are answered in place. */
export const QUESTIONS = [
  'police',
  'readers',
  'free',
  'who',
  'then',
  'anonymous',
  'robot',
  'how-long',
  'result',
] as const;
export type Question = (typeof QUESTIONS)[number];

const phrases = z.array(z.string().min(1)).min(1);
const maybePhrases = z.array(z.string().min(1));

/** The lists of `plain` in words.json. */
const plainLists = {
  yes: phrases,
  /** "ok", "bueno": a yes by itself, ignored together with a no. */
  maybeYes: phrases,
  no: phrases,
  /** Thanks, please, sir: said around an answer. */
  around: phrases,
  refusals: phrases,
  refusalBegins: phrases,
  refusalGoesOn: phrases,
  askingBack: phrases,
  questionBegins: phrases,
  sentenceWords: phrases,
  /** "That's all I have to say": the answer is complete. */
  done: phrases,
  /** "Take that out": of what was written last. */
  takeOut: phrases,
  wishes: phrases,
};
/** The lists of `ages` in words.json: they decide whether an age is the writer's or somebody else's. */
const ageLists = {
  /** "I am", right before a number. */
  own: phrases,
  notYet: phrases,
  years: phrases,
  /** Without meaning alone: "only", "yes". */
  around: phrases,
  /** Words of others: "he", "my", "was". */
  other: phrases,
  /** "was", right before the age of somebody. */
  been: phrases,
  /** Right before a year of birth. */
  born: phrases,
  school: phrases,
  /** "I am the mother", "not me": takes "under 18" back. */
  denial: phrases,
};
export type AgeList = keyof typeof ageLists;

export type PlainList = keyof typeof plainLists;

const wordsSchema = z.strictObject({
  reviewed: z.boolean(),
  commands: z.record(z.enum(COMMANDS), phrases),
  typed: z.record(z.enum(TYPED), phrases),
  gathering: z.record(z.enum(GATHERING_WORDS), phrases),
  ranges: z.record(z.enum(RANGE_WORDS), phrases),
  choices: z.record(z.string(), phrases),
  /** Each question: groups of word beginnings; one of every group must be in the message. */
  questions: z.record(z.enum(QUESTIONS), z.array(z.array(phrases).min(1)).min(1)),
  questionWords: phrases,
  asides: z.strictObject({
    why: phrases,
    'one-by-one': phrases,
    'no-machine': phrases,
    all: phrases,
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
  plain: z.strictObject(plainLists),
  languageNames: phrases,
  /** Frequent short words and greetings, to guess the language of a first message. */
  common: phrases,
  greetings: phrases,
  officers: phrases,
  kin: phrases,
  streets: phrases,
  yearsOld: phrases,
  /** Words that tell whose age somebody writes; age.ts says how each list is used. `numbers`: those that are spelled, from eight on. */
  ages: z.strictObject({ ...ageLists, numbers: z.record(z.string(), z.number().int()) }),
  /**
   * Frames (fold.ts) for danger and despair; that danger is past, or present; that others said it; that somebody would
   * rather not send, wants a name hidden, or all of it withdrawn; and thanks. `echoes`: of our own texts.
   */
  alarms: z.strictObject({
    /** How words are spelt on a phone. */
    short: z.record(z.string(), z.string()),
    echoes: phrases,
    hiding: phrases,
    erasing: phrases,
    takingBack: phrases,
    courtesy: phrases,
    danger: phrases,
    nearby: phrases,
    past: phrases,
    now: phrases,
    reported: phrases,
    despair: phrases,
  }),
  notNames: maybePhrases,
  /** Words that people say before a name: "his name was". */
  nameLeads: phrases,
  /** Words right before a name: "named", "se llamaba". */
  calledBy: phrases,
});

export type Words = z.infer<typeof wordsSchema>;

/** Checks one language's words.json; throws zod's error with the paths that are wrong. */
export function parseWords(value: unknown): Words {
  return wordsSchema.parse(value);
}

type Indexed = 'danger' | 'nearby' | 'despair';
type AlarmFrames = Readonly<Record<Exclude<keyof Words['alarms'], 'short' | 'echoes' | Indexed>, readonly Frame[]>> &
  Readonly<Record<Indexed, FrameIndex>> & {
    readonly short: ReadonlyMap<string, string>;
    readonly echoes: readonly string[];
    readonly negations: ReadonlySet<string>;
  };

export type AgeWords = Readonly<Record<AgeList, ReadonlySet<string>>> & {
  readonly kin: ReadonlySet<string>;
  readonly numbers: ReadonlyMap<string, number>;
};

export interface Lexicon {
  readonly words: Readonly<Record<Language, Words>>;
  /** Folded word → command, over all languages; test/locales checks that no word means two. */
  readonly commands: ReadonlyMap<string, Command>;
  /** Folded, in the order of words.json: the phrases that a typed word may be a near miss of. */
  readonly commandPhrases: Readonly<
    Record<Language, readonly { readonly phrase: string; readonly command: Command }[]>
  >;
  readonly typed: ReadonlyMap<string, Typed>;
  readonly gathering: ReadonlyMap<string, GatheringWord>;
  /** Folded phrases that select a choice, per language. */
  readonly choices: Readonly<Record<Language, ReadonlyMap<string, readonly string[]>>>;
  readonly languageNames: ReadonlyMap<string, Language>;
  readonly questions: readonly { readonly question: Question; readonly groups: readonly (readonly string[])[] }[];
  readonly questionWords: ReadonlySet<string>;
  readonly negations: Readonly<Record<Language, ReadonlySet<string>>>;
  readonly alarms: Readonly<Record<Language, AlarmFrames>>;
  readonly plain: Readonly<Record<Language, Readonly<Record<PlainList, ReadonlySet<string>>>>>;
  readonly besideChoice: Readonly<Record<Language, ReadonlySet<string>>>;
  readonly ages: Readonly<Record<Language, AgeWords>>;
  readonly calledBy: Readonly<Record<Language, readonly string[]>>;
  readonly greetings: ReadonlySet<string>;
  readonly notSaid: ReadonlySet<string>;
  readonly common: Readonly<Record<Language, ReadonlySet<string>>>;
  readonly asides: ReadonlyMap<string, keyof Words['asides']>;
}

function agesOf({ ages, kin }: Words): AgeWords {
  const set = (list: AgeList) => new Set(ages[list].flatMap(foldings));
  return {
    ...{ own: set('own'), notYet: set('notYet'), years: set('years'), around: set('around'), other: set('other') },
    ...{ been: set('been'), born: set('born'), school: set('school'), denial: set('denial') },
    kin: new Set(kin.map(fold)),
    numbers: new Map(Object.entries(ages.numbers).map(([said, number]) => [fold(said), number])),
  };
}

/** Lays the words of all languages out for look-up, once at start. */
export function buildLexicon(words: Readonly<Record<Language, Words>>): Lexicon {
  const each = <T>(pick: (words: Words) => Readonly<Record<string, readonly string[]>>, as: (key: string) => T) =>
    new Map(
      LANGUAGES.flatMap((language) =>
        Object.entries(pick(words[language])).flatMap(([key, said]) =>
          said.flatMap(foldings).map((one) => [one, as(key)] as const),
        ),
      ),
    );
  const perLanguage = <T>(make: (words: Words, language: Language) => T) =>
    inEvery((language) => make(words[language], language));
  const all = (pick: (words: Words) => readonly string[]) =>
    new Set(LANGUAGES.flatMap((language) => pick(words[language]).map(fold)));
  return {
    words,
    commands: each(
      (w) => w.commands,
      (key) => key as Command,
    ),
    commandPhrases: perLanguage((w) =>
      Object.entries(w.commands).flatMap(([command, said]) =>
        said.map((one) => ({ phrase: fold(one), command: command as Command })),
      ),
    ),
    typed: each(
      (w) => w.typed,
      (key) => key as Typed,
    ),
    gathering: each(
      (w) => w.gathering,
      (key) => key as GatheringWord,
    ),
    choices: perLanguage(
      (w) => new Map(Object.entries(w.choices).map(([value, said]) => [value, said.flatMap(foldings)] as const)),
    ),
    languageNames: new Map(LANGUAGES.flatMap((l) => words[l].languageNames.map((name) => [fold(name), l] as const))),
    questions: LANGUAGES.flatMap((language) =>
      QUESTIONS.flatMap((question) =>
        words[language].questions[question].map((groups) => ({ question, groups: groups.map((g) => g.map(fold)) })),
      ),
    ),
    questionWords: all((w) => w.questionWords),
    negations: perLanguage((w) => new Set(w.negations.map(fold))),
    alarms: perLanguage(alarmsOf),
    plain: perLanguage(({ plain }) => {
      const lists = Object.entries(plain).map(([list, said]) => [list, new Set(said.flatMap(foldings))]);
      return Object.fromEntries(lists) as Record<PlainList, ReadonlySet<string>>;
    }),
    besideChoice: perLanguage((w) => new Set(w.besideChoice.map(fold))),
    ages: perLanguage(agesOf),
    calledBy: perLanguage((w) => w.calledBy.flatMap(foldings)),
    greetings: all((w) => w.greetings),
    notSaid: all((w) => w.notSaid),
    common: perLanguage((w) => new Set(w.common.map(fold))),
    asides: each(
      (w) => w.asides,
      (key) => key as keyof Words['asides'],
    ),
  };
}

function alarmsOf({ alarms, negations: not }: Words): AlarmFrames {
  const negations = new Set(not.map(fold));
  const short = new Map(Object.entries(alarms.short).map(([from, to]) => [fold(from), spell(to)] as const));
  const f = (written: readonly string[]) => written.map((one) => buildFrame(one, negations, short));
  return {
    ...{ hiding: f(alarms.hiding), erasing: f(alarms.erasing), takingBack: f(alarms.takingBack) },
    ...{ courtesy: f(alarms.courtesy), danger: indexFrames(f(alarms.danger)) },
    ...{ nearby: indexFrames(f(alarms.nearby)), despair: indexFrames(f(alarms.despair)), past: f(alarms.past) },
    ...{ now: f(alarms.now), reported: f(alarms.reported), short, negations, echoes: alarms.echoes.map(spell) },
  };
}
