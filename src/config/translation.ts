// The translation part of the environment; read by config.ts.

import { z } from 'zod';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

export const translationShape = {
  TRANSLATE_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRANSLATE_ELSEWHERE: z.stringbool().default(false),
};

interface Environment {
  readonly TRANSLATE_URL?: string | undefined;
  readonly TRANSLATE_ELSEWHERE: boolean;
}

/** The service that translates; null: none. `here`: on this machine. */
export type TranslationConfig = { readonly url: URL; readonly here: boolean } | null;

export function translationOf({ TRANSLATE_URL: given }: Environment): TranslationConfig {
  if (given === undefined) return null;
  const url = new URL(given);
  return { url, here: loopback.test(url.hostname) };
}

/** No word of a person may go to another machine by accident, unencrypted, or in a trial. */
export function translationProblems(env: Environment, trial: boolean): readonly string[] {
  const service = translationOf(env);
  if (service === null) return [];
  const problems: string[] = [];
  const { protocol, username, password } = service.url;
  if (username !== '' || password !== '') problems.push('TRANSLATE_URL: must not contain a password');
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
