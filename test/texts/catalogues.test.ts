import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { languages } from '../../src/cli/languages.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { borrowedIn, type CatalogueName, loadCatalogue, loadCatalogues, LOCALES } from '../../src/texts/catalogues.ts';
import { fill, fillLine } from '../../src/texts/translate.ts';

const folder = mkdtempSync(join(tmpdir(), 'griot-texts-'));
beforeEach(() => cpSync(LOCALES, folder, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function change(path: string, from: string, to: string): void {
  const file = join(folder, path);
  const before = readFileSync(file, 'utf8');
  expect(before).toContain(from);
  writeFileSync(file, before.replace(from, to));
}

describe('the catalogues', () => {
  it('are whole in every language', () => {
    expect(Object.keys(loadCatalogues())).toContain('bot');
  });

  const wrong: readonly [CatalogueName, string, string, string, RegExp][] = [
    ['web', 'fr/web.json', '"leave":', '"leeve":', /fr\/web\.json: leave: missing\n.*fr\/web\.json: leeve: not known/u],
    [
      'mail',
      'es/mail.json',
      '{{issuer}}',
      '{{isuer}}',
      /es\/mail\.json: attention: parameters must be \{\{issuer\}\}/u,
    ],
    ['document', 'pt/document.json', '{{issuer}}', '', /pt\/document\.json: subtitle: parameters must be/u],
    [
      'staff',
      'pt/staff.json',
      '"toDesk": "',
      '"toDesk": "", "x": "',
      /staff\.json: desk\.x: not known\n.*desk\.toDesk: empty/u,
    ],
    ['teams', 'en/teams.json', '{', '', /en\/teams\.json: \(whole file\)/u],
    ['bot', 'fr/bot.json', '{{Readers}}', '{{Raeders}}', /fr\/bot\.json: [\w.-]+: parameters must be/u],
  ];
  it.each(wrong)('of %s with something wrong in %s stop the start, and say where', (name, path, from, to, problem) => {
    change(path, from, to);
    expect(() => loadCatalogue(name, folder)).toThrow(problem);
    expect(() => loadCatalogues(folder)).toThrow(problem);
  });

  it('that have a fallback may lack a text, a list or a file, which then comes in it, and is named', () => {
    const all = loadCatalogues(folder);
    const without = (name: string, keys: readonly string[]) => {
      const file = join(folder, 'ht', name);
      const { [keys[0] ?? '']: _, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      writeFileSync(file, JSON.stringify(rest));
    };
    without('bot.json', ['language']);
    without('words.json', ['occasions']);
    rmSync(join(folder, 'ht', 'web.json'));
    const loaded = loadCatalogues(folder);
    expect(loaded.bot.ht.language).toEqual(all.bot.fr.language);
    expect(loaded.bot.ht.hello).toEqual(all.bot.ht.hello);
    expect(loaded.web.ht).toEqual({ ...all.web.fr, reviewed: false });
    // The words of every language are understood in each: those of French are not said twice.
    expect(loaded.words.ht.occasions).toEqual([]);
    const gaps = loaded.gaps.filter(({ language }) => language === 'ht');
    expect(gaps.map(({ file, fallback }) => [file, fallback])).toEqual(
      expect.arrayContaining([
        ['bot', 'fr'],
        ['words', 'fr'],
        ['web', 'fr'],
      ]),
    );
    expect(gaps.find(({ file }) => file === 'words')?.missing).toContain('occasions');
    expect(gaps.find(({ file }) => file === 'bot')?.missing).toContain('language.ask');
    expect(borrowedIn(loaded.gaps).ht?.has('language.ask')).toBe(true);
  });

  it.each([
    ['ht/bot.json', '"hello": {', '"hello": { "helo": "x",', /ht\/bot\.json: hello\.helo: not known/u],
    ['ar/bot.json', '{{org}}', '{{orgg}}', /ar\/bot\.json: [\w.-]+: parameters must be/u],
    ['ht/words.json', '"commands": {', '"commands": { "halp": ["x"],', /ht\/words\.json: commands/u],
  ])('that have a fallback are refused like all others for a mistaken key or place: %s', (path, from, to, problem) => {
    change(path, from, to);
    expect(() => loadCatalogues(folder)).toThrow(problem);
  });

  it('of a whole language borrow nothing', () => {
    const { gaps } = loadCatalogues(folder);
    const whole: readonly string[] = WHOLE_LANGUAGES;
    expect(gaps.filter(({ language }) => whole.includes(language))).toEqual([]);
    const said: string[] = [];
    languages(
      { positionals: [], values: {} },
      { environment: {}, say: (line) => said.push(line), warn: () => undefined },
      folder,
    );
    expect(said.slice(0, whole.length).map((line) => line.split(';')[0])).toEqual(
      whole.map((one) => `${one}: every text`),
    );
  });

  it('name the body of the call if their sentence needs it, in one language and not in another', () => {
    change('es/web.json', '"leave": "', '"leave": "{{body}} ');
    expect(() => loadCatalogues(folder)).not.toThrow();
  });

  it('tell every problem of all files at once', () => {
    change('fr/web.json', '"leave":', '"leeve":');
    change('es/mail.json', '{{issuer}}', '{{isuer}}');
    expect(() => loadCatalogues(folder)).toThrow(/mail\.json[^]*web\.json|web\.json[^]*mail\.json/u);
  });
});

describe('a text is filled', () => {
  it('with values as they are: a place inside a value means nothing', () => {
    expect(fill('To {{issuer}}.', { issuer: 'A {{call}}' })).toBe('To A {{call}}.');
    expect(fillLine('To {{issuer}}.', { issuer: 'A\r\n{{call}}  B' })).toBe('To A {{call}}  B.');
  });

  it('with every value, or not at all', () => {
    expect(() => fill('To {{issuer}}.', {})).toThrow(/issuer/u);
  });
});
