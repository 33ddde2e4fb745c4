import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildAppPackage, buildManifest, manifestSchema } from '../../../src/channels/teams/app-package/app-package.ts';
import { WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { loadCatalogue } from '../../../src/texts/catalogues.ts';
import { teamsPackage } from '../../../src/cli/teams-package.ts';
import { APP_ID, TENANT_ID } from '../../support/microsoft-login.ts';

const all = loadCatalogue('teams');
const bot = loadCatalogue('bot');
const texts = { en: all.en.package, fr: all.fr.package, es: all.es.package, pt: all.pt.package };
const OF = {
  texts,
  appId: APP_ID,
  operator: 'Casa Exemplo',
  publicUrl: new URL('https://griot.example/'),
  version: '0.1.0',
};
const ENVIRONMENT = {
  OPERATOR_NAME: 'Casa Exemplo',
  OPERATOR_PHONE: '+00 000 0100',
  MAIL_FROM: 'textos@casa.example',
  PUBLIC_URL: 'https://griot.example/',
  TEAMS_APP_ID: APP_ID,
  TEAMS_APP_PASSWORD: 'canary-password',
  TEAMS_TENANT_ID: TENANT_ID,
};

describe('the manifest', () => {
  it('is for one person at a time, takes files, and holds its schema', () => {
    const manifest = buildManifest(OF);
    expect(manifest.bots[0]).toMatchObject({ botId: APP_ID, scopes: ['personal'], supportsFiles: true });
    expect(manifestSchema.safeParse(manifest).success).toBe(true);
  });

  it.each([
    ['a page without https', { publicUrl: new URL('http://localhost:3978/') }],
    ['an id that is none', { appId: 'x' }],
    ['a version that is none', { version: 'next' }],
  ])('%s breaks the schema', (_, wrong) => {
    expect(() => buildManifest({ ...OF, ...wrong })).toThrow();
  });

  it('has room for the longest name of an operator', () => {
    const { developer, name } = buildManifest({ ...OF, operator: 'Associação '.repeat(40) });
    expect(developer.name.length).toBeLessThanOrEqual(32);
    expect(name.full.length).toBeLessThanOrEqual(100);
  });
});

describe('the version', () => {
  it('is another one whenever anything else is, and the same otherwise', () => {
    const { version } = buildManifest(OF);
    expect(version).toMatch(/^0\.1\.\d{1,8}$/u);
    expect(buildManifest(OF).version).toBe(version);
    const others = [
      { operator: 'Casa Outra' },
      { publicUrl: new URL('https://outra.example/') },
      { texts: { ...texts, fr: { ...texts.fr, short: 'Autre chose.' } } },
      { version: '0.2.0' },
    ].map((more) => buildManifest({ ...OF, ...more }).version);
    expect(new Set([version, ...others]).size).toBe(5);
  });
});

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const files = unzipSync(buildAppPackage(OF));
  const read = (name: string) => JSON.parse(Buffer.from(files[name] ?? []).toString()) as Record<string, unknown>;

  it('the commands are the words that the bot knows, and nothing is left to fill in', () => {
    for (const [name, { title }] of Object.entries(texts[language].commands)) {
      expect(title, name).toBe((bot[language].commands as Record<string, unknown>)[name]);
    }
    const file = language === 'en' ? 'manifest.json' : `${language}.json`;
    expect(JSON.stringify(read(file))).not.toMatch(/\{\{/u);
    expect(JSON.stringify(read(file))).toContain('Casa Exemplo');
  });
});

describe('the package', () => {
  it('holds the manifest and two icons of the sizes that Teams wants, and is the same each time', () => {
    const bytes = buildAppPackage(OF);
    expect(Buffer.from(bytes).equals(Buffer.from(buildAppPackage(OF)))).toBe(true);
    const files = unzipSync(bytes);
    expect(Object.keys(files).toSorted()).toEqual([
      ...['color.png', 'es.json', 'fr.json', 'manifest.json', 'outline.png', 'pt.json'],
    ]);
    expect(sizeOf(files['color.png'])).toEqual([192, 192]);
    expect(sizeOf(files['outline.png'])).toEqual([32, 32]);
    // White lines on nothing: each pixel of the outline is white, and some are not seen.
    const pixels = pixelsOf(files['outline.png'], 32);
    expect(new Set(pixels.map(([r, g, b]) => `${r},${g},${b}`))).toEqual(new Set(['255,255,255']));
    expect(new Set(pixels.map(([, , , alpha]) => alpha))).toEqual(new Set([0, 255]));
  });
});

/** Which are no keywords in draft 4, by which these schemas are written. */
const LATER = ['if', 'then', 'else'];
/** Of add-ins for Office, with a `not`, which zod does not know. */
const LEFT_OUT = '#/definitions/extensionAutoRunEventsArray';

/** A schema of Microsoft as zod reads it: every part that is referred to becomes a definition. */
function asZod(name: string): z.ZodType {
  const whole = JSON.parse(readFileSync(new URL(`../../fixtures/teams/${name}`, import.meta.url), 'utf8')) as Part;
  const definitions: Record<string, unknown> = {};
  const define = (ref: string): string => {
    const key = ref.replaceAll(/\W/gu, '-');
    if (!(key in definitions)) {
      definitions[key] = {};
      const steps = ref.slice(2).split('/');
      const part = steps.reduce<unknown>((at, step) => (at as Part)[step], whole);
      if (ref !== LEFT_OUT) definitions[key] = copied(part);
    }
    return `#/definitions/${key}`;
  };
  const copied = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(copied);
    if (typeof part !== 'object' || part === null) return part;
    const { $ref: ref, ...more } = part as Part;
    if (typeof ref === 'string') return { allOf: [{ $ref: define(ref) }, copied(more)] };
    const kept = Object.entries(part).filter(([key]) => !LATER.includes(key));
    return Object.fromEntries(kept.map(([key, value]) => [key, copied(value)]));
  };
  const { definitions: _, ...rest } = whole;
  const schema = copied(rest) as Part;
  return z.fromJSONSchema({ ...schema, definitions });
}
type Part = Readonly<Record<string, unknown>>;

describe.each(['1.19', '1.30'])('the schema of Microsoft, %s', (version) => {
  const manifest = asZod(`manifest-${version}.schema.json`);
  const localization = asZod(`localization-${version}.schema.json`);
  const files = unzipSync(buildAppPackage(OF));
  const read = (name: string) => JSON.parse(Buffer.from(files[name] ?? []).toString()) as Part;
  // The newest one as well, since a portal checks by its own.
  const own = { ...read('manifest.json'), manifestVersion: version };

  it('holds for the manifest, and for each of its languages', () => {
    expect(manifest.safeParse(own).error).toBeUndefined();
    for (const language of ['es', 'fr', 'pt']) {
      expect(localization.safeParse(read(`${language}.json`)).error, language).toBeUndefined();
    }
  });

  it.each([
    ['a name that is too long', { name: { short: 'x'.repeat(31), full: 'x' } }],
    ['a key that it does not know', { more: 1 }],
    ['a colour that is none', { accentColor: 'red' }],
    ['no version', { version: undefined }],
    ['a bot for nobody', { bots: [{ botId: APP_ID, scopes: ['nowhere'] }] }],
  ])('refuses %s', (_, wrong) => {
    expect(manifest.safeParse({ ...own, ...wrong }).success).toBe(false);
  });

  it('refuses a localized name that is too long', () => {
    expect(localization.safeParse({ ...read('fr.json'), 'name.short': 'x'.repeat(31) }).success).toBe(false);
  });
});

const run = async (out: string, environment: NodeJS.ProcessEnv) =>
  await teamsPackage(
    { values: { out }, positionals: [] },
    { environment, say: () => undefined, warn: () => undefined },
  );

describe('griot teams package', () => {
  it('writes it from the settings of the server, without the password', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'griot-package-'));
    const out = join(dir, 'deep', 'app.zip');
    expect(await run(out, ENVIRONMENT)).toBe(0);
    const files = unzipSync(new Uint8Array(readFileSync(out)));
    expect(Buffer.from(files['manifest.json'] ?? []).toString()).toContain('"validDomains"');
    for (const file of Object.values(files)) expect(Buffer.from(file).toString('latin1')).not.toContain('canary');
    rmSync(dir, { recursive: true });
  });

  it.each([
    ['nothing is configured', {}, 'TEAMS_APP_ID'],
    ['half of it is', { TEAMS_APP_ID: APP_ID }, 'TEAMS_APP_PASSWORD'],
    ['there is no https', { ...ENVIRONMENT, PUBLIC_URL: 'http://localhost/' }, 'PUBLIC_URL first'],
    ['there is no address', { ...ENVIRONMENT, PUBLIC_URL: '' }, 'PUBLIC_URL first'],
  ])('says what is missing: %s', async (_, environment, word) => {
    await expect(run('never.zip', environment)).rejects.toThrow(word);
  });
});

function sizeOf(png: Uint8Array = new Uint8Array()): [number, number] {
  const header = Buffer.from(png);
  expect(header.subarray(1, 4).toString()).toBe('PNG');
  return [header.readUInt32BE(16), header.readUInt32BE(20)];
}

function pixelsOf(png: Uint8Array = new Uint8Array(), size: number): number[][] {
  const bytes = Buffer.from(png);
  const at = bytes.indexOf('IDAT');
  const rows = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  return Array.from({ length: size * size }, (_, i) => {
    const start = Math.floor(i / size) * (size * 4 + 1) + 1 + (i % size) * 4;
    return [...rows.subarray(start, start + 4)];
  });
}
