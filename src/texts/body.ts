// The body that asks, and who reads for it, in the texts: "{{body}}", "{{readers}}". They are filled in once for a call,
// before a text is shown, and join the word before them: "de {{body}}" is "de l'ONU", "du Parlement" or "da ONU".

import type { CallCatalogue } from '../calls/catalogue.ts';
import { LANGUAGE_FACTS, type Language } from '../languages.ts';

/** A tree of texts, as in the files. Lists may have another length in another language. */
export interface TextTree {
  readonly [key: string]: string | boolean | readonly string[] | TextTree;
}

type Named = Pick<CallCatalogue, 'issuer' | 'body' | 'short'>;

const PLACES = [
  ...(['body', 'readers', 'someReaders', 'purpose', 'reprisals'] as const),
  ...(['wants', 'wantsOrganisation', 'matters', 'spared', 'callShort'] as const),
] as const;
type Place = (typeof PLACES)[number];

/** A place for one of the body's phrases. A capital ("{{Body}}") begins a sentence. */
const ONE = `\\{\\{(${PLACES.flatMap((place) => [place, capital(place)]).join('|')})\\}\\}`;
/** The search for it with the word before it tries every letter of a text; most texts have no such place. */
const HAS_PLACE = new RegExp(ONE, 'u');
const PLACE = new RegExp(`(?:(\\p{L}{1,30}) )?${ONE}([ .]?)`, 'gu');

/** A phrase with the end of a sentence: "Who helped?" */
const ENDS = /[.?!؟…]$/u;

/** True for the name of a place that every call fills by itself. */
export function isOfBody(name: string): boolean {
  return PLACES.some((place) => place === name || capital(place) === name);
}

/** Fills the body's places of a text; the other places stay. */
export function bodyFiller(language: Language, catalogue: Named): (template: string) => string {
  const phrases = phrasesOf(language, catalogue);
  return (template) =>
    HAS_PLACE.test(template)
      ? template.replace(PLACE, (_whole, before: string | undefined, name: string, after: string) => {
          const place = PLACES.find((one) => one === name || capital(one) === name);
          const phrase = place === undefined ? '' : phrases[place];
          if (phrase === '') return before === undefined ? '' : `${before} `;
          const shown = place === name ? phrase : capital(phrase);
          return `${before === undefined ? shown : joined(language, before, shown)}${after === '.' && ENDS.test(shown) ? '' : after}`;
        })
      : template;
}

/** The same for a whole tree of texts. */
export function withBody<Tree extends TextTree>(tree: Tree, language: Language, catalogue: Named): Tree {
  return filledTree(tree, bodyFiller(language, catalogue));
}

export function filledTree<Tree extends TextTree>(tree: Tree, fillIn: (template: string) => string): Tree {
  return filled(tree, fillIn) as Tree;
}

function filled(tree: TextTree, fillIn: (template: string) => string): TextTree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]): [string, TextTree[string]] => {
      if (typeof value === 'string') return [key, fillIn(value)];
      if (typeof value === 'boolean') return [key, value];
      return [key, isList(value) ? value.map(fillIn) : filled(value, fillIn)];
    }),
  );
}

function isList(value: readonly string[] | TextTree): value is readonly string[] {
  return Array.isArray(value);
}

/** A call that was archived without these has them from its issuer. */
function phrasesOf(language: Language, { issuer, body, short }: Named): Readonly<Record<Place, string>> {
  const { otherBody } = LANGUAGE_FACTS[language];
  return {
    body: body?.name ?? otherBody.name.replace('…', () => issuer),
    readers: body?.readers ?? otherBody.readers,
    someReaders: body?.['some-readers'] ?? otherBody.someReaders.replace('…', () => issuer),
    purpose: body?.purpose ?? otherBody.purpose,
    reprisals: body?.reprisals ?? '',
    wants: body?.wants ?? '',
    wantsOrganisation: body?.['wants-organisation'] ?? body?.wants ?? '',
    matters: body?.matters ?? '',
    spared: body?.spared ?? '',
    callShort: short,
  };
}

/** "de" and "le Parlement": "du Parlement". */
function joined(language: Language, before: string, phrase: string): string {
  const { joins, elides } = LANGUAGE_FACTS[language];
  const [first = '', ...rest] = phrase.split(' ');
  const low = before.toLowerCase();
  const like = (word: string) => (low === before ? word : capital(word));
  const join = joins[`${low} ${first}`];
  if (join !== undefined && rest.length > 0) return joined(language, like(join), rest.join(' '));
  const short = elides.includes(low) && /^[aeiouyàâéèêîôû]/iu.test(phrase);
  return short ? `${before.slice(0, -1)}’${phrase}` : `${before} ${phrase}`;
}

function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}
