import { isLanguage, type Language } from '../../languages.ts';
import type { TeamsActivity } from './parse-activity.ts';

/** A first guess, from the message or the app it was written in ("pt-BR" → pt). Null where none is one of ours. */
export function guessLanguage({ locale, entities }: TeamsActivity): Language | null {
  const client = (entities ?? []).find(({ type }) => type === 'clientInfo')?.locale;
  const said = [locale, client].filter((one) => typeof one === 'string');
  return said.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isLanguage) ?? null;
}
