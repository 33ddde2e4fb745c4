// Dates, times and numbers in a language, also in one that the machine has no words for: Intl would then take those of the
// machine's settings, without saying so.

import { LANGUAGE_FACTS, type Language } from '../languages.ts';

/** Cached: making one takes longer than the rest of a reply. */
const formats = new Map<string, (moment: Date) => string>();

/** `options` need a time zone. */
export function momentFormat(language: Language, options: Intl.DateTimeFormatOptions): (moment: Date) => string {
  const name = JSON.stringify([language, options]);
  const known = formats.get(name);
  if (known !== undefined) return known;
  const made = newFormat(language, options);
  formats.set(name, made);
  return made;
}

function newFormat(language: Language, options: Intl.DateTimeFormatOptions): (moment: Date) => string {
  const { months } = LANGUAGE_FACTS[language];
  const format = new Intl.DateTimeFormat(knownLocale(language), options);
  if (months === undefined) return (moment) => format.format(moment);
  const month = new Intl.DateTimeFormat('en', { month: 'numeric', timeZone: options.timeZone });
  return (moment) =>
    format
      .formatToParts(moment)
      .map(({ type, value }) =>
        type === 'month' && /\p{L}/u.test(value) ? (months[Number(month.format(moment)) - 1] ?? value) : value,
      )
      .join('');
}

export function numberFormat(language: Language, options: Intl.NumberFormatOptions = {}): (value: number) => string {
  const format = new Intl.NumberFormat(knownLocale(language), options);
  return (value) => format.format(value);
}

/** The language's locale, or that of its fallback if the machine does not know it. */
export function knownLocale(language: Language): string {
  const { locale, months, fallback } = LANGUAGE_FACTS[language];
  return months === undefined ? locale : LANGUAGE_FACTS[fallback ?? 'en'].locale;
}
