// The first language of a new person, guessed from the country of their number until their own words show it.

import { LANGUAGE_FACTS, LANGUAGES, type Language } from '../languages.ts';

const LANGUAGE_OF: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap((language) =>
    LANGUAGE_FACTS[language].countryCodes.split(' ').map((code) => [code, language] as const),
  ),
);
const LONGEST_CODE = 4;

/** Digits, or 'digits@s.whatsapp.net'. Returns null if the country, or its language, is not known. */
export function languageOfNumber(number: string | null): Language | null {
  const digits = /^\d+(?=[:@]|$)/u.exec(number ?? '')?.[0] ?? '';
  for (let length = LONGEST_CODE; length > 0; length--) {
    const language = LANGUAGE_OF.get(digits.slice(0, length));
    if (language !== undefined) return language;
  }
  return null;
}
