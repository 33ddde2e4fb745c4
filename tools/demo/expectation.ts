// Checks the bot's words. A persona expects a piece of text, or its key: the placeholders may then have any values.

import { FURTHER_WORDINGS } from '../../src/dialog/engine/wordings.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';

const KEY = /^[a-z][a-z-]*(?:\.[a-z][a-z-]*)+$/;

export interface Expectation {
  /** True if one of the bubbles says it. Throws for an unknown key. */
  isSaid(wanted: string, bubbles: readonly string[]): boolean;
  /** The value of a placeholder ("words") of a text, by its key; null if it was not said. */
  placeIn(key: string, place: string, bubbles: readonly string[]): string | null;
}

export function openExpectation(language: WholeLanguage): Expectation {
  const catalogue = loadCatalogue('bot')[language];
  const textOf = (key: string) => {
    const text = key.split('.').reduce<unknown>(child, catalogue);
    if (typeof text !== 'string') throw new Error(`there is no text ${key} in locales/${language}/bot.json`);
    return text;
  };
  const find = (key: string, bubbles: readonly string[]) => {
    const said = plain(bubbles.join('\n'));
    const further = Array.from({ length: FURTHER_WORDINGS.get(key) ?? 0 }, (_, at) => `again.${key}.${at + 1}`);
    const found = [key, ...further].map((one) => patternOf(textOf(one)).exec(said));
    return found.find((match) => match !== null) ?? null;
  };
  return {
    isSaid: (wanted, bubbles) =>
      KEY.test(wanted)
        ? find(wanted, bubbles) !== null
        : plain(bubbles.join('\n')).toLowerCase().includes(plain(wanted).toLowerCase()),
    placeIn: (key, place, bubbles) => find(key, bubbles)?.groups?.[place] ?? null,
  };
}

function child(tree: unknown, name: string): unknown {
  return typeof tree === 'object' && tree !== null
    ? Object.entries(tree).find(([key]) => key === name)?.[1]
    : undefined;
}

/** Ignores the splitting into bubbles and the bold marks. */
function plain(text: string): string {
  return text.replaceAll('*', '').replace(/\s+/gu, ' ').trim();
}

/** The phrases of the call's body join the word before them (src/texts/body.ts). */
const OF_BODY =
  /(?:\p{L}+ )?\{\{(?:body|readers|someReaders|purpose|reprisals|wants|wantsOrganisation|matters|spared|callShort)\}\}/giu;

/** Each placeholder becomes a group of its name, at its first occurrence; one with a unit ("{{words, words}}") holds the number. */
function patternOf(text: string): RegExp {
  const named = new Set<string>();
  const pieces = plain(text)
    .replace(OF_BODY, '{{ofBody}}')
    .split(/\{\{(\w+(?:, [a-z]+)?)\}\}/u);
  const pattern = pieces.map((piece, index) => {
    if (index % 2 === 0) return piece.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
    const [name = '', unit] = piece.split(', ');
    const group = named.has(name) ? '.*?' : `(?<${name}>.*?)`;
    named.add(name);
    return unit === undefined ? group : String.raw`${group} \p{L}+`;
  });
  return new RegExp(pattern.join(''), 'u');
}
