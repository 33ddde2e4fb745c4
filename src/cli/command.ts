// The shape of a command, and its two kinds of errors.

import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

export const TEXT = { type: 'string' } as const;
export const FLAG = { type: 'boolean' } as const;
/** Options of every command. */
const SHARED = { data: TEXT, help: FLAG } as const;

/** Input and output of a command. */
export interface Io {
  /** DATA_DIR is already replaced by --data. */
  readonly environment: NodeJS.ProcessEnv;
  /** Standard output: the result. One or more lines, without the last line break. */
  readonly say: (text: string) => void;
  /** Standard error: warnings, problems. */
  readonly warn: (text: string) => void;
}

/** The arguments after the command's words. */
export interface Given<V> {
  readonly values: V;
  readonly positionals: readonly string[];
}

type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: typeof SHARED & O; allowPositionals: true }>
>;

interface Told<O extends Options> {
  readonly summary: string;
  /** Arguments as help shows them, without --data; absent if there are none. */
  readonly usage?: string;
  /** Further lines for the command's own help. */
  readonly details?: readonly string[];
  readonly options?: O;
  /** The least and most positional arguments. Default: none. */
  readonly names?: readonly [number, number];
  /** Returns the exit code; throws OperatorError or UsageError. */
  readonly run: (given: Given<Parsed<O>['values']>, io: Io) => Promise<number>;
}

export interface Command extends Pick<Told<Options>, 'summary' | 'usage' | 'details'> {
  /** Returns null if only help was requested. Throws UsageError. `data`: replaces DATA_DIR. */
  readonly parse: (args: readonly string[]) => {
    readonly data: string | undefined;
    readonly run: (io: Io) => Promise<number>;
  } | null;
}

/** The arguments are wrong: ends with 2, and the command's usage is shown after the message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The operator can fix it, or there is nothing to do: ends with 1 and only the message. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

export function command<const O extends Options>({
  options,
  names: [least, most] = [0, 0],
  run,
  ...told
}: Told<O>): Command {
  return {
    ...told,
    parse(args) {
      const given = parsed(() =>
        parseArgs({ args: [...args], options: { ...SHARED, ...options } as typeof SHARED & O, allowPositionals: true }),
      );
      const { data, help }: { data?: string | undefined; help?: boolean | undefined } = given.values;
      if (help === true) return null;
      const { positionals } = given;
      if (positionals.length > most) throw new UsageError(`Too many arguments: ${positionals.slice(most).join(' ')}`);
      if (positionals.length < least) throw new UsageError('An argument is missing.');
      return { data, run: (io) => run({ values: given.values, positionals }, io) };
    },
  };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The sentence after the first one is for programmers.
    throw new UsageError(`${error.message.split('. ')[0] ?? error.message}.`);
  }
}
