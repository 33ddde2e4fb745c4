// The translation part of the environment; read by config.ts.

import { z } from 'zod';
import { loopback } from './loopback.ts';
import { isLanguage, type Language, LANGUAGES } from '../languages.ts';

export const translationShape = {
  TRANSLATE_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRANSLATE_KEY: z.string().trim().min(1).optional(),
  TRANSLATE_ELSEWHERE: z.stringbool().default(false),
  TRANSLATED_BY_STAFF: z.string().default(''),
};

interface Environment {
  readonly TRANSLATE_URL?: string | undefined;
  readonly TRANSLATE_KEY?: string | undefined;
  readonly TRANSLATE_ELSEWHERE: boolean;
  readonly TRANSLATED_BY_STAFF: string;
}

export interface TranslationConfig {
  /** The service that translates; null: none. `here`: on this machine. */
  readonly service: { readonly url: URL; readonly here: boolean } | null;
  /** The languages that staff translate at the desk. */
  readonly staff: readonly Language[];
}

export function translationOf({ TRANSLATE_URL: given, TRANSLATED_BY_STAFF: named }: Environment): TranslationConfig {
  return { service: given === undefined ? null : serviceAt(given), staff: namesIn(named).filter(isLanguage) };
}

/** The languages from which somebody, or a service, translates. */
export function translatedHere({ service, staff }: TranslationConfig): readonly Language[] {
  return service === null ? staff : LANGUAGES;
}

function serviceAt(given: string): NonNullable<TranslationConfig['service']> {
  const url = new URL(given);
  return { url, here: loopback.test(url.hostname) };
}

function namesIn(text: string): readonly string[] {
  return text.split(/[\s,]+/u).filter((name) => name !== '');
}

/** No word of a person may go to another machine by accident, unencrypted, or in a trial. */
export function translationProblems(env: Environment, trial: boolean): readonly string[] {
  const problems = namesIn(env.TRANSLATED_BY_STAFF)
    .filter((name) => !isLanguage(name))
    .map((name) => `TRANSLATED_BY_STAFF: no language of this program: ${name}`);
  const { service } = translationOf(env);
  if (service === null) {
    if (env.TRANSLATE_KEY !== undefined) problems.push('TRANSLATE_KEY: belongs to TRANSLATE_URL; set it too');
    return problems;
  }
  const { protocol, username, password } = service.url;
  if (username !== '' || password !== '')
    problems.push('TRANSLATE_URL: must not contain a password; use TRANSLATE_KEY');
  if (service.here) return problems;
  if (trial)
    problems.push('TRANSLATE_URL: in a trial nothing leaves this machine; set OPERATOR_NAME, or use 127.0.0.1');
  if (!env.TRANSLATE_ELSEWHERE) {
    problems.push(
      'TRANSLATE_URL: people’s words would go to another machine, after their yes; set TRANSLATE_ELSEWHERE=true to allow it',
    );
  }
  if (protocol !== 'https:') problems.push('TRANSLATE_URL: must be https, except on this machine');
  return problems;
}
