// What was typed behind a command's name.

interface Parsed {
  readonly values: { readonly help?: boolean | undefined };
  readonly positionals: readonly string[];
}

/**
 * As `parse` (node's parseArgs) reads it, with so many names that stand by themselves; else the exit code: the usage was asked
 * for, or what is wrong has been said.
 */
export function typed<T extends Parsed>(usage: string, names: number, parse: () => T): T | 0 | 1 {
  const given = parsed(parse);
  if (typeof given === 'string') return fail(`${given}\n${usage}`);
  if (given.values.help === true) {
    console.log(usage);
    return 0;
  }
  const { length } = given.positionals;
  if (length > names) return fail(`Too much was given: ${given.positionals.slice(names).join(' ')}\n${usage}`);
  return length < names ? fail(usage) : given;
}

function parsed<T>(parse: () => T): T | string {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The sentence after the first one is for programmers.
    return `${error.message.split('. ')[0] ?? error.message}.`;
  }
}

export function fail(text: string): 1 {
  console.error(text);
  return 1;
}
