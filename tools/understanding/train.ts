// Trains the models of src/dialog/understanding/talk from the labelled messages.

import { type Concepts, featuresOf } from '../../src/dialog/understanding/talk/features.ts';
import { isOfKinds, type LinearModel, oddsOf, viewOf, VIEWS } from '../../src/dialog/understanding/talk/hear.ts';
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
  concepts: Readonly<Record<WholeLanguage, Concepts>>,
  lists: Readonly<Record<WholeLanguage, PlainLists>>,
) {
  const layOut = (message: Labelled) => ({ message, features: featuresOf(message.text, concepts[message.lang]) });
  const laidOut = messages.map(layOut);
  const all = [...laidOut, ...answers.map(layOut)];
  const kindNames = [...new Set(messages.flatMap(({ expect }) => expect))].filter((one) => one !== 'testimony').sort();
  const kinds: Spec = { classes: kindNames, rows: 2 ** 15, rounds: 12, alone: false };
  const examples = laidOut.flatMap(({ message, features }) => {
    const said = message.expect.filter((one) => one !== 'testimony');
    if (said.length === 0) return [];
    const shares = kindNames.map((kind) => (said.includes(kind) ? 1 / said.length : 0));
    const weight = said.some((one) => ANSWERS.test(one)) ? ANSWER_WEIGHT : 1;
    return [{ rows: rowsOf(features.filter(isOfKinds), kinds), shares, weight }];
  });
  return {
    ask: askFrom(laidOut),
    talk: encode(trainTalk(laidOut)),
    kinds: encode(together([train(kinds, examples)], kinds)),
    answers: encode(trainAnswers(ANSWERS_SPEC, all, 'yes-no', (label) => label)(listedAnswers(concepts, lists))),
    roles: encode(trainAnswers(ROLES_SPEC, all, 'for-whom', (label) => label.replace('role:', ''))()),
  };
}

const ANSWERS_SPEC: Spec = { classes: ['yes', 'no', 'other'], rows: 2 ** 15, rounds: 12, alone: false };
const ROLES_SPEC: Spec = { classes: [...ROLES, 'other'], rows: 2 ** 15, rounds: 12, alone: false };
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

type Share = (message: Labelled) => readonly number[];

/** One model of three views. `weightOf`: how much a message counts. */
function trainViews(
  spec: Spec,
  laidOut: readonly LaidOut[],
  sharesOf: Share,
  weightOf: (message: Labelled) => number,
): LinearModel {
  const views = VIEWS.map((view) => {
    const examples = laidOut.map(({ message, features }) => ({
      rows: rowsOf(
        features.filter((one) => viewOf(one) === view),
        spec,
      ),
      shares: sharesOf(message),
      weight: weightOf(message),
    }));
    return train(spec, examples);
  });
  return together(views, spec);
}

function trainTalk(laidOut: readonly LaidOut[]): LinearModel {
  return trainViews(
    TALK_SPEC,
    laidOut,
    (message) => [talkShare(message)],
    (message) => (isTelling(message) ? TELLING_WEIGHT : 1),
  );
}

/** Share of testimony that may be taken for talk, and the parts in which the messages are divided to find the log-odds for it. */
const INTERRUPTED = 0.01;
const PARTS = 4;

const isTold = ({ message }: LaidOut) =>
  message.expect.length === 1 && message.expect[0] === 'testimony' && isTelling(message);

/** The log-odds above which this share of what is told lies, from models that did not see it. */
function thresholds(laidOut: readonly LaidOut[], trainer: (part: readonly LaidOut[]) => LinearModel) {
  const scored: { readonly one: LaidOut; readonly odds: readonly number[] }[] = [];
  for (let part = 0; part < PARTS; part++) {
    const model = trainer(laidOut.filter((_, at) => at % PARTS !== part));
    for (const [at, one] of laidOut.entries()) {
      if (at % PARTS === part && isTold(one)) scored.push({ one, odds: oddsOf(model, one.features) });
    }
  }
  return (share: number, at: number, language?: WholeLanguage) => {
    const all = scored.filter(({ one }) => language === undefined || one.message.lang === language);
    const sorted = all.map(({ odds }) => odds[at] ?? 0).sort((a, b) => b - a);
    return Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));
  };
}

function askFrom(laidOut: readonly LaidOut[]): Readonly<Record<string, number>> {
  const from = thresholds(laidOut, trainTalk);
  return Object.fromEntries(WHOLE_LANGUAGES.map((language) => [language, from(INTERRUPTED, 0, language)]));
}

/** 1: said to the bot; 0: told; ½: two readers may differ. */
function talkShare({ expect }: Labelled): number {
  if (!expect.includes('testimony')) return 1;
  return expect.length === 1 ? 0 : 0.5;
}
