import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { read, trackedFiles } from './files.ts';

/** Paths of somebody's machine (not of the image of a service), addresses of package mirrors, private keys. */
const NOT_OURS = [
  /(?:^|[^\w.])\/(?:home(?!\/libretranslate\/)|Users|root|work|workspace|builds|mnt)\//mu,
  /https?:\/\/(?:registry|deb)\./u,
  /BEGIN [A-Z ]*PRIVATE KEY/u,
];

it('no file holds anything of one machine', () => {
  const files = trackedFiles().filter((path) => path !== 'package-lock.json');
  expect(files.length).toBeGreaterThan(100);
  for (const path of files) {
    const text = read(path);
    for (const pattern of NOT_OURS) expect(pattern.exec(text)?.[0], path).toBeUndefined();
  }
});

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
        os: z.array(z.string()).optional(),
        cpu: z.array(z.string()).optional(),
      }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json')));
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//u, ''), ...entry }));

describe('package-lock.json', () => {
  it('names no address that packages were fetched from', () => {
    expect(packages.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it('fixes every package by its hash', () => {
    expect(packages.filter(({ integrity }) => integrity === undefined)).toEqual([]);
  });
});

describe('install scripts (allowScripts in package.json)', () => {
  const { allowScripts } = z
    .object({ allowScripts: z.record(z.string(), z.boolean()) })
    .parse(JSON.parse(read('package.json')));
  const withScript = packages.filter(({ hasInstallScript }) => hasInstallScript === true);

  it('are allowed for each package that has one and can be installed here', () => {
    const here = withScript.filter(
      ({ os, cpu }) => (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true),
    );
    expect(here.map(({ name }) => name).filter((name) => allowScripts[name] !== true)).toEqual([]);
  });

  it('are allowed for nothing else', () => {
    const names = new Set(withScript.map(({ name }) => name));
    expect(Object.keys(allowScripts).filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('no harm D, P20: an install script that is not named', () => {
  const dir = mkdtempSync(join(tmpdir(), 'griot-npm-'));
  const ran = join(dir, 'ran');
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  /** Nothing of this project, and no network: a package from a file, with the settings of ours. */
  async function npm(
    folder: string,
    ...args: readonly string[]
  ): Promise<{ readonly ok: boolean; readonly said: string }> {
    const { PATH, HOME } = process.env;
    const options = {
      cwd: join(dir, folder),
      env: { PATH, HOME, npm_config_offline: 'true', npm_config_cache: join(dir, 'cache') },
    };
    try {
      const { stdout, stderr } = await promisify(execFile)('npm', [...args], options);
      return { ok: true, said: stdout + stderr };
    } catch (error) {
      return { ok: false, said: error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error) };
    }
  }

  it('does not run: npm refuses to install it', async ({ skip }) => {
    mkdirSync(join(dir, 'evil'));
    mkdirSync(join(dir, 'app'));
    const script = `node -e "require('fs').writeFileSync(process.env.INIT_CWD + '/../ran', '')"`;
    const evil = { name: 'evil', version: '1.0.0', scripts: { postinstall: script } };
    writeFileSync(join(dir, 'evil', 'package.json'), JSON.stringify(evil));
    writeFileSync(join(dir, 'app', '.npmrc'), read('.npmrc'));
    const app = {
      name: 'app',
      version: '1.0.0',
      dependencies: { evil: 'file:../evil/evil-1.0.0.tgz' },
      allowScripts: {},
    };
    writeFileSync(join(dir, 'app', 'package.json'), JSON.stringify(app));
    // npm before 11.19 knows no such list (docs/decisions/0002).
    const known = await npm('app', 'config', 'get', 'strict-allow-scripts', '--location=project');
    const { said: version } = await npm('app', '--version');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (!known.ok || major < 11 || (major === 11 && minor < 19)) skip();
    expect((await npm('evil', 'pack')).ok).toBe(true);
    const installed = await npm('app', 'install', '--no-audit', '--no-fund');
    expect(installed.said).toContain('evil@1.0.0');
    expect(installed.ok).toBe(false);
    expect(existsSync(ran)).toBe(false);
    // The proof that it would have run.
    writeFileSync(join(dir, 'app', '.npmrc'), '');
    expect((await npm('app', 'install', '--no-audit', '--no-fund')).ok).toBe(true);
    expect(existsSync(ran)).toBe(true);
  });
});

describe('no harm 16: what is shared between people', () => {
  it('is no pattern that remembers where it stood in the text before', () => {
    for (const path of trackedFiles('src/*.ts', 'src/**/*.ts')) {
      const text = read(path);
      const remembering = [
        ...text.matchAll(/^(?:export )?const (\w+)[^=\n]*=\s*(?:\/.*\/|new RegExp\(.*')[a-z]*[gy][a-z]*[;)']/gm),
      ];
      for (const [, name = ''] of remembering)
        expect(text, `${path}: ${name}`).not.toMatch(new RegExp(`\\b${name}\\.(?:test|exec)\\(`));
      expect(text, path).not.toMatch(/\/[a-z]*[gy][a-z]*\.(?:test|exec)\(/);
    }
  });
});

describe('what the code says of itself', () => {
  const sources = trackedFiles('src/*.ts', 'src/**/*.ts', 'tools/**/*.ts');

  it('is for each error the name of its class', () => {
    const errors = sources.flatMap((path) => [
      ...read(path).matchAll(/^export class (\w+) extends Error [^]*?override readonly name = '(\w+)'/gmu),
    ]);
    expect(errors.length).toBeGreaterThan(10);
    expect(errors.filter(([, name, said]) => name !== said).map(([, name]) => name)).toEqual([]);
  });

  it('names in comments files that are there', () => {
    const there = trackedFiles();
    const missing = sources.flatMap((path) =>
      [...read(path).matchAll(/^\s*(?:\/\/|\/?\*).*$/gmu)]
        .flatMap(([comment]) => comment.match(/(?<![\w./<>@-])\w[\w/-]*\.ts\b/gu) ?? [])
        .filter((named) => !there.some((one) => `/${one}`.endsWith(`/${named}`)))
        .map((named) => `${path}: ${named}`),
    );
    expect(missing).toEqual([]);
  });
});
