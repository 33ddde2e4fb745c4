// The words that people may write, in every language: those of locales/<language>/words.json, folded and laid out for look-up.

import { inEvery, type Language, LANGUAGES } from '../../languages.ts';
import { buildFrame, fold, foldings, type Frame, type FrameIndex, indexFrames, lastWordOf, spell } from './fold.ts';
import { type ConceptLists, type Concepts, foldTalk, indexConcepts } from './talk/model.ts';
import type { OrganiserList } from './organiser-lists.ts';
import {
  type AgeList,
  type Command,
  type GatheringWord,
  type PlainList,
  type Question,
  type Typed,
  WORDED_QUESTIONS,
  type Words,
} from './word-lists.ts';

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
  /** First words of questions, also of those that begin with two or more. */
  readonly asksWith: ReadonlySet<string>;
  readonly negations: Readonly<Record<Language, ReadonlySet<string>>>;
  readonly alarms: Readonly<Record<Language, AlarmFrames>>;
  readonly plain: Readonly<Record<Language, Readonly<Record<PlainList, ReadonlySet<string>>>>>;
  /** Every word of the phrases in `plain`. */
  readonly plainWords: Readonly<Record<Language, ReadonlySet<string>>>;
  /** One word of each phrase and frame about what is asked at the end, and about a phone, and words for what can be hidden: without one of them, no such wish is looked for. */
  readonly atEnd: ReadonlySet<string>;
  readonly ofPhones: ReadonlySet<string>;
  readonly hideable: ReadonlySet<string>;
  /** The same for a wish to stop or to rest. */
  readonly leaving: ReadonlySet<string>;
  /** The same for an age under 18 without digits: numbers as words, and words for a minor. */
  readonly young: ReadonlySet<string>;
  readonly besideChoice: Readonly<Record<Language, ReadonlySet<string>>>;
  readonly ages: Readonly<Record<Language, AgeWords>>;
  readonly organiser: Readonly<Record<Language, Readonly<Record<OrganiserList, ReadonlySet<string>>>>>;
  /** Last word → the phrases that end with it, over all languages. */
  readonly calledBy: ReadonlyMap<string, readonly string[]>;
  readonly greetings: ReadonlySet<string>;
  readonly farewells: ReadonlySet<string>;
  readonly apologies: ReadonlySet<string>;
  readonly occasions: Readonly<Record<Language, readonly string[]>>;
  readonly notSaid: ReadonlySet<string>;
  readonly common: Readonly<Record<Language, ReadonlySet<string>>>;
  readonly asides: ReadonlyMap<string, keyof Words['asides']>;
  /** Words by what they are about, for what is said to the bot (talk/). */
  readonly concepts: Readonly<Record<Language, Concepts>>;
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
export function buildLexicon(
  words: Readonly<Record<Language, Words>>,
  concepts: Readonly<Record<Language, ConceptLists>>,
): Lexicon {
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
  const alarms = perLanguage(alarmsOf);
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
      WORDED_QUESTIONS.flatMap((question) =>
        words[language].questions[question].map((groups) => ({ question, groups: groups.map((g) => g.map(fold)) })),
      ),
    ),
    questionWords: all((w) => w.questionWords),
    // Without "and", "so": they begin much else.
    asksWith: all(({ questionWords, plain: { questionBegins, around } }) =>
      [...questionWords, ...questionBegins.map((one) => one.split(' ')[0] ?? one)].filter(
        (one) => !around.includes(one),
      ),
    ),
    negations: perLanguage((w) => new Set(w.negations.map(fold))),
    alarms,
    plain: perLanguage(({ plain }) => {
      const lists = Object.entries(plain).map(([list, said]) => [list, new Set(said.flatMap(foldings))]);
      return Object.fromEntries(lists) as Record<PlainList, ReadonlySet<string>>;
    }),
    plainWords: perLanguage(
      ({ plain }) =>
        new Set(Object.values(plain).flatMap((said) => said.flatMap(foldings).flatMap((one) => one.split(' ')))),
    ),
    atEnd: new Set([
      ...all(({ plain }) => [...plain.atEnd, ...plain.atEndPublic].map(longestWordOf)),
      ...neededIn(alarms, ['readBy', 'ofParts']),
    ]),
    ofPhones: new Set(neededIn(alarms, ['watched', 'borrowed', 'unsafePhone'])),
    leaving: new Set(neededIn(alarms, ['stopping', 'pausing', 'enough', 'comes'])),
    young: all(({ ages, choices, organiser }) =>
      [...Object.keys(ages.numbers), ...(choices['keep-minor'] ?? []), ...organiser.minor].map((one) =>
        lastWordOf(fold(one)),
      ),
    ),
    hideable: all(({ plain: { phoneNumber, address, email, hidesWhat }, choices }) => [
      ...[...phoneNumber, ...address, ...email].map((one) => lastWordOf(fold(one))),
      ...hidesWhat.filter((one) => (choices['kind-name'] ?? []).some((name) => fold(one).startsWith(fold(name)))),
    ]),
    besideChoice: perLanguage((w) => new Set(w.besideChoice.map(fold))),
    ages: perLanguage(agesOf),
    organiser: perLanguage(({ organiser }) => {
      const lists = Object.entries(organiser).map(([list, said]) => [list, new Set(said.flatMap(foldings))]);
      return Object.fromEntries(lists) as Record<OrganiserList, ReadonlySet<string>>;
    }),
    calledBy: Map.groupBy(
      LANGUAGES.flatMap((language) => words[language].calledBy.flatMap(foldings)),
      (phrase) => lastWordOf(phrase),
    ),
    greetings: all((w) => w.greetings),
    farewells: all((w) => w.farewells),
    apologies: all((w) => w.apologies),
    occasions: perLanguage((w) => w.occasions.flatMap(foldings)),
    notSaid: all((w) => w.notSaid),
    common: perLanguage((w) => new Set(w.common.map(fold))),
    asides: each(
      (w) => w.asides,
      (key) => key as keyof Words['asides'],
    ),
    concepts: inEvery((language) => indexConcepts(concepts[language], foldTalk)),
  };
}

type NeededList =
  'readBy' | 'ofParts' | 'watched' | 'borrowed' | 'unsafePhone' | 'stopping' | 'pausing' | 'enough' | 'comes';

/** Every text that one of these frames matches has one of the words. */
function neededIn(alarms: Lexicon['alarms'], lists: readonly NeededList[]): readonly string[] {
  return LANGUAGES.flatMap((language) =>
    lists.flatMap((list) => alarms[language][list].flatMap(({ needs }) => needs ?? [])),
  );
}

function longestWordOf(phrase: string): string {
  return fold(phrase)
    .split(' ')
    .reduce((best, word) => (word.length > best.length ? word : best), '');
}

function alarmsOf({ alarms, negations: not }: Words): AlarmFrames {
  const negations = new Set(not.map(fold));
  const short = new Map(Object.entries(alarms.short).map(([from, to]) => [fold(from), spell(to)] as const));
  const f = (written: readonly string[]) => written.map((one) => buildFrame(one, negations, short));
  return {
    ...{ hiding: f(alarms.hiding), hidingIt: f(alarms.hidingIt) },
    ...{ showing: f(alarms.showing), showingIt: f(alarms.showingIt) },
    ...{ ownNameOut: f(alarms.ownNameOut), theirNameOut: f(alarms.theirNameOut) },
    ...{ erasing: f(alarms.erasing), takingBack: f(alarms.takingBack) },
    ...{ delivery: f(alarms.delivery), adding: f(alarms.adding), asking: f(alarms.asking) },
    ...{ asksWho: f(alarms.asksWho), asksRecorded: f(alarms.asksRecorded) },
    ...{ asksLawyer: f(alarms.asksLawyer), asksNames: f(alarms.asksNames) },
    ...{ changing: f(alarms.changing), gathers: f(alarms.gathers), consented: f(alarms.consented) },
    ...{ leavingThem: f(alarms.leavingThem), leavingSomebody: f(alarms.leavingSomebody) },
    ...{ procedure: f(alarms.procedure), oneEach: f(alarms.oneEach), ofRole: f(alarms.ofRole) },
    ...{ goingToThem: f(alarms.goingToThem), whichOne: f(alarms.whichOne) },
    ...{ wantsToAsk: f(alarms.wantsToAsk), givingUp: f(alarms.givingUp) },
    ...{ pausing: f(alarms.pausing), enough: f(alarms.enough), comes: f(alarms.comes), comesNow: f(alarms.comesNow) },
    takingOut: f(alarms.takingOut),
    ...{ leavingOut: f(alarms.leavingOut), readBy: f(alarms.readBy), ofParts: f(alarms.ofParts) },
    ...{ unwatched: f(alarms.unwatched), scolding: f(alarms.scolding) },
    ...{ watched: f(alarms.watched), borrowed: f(alarms.borrowed), unsafePhone: f(alarms.unsafePhone) },
    ...{ stopping: f(alarms.stopping), goingOn: f(alarms.goingOn) },
    ...{ courtesy: f(alarms.courtesy), danger: indexFrames(f(alarms.danger)) },
    ...{ nearby: indexFrames(f(alarms.nearby)), despair: indexFrames(f(alarms.despair)), past: f(alarms.past) },
    heartened: f(alarms.heartened),
    ...{ now: f(alarms.now), reported: f(alarms.reported), short, negations, echoes: alarms.echoes.map(spell) },
  };
}
