// The languages of conversations. Their texts are in locales/<language>/; all other facts about a language are here, so
// that a new one is this file and its texts (docs/add-a-language.md).

/** Languages that have every text. */
export const WHOLE_LANGUAGES = ['en', 'fr', 'es', 'pt'] as const;
export type WholeLanguage = (typeof WHOLE_LANGUAGES)[number];

export const LANGUAGES = [...WHOLE_LANGUAGES, 'ht', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface LanguageFacts {
  /** The language of texts that this one lacks; null for those that have every text. */
  readonly fallback: WholeLanguage | null;
  readonly direction: 'ltr' | 'rtl';
  /** Between the things of a list. */
  readonly comma: string;
  /** In the language itself, if the machine has no data of it. */
  readonly name?: string;
  /** BCP 47: for dates on pages, and for PDF readers that read aloud. */
  readonly locale: string;
  /** From January on, if no program knows them: dates are then written as in the fallback, with these. */
  readonly months?: readonly string[];
  /** The clocks of a place, "…", if no program has the names of time zones: "23:59 (lè Berlin)". */
  readonly clocks?: string;
  /** Word's code for the language of a text; it does not reveal the person's country. */
  readonly word: string;
  /** The voice of espeak-ng. */
  readonly voice: string;
  /**
   * Country codes (ITU-T E.164), and areas of +1, in which most people read this language. New people are greeted in it
   * until their own words show another one.
   */
  readonly countryCodes: string;
  /** Letters and signs that no other language here has. */
  readonly signs: string;
  /**
   * From one to ten, folded (no accents, ه for ة); none of them means another number, or anything frequent, in another
   * language. A number without such a word can only be typed as a digit.
   */
  readonly numbers: readonly (readonly string[])[];
  /** A preposition and an article that become one word: "de le" is "du". */
  readonly joins: Readonly<Record<string, string>>;
  /** Words that lose their last letter before a vowel: "d'experts". */
  readonly elides: readonly string[];
  /** How a call that does not name its body and its readers speaks of them; "…" is the issuer. */
  readonly otherBody: Readonly<Record<'name' | 'readers' | 'someReaders' | 'purpose', string>>;
}

export const LANGUAGE_FACTS: Readonly<Record<Language, LanguageFacts>> = {
  en: {
    fallback: null,
    direction: 'ltr',
    comma: ', ',
    locale: 'en-GB',
    word: 'en-GB',
    voice: 'en-gb',
    // Also for people whose language is not known.
    countryCodes: '1 27 44 61 64 220 231 232 233 234 254 256 260 263 265 267 353',
    signs: '',
    numbers: spelled('one two three four five six seven eight nine ten'),
    joins: {},
    elides: [],
    otherBody: {
      name: 'the body “…”',
      readers: 'the people who work there',
      someReaders: 'people of the body “…”',
      purpose: 'its work',
    },
  },
  fr: {
    fallback: null,
    direction: 'ltr',
    comma: ', ',
    locale: 'fr-FR',
    word: 'fr-FR',
    voice: 'fr-fr',
    countryCodes:
      '33 221 223 224 225 226 227 228 229 235 236 237 241 242 243 253 257 261 262 269 377 508 590 594 596 687 689',
    signs: 'œûùëïÿ',
    numbers: spelled('un/une deux trois quatre cinq six sept huit neuf dix'),
    joins: joinedWords('de le=du de les=des de des=de à le=au à les=aux'),
    elides: ['de', 'que'],
    otherBody: {
      name: 'l’organisme «\u202f…\u202f»',
      readers: 'les personnes qui y travaillent',
      someReaders: 'des personnes de l’organisme «\u202f…\u202f»',
      purpose: 'le travail de cet organisme',
    },
  },
  es: {
    fallback: null,
    direction: 'ltr',
    comma: ', ',
    locale: 'es-419',
    word: 'es-ES',
    voice: 'es-419',
    countryCodes: '34 51 52 53 54 56 57 58 240 502 503 504 505 506 507 591 593 595 598 1787 1809 1829 1849 1939',
    signs: '¿¡ñ',
    numbers: spelled('uno/una/un dos tres cuatro cinco seis siete ocho nueve diez'),
    joins: joinedWords('de el=del a el=al'),
    elides: [],
    otherBody: {
      name: 'el organismo «…»',
      readers: 'las personas que trabajan allí',
      someReaders: 'personas del organismo «…»',
      purpose: 'el trabajo de ese organismo',
    },
  },
  pt: {
    fallback: null,
    direction: 'ltr',
    comma: ', ',
    locale: 'pt-BR',
    word: 'pt-BR',
    voice: 'pt-br',
    countryCodes: '55 238 239 244 245 258 351 670',
    signs: 'ãõ',
    numbers: spelled('um/uma dois/duas tres quatro cinco seis sete oito nove dez'),
    joins: joinedWords(
      'de o=do de a=da de os=dos de as=das em o=no em a=na em os=nos em as=nas a o=ao a a=à a os=aos a as=às por o=pelo por a=pela por os=pelos por as=pelas',
    ),
    elides: [],
    otherBody: {
      name: 'o órgão “…”',
      readers: 'as pessoas que trabalham lá',
      someReaders: 'pessoas do órgão “…”',
      purpose: 'o trabalho desse órgão',
    },
  },
  ht: {
    name: 'Kreyòl ayisyen',
    fallback: 'fr',
    direction: 'ltr',
    comma: ', ',
    locale: 'ht',
    clocks: 'lè …',
    months: 'janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm'.split(' '),
    word: 'ht-HT',
    voice: 'ht',
    countryCodes: '509',
    signs: 'ò',
    // Without "de", "sis", "set" and "dis", which are words of other languages.
    numbers: [['youn'], [], ['twa'], ['kat'], ['senk'], [], [], ['uit'], ['nef'], []],
    joins: {},
    elides: [],
    otherBody: {
      name: 'òganis « … »',
      readers: 'moun k ap travay la yo',
      someReaders: 'moun nan òganis « … »',
      purpose: 'travay òganis sa a',
    },
  },
  ar: {
    fallback: 'en',
    direction: 'rtl',
    comma: '، ',
    // Digits as in codes and addresses.
    locale: 'ar-u-nu-latn',
    word: 'ar-SA',
    voice: 'ar',
    countryCodes: '20 212 213 216 218 222 249 961 962 963 964 965 966 967 968 970 971 973 974',
    signs: '',
    numbers: spelled(
      'واحد/واحده/وحده اثنان/اثنين/اتنين ثلاثه/ثلاث/تلات/تلاته اربعه/اربع/ربعه خمسه/خمس سته/ست سبعه/سبع ثمانيه/ثماني/تمانيه تسعه/تسع عشره/عشر',
    ),
    joins: {},
    elides: [],
    otherBody: {
      name: 'الجهة «…»',
      readers: 'من يعملون هناك',
      someReaders: 'أشخاص من الجهة «…»',
      purpose: 'عمل هذه الجهة',
    },
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

function joinedWords(pairs: string): Readonly<Record<string, string>> {
  const known = pairs.matchAll(/(\p{L}{1,9} \p{L}{1,9})=(\p{L}{1,9})/gu);
  return Object.fromEntries([...known].map(([, two = '', one = '']) => [two, one]));
}
