// The role of a person in their own word: "I'm his aunt" → "his aunt". Only a short phrase around a word of the list of
// roles; everything else stays what it was, a choice or testimony.

import { type Language, LANGUAGES } from '../../../languages.ts';
import { type Role, ROLES } from '../../engine/draft.ts';
import { cleanName, fold } from '../fold.ts';
import { names as isSignificant } from './folded.ts';
import type { Lexicon } from '../lexicon.ts';

/** Words before the one of the list: "his older sister"; without "I am" only one: "his aunt". */
const BEFORE = 2;
const BEFORE_ALONE = 1;

/** In characters. */
export const LONGEST_ROLE = 60;

/** Null if it is not said in words that can be shown in a document. */
export function ownRoleIn(lexicon: Lexicon, language: Language, text: string): string | null {
  const parts = text.split(/[.,;:!?…()\n¡¿]|\s[-–—]\s/u).map(cleanName);
  // "Hello, I am his aunt. They …"
  for (const part of parts.filter((one) => one !== '').slice(0, 2)) {
    const role = phraseIn(lexicon, language, part);
    if (role !== null && role.length <= LONGEST_ROLE) return role;
  }
  return null;
}

function phraseIn(lexicon: Lexicon, language: Language, part: string): string | null {
  const { ownRole } = lexicon.words[language];
  const said = part.toLowerCase().replaceAll('’', "'");
  const lead = ownRole.iAm.filter((phrase) => said.startsWith(`${phrase} `)).toSorted((a, b) => b.length - a.length)[0];
  const words = part.slice(lead === undefined ? 0 : lead.length + 1).split(' ');
  const { choices } = lexicon;
  const isRole = (word: string) =>
    (['family', 'witness'] as const).some((role) => choices[language].get(role)?.includes(fold(word)) === true) &&
    !ownRole.notOwn.map(fold).includes(fold(word));
  const at = words.findIndex(isRole);
  if (at < 0 || at > (lead === undefined ? BEFORE_ALONE : BEFORE)) return null;
  const before = words.slice(0, at).map(fold);
  // "My aunt" is not who writes.
  if (before.some((word) => ownRole.mine.map(fold).includes(word))) return null;
  const end = endOf(words, at + 1, ownRole);
  return lead === undefined && end < words.length ? null : words.slice(0, end).join(' ');
}

/** After "of him", "de Kauã da Silva", "dele", if one of them follows. */
function endOf(words: readonly string[], from: number, { of, them }: Lexicon['words'][Language]['ownRole']): number {
  const isOne = (word: string | undefined, list: readonly string[]) =>
    word !== undefined && list.map(fold).includes(fold(word));
  const isName = (word: string | undefined) => word !== undefined && /^(?:d['’])?\p{Lu}/u.test(word);
  if (isOne(words[from], them)) return from + 1;
  if (/^d['’]\p{Lu}/u.test(words[from] ?? '')) return names(from);
  if (!isOne(words[from], of)) return from;
  if (isOne(words[from + 1], them)) return from + 2;
  return isName(words[from + 1]) ? names(from + 1) : from;

  function names(first: number): number {
    let end = first + 1;
    for (let at = end; at < words.length; at++) {
      if (isName(words[at])) end = at + 1;
      else if (isSignificant(words[at] ?? '', 1, 2)) break;
    }
    return end;
  }
}

/** The roles that a text denies of its writer: "not family", "je ne suis pas de la famille". Not in "not the mother, the aunt". */
export function deniedRolesIn(lexicon: Lexicon, text: string): readonly Role[] {
  if (text.length > LONGEST_DENIAL) return [];
  const clauses = text.split(/[.,;:!?…()\n¡¿]|\s[-–—]\s/u).map((part) => fold(part).split(' '));
  return ROLES.filter((role) => {
    const denied = clauses.flatMap((words) => denialsOf(lexicon, words, role));
    return denied.length > 0 && !denied.includes(false);
  });
}

/** In characters; a longer message is told. */
const LONGEST_DENIAL = 200;

/** For each place of a word of this role: whether it is denied there, in a language that has the word. */
function denialsOf(lexicon: Lexicon, words: readonly string[], role: Role): readonly boolean[] {
  return [...words.keys()].flatMap((at) => {
    const spoken = LANGUAGES.filter((language) =>
      lexicon.choices[language].get(role)?.some((phrase) => startsAt(words, at, phrase.split(' '))),
    );
    return spoken.length === 0 ? [] : [spoken.some((language) => isDenied(lexicon, language, words, at))];
  });
}

function startsAt(words: readonly string[], at: number, phrase: readonly string[]): boolean {
  // Also "relatives", "parientes".
  return phrase.every((word, offset) => [word, `${word}s`].includes(words[at + offset] ?? ''));
}

/** "No soy la …": only words around a choice are between the "not" and the role. Nothing is denied by "no, I am his mother". */
function isDenied(
  { negations, besideChoice, words: lists }: Lexicon,
  language: Language,
  words: readonly string[],
  to: number,
): boolean {
  const isOne = (list: 'writer' | 'does', word = '') =>
    LANGUAGES.some((one) => lists[one].ownRole[list].some((said) => fold(said) === word));
  for (let at = to - 1; at >= 0; at--) {
    const word = words[at] ?? '';
    if (negations[language].has(word)) return !isOne('writer', words[at + 1]);
    if (!besideChoice[language].has(word) || isOne('does', word)) return false;
  }
  return false;
}
