// npm run -s trace -- ["a sentence"] [--prompt story|send] [--json]: the way of one message through the program.
//
// Opens the real program on a port of this machine, as a trial with separate data, goes to the prompt as a person would, and follows the message
// from the request to the reply. Prints each file in the order in which it is first entered, with the functions that ran in it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { openApp } from '../../src/app.ts';
import { openBrowser } from '../demo/browser.ts';
import { readConfig } from '../../src/config/config.ts';
import { startRecording, stopRecording, type Entry } from './recorder.ts';

const USAGE = 'npm run -s trace -- ["a sentence"] [--json]';
const SENTENCE = 'They told us nothing for two days, and my mother heard it at the market.';
const WAY = ['go-on', 'go-on', 'keep-adult', 'family'];

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
  allowPositionals: true,
});
if (values.help === true) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const sentence = positionals[0] ?? SENTENCE;
const dir = mkdtempSync(join(tmpdir(), 'griot-trace-'));
const { config, secrets } = readConfig({ DATA_DIR: dir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' });
const app = await openApp({ config, secrets, log: pino({ level: 'silent' }) });
try {
  const { port } = await app.listen();
  const browser = openBrowser(`http://127.0.0.1:${port}`, 'en');
  const send = (fields: Record<string, string>) => browser.send('/say', { id: browser.page.formId ?? '', ...fields });
  await browser.open('/');
  if (browser.page.choices.length === 0) await send({ text: 'Hello' });
  for (const value of WAY) {
    const choice = browser.page.choices.find((one) => one.value === value);
    if (choice === undefined)
      throw new Error(`no "${value}" among ${browser.page.choices.map((one) => one.value).join(', ')}`);
    await send({ text: '', choice: choice.sent });
  }
  await send({ text: 'My brother was killed by the police in March. We asked for the file four times.' });
  const entries = startRecording();
  await send({ text: sentence });
  stopRecording();
  await app.settle();
  process.stdout.write(values.json === true ? `${JSON.stringify(figuresOf(entries))}\n` : wayOf(entries));
} finally {
  await app.close();
  rmSync(dir, { recursive: true, force: true });
}

function figuresOf(entries: readonly Entry[]) {
  const files = new Set(entries.map(({ file }) => file));
  const functions = new Set(entries.map(({ file, name }) => `${file} ${name}`));
  const changes = entries.filter(({ file }, index) => file !== entries[index - 1]?.file).length;
  return { files: files.size, functions: functions.size, changes };
}

function wayOf(entries: readonly Entry[]): string {
  const ran = new Map<string, Set<string>>();
  for (const { file, name } of entries) ran.set(file, (ran.get(file) ?? new Set<string>()).add(name));
  const lines = [...ran].flatMap(([file, names]) => {
    const named = [...names].filter((name) => !name.startsWith('line '));
    return named.length === 0 ? [file] : [file, `    ${named.join(', ')}`];
  });
  const { files, functions, changes } = figuresOf(entries);
  return `${lines.join('\n')}\n\n${files} files, ${functions} functions, ${changes} changes of file\n`;
}
