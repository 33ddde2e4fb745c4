// npm run -s griot -- <command>: all commands for operators. Without a command, or with --help, lists them. Ends with
// 0; with 1 if the operator must do something; with 2 and the usage if the arguments are wrong.

import { isScriptOfNpm } from '../config/config.ts';
import { endWithNpm } from '../end-with-npm.ts';
import { explainError } from '../explain-error.ts';
import { UsageError, type Command, type Io } from './command.ts';
import { COMMANDS } from './commands.ts';

const PROGRAM = 'npm run -s griot --';

if (isScriptOfNpm()) endWithNpm();
process.exitCode = await griot(process.argv.slice(2), {
  environment: process.env,
  say: (text) => console.log(text),
  warn: (text) => console.error(text),
});

async function griot(args: readonly string[], io: Io): Promise<number> {
  const found = find(args);
  if (found === null) return showPage(args, io);
  const { words, command, rest } = found;
  try {
    const given = command.parse(rest);
    if (given === null)
      io.say([usageOf(words, command), `  ${command.summary}`, ...(command.details ?? [])].join('\n'));
    if (given === null) return 0;
    const data = given.data === undefined ? {} : { DATA_DIR: given.data };
    return await given.run({ ...io, environment: { ...io.environment, ...data } });
  } catch (error) {
    const isUsage = error instanceof UsageError;
    io.warn(isUsage ? `${error.message}\n${usageOf(words, command)}` : explainError(error));
    return isUsage ? 2 : 1;
  }
}

/** A command has one word or two. */
function find(args: readonly string[]) {
  for (const length of [2, 1]) {
    const words = args.slice(0, length).join(' ');
    const command = COMMANDS[words];
    if (command !== undefined) return { words, command, rest: args.slice(length) };
  }
  return null;
}

/** All commands, or those of one word. If help was requested, it goes to standard output. */
function showPage(args: readonly string[], io: Io): number {
  const words = args.filter((word) => word !== '--help' && word !== 'help');
  const all = Object.entries(COMMANDS);
  const [first = ''] = words;
  const group = all.filter(([name]) => name.startsWith(`${first} `));
  const shown = group.length > 0 ? group : all;
  const width = Math.max(...shown.map(([name]) => name.length));
  const page = [
    `${PROGRAM} ${group.length > 0 ? `${first} …` : '<command>'} [arguments] [--data DIR]`,
    ...shown.map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    `--data DIR: the data folder, in place of DATA_DIR. ${PROGRAM} <command> --help shows the arguments.`,
  ].join('\n');
  const isAsked =
    args.length === 0 || (words.length < args.length && words.length <= 1 && (first === '' || group.length > 0));
  if (isAsked) io.say(page);
  else io.warn(`There is no command "${words.slice(0, 2).join(' ')}".\n${page}`);
  return isAsked ? 0 : 2;
}

function usageOf(words: string, { usage }: Command): string {
  return [PROGRAM, words, ...(usage === undefined ? [] : [usage]), '[--data DIR]'].join(' ');
}
