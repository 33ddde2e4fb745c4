// Describes a schema's problems for the author of the file: the path, and what was expected there.

import * as z from 'zod';

export interface CallProblem {
  /** Dotted, e.g. "response.topics.0.id"; "" is the whole file. */
  readonly path: string;
  readonly expected: string;
}

type Issue = z.core.$ZodIssue;

export function problemsOf(issues: readonly Issue[], above: readonly PropertyKey[] = []): CallProblem[] {
  return issues.flatMap((issue) => problemsOfOne(issue, [...above, ...issue.path]));
}

function problemsOfOne(issue: Issue, path: readonly PropertyKey[]): CallProblem[] {
  const here = path.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key].map(String).join('.'),
        expected: /^\d{1,3}$/u.test(key)
          ? `no such key here; is ${key} the rest of a number? ${PLAIN_NUMBERS}`
          : `no such key here; ${meantBy(key, issue.message.split(' '))}`,
      }));
    case 'invalid_value':
      return [{ path: here, expected: `one of: ${issue.values.map(String).join(', ')}${insteadOf(issue)}` }];
    case 'invalid_type':
      return [{ path: here, expected: `${KINDS[issue.expected] ?? issue.expected}${insteadOf(issue)}` }];
    case 'invalid_union':
      return problemsOfUnion(issue.errors, path, here, issue);
    default:
      return [{ path: here, expected: `${issue.message}${insteadOf(issue)}` }];
  }
}

/** For safeParse: an unknown key's issue carries, as its message, the keys that are known there. */
export const knownKeys: z.core.$ZodErrorMap = ({ code, inst }) =>
  code === 'unrecognized_keys' && inst instanceof z.ZodObject ? Object.keys(inst.shape).join(' ') : undefined;

function meantBy(key: string, known: readonly string[]): string {
  const nearest = known
    .map((each) => ({ each, slips: slipsBetween(key.toLowerCase(), each) }))
    .sort((one, other) => one.slips - other.slips)[0];
  const isNear = nearest !== undefined && nearest.slips <= Math.max(1, Math.floor(nearest.each.length / 3));
  return isNear ? `did you mean ${nearest.each}?` : `known here: ${known.join(', ')}`;
}

/** Letters to add, remove, replace or swap with their neighbour to turn one word into the other. */
function slipsBetween(one: string, other: string): number {
  let rows: [before: readonly number[], last: readonly number[]] = [
    [],
    Array.from({ length: other.length + 1 }, (_, n) => n),
  ];
  for (let i = 1; i <= one.length; i++) {
    const [before, last] = rows;
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(
        (row[j - 1] ?? 0) + 1,
        (last[j] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (before[j - 2] ?? Infinity) + 1 : Infinity,
      );
    }
    rows = [last, row];
  }
  return rows[1][other.length] ?? Infinity;
}

/** The branch that matched deepest was probably meant; if none matched at all, every branch is reported. */
function problemsOfUnion(
  branches: readonly (readonly Issue[])[],
  path: readonly PropertyKey[],
  here: string,
  issue: Issue,
): CallProblem[] {
  if (branches.length === 0) return [{ path: [...path].map(String).join('.'), expected: kindsOf(issue) }];
  const meant = branches.find((branch) =>
    branch.some((each) => each.path.length > 0 || each.code === 'unrecognized_keys'),
  );
  if (meant !== undefined) return problemsOf(meant, path);
  const said = branches.flatMap((branch) =>
    problemsOf(branch).map(({ expected }) => expected.replace(/ \((?:found: |missing\)).*$/su, '')),
  );
  return [{ path: here, expected: `${[...new Set(said)].join(', or ')}${insteadOf(issue)}` }];
}

function kindsOf(issue: Issue): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  return options.length > 0 ? `one of: ${options.join(', ')}` : 'one of the kinds listed in docs/call-file.md';
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
  record: 'a block of keys',
};

const PLAIN_NUMBERS = 'numbers are written without commas, dots and spaces: 2500';

function insteadOf(issue: Issue): string {
  if (issue.input === undefined) return ' (missing)';
  const shown =
    typeof issue.input === 'object'
      ? issue.input === null
        ? 'nothing'
        : Array.isArray(issue.input)
          ? 'a list'
          : 'a block'
      : JSON.stringify(issue.input);
  const isCut = /^"?\d{1,3}([.,\s]\d+)+"?$/u.test(shown) && ['invalid_type', 'invalid_union'].includes(issue.code);
  return ` (found: ${shown.slice(0, 80)})${isCut ? `; ${PLAIN_NUMBERS}` : ''}`;
}
