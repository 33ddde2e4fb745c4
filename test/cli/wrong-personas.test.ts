// A persona that is written wrongly, or that expects what does not come: each gets an answer that says where.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DemoError } from '../../tools/demo/play.ts';
import { personaFrom, play } from './played.ts';

const HELLO = `
name: somebody
language: en
who: Somebody who expects too much
steps:
  - says: hello
    expects: We promise that somebody will be punished.
outcome: { mails: 0 }
`;

it('says at which step it did not go as expected, and what was said there', async () => {
  const failed: unknown = await play(personaFrom(HELLO)).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(DemoError);
  expect(String(failed)).toMatch(/somebody, step 1 .*"We promise that somebody will be punished\." was not said/);
  expect(String(failed)).toContain('First, your safety');
});

it('stops at a button that is not there', async () => {
  const persona = personaFrom(HELLO.replace(/- says: hello\n.*\n/, '- chooses: public-named\n'));
  await expect(play(persona)).rejects.toThrow('there is no choice "public-named" to tap; there are: go-on, person');
});

it('finds what a persona wrongly says of its outcome', async () => {
  const yaml = readFileSync(new URL('../personas/pt-brother-leaves.yaml', import.meta.url), 'utf8');
  const hopeful = yaml
    .replace('mails: 0', 'mails: 1\n  publication: confidential')
    .replace('kept: false', 'kept: true');
  const one = await play(personaFrom(hopeful));
  expect(one.problems).toEqual([
    '0 mails arrived instead of 1',
    'the text is not kept any more',
    'no document was made',
  ]);
  expect(existsSync(join(one.outDir, 'transcript.txt'))).toBe(true);
  one.remove();
});

it.each([
  ['two things in a step', 'says: hello\n    chooses: go-on', 'step 1: one thing a step, not says and chooses'],
  ['an unknown key', 'shouts: hello', 'step 1: Unrecognized key: "shouts"'],
  ['a command that does not exist', 'presses: send', 'step 1 presses: '],
  ['a time that cannot be read', 'waits: a while', 'step 1 waits: must read like "11 minutes", "2 hours" or "7 days"'],
])('refuses a persona with %s, and says where', (_, step, problem) => {
  const yaml = HELLO.replace(/says: hello\n.*\n/, `${step}\n`);
  expect(() => personaFrom(yaml)).toThrow(`here.yaml: ${problem}`);
});

it('refuses a file that is no YAML, and one with half of what is needed', () => {
  expect(() => personaFrom('steps: [')).toThrow('here.yaml: not YAML');
  expect(() => personaFrom('name: somebody')).toThrow(/here\.yaml: language: .*\nhere\.yaml: who: /);
});

it('refuses to expect a text that does not exist', async () => {
  const persona = personaFrom(HELLO.replace('We promise that somebody will be punished.', 'hello.promise'));
  await expect(play(persona)).rejects.toThrow('there is no text hello.promise in locales/en/bot.json');
});
