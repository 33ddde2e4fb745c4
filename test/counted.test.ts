import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counted } from '../src/counted.ts';

test('one is one, and everything else is several', () => {
  expect([0, 1, 2].map((number) => counted(number, 'mail'))).toEqual(['0 mails', '1 mail', '2 mails']);
  expect([0, 1, 2].map((number) => counted(number, 'person', 'people'))).toEqual(['0 people', '1 person', '2 people']);
});

test('nothing that operators read puts a plural behind a number by hand', () => {
  const PLURAL =
    /\$\{[^}]*(?:length|held|people|cases|rows|number|size|unmatched|administrators|reviewers|lines|keys|days|Days|found)[^}]*\} (?:[a-z]+ )?(?:people|cases|mails|rows|files|tables|administrators|reviewers|messages|keys|days|problems?(?:\(s\))?|recipients|bytes)\b/u;
  const lines = globSync(['src/cli/**/*.ts', 'src/app/**/*.ts', 'src/texts/*.ts', 'src/calls/*.ts']).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => PLURAL.test(line) && !line.includes('counted('))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(lines).toEqual([]);
});
