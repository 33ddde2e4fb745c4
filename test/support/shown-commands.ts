// Commands as a page of docs/ shows them, each with what it prints below it.

import { COMMANDS } from '../../src/cli/commands.ts';
import { read } from '../project/files.ts';

interface Shown {
  readonly command: string;
  readonly lines: readonly string[];
}

/** The commands of a page in its order, each with what is below it. */
export function shownIn(page: string): readonly Shown[] {
  const text = read(`docs/${page}`);
  // Deeper within a list.
  const found = text.matchAll(/^( {4,})\$ npm run -s griot -- (.*)\n((?:\1(?!\$).*\n)*)/gmu);
  return [...found].map(([, indent = '', command = '', below = '']) => ({
    command,
    lines: below
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(indent.length)),
  }));
}

/** A line "…" stands for any lines, and "…" within a line for the rest of it. */
export function isAsShown(said: readonly string[], shown: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return said.length === 0;
  if (first.trim() === '…') return said.some((_, index) => isAsShown(said.slice(index), rest)) || rest.length === 0;
  const [line, ...more] = said;
  return line !== undefined && fits(line, first) && isAsShown(more, rest);
}

function fits(line: string, shown: string): boolean {
  const [start = '', ...ends] = shown.split('…');
  return ends.length === 0 ? line === shown : line.startsWith(start) && line.endsWith(ends.at(-1) ?? '');
}

export function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

/** All that a command says, as lines. */
export async function told(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const [one = '', two = ''] = words;
  const long = COMMANDS[`${one} ${two}`];
  const parsed = (long ?? COMMANDS[one])?.parse(words.slice(long === undefined ? 1 : 2));
  if (parsed === null || parsed === undefined) throw new Error(`no such command: ${words.join(' ')}`);
  const lines: string[] = [];
  await parsed.run({ environment, say: (text) => void lines.push(...text.split('\n')), warn: () => undefined });
  return lines;
}
