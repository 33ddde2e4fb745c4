import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COMMANDS } from '../../src/cli/commands.ts';
import { exists, fromPage, PAGES, read } from './files.ts';

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

  it.each(PAGES.filter((page) => !page.startsWith('docs/decisions/')))('of %s name files that are there', (page) => {
    for (const [, path = ''] of read(page).matchAll(/`((?:src|test|docs|dialogs|\.ci)\/[\w./-]+)`/gu)) {
      expect(exists(path), path).toBe(true);
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
