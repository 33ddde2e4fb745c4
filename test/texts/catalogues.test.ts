import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type CatalogueName, loadCatalogue, loadCatalogues, LOCALES } from '../../src/texts/catalogues.ts';
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
