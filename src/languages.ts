// The languages of conversations. Their texts are in locales/<language>/; all other facts about a language are here, so
// that a new one is this file and its texts (docs/add-a-language.md).

export const LANGUAGES = ['en', 'fr', 'es', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface LanguageFacts {
  /** BCP 47: for dates on pages, and for PDF readers that read aloud. */
  readonly locale: string;
  /** Word's code for the language of a text; it does not reveal the person's country. */
  readonly word: string;
  /** The voice of espeak-ng. */
  readonly voice: string;
  /**
   * Country codes (ITU-T E.164), and areas of +1, in which most people read this language. New people are greeted in it
   * until their own words show another one.
   */
  readonly countryCodes: string;
  /** From one to ten, folded (no accents); none of them means another number in another language. */
  readonly numbers: readonly (readonly string[])[];
}

export const LANGUAGE_FACTS: Readonly<Record<Language, LanguageFacts>> = {
  en: {
    locale: 'en-GB',
    word: 'en-GB',
    voice: 'en-gb',
    // Also for people whose language is not known.
    countryCodes: '1 27 44 61 64 220 231 232 233 234 254 256 260 263 265 267 353',
    numbers: spelled('one two three four five six seven eight nine ten'),
  },
  fr: {
    locale: 'fr-FR',
    word: 'fr-FR',
    voice: 'fr-fr',
    countryCodes:
      '33 212 213 216 221 222 223 224 225 226 227 228 229 235 236 237 241 242 243 253 257 261 262 269 377 508 509 590 594 596 687 689',
    numbers: spelled('un/une deux trois quatre cinq six sept huit neuf dix'),
  },
  es: {
    locale: 'es-419',
    word: 'es-ES',
    voice: 'es-419',
    countryCodes: '34 51 52 53 54 56 57 58 240 502 503 504 505 506 507 591 593 595 598 1787 1809 1829 1849 1939',
    numbers: spelled('uno/una/un dos tres cuatro cinco seis siete ocho nueve diez'),
  },
  pt: {
    locale: 'pt-BR',
    word: 'pt-BR',
    voice: 'pt-br',
    countryCodes: '55 238 239 244 245 258 351 670',
    numbers: spelled('um/uma dois/duas tres quatro cinco seis sete oito nove dez'),
  },
};

export function isLanguage(value: string | undefined): value is Language {
  return value !== undefined && (LANGUAGES as readonly string[]).includes(value);
}

/** Makes one value per language. */
export function inEvery<T>(make: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<Language, T>;
}

function spelled(numbers: string): readonly (readonly string[])[] {
  return numbers.split(' ').map((forms) => forms.split('/'));
}
