// Untrusted data → a call, or every problem of it.

import { LANGUAGES } from '../languages.ts';
import { topicsOf } from './call.ts';
import { type CallProblem, knownKeys, problemsOf } from './problems.ts';
import { type CallForInputs, callSchema } from './schema.ts';
import { confusionsIn } from './topics.ts';

export type ParsedCall =
  | { readonly ok: true; readonly call: CallForInputs }
  | {
      readonly ok: false;
      readonly problems: readonly CallProblem[];
      /** The call with its broken blocks replaced, so that its texts can be checked in the same run; null if its questions are broken. */
      readonly rest: CallForInputs | null;
    };

/** A YAML file or an archived call → a call, or every problem with its path and the expected value. */
export function parseCall(value: unknown): ParsedCall {
  const parsed = callSchema.safeParse(value, { reportInput: true, error: knownKeys });
  if (parsed.success) {
    const problems = confusions(parsed.data);
    return problems.length > 0 ? { ok: false, problems, rest: null } : { ok: true, call: parsed.data };
  }
  const rest = withoutBroken(value, parsed.error.issues);
  const more = rest === null ? [] : confusions(rest);
  return {
    ok: false,
    problems: [...problemsOf(parsed.error.issues), ...more],
    rest: more.length > 0 ? null : rest,
  };
}

function confusions(call: CallForInputs): readonly CallProblem[] {
  return confusionsIn(call.response, topicsOf(call)).map((expected) => ({ path: 'response', expected }));
}

/** In place of the blocks without which there is no call. Each language counts as published: nothing is said of that twice. */
const PLACEHOLDERS = {
  id: 'call',
  revision: 1,
  status: 'draft',
  sources: LANGUAGES.map((language) => ({ language, official: true, title: '—', retrieved: '2000-01-01' })),
  issuers: ['—'],
};

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code?: string;
  readonly keys?: readonly string[];
}

function withoutBroken(value: unknown, issues: readonly Issue[]): CallForInputs | null {
  if (typeof value !== 'object' || value === null) return null;
  const broken = new Set(
    issues.flatMap(({ path: [block], keys = [] }) => (block === undefined ? keys : [String(block)])),
  );
  const kept = Object.entries(value).filter(([block]) => !broken.has(block));
  const placed = Object.entries(PLACEHOLDERS).filter(([block]) => broken.has(block));
  return callSchema.safeParse(Object.fromEntries([...placed, ...kept])).data ?? null;
}
