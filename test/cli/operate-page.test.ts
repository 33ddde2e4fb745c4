// docs/operate.md: every command on it is run, one after the other, and prints what the page shows; numbers and times may differ.

import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { isAsShown, shownIn, told, wordsOf } from '../support/shown-commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'griot-operate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('docs/operate.md: from nothing to a restored backup', async () => {
  const at = (path: string) => join(folder, path);
  const secret = await generateX25519Identity();
  writeFileSync(at('backup.key'), secret);
  writeFileSync(at('recipients'), await identityToRecipient(secret));
  const backups = { BACKUP_DIR: at('backups'), BACKUP_KEYS: at('recipients') };
  // An operator answers these at the terminal. No server is asked anything here: nothing listens at these ports.
  const answers = [
    ...['--language', 'en', '--operator', 'Casa Exemplo', '--phone', '+00 000 0100', '--url', 'http://127.0.0.1:9'],
    ...['--zone', 'America/Sao_Paulo', '--support', '', '--smtp', 'smtp://127.0.0.1:9', '--from', 'griot@example.org'],
    ...['--inbox', '', '--staff', 'team@example.org', '--release', 'person', '--keys', '', '--ledger', ''],
    ...['--admin', 'Ana', '--email', 'ana@example.org', '--address', 'inputs@experts.unbody.int'],
    ...['--source', 'their page', '--verified', 'Bea, by telephone'],
  ];
  const places: readonly (readonly [string, string])[] = [
    ['/etc/griot/env', at('env')],
    ['/var/lib/griot', at('data')],
    ['/var/backups/griot', at('backups')],
    ['copy-of-master.key', at('data-keys/master.key')],
    ['backup.key', at('backup.key')],
    ['https://fala.example.org', 'http://127.0.0.1:9'],
  ];
  const settings: Record<string, string> = { DATA_DIR: at('data') };
  const shown = shownIn('operate.md');
  const names = shown.map(({ command }) => command.split(' ').slice(0, 2).join(' '));
  expect(names.map((name) => (COMMANDS[name] === undefined ? name.split(' ')[0] : name))).toEqual([
    ...['setup', 'doctor', 'call address', 'staff add', 'backup', 'backup', 'audit verify', 'mail in'],
    ...['restore', 'audit verify', 'key rotate'],
  ]);
  for (const { command, lines } of shown) {
    if (command.startsWith('backup')) Object.assign(settings, backups);
    const here = places.reduce((text, [page, real]) => text.replaceAll(page, real), command);
    const newest = existsSync(at('backups')) ? readdirSync(at('backups')).toSorted()[0] : '';
    const words = here.replace(/ --data \S+/u, '').replace(/griot-\d\S+\.age/u, at(`backups/${newest}`));
    if (command.startsWith('restore')) {
      // An account of after the backup: the log that comes back lacks its end.
      await told(wordsOf('staff add --name Rui --email rui@example.org --role reader --language pt'), settings);
      renameSync(at('data'), at('data-of-before'));
    }
    const all = await told([...wordsOf(words), ...(command.startsWith('setup') ? answers : [])], settings);
    if (command.startsWith('setup')) Object.assign(settings, parseEnv(readFileSync(at('env'), 'utf8')));
    const onPage = all.map((line) => places.reduce((text, [page, real]) => text.replaceAll(real, page), line));
    const alike = (some: readonly string[]) =>
      some.map((line) => {
        const several = line.replaceAll(
          /\b1 (person|age recipient|case|key|mail|message|row)\b/gu,
          (_, one: string) => `1 ${one === 'person' ? 'people' : `${one}s`}`,
        );
        return several.replaceAll(/\d+/gu, '0');
      });
    expect(isAsShown(alike(onPage), alike(lines)), `${command}\n${onPage.join('\n')}`).toBe(true);
  }
});
