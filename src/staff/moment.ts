import type { Language } from '../languages.ts';

const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR', es: 'es-419', pt: 'pt-BR' };

/** Making one takes longer than all else of a row. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** ISO 8601 → day and minute, as the desk's language writes them, in the operator's time zone. */
export function momentIn(language: Language, timeZone: string): (iso: string) => string {
  const name = `${language} ${timeZone}`;
  const format =
    formats.get(name) ??
    new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'medium', timeStyle: 'short', timeZone });
  formats.set(name, format);
  return (iso) => format.format(new Date(iso));
}
