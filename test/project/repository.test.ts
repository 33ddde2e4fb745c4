import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { read, trackedFiles } from './files.ts';

/** Paths of somebody's machine, addresses of package mirrors, private keys. */
const NOT_OURS = [
  /(?:^|[^\w.])\/(?:home|Users|root|work|workspace|builds|mnt)\//mu,
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
