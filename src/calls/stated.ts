// The statements of a call's file, line by line, for those who know that file.

import type { CallForInputs } from './schema.ts';

export interface Stated {
  /** As in the file, with dots: "limit.words". */
  readonly key: string;
  readonly value: string;
}

/** Not the questions, and not the addresses, which the desk shows. */
const ELSEWHERE: readonly string[] = ['id', 'revision', 'word', 'response', 'channels'];

/** Everything that the page of the call says; what it does not say is left out. */
export function statedIn(call: CallForInputs): readonly Stated[] {
  const { kind, compulsory, 'anything-else': anythingElse } = call.response;
  const whole = { ...call, response: { kind, compulsory, 'anything-else': anythingElse } };
  return Object.entries(whole).flatMap(([key, value]) =>
    ELSEWHERE.includes(key) && key !== 'response' ? [] : linesOf(key, value),
  );
}

function linesOf(key: string, value: unknown): readonly Stated[] {
  if (value === undefined || value === 'not-stated') return [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    return value.length === 0 ? [] : [{ key, value: value.join(', ') }];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([part, inner]) => linesOf(`${key}.${part}`, inner));
  }
  const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
  return isPlain ? [{ key, value: JSON.stringify(value).replace(/^"|"$/gu, '') }] : [];
}
