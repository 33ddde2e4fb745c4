// Decides whether a message is said to the bot or told, and what is wanted. The outcome is only ever answered or asked back about;
// words that act by themselves are recognised in commands.ts. Pure, deterministic, well under 2 ms for a message.
// docs/decisions/0175-it-listens.md has the figures.

import { type Language, LANGUAGES } from '../../../languages.ts';
import { type Lexicon } from '../lexicon.ts';
import { type Command, COMMANDS, type Question, QUESTIONS } from '../word-lists.ts';
import {
  decode,
  featuresOf,
  hashesOf,
  hashesOfKinds,
  isOfKinds,
  type LinearModel,
  oddsOf,
  reasonsFor,
  sharesOf,
} from './model.ts';
import data from './model.json' with { type: 'json' };

/** One class, `talk`. */
const TALK: LinearModel = decode(data.talk);
/** Urgent kinds, each against what is told: danger now, despair, and the wish to stop, to delete or to take back. */
export const URGENT = ['danger', 'despair', 'leaving'] as const;
export type Urgent = (typeof URGENT)[number];
/** Classes URGENT. */
const URGENT_MODEL: LinearModel = decode(data.urgent);
/** Log-odds from which it is taken for urgent: less than one sentence of testimony in a hundred is above. */
const URGENT_FROM: Readonly<Record<Urgent, number>> = data.urgentFrom;

/** The class of a label of the training sets, or null. */
export function urgentOf(label: string): Urgent | null {
  if (label === 'danger' || label === 'despair') return label;
  return /^command:(?:stop|take-back|delete|undo-last|pause)$/u.test(label) ? 'leaving' : null;
}

/** One class for each kind. */
const KINDS: LinearModel = decode(data.kinds);

/** Kinds of talk besides commands and questions. */
const OTHERS = ['refusal', 'danger', 'despair', 'overwhelmed', 'thanks', 'greeting', 'smalltalk', 'anger'] as const;

export type Heard =
  | { readonly kind: 'command'; readonly command: Command | 'undo-last' | 'take-back' }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: (typeof OTHERS)[number] };

export interface Hearing {
  readonly heard: Heard;
  /** Log-odds that it is talk; from ASK on it is taken for talk. */
  readonly talk: number;
  /** Share of the kind among all kinds, from 0 to 1. */
  readonly share: number;
  /** Danger now, despair or a wish to leave, whatever else it may be; null if it is none. */
  readonly urgent: Urgent | null;
  /** Why, in one line: the features that decided. */
  why(): string;
}

/** Log-odds from which a message is taken for talk while telling: about one sentence of testimony in a hundred is above. */
export const ASK = 3.5;
/** The model's own log-odds for that, of each language; the talk of a message is moved so that it is ASK. */
const ASK_OF: Readonly<Record<string, number>> = data.ask;
/** For a language without labelled messages. */
const ASK_UNKNOWN = 4;
export const isTrained = (language: Language): boolean => ASK_OF[language] !== undefined;

/** Below these log-odds a message is told, whatever words of a question or a command are in it. */
export const TOLD = -2;
/** Log-odds from which a short message in the text is listed once before the read-back: low, since it is one list. */
export const SHOW = -3.5;
/** The same for a whole sentence, with its capital and full stop. */
export const SHOW_WHOLE = 0.5;
/** A message of more words is told. */
const MOST_WORDS = 45;
const MOST_CHARACTERS = 400;

/** Labels of the training sets → names in the program. */
const QUESTION_NAMES: Readonly<Record<string, Question>> = {
  'who-reads': 'readers',
  'what-then': 'then',
  human: 'robot',
};

function heardOf(label: string): Heard | null {
  const [group, rest = ''] = label.split(':');
  if (group === 'question') {
    const question = QUESTION_NAMES[rest] ?? QUESTIONS.find((one) => one === rest);
    return question === undefined ? null : { kind: 'question', question };
  }
  if (group === 'command') {
    const language = LANGUAGES.find((one) => rest === `language-${one}`);
    if (language !== undefined) return { kind: 'language', language };
    if (rest === 'undo-last' || rest === 'take-back') return { kind: 'command', command: rest };
    const command = COMMANDS.find((one) => one === rest);
    return command === undefined ? null : { kind: 'command', command };
  }
  const other = OTHERS.find((one) => one === label);
  return other === undefined ? null : { kind: other };
}

/** The kind of each class of the model; null for answers to a question: a name, an age, a role. */
const HEARD = KINDS.classes.map(heardOf);

function isShortEnough(text: string): boolean {
  return /\p{L}/u.test(text) && text.length <= MOST_CHARACTERS && text.split(/\s+/u).length <= MOST_WORDS;
}

/** Kinds that danger and despair are hard to tell from, and the share of them together below which a message is neither. */
const DISTRESS: readonly string[] = ['danger', 'despair', 'overwhelmed'];
const LEAST_DISTRESS = 0.3;
/** Of each class of the model. */
const IS_DISTRESS = HEARD.map((heard) => DISTRESS.includes(heard?.kind ?? ''));
const URGENT_OF = KINDS.classes.map(urgentOf);

/** Returns null if a message cannot be talk: without letters, or too long. */
export function hear(lexicon: Lexicon, language: Language, text: string): Hearing | null {
  if (!isShortEnough(text)) return null;
  const features = featuresOf(text, lexicon.concepts[language]);
  const hashes = hashesOf(features);
  const urgent = oddsOf(URGENT_MODEL, features, hashes);
  let found: Urgent | null = null;
  let most = 0;
  for (const [at, one] of URGENT.entries()) {
    const above = (urgent[at] ?? 0) - URGENT_FROM[one];
    if (above >= most) [found, most] = [one, above];
  }
  const [odds = 0] = oddsOf(TALK, features, hashes);
  const sounds = odds - (ASK_OF[language] ?? ASK_UNKNOWN) + ASK;
  // A wish to leave that sounds like a story: it is asked about.
  const leaves = found === 'leaving' && sounds < ASK;
  const shares = sharesOf(KINDS, hashesOfKinds(features, hashes));
  let [best, distress] = [-1, 0];
  for (const [at, share] of shares.entries()) {
    if (IS_DISTRESS[at] === true) distress += share;
    if (HEARD[at] === null || (leaves && URGENT_OF[at] !== found)) continue;
    if (best === -1 || share > (shares[best] ?? 0)) best = at;
  }
  const heard = HEARD[best];
  if (heard === undefined || heard === null) return null;
  const talk = leaves && (shares[best] ?? 0) >= SURE ? ASK : sounds;
  const isAlarm = found === 'danger' || found === 'despair';
  const label = KINDS.classes[best] ?? '';
  const why = () =>
    `talk ${talk.toFixed(1)} (${reasonsFor(TALK, features, 'talk').join(', ')}); ` +
    `${label} (${reasonsFor(KINDS, features.filter(isOfKinds), label).join(', ')})${found === null ? '' : `; urgent: ${found}`}`;
  return { heard, talk, share: shares[best] ?? 0, urgent: isAlarm && distress < LEAST_DISTRESS ? null : found, why };
}

/** Share from which a cry is one, if it is known that something is said to the bot. */
const CRY = 0.5;

/**
 * The kind of what is said to the bot, and its share among all that may be: neither an answer to a question, nor a cry that is not
 * plain, since what is told has most of these.
 */
export function kindOf(lexicon: Lexicon, language: Language, text: string): Pick<Hearing, 'heard' | 'share'> | null {
  if (!isShortEnough(text)) return null;
  const all = sharesOf(KINDS, hashesOfKinds(featuresOf(text, lexicon.concepts[language])));
  const found = HEARD.flatMap((heard, at) => (heard === null ? [] : [{ heard, share: all[at] ?? 0 }]));
  const said = found.filter(
    ({ heard, share }) => share >= CRY || (heard.kind !== 'danger' && heard.kind !== 'despair'),
  );
  const sum = said.reduce((total, { share }) => total + share, 0);
  const [best] = said.toSorted((a, b) => b.share - a.share);
  return best === undefined ? null : { heard: best.heard, share: best.share / sum };
}

interface Listener {
  readonly world: { readonly lexicon: Lexicon };
  readonly session: { readonly language: Language };
  readonly heard: Map<string, Hearing | null>;
}

/** As hear(), once for a text in a turn. */
export function hearOnce({ world, session: { language }, heard }: Listener, text: string): Hearing | null {
  const key = `${language} ${text}`;
  let hearing = heard.get(key);
  if (hearing === undefined) heard.set(key, (hearing = hear(world.lexicon, language, text)));
  return hearing;
}

/** One or two words may be a word to type ("retirer") or a name; what they cry, the frames have (alarm.ts). */
const ALARM_WORDS = 3;
/** Log-odds and share of the kind from which two words are despair: "quero sumir". */
const PLAIN_DESPAIR = { talk: 0, share: 0.7 };

/** Log-odds and share of the kind from which a message at a prompt that takes no story is danger or despair. */
const ALARM = { talk: -1.5, share: 0.5 };
/** Share of the kind from which a message that is talk for certain is an alarm as well. */
const ALARM_OF_TALK = 0.35;

/** Danger now or despair in other words than those of the frames, or null. `told`: a story is told there. An answer too many costs little. */
export function alarmOf(hearing: Hearing | null, text: string, told: boolean): 'danger' | 'despair' | null {
  if (hearing === null) return null;
  const { heard, talk, share, urgent } = hearing;
  const { kind } = heard;
  const words = text.trim().split(/\s+/u).length;
  const isPlain = kind === 'despair' && talk >= PLAIN_DESPAIR.talk && share >= PLAIN_DESPAIR.share;
  if (words < ALARM_WORDS) return isPlain && words === ALARM_WORDS - 1 ? 'despair' : null;
  const isAlarm = kind === 'danger' || kind === 'despair';
  if (!told) return isAlarm && talk >= ALARM.talk && share >= ALARM.share ? kind : null;
  // `urgent` knows only what is told: a plain question and tears are not among that.
  const isOther = kind === 'overwhelmed' || (talk >= ASK && !(isAlarm && share >= ALARM_OF_TALK));
  return isOther || urgent === 'leaving' ? null : urgent;
}

/**
 * The likeliest of these labels of the training sets, also of those that answer a question (`role:witness`, `refusal`), and its
 * share among all labels. Only ever good for asking back, or for what is said back and can be changed.
 */
export function likeliest<Label extends string>(
  lexicon: Lexicon,
  language: Language,
  text: string,
  labels: readonly Label[],
): { readonly label: Label; readonly share: number } | null {
  if (!/\p{L}/u.test(text) || text.length > MOST_CHARACTERS) return null;
  const shares = sharesOf(KINDS, hashesOfKinds(featuresOf(text, lexicon.concepts[language])));
  const found = labels.map((label) => ({ label, share: shares[KINDS.classes.indexOf(label)] ?? 0 }));
  return found.toSorted((a, b) => b.share - a.share)[0] ?? null;
}

/** Labels of all that stops nothing, as likeliest() takes them. */
export const OTHER_KINDS: readonly string[] = KINDS.classes.filter(
  (label) =>
    !/^command:(?:stop|take-back|delete|undo-last|back)$|^question:(?:take-back|other)$|^refusal$/u.test(label),
);

const REFUSAL_SHARE = 0.35;
/** Answers that a refusal could be mistaken for. */
const BESIDE_REFUSAL = ['refusal', 'name', 'secret', 'yes', 'question:must-name', 'question:other'] as const;

/** A sentence that refuses in other words than those of the lists (plain-answer.ts). */
export function soundsLikeRefusal(lexicon: Lexicon, language: Language, text: string): boolean {
  if (/[?؟]/u.test(text) || text.split(/\s+/u).length < 3) return false;
  const found = likeliest(lexicon, language, text, BESIDE_REFUSAL);
  return found !== null && found.label === 'refusal' && found.share >= REFUSAL_SHARE;
}

/** Share of the kind from which it is named; below, it is asked whether the message was meant for the bot. */
export const SURE = 0.2;

const WANTED: readonly Heard['kind'][] = ['question', 'command', 'language'];
const LEAST_WORDS = 3;

/** A question or a command in a few words: one word alone is as likely told. */
export function isWanted(hearing: Hearing | null, text: string): boolean {
  if (hearing === null || text.split(/\s+/u).length < LEAST_WORDS) return false;
  return hearing.talk >= ASK && hearing.share >= SURE && WANTED.includes(hearing.heard.kind);
}
