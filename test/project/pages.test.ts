import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COMMANDS } from '../../src/cli/commands.ts';
import { exists, fromPage, PAGES, read, trackedFiles } from './files.ts';

const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

describe('the commands', () => {
  it.each(PAGES)('that %s names are there', (page) => {
    const named = [...read(page).matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test))\b/gu)];
    for (const [whole, run, plain] of named) expect(Object.keys(scripts), whole).toContain(run ?? plain);
  });

  it('all stand in the table of README.md', () => {
    const table = /## Commands\n(.*?)\n## /su.exec(read('README.md'))?.[1] ?? '';
    for (const [script, line] of Object.entries(scripts)) {
      // The names of before are not shown any more.
      if (script.startsWith('check:') || line.includes('src/cli/griot.ts ')) continue;
      expect(table, script).toMatch(new RegExp(`\`npm (?:run (?:-s )?)?${script}\\b`, 'u'));
    }
    for (const words of Object.keys(COMMANDS)) {
      expect(table, words).toContain(`npm run -s griot -- ${words}`);
      expect(scripts[words.replace(' ', ':')], words).toMatch(new RegExp(`src/cli/griot\\.ts ${words}$`, 'u'));
    }
  });

  it('are called by their words, on the pages and in the texts', () => {
    const before = Object.keys(COMMANDS).map((words) => words.replace(' ', ':'));
    const pages = [...PAGES, ...trackedFiles('locales/**/*.json')].filter(
      (path) => !path.startsWith('docs/decisions/'),
    );
    for (const path of pages) {
      const text = read(path).replace(/^The script names of before .*$/mu, '');
      for (const [whole, script = '', words] of text.matchAll(/npm run (?:-s )?([\w:-]+)(?: -- ([a-z -]+))?/gu)) {
        expect(before, `${path}: ${whole}`).not.toContain(script);
        if (script !== 'griot' || words === undefined) continue;
        const named = Object.keys(COMMANDS).some((one) => `${words.trim()} `.startsWith(`${one} `));
        expect(named, `${path}: ${whole}`).toBe(true);
      }
    }
  });

  it('run files that exist', () => {
    for (const [name, line] of Object.entries(scripts)) {
      for (const file of line.match(/\b(?:src|test|tools)\/\S+\.ts\b/gu) ?? []) expect(exists(file), name).toBe(true);
    }
  });
});

it('the person whom README.md lets the demo play is there', () => {
  const [, name = ''] = /npm run -s demo -- --persona ([\w-]+)/u.exec(read('README.md')) ?? [];
  expect(exists(`test/personas/${name}.yaml`), name).toBe(true);
});

describe('the links', () => {
  it.each(PAGES)('of %s lead somewhere', (page) => {
    const text = read(page).replaceAll(/^```.*?^```/gmsu, '');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/gu)) {
      if (/^https?:/u.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : fromPage(page, path);
      expect(exists(file), target).toBe(true);
      if (anchor !== undefined) expect(anchors(file), target).toContain(anchor);
    }
  });

  it.each(PAGES)('of %s name files that are there', (page) => {
    // A decision may speak of tests by the names that they had then.
    const named = page.startsWith('docs/decisions/') ? /\b(src\/[\w./-]+)/gu : /\b((?:src|test|tools)\/[\w./-]+)/gu;
    const text = read(page).replaceAll(/https?:\S+/gu, '');
    for (const [, path = ''] of text.matchAll(named)) {
      const file = path.replace(/[./]+$/u, '');
      if (!text.includes(`${path}<`)) expect(exists(file), path).toBe(true);
    }
  });
});

describe('docs/architecture.md', () => {
  const page = read('docs/architecture.md');
  const source = trackedFiles('src/*.ts', 'src/**/*.ts').map(read).join('\n');

  it('names functions that are there', () => {
    const named = [...page.matchAll(/`(?:\w+\.)?(\w+)\(\)`/gu)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(15);
    for (const name of named) expect(source, name).toMatch(new RegExp(`\\b${name}\\b(?:<[^>]*>)?\\(`, 'u'));
  });
});

describe('the map in README.md', () => {
  const map = /## A map of `src`\n(.*?)\n\n(?!\|)[A-Z]/su.exec(read('README.md'))?.[1] ?? '';
  const rooms = [...map.matchAll(/^\| (.+?) \|/gmu)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/gu)].map(([, path = '']) => path),
  );

  it('leads to rooms and files that are there', () => {
    expect(rooms.length).toBeGreaterThan(10);
    for (const path of rooms) expect(exists(`src/${path}`), path).toBe(true);
  });

  it('leaves no room out', () => {
    const there = new Set(trackedFiles('src/**/*.ts').map((path) => path.split('/')[1] ?? ''));
    for (const room of [...there].filter((name) => !name.endsWith('.ts'))) {
      expect(
        rooms.some((path) => path.startsWith(`${room}/`)),
        room,
      ).toBe(true);
    }
  });
});

it('every decision stands in the index', () => {
  const index = read('docs/decisions/README.md');
  for (const page of PAGES.filter((path) => /^docs\/decisions\/\d{4}-/u.test(path))) {
    const [number = ''] = /\d{4}/u.exec(page) ?? [];
    expect(index).toContain(`(${page.slice('docs/decisions/'.length)})`);
    expect(read(page)).toMatch(new RegExp(`^# ${number} `, 'u'));
  }
});

/** As code hosts make them of headings. */
function anchors(page: string): readonly string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
