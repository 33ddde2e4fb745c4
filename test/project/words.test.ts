// docs/words.md: words that make a comment hard to read. Each may be in the comments of src and tools as often as the page
// says, not once more; a change that removes some lowers the number there.

import { expect, it } from 'vitest';
import { read, trackedFiles } from './files.ts';

/** One line of a comment, without its marks. */
const COMMENT = /^\s*(?:\/\/|\/\*\*?|\*(?!\/))\s*(.*?)(?:\s*\*\/)?$/u;

const comments = trackedFiles('src/*.ts', 'src/**/*.ts', 'src/**/*.js', 'tools/**/*.ts').flatMap((path) =>
  read(path)
    .split('\n')
    .flatMap((line, index) => {
      const text = COMMENT.exec(line)?.[1];
      return text === undefined ? [] : [{ at: `${path}:${index + 1}`, text }];
    }),
);

/** `^` in the table: at the beginning of a line. */
const listed = [...read('docs/words.md').matchAll(/^\| `(\^?)([\w ]+)` +\| +(\d+) +\|/gmu)].map(
  ([, begins, words = '', most]) => ({
    words,
    pattern: new RegExp(`${begins === '^' ? '^' : '\\b'}${words}\\b`, begins === '^' ? 'u' : 'iu'),
    most: Number(most),
  }),
);

it('there are comments and a list', () => {
  expect(comments.length).toBeGreaterThan(1000);
  expect(listed.length).toBeGreaterThan(5);
});

it.each(listed)('"$words" is in no more comments than $most', ({ pattern, most }) => {
  const found = comments.filter(({ text }) => pattern.test(text));
  expect(found.length, found.map(({ at, text }) => `${at}: ${text}`).join('\n')).toBeLessThanOrEqual(most);
});
