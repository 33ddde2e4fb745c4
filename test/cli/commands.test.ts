// The commands as they are typed: what they print, where, and how they end.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { griot, npmRun } from './command.ts';
import { personaNamed, play, type PlayedHere } from './played.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'griot-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('griot', () => {
  it('shows every command, those of one word, and the arguments of one', async () => {
    const [all, staff, add] = await Promise.all([
      griot('', []),
      griot('staff', ['--help']),
      griot('staff add', ['--help']),
    ]);
    expect([all.code, staff.code, add.code]).toEqual([0, 0, 0]);
    for (const words of Object.keys(COMMANDS)) expect(all.stdout).toMatch(new RegExp(`^  ${words}  `, 'm'));
    expect(staff.stdout.match(/^ {2}(\w+)/gm)?.map((word) => word.trim())).toEqual(Array(4).fill('staff'));
    expect(add.stdout).toContain('npm run -s griot -- staff add [--name NAME]');
    expect(add.stdout).toContain('--subject: their subject there');
  });

  it('ends with 2 and says what there is, for a word that is no command', async () => {
    const [unknown, half] = await Promise.all([griot('erase everything', []), griot('staff', [])]);
    for (const { code, stdout } of [unknown, half]) expect([code, stdout]).toEqual([2, '']);
    expect(unknown.stderr).toMatch(/^There is no command "erase everything"\.\n.*<command>/);
    expect(half.stderr).toMatch(/^There is no command "staff"\.\n.*staff …/);
  });

  it('is also reached by the names of before', async () => {
    const { code, stdout } = await npmRun('staff:recover', ['--help']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('griot -- staff recover ADDRESS')]);
  });
});

describe('call address', () => {
  it('makes no data by itself, and asks for the settings', async () => {
    const DATA_DIR = join(folder, 'no-data');
    const { code, stderr } = await griot('call address', [], { env: { DATA_DIR } });
    expect(code).not.toBe(0);
    expect(stderr).toContain('Load the settings of the server first');
    expect(existsSync(DATA_DIR)).toBe(false);
    const made = await griot('call address', ['--new-data'], { env: { DATA_DIR } });
    expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('emler-2024: no address.')]);
    expect(made.stderr).toContain('A master key was made');
  });
});

describe('demo', () => {
  it('plays a whole conversation by itself, and leaves its files', async () => {
    const out = join(folder, 'demo');
    const { code, stdout, stderr } = await npmRun('demo', ['--persona', 'en-sister-shortest', '--out', out]);

    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['message.eml', 'submission.docx', 'submission.pdf', 'transcript.txt']);
    expect(stdout).toContain('> SEND');
    expect(stdout).toMatch(/Messages from the person: 1[0-8] until it was sent/);
    expect(stdout).toMatch(/Before the story begins: {2}4/);
    expect(stdout).toMatch(/Accepted by: .*submissions@mechanism\.internal/);
    expect(stdout).toContain(readFileSync(join(out, 'transcript.txt'), 'utf8').trim());
    expect(stdout).not.toContain('\u001B');
  });

  it('lists the personas, also to who asks for one that does not exist', async () => {
    const [listed, unknown] = await Promise.all([npmRun('demo', ['--list']), npmRun('demo', ['--persona', 'nobody'])]);
    expect(listed.code).toBe(0);
    expect(listed.stdout.trim().split('\n').length).toBeGreaterThanOrEqual(9);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('There is no persona "nobody"');
    expect(unknown.stderr).toContain('pt-brother-leaves');
  });
});

describe('transcript and purge', () => {
  let played: PlayedHere;
  const of = (...args: string[]) => [...args, '--data', played.dataDir];
  beforeAll(async () => {
    // The mail has left three days ago.
    const persona = personaNamed('fr-aunt-after-a-week');
    played = await play({ ...persona, steps: [...persona.steps, { waits: 3 * 24 * 60 }] });
  });
  afterAll(() => played.remove());

  it('shows who said what and when, with marks where something was erased, and warns beside it', async () => {
    const { code, stdout, stderr } = await griot(
      'transcript',
      of(String(played.reference).slice('GR-'.length).toLowerCase()),
    );

    expect(code).toBe(0);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('decrypted words');
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}person\n {4}Ibrahima vivait chez moi/m);
    expect(stdout).toMatch(/ UTC {2}bot\n {4}C’est enregistré/);
    // The word of her own, where she set it.
    expect(stdout).toMatch(/ UTC {2}person\n {4}\(erased\)\n/);
    const [row] = audited(played.dataDir);
    expect(row).toMatchObject({
      action: 'case.transcript',
      reference: played.reference,
      detail: 'command',
      staff: null,
    });
    expect(row?.['case_id']).toEqual(expect.any(String));
  });

  it('says so where a reference is not known, or none is given, or there is no data', async () => {
    const nowhere = join(folder, 'mistyped');
    const [unknown, none, empty] = await Promise.all([
      griot('transcript', of('GR-ZZZZZZ')),
      griot('transcript', of()),
      griot('transcript', ['GR-ZZZZZZ', '--data', nowhere]),
    ]);
    expect(unknown).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Nothing is kept under the reference "GR-ZZZZZZ".\n',
    });
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('npm run -s griot -- transcript REFERENCE');
    expect(empty).toMatchObject({ code: 1, stdout: '' });
    expect(empty.stderr).toContain('There is no data');
    // Looking must not make a database and a master key where nothing was.
    expect(existsSync(nowhere)).toBe(false);
  });

  it('erases what was kept long enough, and nothing before', async () => {
    const early = await griot('purge', of());
    expect(early).toMatchObject({ code: 0, stderr: '' });
    expect(early.stdout).toContain('Cases erased, closed for more than 90 days: 0');

    const due = await griot('purge', of(), { env: { KEEP_CLOSED_DAYS: '1' } });
    expect(due.stdout).toContain('Cases erased, closed for more than 1 day: 1');

    const gone = await griot('transcript', of(String(played.reference)));
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    const details = audited(played.dataDir).map(({ action, detail }) => [action, detail]);
    expect(details.slice(1)).toEqual([
      ['case.delete', 'purge, idle 30, closed 90 days'],
      ['case.delete', 'purge, idle 30, closed 1 day'],
    ]);
  });

  it('says what is wrong with an argument or the configuration', async () => {
    const [unknown, wrong] = await Promise.all([
      griot('purge', of('--all')),
      griot('purge', of(), { env: { KEEP_CLOSED_DAYS: 'for ever' } }),
    ]);
    expect(unknown).toMatchObject({
      code: 2,
      stderr: "Unknown option '--all'.\nnpm run -s griot -- purge [--data DIR]\n",
    });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('KEEP_CLOSED_DAYS');
    expect(wrong.stderr).not.toContain('    at ');
  });
});

describe('chat', () => {
  it('takes each line of a pipe as a message, prints the replies, and ends with the input', async () => {
    const record = join(folder, 'record.txt');
    const args = ['--data', join(folder, 'chat'), '--language', 'es', '--record', record];
    const input = 'hola\n1\n1\n1\nNadie nos contestó en dos años, y la carpeta sigue cerrada.\nsiguiente\n';
    const { code, stdout, stderr } = await griot('chat', args, { input });

    expect(stderr).toBe('');
    expect(code).toBe(0);
    const recorded = readFileSync(record, 'utf8');
    expect(recorded.match(/^> .*$/gm)).toEqual(
      input
        .trim()
        .split('\n')
        .map((line) => `> ${line}`),
    );
    const bubbles = recorded.split(/\n\n(?=[<>] )/).filter((one) => one.startsWith('< '));
    expect(bubbles.length).toBeGreaterThanOrEqual(8);
    expect(stdout).toContain('Guardado.');
    // Every reply that was recorded was printed, in that order.
    let at = 0;
    for (const bubble of bubbles) {
      const [first = ''] = bubble.slice(2).split('\n');
      at = stdout.indexOf(first, at);
      expect(at, first).toBeGreaterThanOrEqual(0);
    }
  });

  it('ends with 2 for a language that it does not speak', async () => {
    const { code, stdout, stderr } = await griot('chat', ['--language', 'xx', '--data', join(folder, 'never')]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('--language: one of en, fr, es, pt');
  });
});

/** The rows of the audit log, oldest first. */
function audited(dataDir: string) {
  const db = new DatabaseSync(join(dataDir, 'griot.db'), { readOnly: true });
  try {
    return db.prepare('select * from audit order by number').all();
  } finally {
    db.close();
  }
}
