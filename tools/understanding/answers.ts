// The rows about everything that is not told: yes and no, refusals, roles, ages, names, secret words, stopping what was sent.

import { fold } from '../../src/dialog/understanding/fold.ts';
import { outcomeOf } from './outcome.ts';
import { PLAIN_QUESTIONS } from './places.ts';
import { type Played, Stage } from './play.ts';
import { isTelling, type Labelled } from './sets.ts';

/** One message judged for one row. `yes`: the message counts in the row's `right`. */
export interface Judgement {
  readonly row: Row;
  readonly message: Labelled;
  readonly place: string;
  readonly yes: boolean;
  readonly shown: string;
}

/** True for the rows that should be zero: what they count is a mistake. */
export const ROWS = {
  yesNo: false,
  yesNoWrong: true,
  consent: false,
  consentWrong: true,
  refusals: false,
  roles: false,
  rolesWrong: true,
  ages: false,
  agesWrong: true,
  names: false,
  namesWrong: true,
  namesUnsaid: true,
  nameless: true,
  secrets: false,
  secretsWrong: true,
  held: false,
  heldWrong: true,
  unsent: false,
  takenBack: false,
  elsewhere: false,
  lost: true,
} as const;
export type Row = keyof typeof ROWS;

type Judge = (played: Played, message: Labelled) => Judged;

type Judged = readonly (readonly [Row, boolean])[];

const has = ({ expect }: Labelled, ...labels: readonly string[]) => expect.some((one) => labels.includes(one));

/** Adds these messages to the rows, each at its own place; a yes and a no at every plain question. */
export async function judgeAnswers(messages: readonly Labelled[]): Promise<readonly Judgement[]> {
  const stage = new Stage();
  const judged: Judgement[] = [];
  for (const message of messages.filter((one) => !isTelling(one))) {
    for (const [place, judge, ...then] of placesOf(message)) {
      const played = await stage.play(message.lang, place, message.text, ...then);
      if (played === null) continue;
      const shown = shownOf(played);
      for (const [row, yes] of judge(played, message)) judged.push({ row, message, place, yes, shown });
    }
  }
  return judged;
}

type Place = readonly [place: string, judge: Judge, ...then: readonly string[]];

function placesOf(message: Labelled): readonly Place[] {
  const places: Place[] = [];
  const { at, value = '' } = message;
  if (at === 'yes-no') for (const place of PLAIN_QUESTIONS) places.push([place, yesNo(place)]);
  if (at === 'keep' || at === 'publication' || at === 'send') places.push([at, consent]);
  if (has(message, 'refusal') && at !== 'yes-no') places.push([at, refusal]);
  if (at === 'for-whom') places.push([at, role]);
  if (message.expect.some((one) => one.startsWith('age-')) || at === 'keep') places.push(['keep', age]);
  if (at === 'yes-no') places.push(['keep-yes', age]);
  if (at === 'name-harmed' || at === 'name-author') places.push([at, name]);
  if (at === 'own-word' && has(message, 'secret')) places.push([at, secret, value, value]);
  if (at === 'window') places.push(['window', held], ['window-after', held]);
  if (at === 'send' && has(message, 'command:stop')) places.push([at, unsent]);
  if (at === 'after' && has(message, 'command:take-back')) places.push([at, takenBack]);
  if (message.expect.length === 1 && has(message, 'testimony')) places.push([at === 'yes-no' ? 'keep-yes' : at, lost]);
  if (isElsewhere(message)) places.push([at === 'yes-no' ? 'keep-yes' : at, elsewhere]);
  return places;
}

const isElsewhere = ({ expect }: Labelled) =>
  expect.some((one) => /^(?:command|question):|^(?:danger|despair|overwhelmed|thanks|greeting|anger)$/u.test(one)) &&
  !expect.includes('testimony');

function shownOf({ after, keys }: Played): string {
  return `${after.at.prompt}: ${keys.join(' ')}`;
}

const ANSWERED: Readonly<Record<(typeof PLAIN_QUESTIONS)[number], (played: Played) => 'yes' | 'no' | null>> = {
  'keep-yes': ({ after, erased }) => (after.kept ? 'yes' : erased ? 'no' : null),
  'write-back': ({ keys }) => (keys.includes('write-back.yes') ? 'yes' : keys.includes('write-back.no') ? 'no' : null),
  'own-word': ({ keys }) => (keys.includes('own-word.write') ? 'yes' : keys.includes('own-word.none') ? 'no' : null),
  'harmed-check': ({ after }) =>
    after.harmed.name !== undefined ? 'yes' : after.at.prompt === 'harmed-name' ? 'no' : null,
};

function yesNo(place: (typeof PLAIN_QUESTIONS)[number]): Judge {
  return (played, message) => {
    const answered = ANSWERED[place](played);
    if (has(message, 'yes', 'no')) return [['yesNo', answered !== null && message.expect.includes(answered)]];
    // A refusal may count as a no, unless a no erases.
    const wrong = answered === 'yes' || (answered === 'no' && (place === 'keep-yes' || !has(message, 'refusal')));
    return [['yesNoWrong', wrong && !has(message, 'command:skip', 'command:skip-all', 'age-adult')]];
  };
}

function consent({ before, after, effects, erased, keys }: Played, message: Labelled) {
  const agreed =
    after.kept !== before.kept ||
    after.publication !== before.publication ||
    effects.some(({ kind }) => kind === 'approve');
  const asked = keys.some((key) =>
    ['keep.number', 'publication.wish', 'choice.perhaps', 'send.not-sent'].includes(key),
  );
  // "I am 34, and yes, keep it": both, in words that do not need to be asked about again.
  const isPlain = message.expect.includes('yes') && message.expect.includes('age-adult');
  const rows: [Row, boolean][] = [['consentWrong', (agreed && !isPlain) || (erased && !has(message, 'no'))]];
  if (has(message, 'yes', 'no')) rows.push(['consent', asked || erased || agreed]);
  return rows;
}

/** The question is left, or the person is asked whether to leave it. */
function refusal({ before, after, keys, added }: Played): Judged {
  const { doubt } = after;
  const asked = doubt?.kind === 'command' || (doubt?.kind === 'heard' && ['skip', 'next'].includes(doubt.as));
  const left = after.at.prompt !== before.at.prompt && after.at.prompt !== 'doubt';
  return [['refusals', !added && (asked || left || keys.includes('own-word.none'))]];
}

function role({ before, after, keys }: Played, message: Labelled): Judged {
  const labels = message.expect.filter((one) => one.startsWith('role:')).map((one) => one.slice('role:'.length));
  const taken = after.role === before.role ? null : after.role;
  const asked = keys.includes('choice.perhaps') || keys.includes('for-whom.saved') || keys.includes('for-whom.gathers');
  const isRight = taken !== null && labels.includes(taken);
  if (labels.length === 0) return [['rolesWrong', taken === 'organiser' || taken === 'organisation']];
  return [
    ['roles', isRight || asked],
    ['rolesWrong', taken !== null && !isRight],
  ];
}

function age({ before, after, keys }: Played, message: Labelled): Judged {
  const { prompt } = after.at;
  const taken =
    prompt === 'minor'
      ? 'age-minor'
      : (prompt === 'keep-yes' && before.at.prompt !== 'keep-yes') || after.adult
        ? 'age-adult'
        : null;
  const wrong = taken !== null && !has(message, taken) && !has(message, 'yes');
  const rows: [Row, boolean][] = [['agesWrong', wrong && (before.at.prompt === 'keep' || taken === 'age-minor')]];
  if (!message.expect.some((one) => one.startsWith('age-')) || before.at.prompt !== 'keep') return rows;
  const heard = taken !== null ? has(message, taken) : prompt === 'age-whose' || prompt === 'minor';
  rows.push(['ages', heard || (has(message, 'age-other') && (keys.includes('keep.other') || prompt === 'keep'))]);
  return rows;
}

function name({ before, after, keys }: Played, message: Labelled): Judged {
  const who = before.at.prompt === 'harmed-name' ? 'harmed' : 'author';
  const taken = after.naming?.name ?? null;
  const rows: [Row, boolean][] = [['namesUnsaid', after[who].name !== undefined]];
  if (!has(message, 'name')) rows.push(['nameless', taken !== null]);
  else {
    const asked = after.at.prompt === 'doubt' || keys.includes('names.unfit') || keys.includes('names.only');
    rows.push(['names', taken === message.value || (taken === null && asked)]);
    rows.push(['namesWrong', taken !== null && taken !== message.value]);
  }
  return rows;
}

/** Typed once in the words of the message, and the word itself until it is set. */
function secret({ after, effects }: Played, { value = '' }: Labelled): Judged {
  const set = after.ownWord;
  const hidden = effects.some(({ kind }) => kind === 'redact');
  const isRight = set === `fingerprint of ${fold(value)}`;
  return [
    ['secrets', isRight && hidden],
    ['secretsWrong', set !== null && !isRight],
  ];
}

function held({ before, after, effects }: Played, message: Labelled): Judged {
  const stopped =
    after.mails.some(({ doubted }) => doubted === true) ||
    effects.some(({ kind }) => kind === 'cancel') ||
    after.mails.length < before.mails.length;
  const stops = has(message, 'command:stop', 'command:take-back', 'command:delete');
  // Danger, a question whether it can be stopped, and more of the story hold it until it is asked (0175, 0189).
  if (!stops && has(message, 'danger', 'despair', 'question:take-back', 'testimony')) return [];
  return [[stops ? 'held' : 'heldWrong', stopped]];
}

function unsent({ effects, keys, after }: Played): Judged {
  const said =
    keys.some((key) => key.startsWith('send.not-')) || ['stop', 'hold', 'erase', 'doubt'].includes(after.at.prompt);
  return [['unsent', said && !effects.some(({ kind }) => kind === 'approve')]];
}

function takenBack({ keys, after }: Played): Judged {
  const { doubt } = after;
  const isAsked = doubt?.kind === 'heard' && ['take-back', 'stop', 'delete'].includes(doubt.as);
  const asked = isAsked || ['withdraw-kind', 'erase', 'stop'].includes(after.at.prompt);
  return [['takenBack', asked || keys.includes('questions.take-back')]];
}

function elsewhere(played: Played, message: Labelled): Judged {
  const { labels } = outcomeOf(played.before, played.after, played.replies, played.added);
  const { before, after, keys } = played;
  const asks = keys.includes('names.why') || keys.includes('own-word.what');
  const isAnswered = asks && message.expect.some((one) => one.startsWith('question:') || one === 'command:help');
  // A greeting needs no more than the question again.
  // "Nothing was sent", and SEND is asked for again.
  const isUnsent = before.at.prompt === 'send' && has(message, 'command:stop') && keys.includes('send.not-sent');
  // The language that is spoken already: what is asked, in it.
  const isSpoken = has(message, `command:language-${before.language}`) && labels.includes('command:repeat');
  const isPolite =
    has(message, 'greeting', 'thanks') && after.at.prompt === before.at.prompt && !keys.includes('held.noted');
  return [
    ['elsewhere', isAnswered || isUnsent || isSpoken || isPolite || message.expect.some((one) => labels.includes(one))],
  ];
}

/** Testimony at a question that takes none: the words are in the text, wait for the consent or for an answer, or come back with *undo*. */
function lost({ after, added, effects, before, erased }: Played, { text }: Labelled): Judged {
  const kept =
    added ||
    effects.some(({ kind }) => kind === 'hold') ||
    JSON.stringify([after.doubt, after.undo]).includes(text.slice(1, 12));
  return [['lost', !kept && !erased && before.at.prompt !== 'locked']];
}

export interface Share {
  readonly of: number;
  readonly right: number;
}

/** Counts by row; `right` counts mistakes in the rows that should be zero. */
export function sharesOf(judged: readonly Judgement[]): Readonly<Record<string, Share>> {
  return Object.fromEntries(
    Object.keys(ROWS).map((row) => {
      const all = judged.filter((one) => one.row === row);
      return [row, { of: all.length, right: all.filter(({ yes }) => yes).length }];
    }),
  );
}
