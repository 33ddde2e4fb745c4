// Trains the models of src/dialog/understanding/talk from the labelled messages.

import { URGENT, urgentOf } from '../../src/dialog/understanding/talk/hear.ts';
import {
  type Concepts,
  featuresOf,
  isOfKinds,
  type LinearModel,
  oddsOf,
  viewOf,
  VIEWS,
} from '../../src/dialog/understanding/talk/model.ts';
import {
  ASIDE_CLASSES,
  asideFeatures,
  type AsidePlace,
  HOLDS_CLASSES,
} from '../../src/dialog/understanding/talk/said-aside.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { ROLES } from '../../src/dialog/engine/draft.ts';
import { encode, type Example, rowsOf, type Spec, together, train } from './linear-model.ts';
import { isTelling, type Labelled } from './sets.ts';

/** A message while telling counts more: that is what the model is for. */
const TELLING_WEIGHT = 2;

/** Answers to a question of the bot are few among the messages, and must be told apart as well. */
const ANSWERS = /^(?:role|age)|^(?:name|secret|yes|no)$/u;
const ANSWER_WEIGHT = 2;

interface LaidOut {
  readonly message: Labelled;
  readonly features: readonly string[];
}

export function trainModels(
  messages: readonly Labelled[],
  answers: readonly Labelled[],
  urgent: readonly Labelled[],
  concepts: Readonly<Record<WholeLanguage, Concepts>>,
  lists: Readonly<Record<WholeLanguage, PlainLists>>,
) {
  const layOut = (message: Labelled) => ({ message, features: featuresOf(message.text, concepts[message.lang]) });
  const laidOut = messages.map(layOut);
  const answered = answers.map(layOut);
  const all = [...laidOut, ...answered];
  // The models of roles and of a yes or a no learn nothing from other prompts.
  const asked = [...laidOut, ...answered.filter(({ message: { at } }) => at === FOR_WHOM || at === PLAIN)];
  const toldOrUrgent = [...laidOut, ...urgent.map(layOut)].filter(isToldOrUrgent);
  const kindNames = [...new Set(all.flatMap(({ message }) => message.expect))]
    .filter((one) => one !== 'testimony')
    .sort();
  const kinds: Spec = { classes: kindNames, rows: 2 ** 15, rounds: 12, alone: false };
  const examples = all.flatMap(({ message, features }) => {
    const said = message.expect.filter((one) => one !== 'testimony');
    if (said.length === 0) return [];
    const shares = kindNames.map((kind) => (said.includes(kind) ? 1 / said.length : 0));
    const weight = said.some((one) => ANSWERS.test(one)) ? ANSWER_WEIGHT : 1;
    return [{ rows: rowsOf(features.filter(isOfKinds), kinds), shares, weight }];
  });
  return {
    ask: askFrom(laidOut),
    urgentFrom: urgentFrom(toldOrUrgent),
    talk: encode(trainTalk(laidOut)),
    urgent: encode(trainUrgent(toldOrUrgent)),
    kinds: encode(together([train(kinds, examples)], kinds)),
    aside: encode(trainAside(all)),
    holds: encode(trainHolds(all)),
    answers: encode(trainAnswers(ANSWERS_SPEC, asked, PLAIN, (label) => label)(listedAnswers(concepts, lists))),
    roles: encode(trainAnswers(ROLES_SPEC, asked, FOR_WHOM, (label) => label.replace('role:', ''))()),
  };
}

const ASIDE_SPEC: Spec = { classes: ASIDE_CLASSES, rows: 2 ** 15, rounds: 12, alone: false };
/** The places of the sets that ask for a name or a word, and those of a text that waits or has left. */
const ASIDE_PLACE: Readonly<Record<string, AsidePlace>> = {
  'name-harmed': 'names',
  'name-author': 'names',
  'own-word': 'names',
  others: 'names',
  window: 'rest',
  after: 'rest',
};
/** Told stories are many: one of so many is looked at, with this weight. */
const TOLD_ASIDE = { every: 4, weight: 0.6 };

/** Refusals are few, and each prompt has its own. */
const REFUSAL_WEIGHT = 3;

/** A model of what is said at prompts that take no story. */
function trainAside(all: readonly LaidOut[]): LinearModel {
  const examples = asidesOf(all).map(({ message: { at, expect }, features, weight, place }) => {
    const of = expect.map((label) => asideClassOf(label, at));
    const shares = ASIDE_CLASSES.map((name) => of.filter((one) => one === name).length / of.length);
    return { rows: rowsOf(asideFeatures(features, place ?? ASIDE_PLACE[at] ?? 'choices'), ASIDE_SPEC), shares, weight };
  });
  return together([train(ASIDE_SPEC, examples)], ASIDE_SPEC);
}

/** At a question for a name, a word or a link, a no refuses it. */
function asideClassOf(label: string, at: string): (typeof ASIDE_CLASSES)[number] {
  if (label === 'testimony' || label === 'refusal') return label;
  if (label === 'no' && (ASIDE_PLACE[at] === 'names' || at === 'links')) return 'refusal';
  return ANSWERS.test(label) ? 'answer' : 'talk';
}

function asidesOf(all: readonly LaidOut[]) {
  const told = all.filter(({ message }) => isTelling(message)).filter((_, at) => at % TOLD_ASIDE.every === 0);
  const aside = all.filter(({ message }) => !isTelling(message));
  return [
    ...aside.map((one) => ({
      ...one,
      weight: one.message.expect.includes('refusal') ? REFUSAL_WEIGHT : 1,
      place: undefined,
    })),
    ...told.map((one) => ({ ...one, weight: TOLD_ASIDE.weight, place: 'telling' as const })),
  ];
}

const HOLDS_SPEC: Spec = { classes: HOLDS_CLASSES, rows: 2 ** 15, rounds: 12, alone: false };
/** They stop what was approved, or may. */
const HOLDS = /^command:(?:stop|take-back|delete|undo-last)$|^question:take-back$/u;
/** Places of a text that is approved or soon will be, against all others. */
const HOLDS_WEIGHTS = { there: 2, elsewhere: 0.3 };

/** A model of what stops a text that waits to leave. */
function trainHolds(all: readonly LaidOut[]): LinearModel {
  const examples = asidesOf(all).map(({ message: { at, expect }, features, weight }) => {
    const holds = expect.some((label) => HOLDS.test(label));
    const isThere = at === 'window' || at === 'send' || at === 'after';
    const place = isThere ? HOLDS_WEIGHTS.there : HOLDS_WEIGHTS.elsewhere;
    return { rows: rowsOf(features, HOLDS_SPEC), shares: [holds ? 1 : 0, holds ? 0 : 1], weight: weight * place };
  });
  return together([train(HOLDS_SPEC, examples)], HOLDS_SPEC);
}

const ANSWERS_SPEC: Spec = { classes: ['yes', 'no', 'other'], rows: 2 ** 15, rounds: 12, alone: false };
const ROLES_SPEC: Spec = { classes: [...ROLES, 'other'], rows: 2 ** 15, rounds: 12, alone: false };
/** The places of the sets that ask who writes, and for a yes or a no. */
const FOR_WHOM = 'for-whom';
const PLAIN = 'yes-no';
/** A message of more words is no answer (plain-answer.ts). */
const ANSWER_WORDS = 14;
/** Answers to the question are few, and all that is said elsewhere is much. */
const ANSWER_WEIGHTS = { here: 3, elsewhere: 0.03 };

/** The lists of words.json that say yes, no, and neither at a plain question. */
const LISTED = {
  yes: 'yes',
  no: 'no',
  refusals: 'other',
  askingBack: 'other',
  done: 'other',
  wishes: 'other',
  takeOut: 'other',
  erases: 'other',
} as const;

export type PlainLists = Readonly<Record<keyof typeof LISTED, ReadonlySet<string>>>;

/** A model of the answers to one question of the bot: each message is one of its answers, or `other`. */
function trainAnswers(spec: Spec, laidOut: readonly LaidOut[], place: string, classOf: (label: string) => string) {
  const told = laidOut
    .filter(({ message: { at, text } }) => at === place || text.split(/\s+/u).length <= ANSWER_WORDS)
    .map(({ message: { at, expect }, features }) => {
      const [label = ''] = expect;
      const found = expect.length === 1 ? classOf(label) : 'other';
      const as = spec.classes.includes(found) ? found : 'other';
      return exampleOf(spec, features, as, at === place ? ANSWER_WEIGHTS.here : ANSWER_WEIGHTS.elsewhere);
    });
  return (more: readonly Example[] = []) => together([train(spec, [...told, ...more])], spec);
}

function exampleOf(spec: Spec, features: readonly string[], as: string, weight: number): Example {
  return { rows: rowsOf(features, spec), shares: spec.classes.map((name) => (name === as ? 1 : 0)), weight };
}

function listedAnswers(
  concepts: Readonly<Record<WholeLanguage, Concepts>>,
  lists: Readonly<Record<WholeLanguage, PlainLists>>,
): readonly Example[] {
  return WHOLE_LANGUAGES.flatMap((language) =>
    Object.entries(LISTED).flatMap(([list, as]) =>
      [...lists[language][list as keyof typeof LISTED]].map((phrase) =>
        exampleOf(ANSWERS_SPEC, featuresOf(phrase, concepts[language]), as, 1),
      ),
    ),
  );
}

const TALK_SPEC: Spec = { classes: ['talk'], rows: 2 ** 18, rounds: 15, alone: true };
const URGENT_SPEC: Spec = { classes: URGENT, rows: 2 ** 17, rounds: 12, alone: true };

/** One model of three views. */
function trainViews(spec: Spec, laidOut: readonly LaidOut[], sharesOf: (message: Labelled) => Example['shares']) {
  const views = VIEWS.map((view) => {
    const examples = laidOut.map(({ message, features }) => ({
      rows: rowsOf(
        features.filter((one) => viewOf(one) === view),
        spec,
      ),
      shares: sharesOf(message),
      weight: isTelling(message) ? TELLING_WEIGHT : 1,
    }));
    return train(spec, examples);
  });
  return together(views, spec);
}

const trainTalk = (laidOut: readonly LaidOut[]) => trainViews(TALK_SPEC, laidOut, (message) => [talkShare(message)]);

/** Each is told apart from what is told only: of all that is said to the bot, a cry for help looks most like a story. */
const trainUrgent = (laidOut: readonly LaidOut[]) =>
  trainViews(URGENT_SPEC, laidOut, ({ expect }) =>
    URGENT.map((one) =>
      expect.some((label) => urgentOf(label) === one) ? 1 : expect.includes('testimony') ? 0 : null,
    ),
  );

/** Shares of testimony that may be taken for talk, and for each kind of what is urgent; and the parts in which the messages are divided to find the log-odds for them. */
const INTERRUPTED = 0.01;
const URGENTLY = { danger: 0.013, despair: 0.013, leaving: 0.002 } as const;
const PARTS = 4;

const isTold = ({ message }: LaidOut) =>
  message.expect.length === 1 && message.expect[0] === 'testimony' && isTelling(message);

const isToldOrUrgent = (one: LaidOut) =>
  isTold(one) || (isTelling(one.message) && one.message.expect.some((label) => urgentOf(label) !== null));

interface Scored {
  readonly lang: WholeLanguage;
  readonly odds: readonly number[];
}

/** All that is told, with its log-odds from models that did not see it. */
function scoreTold(laidOut: readonly LaidOut[], trainer: (part: readonly LaidOut[]) => LinearModel): readonly Scored[] {
  return Array.from({ length: PARTS }, (_, part) => {
    const model = trainer(laidOut.filter((__, at) => at % PARTS !== part));
    return laidOut
      .filter((one, at) => at % PARTS === part && isTold(one))
      .map(({ message: { lang }, features }) => ({ lang, odds: oddsOf(model, features) }));
  }).flat();
}

/** The log-odds of a class above which a share of what is told lies. */
function above(scored: readonly Scored[], share: number, at: number): number {
  const sorted = scored.map(({ odds }) => odds[at] ?? 0).sort((a, b) => b - a);
  return Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));
}

function askFrom(laidOut: readonly LaidOut[]): Readonly<Record<string, number>> {
  const scored = scoreTold(laidOut, trainTalk);
  const of = (language: WholeLanguage) => scored.filter(({ lang }) => lang === language);
  return Object.fromEntries(WHOLE_LANGUAGES.map((language) => [language, above(of(language), INTERRUPTED, 0)]));
}

function urgentFrom(laidOut: readonly LaidOut[]): Readonly<Record<string, number>> {
  const scored = scoreTold(laidOut, trainUrgent);
  return Object.fromEntries(URGENT.map((one, at) => [one, above(scored, URGENTLY[one], at)]));
}

/** 1: said to the bot; 0: told; ½: two readers may differ. */
function talkShare({ expect }: Labelled): number {
  if (!expect.includes('testimony')) return 1;
  return expect.length === 1 ? 0 : 0.5;
}
