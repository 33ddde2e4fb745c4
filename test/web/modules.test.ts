// A script with everything that it imports, as browsers get it: every import is an address of ours, and nothing else changed.

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadModules } from '../../src/web/toolkit/modules.ts';

const SCRIPT = new URL('../../src/staff/browser/sealed.js', import.meta.url);

describe('the script for sealed cases', () => {
  const { href, hrefs, assets } = loadModules(SCRIPT, '/desk/assets/sealed/');
  const textOf = (path: string) => Buffer.from(assets.get(path)?.bytes ?? []).toString('utf8');

  it('has the package and the files of ours that it imports, without types', () => {
    expect(existsSync(SCRIPT)).toBe(true);
    const names = hrefs.map((one) => one.split('/').at(-1) ?? '');
    expect(names[0]).toBe('0-sealed.js');
    for (const name of ['index.js', 'x25519.js', 'opened-case.js'])
      expect(
        names.some((one) => one.endsWith(`-${name}`)),
        name,
      ).toBe(true);
    const ours = [...assets.keys()].find((one) => one.endsWith('opened-case.js')) ?? '';
    expect(textOf(ours)).not.toMatch(/\binterface\b|import type/u);
  });

  it('imports only what is there, by addresses next to it', () => {
    const statement = /^\s*(?:import|export)\b[^'"`;]*?(?:from\s*)?['"]([^'"\n]+)['"]/gmu;
    let found = 0;
    for (const [path] of assets) {
      for (const [, name = ''] of textOf(path).matchAll(statement)) {
        if (!textOf(path).includes(`from '${name}'`) && !textOf(path).includes(`from "${name}"`)) continue;
        expect(name, path).toMatch(/^\.\/\d+-[\w.-]+\.js$/u);
        expect(
          [...assets.keys()].some((one) => one.endsWith(name.slice(1))),
          `${path}: ${name}`,
        ).toBe(true);
        found += 1;
      }
    }
    expect(found).toBeGreaterThan(assets.size);
  });

  it('has one address for what it is, so that browsers may keep it', () => {
    expect(loadModules(SCRIPT, '/desk/assets/sealed/').href).toBe(href);
    expect(new Set(hrefs).size).toBe(assets.size);
  });
});
