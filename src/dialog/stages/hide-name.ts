// "Hide the name Kauã", "cachez mon numéro": whatever is named is said back, and withheld everywhere on a yes. *undo* shows it again.

import type { Turn } from '../engine/turn.ts';
import { foundIn, sayWithheld, withhold } from '../prompts/names/withheld.ts';
import { wishesToHide } from '../understanding/alarm.ts';
import { orderedHidden } from '../understanding/commands.ts';
import { type Finding, findingsIn, isPerson } from '../understanding/findings.ts';
import { fold } from '../understanding/fold.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import { meansThing, namesApart, namesOnly, speaksOf, wishForAll } from '../understanding/names/hide-order.ts';
import { hideWishIn } from '../understanding/names/hide-wish.ts';
import { whatStands } from './sending-window.ts';

/**
 * The words that a message wants hidden, as they are in the text, if they are there. None if the text is no longer being written.
 * `isFree`: no testimony is asked for, and the words need not be a name.
 */
export function toHide(turn: Turn, text: string, isFree: boolean): readonly string[] {
  const { kept, contribution, joint } = turn.session;
  const { lexicon } = turn.world;
  if (!kept || contribution === null || joint !== undefined || whatStands(turn) !== 'open') return [];
  // "All names except Hervé's".
  if (wishForAll(lexicon, text) !== null) return [];
  const order = orderedHidden(lexicon, text);
  const wishes = order !== null || wishesToHide(lexicon, text);
  if (!wishes && !wishesToHide(lexicon, text, 'it') && hideWishIn(lexicon, text) === null) return [];
  const named = findingsIn(lexicon, [withoutPossessive(text)]);
  const numbers = named.filter(({ kind }) => kind === 'phone' || kind === 'email');
  if (numbers.length > 0) return numbers.map((one) => asInText(turn, one));
  const things = thingsIn(lexicon, text, order);
  if (things.length > 0) {
    const meant = foundIn(turn).filter(({ kind }) => things.some((thing) => thing === kind));
    return meant.map((one) => one.text);
  }
  if (!wishes) return [];
  const people = named.filter(isPerson);
  const names = order === null ? [] : namesApart(lexicon, order).map((one) => knownName(turn, one, people, isFree));
  if (names.length > 0 && names.every((one) => one !== null)) return [...new Set(names)];
  const [person, ...others] = people;
  if (person !== undefined && others.length === 0) return [asInText(turn, person)];
  return [];
}

/** A number or an address: of an order what it names, else what its sentence speaks of. */
function thingsIn(lexicon: Lexicon, text: string, order: string | null): readonly string[] {
  const named = order === null ? null : meansThing(lexicon, order);
  if (named !== null) return [named];
  return order !== null && namesOnly(order) ? [] : speaksOf(lexicon, text);
}

const withoutPossessive = (text: string) => text.replace(/(?<=\p{L})['’]s?(?!\p{L})/gu, '');
const digitsOf = (text: string) => text.replace(/\P{Nd}/gu, '');

function asInText(turn: Turn, { kind, text }: Finding): string {
  const isSame = (one: Finding) =>
    kind === 'phone' ? one.kind === kind && digitsOf(one.text) === digitsOf(text) : fold(one.text) === fold(text);
  const all = foundIn(turn);
  const same = all.find(isSame);
  if (same !== undefined) return same.text;
  // "My neighbour rosa" is Rosa Huanca of the text: half of a name would say who it is.
  const wholes = all.filter((one) => isPerson(one) && ` ${fold(one.text)} `.includes(` ${fold(text)} `));
  const [whole, ...others] = wholes;
  return whole !== undefined && others.length === 0 ? whole.text : text;
}

/** A name that is in the text, or looks like one; with `isFree` also other words of the text. */
function knownName(turn: Turn, typed: string, people: readonly Finding[], isFree: boolean): string | null {
  const name = withoutPossessive(typed);
  const isSame = (text: string) => fold(text) === fold(name);
  const known = [...turn.session.withheld, ...foundIn(turn).map(({ text }) => text)].find(isSame);
  if (known !== undefined) return known;
  if (people.some(({ text }) => isSame(text)) || (/^\p{Lu}/u.test(name) && namesOnly(name))) return name;
  const isWord = isFree && fold(name).length >= 3 && namesOnly(name);
  return isWord && areTold(turn, [name]) ? name : null;
}

/** Whether all of these are in the text. */
export function areTold(turn: Turn, words: readonly string[]): boolean {
  const told = turn.parts().map(({ text }) => ` ${fold(text)} `);
  return words.every((one) => told.some((text) => text.includes(` ${fold(one)} `)));
}

/** `text`: the order, which says which of them are names. */
export function withholdThese(turn: Turn, words: readonly string[], text: string): void {
  const open = words.filter((one) => !turn.session.withheld.includes(one));
  if (open.length > 0) {
    withhold(turn, open);
    const { withheldAs = {} } = turn.session;
    const people = findingsIn(turn.world.lexicon, [withoutPossessive(text)]).filter(isPerson);
    const isName = (one: string) => /^\p{Lu}/u.test(one) || people.some((person) => fold(person.text) === fold(one));
    const names = open.filter((one) => withheldAs[one] === undefined && isName(one));
    turn.change({ withheldAs: { ...withheldAs, ...Object.fromEntries(names.map((one) => [one, 'name'] as const)) } });
    turn.noteChange();
  }
  sayWithheld(turn, words);
}

/** Says back what would be hidden. Returns false if nothing is named. */
export function askToHide(turn: Turn, text: string, isFree: boolean, choices: readonly string[]): boolean {
  const words = toHide(turn, text, isFree);
  const [first = ''] = words;
  if (first === '') return false;
  const isName = words.length === 1 && !/[\d@]/u.test(first);
  turn.ask(isName ? 'doubt.hide-name' : 'doubt.hide-these', { name: words.join('\n') }, { choices, whole: true });
  return true;
}
