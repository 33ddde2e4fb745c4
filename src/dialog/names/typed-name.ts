// What people write where a name is asked for: the name, the name in a short sentence, or no name at all.

import { fold } from '../fold.ts';
import { LANGUAGES } from '../language.ts';
import type { Lexicon } from '../lexicon.ts';

/** "My name is Rosa Inventada." → "Rosa Inventada" */
export function withoutLead(lexicon: Lexicon, text: string): string {
  const plain = text.trim().replace(/(?<=\p{L}{3})[.,;:!]+$/u, '');
  const lower = plain.toLowerCase().replaceAll('’', "'");
  const leads = LANGUAGES.flatMap((language) => lexicon.words[language].nameLeads);
  const lead = leads
    .filter((one) => lower.startsWith(`${one} `) || (one.endsWith("'") && lower.startsWith(one)))
    .sort((a, b) => b.length - a.length)[0];
  return lead === undefined ? plain : plain.slice(lead.length).trim();
}

/** What an organiser calls somebody may be one letter, never only signs or digits. */
export function isNoLabel(label: string): boolean {
  return !/\p{L}/u.test(label);
}

/** Digits, signs, one letter, a word of the question itself, or only the small words of a language. */
export function isNoName(lexicon: Lexicon, name: string): boolean {
  const said = fold(name);
  const letters = name.match(/\p{L}/gu) ?? [];
  if (lexicon.typed.has(said)) return true;
  if (letters.length < 2 || /\p{N}/u.test(name) || said.split(' ').length > 12) return true;
  return LANGUAGES.some(
    (language) =>
      ['full', 'initials', 'none'].some((value) => lexicon.choices[language].get(value)?.includes(said) === true) ||
      said.split(' ').every((word) => lexicon.common[language].has(word) || lexicon.negations[language].has(word)),
  );
}
