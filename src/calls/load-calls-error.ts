// A problem in a call's files: the file, the line, the place in it, and what was expected there.

export interface CallFileProblem {
  readonly file: string;
  /** Counted from 1; null: the file as a whole, or not known. */
  readonly line: number | null;
  /** Dotted key inside the file; "" is the whole file. */
  readonly path: string;
  readonly expected: string;
}

/** The message has one line per problem. */
export class CallFilesError extends Error {
  override readonly name = 'CallFilesError';
  readonly problems: readonly CallFileProblem[];

  constructor(problems: readonly CallFileProblem[]) {
    const lines = problems.map(problemLine);
    super(`Problems in the files of calls for inputs: ${problems.length}\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

export function problemLine({ file, line, path, expected }: CallFileProblem): string {
  const place = line === null ? file : `${file}:${line}`;
  return `${place}: ${path === '' ? '(whole file)' : path}: expected ${expected}`;
}
