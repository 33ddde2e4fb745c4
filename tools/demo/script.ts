// The conversation as plain text: printed as it happens, and returned.

const WIDTH = 100;

export interface Script {
  person(text: string): void;
  bot(bubbles: readonly string[]): void;
  choices(labels: readonly string[]): void;
  /** Other events: time passes, a mail arrives. */
  event(text: string): void;
  /** All of it, without colours. */
  readonly text: string;
}

/** `print` gets whole lines. `coloured`: for terminals only. */
export function openScript(print: (lines: string) => void, coloured: boolean): Script {
  const kept: string[] = [];
  const put = (text: string, style: number) => {
    kept.push(text, '');
    print(coloured ? `\u001B[${style}m${text}\u001B[0m\n` : `${text}\n`);
  };
  return {
    person: (text) => put(wrap(text, '> ', '  '), 1),
    bot: (bubbles) => bubbles.forEach((text) => put(wrap(text, '    ', '    '), 0)),
    choices(labels) {
      if (labels.length > 0) put(labels.map((label, i) => `    [${i + 1}] ${label}`).join('\n'), 36);
    },
    event: (text) => put(`    (${text})`, 2),
    get text() {
      return kept.join('\n');
    },
  };
}

/** Broken between words; a person's own line breaks stay. */
function wrap(text: string, first: string, further: string): string {
  const lines = text.split('\n').flatMap((line) => {
    const broken: string[] = [''];
    for (const word of line.split(' ')) {
      const last = broken.at(-1) ?? '';
      if (last !== '' && last.length + word.length >= WIDTH - further.length) broken.push(word);
      else broken[broken.length - 1] = last === '' ? word : `${last} ${word}`;
    }
    return broken;
  });
  return lines.map((line, i) => `${i === 0 ? first : further}${line}`.trimEnd()).join('\n');
}
