// The kind of withheld words: their form says it, or the finding that they are, or their person is asked once. The
// document says it in their place.

import { LANGUAGES } from '../../../languages.ts';
import { choicePrompt } from '../../engine/prompt.ts';
import type { Turn } from '../../engine/turn.ts';
import { type Finding, type FindingKind, findingsIn, isPerson } from '../../understanding/findings.ts';
import { fold } from '../../understanding/fold.ts';
import { isAlwaysCapital, isCommonWord } from '../../understanding/names/common-words.ts';
import { kindByForm, type WithheldKind } from '../../understanding/names/withheld-kind.ts';
import { hidingIn } from '../../understanding/names/settle.ts';
import { askReadersAgain } from '../approval/check-lines.ts';
import { labelsOf } from './name-places.ts';
import { whose } from './read-name.ts';

const OF_FINDING: Readonly<Record<FindingKind, WithheldKind>> = {
  ...{ phone: 'phone', email: 'email', address: 'address' },
  ...{ officer: 'name', child: 'age', person: 'name' },
};

/** The findings in the answers, including the names that were typed when asked for. */
export function foundIn(turn: Turn): readonly Finding[] {
  const { harmed, author } = turn.session;
  const known = [harmed.name, author.name].filter((name) => name !== undefined);
  return findingsIn(
    turn.world.lexicon,
    turn.parts().map(({ text }) => text),
    known,
  );
}

/** These words are withheld from now on. */
export function withhold(turn: Turn, words: readonly string[]): void {
  turn.remember('withheld', 'withheldAs', 'places');
  const withheld = [...new Set([...turn.session.withheld, ...words])];
  turn.change({ built: null, withheld });
  recognise(turn);
}

/** These words are withheld no more, which is said: nothing is final before it is sent. */
export function showAgain(turn: Turn, words: readonly string[]): void {
  turn.remember('withheld', 'withheldAs', 'places');
  const { withheld, withheldAs = {} } = turn.session;
  const isLeft = (one: string) => !words.includes(one);
  turn.change({
    built: null,
    withheld: withheld.filter(isLeft),
    withheldAs: Object.fromEntries(Object.entries(withheldAs).filter(([one]) => isLeft(one))),
  });
  turn.say('others.shown-again', { text: words.join('\n') }, { commands: ['undo'] });
  askReadersAgain(turn);
}

/** Names of people in the answers. */
function namesIn(turn: Turn): readonly string[] {
  const all = foundIn(turn).filter((one) => isPerson(one) || one.kind === 'child');
  return [...new Set(all.map(({ text }) => text))];
}

/** All names, also those that are told later. `but`: words about one that stays. Returns false if nobody knows which one that is. */
export function hideAllNames(turn: Turn, but: string): boolean {
  const words = ` ${fold(but)} `;
  const isSpared = (one: string) => but !== '' && words.includes(` ${fold(one)} `);
  const names = namesIn(turn);
  const these = names.filter((one) => !isSpared(one));
  const open = these.filter((one) => !turn.session.withheld.includes(one));
  turn.remember('hidesNames');
  turn.change({ hidesNames: [...names] });
  if (open.length > 0) {
    withhold(turn, open);
    turn.noteChange();
    sayWithheld(turn, open);
  } else if (these.length > 0) turn.say('others.already', { text: these.join('\n') });
  turn.say(names.length === 0 ? 'hide.all-none' : 'hide.all', undefined, { commands: ['undo'] });
  return but === '' || these.length < names.length;
}

/** Hides names that were told after their person had asked for none, and says so. */
export function hideAsAsked(turn: Turn): void {
  const { hidesNames, joint, withheld } = turn.session;
  if (hidesNames === undefined || hidesNames === null || joint !== undefined) return;
  const later = namesIn(turn).filter((one) => !hidesNames.includes(one));
  if (later.length === 0) return;
  // Also after *undo*: what is shown again then stays shown.
  turn.change({ hidesNames: [...hidesNames, ...later] });
  const open = later.filter((one) => !withheld.includes(one));
  if (open.length === 0) return;
  withhold(turn, open);
  turn.say('hide.as-asked');
  sayWithheld(turn, open);
}

/** Says what is withheld, and what is read in its place. */
export function sayWithheld(turn: Turn, words: readonly string[]): void {
  const labels = labelsOf(turn);
  const { withheldAs = {} } = turn.session;
  const kinds = words.map((one) => withheldAs[one] ?? kindByForm(one));
  const becomes = [...new Set(kinds)].flatMap((kind) => (kind === null ? [] : [labels[kind]]));
  const text = words.join('\n');
  if (becomes.length === 0) turn.say('others.done-unknown', { text }, { commands: ['undo'] });
  else turn.say('others.done', { text, becomes: becomes.join(', ') }, { commands: ['undo'] });
  for (const who of ['harmed', 'author'] as const) {
    const { form, name = '' } = turn.session[who];
    if (form === 'full' && hidingIn(name, words).length > 0) turn.say('names.hides-full', { who: whose(turn, who) });
  }
}

/** Words whose form does not say what they are, and of which nobody has said it. */
function unknown({ session }: Turn): readonly string[] {
  const { withheld, withheldAs = {}, joint } = session;
  if (joint !== undefined) return [];
  return withheld.filter((one) => withheldAs[one] === undefined && kindByForm(one) === null);
}

/** Words that were found in the answers, or look like a name, need no question. */
function recognise(turn: Turn): void {
  const open = unknown(turn);
  if (open.length === 0) return;
  const found = foundIn(turn);
  const known = open.flatMap((words) => {
    const kind = kindAmong(turn, found, words);
    return kind === null ? [] : [[words, kind] as const];
  });
  turn.change({ withheldAs: { ...turn.session.withheldAs, ...Object.fromEntries(known) } });
}

function kindAmong({ world }: Turn, found: readonly Finding[], words: string): WithheldKind | null {
  const folded = ` ${fold(words)} `;
  const same = found.find(({ text }) => ` ${fold(text)} ` === folded);
  if (same !== undefined) return OF_FINDING[same.kind];
  const streets = LANGUAGES.flatMap((language) => world.lexicon.words[language].streets.map(fold));
  if (streets.some((street) => folded.includes(` ${street} `))) return 'address';
  const isPartOfName = found.some(
    ({ kind, text }) => OF_FINDING[kind] === 'name' && ` ${fold(text)} `.includes(folded),
  );
  return isPartOfName || looksLikeName(words) ? 'name' : null;
}

/** Capitals, and not only words that everybody writes with one: "Will", but not "The bakery", nor "May". */
function looksLikeName(text: string): boolean {
  const words = text.split(/\s+/u);
  const isAlone = words.length === 1;
  const isName = (word: string) => !(isAlone ? isAlwaysCapital : isCommonWord)(fold(word));
  return /^\p{Lu}/u.test(text) && words.some((word) => /^\p{Lu}/u.test(word) && isName(word));
}

/** Returns true if their person is asked what withheld words are. */
export function askAboutKind(turn: Turn): boolean {
  recognise(turn);
  if (unknown(turn).length === 0) return false;
  turn.aside({ prompt: 'withheld-kind' });
  return true;
}

const CHOICES = { 'kind-name': 'name', 'kind-place': 'place', 'kind-words': 'words' } as const;

export const withheldKind = choicePrompt('withheld-kind', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  values: () => Object.keys(CHOICES),
  ask(turn) {
    const [text] = unknown(turn);
    if (text === undefined) return turn.resume('short');
    turn.ask('others.kind', { text }, { choices: Object.keys(CHOICES) });
  },
  choose(turn, value) {
    take(turn, Object.entries(CHOICES).find(([choice]) => choice === value)?.[1] ?? 'words');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    take(turn, 'words');
    return true;
  },
});

function take(turn: Turn, kind: WithheldKind): void {
  const [words] = unknown(turn);
  if (words !== undefined) {
    turn.goOnWith('withheld');
    turn.remember('withheldAs');
    turn.change({ withheldAs: { ...turn.session.withheldAs, [words]: kind }, built: null });
    turn.say('others.becomes', { becomes: labelsOf(turn)[kind] }, { commands: ['undo'] });
  }
  turn.again('short');
}
