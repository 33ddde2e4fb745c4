// The language that a stranger is greeted in, guessed from where their number is from, until their own words show it.

import type { Language } from '../../languages.ts';

/** Country codes (ITU-T E.164), and areas of +1, where one of our languages is what most people read. */
const COUNTRIES: Readonly<Record<Language, string>> = {
  // The language of whoever is not known to read another one; numbers of a country inside +1 are told apart below.
  en: '1 27 44 61 64 220 231 232 233 234 254 256 260 263 265 267 353',
  fr: '33 212 213 216 221 222 223 224 225 226 227 228 229 235 236 237 241 242 243 253 257 261 262 269 377 508 509 590 594 596 687 689',
  es: '34 51 52 53 54 56 57 58 240 502 503 504 505 506 507 591 593 595 598 1787 1809 1829 1849 1939',
  pt: '55 238 239 244 245 258 351 670',
};

const LANGUAGE_OF: ReadonlyMap<string, Language> = new Map(
  (['en', 'fr', 'es', 'pt'] as const).flatMap((language) =>
    COUNTRIES[language].split(' ').map((code) => [code, language] as const),
  ),
);
const LONGEST_CODE = 4;

/** `jid`: 'digits@s.whatsapp.net'. Null where the number, or what is read there, is not known. */
export function languageOfNumber(jid: string | null): Language | null {
  const digits = /^\d+(?=[:@])/u.exec(jid ?? '')?.[0] ?? '';
  for (let length = LONGEST_CODE; length > 0; length--) {
    const language = LANGUAGE_OF.get(digits.slice(0, length));
    if (language !== undefined) return language;
  }
  return null;
}
