// Reads what people write when a name is asked for: the name, the name in a short sentence, or no name at all.

import { fold, lastWordOf } from '../fold.ts';
import { LANGUAGES } from '../../../languages.ts';
import type { Lexicon } from '../lexicon.ts';
import { hasSentenceWord } from '../plain-answer.ts';
import { nearName, withoutTitle } from './name-in-sentence.ts';

/** "My name is Rosa Inventada.", "no, her name: Rosa Inventada", "my sister Rosa Inventada" → "Rosa Inventada" */
export function withoutLead(lexicon: Lexicon, text: string): string {
  const leads = LANGUAGES.flatMap((language) => lexicon.words[language].nameLeads).sort((a, b) => b.length - a.length);
  let name = text.trim().replace(/(?<=\p{L}{3})[.,;:!]+$/u, '');
  // "Yes. Me? My name is": at most three leads before a name.
  for (let round = 0; round < 3; round++) {
    name = withoutAnswer(lexicon, name, leads);
    const lower = name.toLowerCase().replaceAll('’', "'");
    const lead = leads.find(
      (one) => lower.startsWith(one) && (one.endsWith("'") || /^[ :,]+\p{L}/u.test(lower.slice(one.length))),
    );
    name = name.slice(lead?.length ?? 0).replace(/^[\s:,]+/u, '');
  }
  return withoutKin(lexicon, withoutCalled(lexicon, name));
}

/** "My son is called Julio": removes the relation and the word for "called". */
function withoutCalled(lexicon: Lexicon, text: string): string {
  const words = text.split(' ');
  for (let at = 3; at < Math.min(words.length, 7); at++) {
    const before = fold(words.slice(0, at).join(' '));
    const lead = lexicon.calledBy.get(lastWordOf(before))?.find((one) => before.endsWith(` ${one}`));
    if (lead !== undefined && saysKin(lexicon, before.slice(0, -lead.length - 1).split(' ')))
      return words.slice(at).join(' ');
  }
  return text;
}

/** A name in the document has no emoji in it: a PDF cannot show them. */
export function typedName(lexicon: Lexicon, text: string): string {
  const written = text.replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}\u{FE0F}\u{200D}]/gu, ' ');
  return withoutTitle(lexicon, withoutLead(lexicon, nearName(lexicon, written)));
}

/** "Yes, Rosa", "no: Rosa"; before a lead also without a comma: "non c’est Rosa". */
function withoutAnswer({ plain }: Lexicon, text: string, leads: readonly string[]): string {
  const [said = '', word = '', sign = ''] = /^(\p{L}+)([,.:!]?)\s+(?=\p{L}{2}|\p{L}['’ ])/u.exec(text) ?? [];
  const rest = text.slice(said.length).toLowerCase().replaceAll('’', "'");
  if (sign === '' && !leads.some((one) => rest.startsWith(one) && !/^\p{L}/u.test(rest.slice(one.length)))) return text;
  const answers = LANGUAGES.some((language) => {
    const { yes, maybeYes, no } = plain[language];
    return [yes, maybeYes, no].some((list) => list.has(fold(word)));
  });
  return answers ? text.slice(said.length) : text;
}

/** "My son Julio", "Rosa, my sister", "Rosa (my sister)". */
function withoutKin(lexicon: Lexicon, text: string): string {
  const [first = '', second = '', ...rest] = text.split(' ');
  const begins = rest.length > 0 && saysKin(lexicon, [fold(first), fold(second)]) && !isKin(lexicon, fold(first));
  const name = begins ? rest.join(' ') : text;
  const [tail = '', before = ''] = /(?:,\s*|(?<!\s)\s*\()([^,()]{1,40})\)?$/u.exec(name) ?? [];
  return tail !== '' && saysKin(lexicon, fold(before).split(' ')) ? name.slice(0, -tail.length) : name;
}

function isKin({ ages }: Lexicon, word: string): boolean {
  return LANGUAGES.some((language) => ages[language].kin.has(word));
}

/** "My sister": a relation, not a name. */
function saysKin({ ages, besideChoice }: Lexicon, words: readonly string[]): boolean {
  return LANGUAGES.some((language) => {
    const kin = words.filter((word) => ages[language].kin.has(word)).length;
    return (
      kin > 0 &&
      kin < words.length &&
      words.every((word) => ages[language].kin.has(word) || besideChoice[language].has(word))
    );
  });
}

/** In small letters and with a word of a sentence: "officer was drunk" is testimony, "will may" is a name. */
export function isTold(lexicon: Lexicon, name: string): boolean {
  return name.includes(' ') && !/\p{Lu}/u.test(name) && hasSentenceWord(lexicon, name);
}

/** An organiser's name for somebody may be one letter, never only signs or digits. */
export function isNoLabel(label: string): boolean {
  return !/\p{L}/u.test(label);
}

/** Choices of this question and of the one about publication: not names. */
const OTHER_ANSWERS = ['full', 'initials', 'none', 'public-named', 'public-unnamed', 'confidential'];

/** Digits, signs, one letter, a word of the question itself, "my son", "thank you", or only the small words of a language. */
export function isNoName(lexicon: Lexicon, name: string): boolean {
  const said = fold(name);
  const letters = name.match(/\p{L}/gu) ?? [];
  if (lexicon.typed.has(said)) return true;
  if (letters.length < 2 || /\p{N}/u.test(name) || said.split(' ').length > 12) return true;
  return LANGUAGES.some(
    (language) =>
      OTHER_ANSWERS.some((value) => lexicon.choices[language].get(value)?.includes(said) === true) ||
      (said.includes(' ') && lexicon.plain[language].around.has(said)) ||
      saysKin(lexicon, said.split(' ')) ||
      said.split(' ').every((word) => lexicon.common[language].has(word) || lexicon.negations[language].has(word)),
  );
}
