// A script with everything that it imports, for browsers: also packages, which they do not find by name. Each file keeps its
// text; only the names of its imports become addresses. Files of TypeScript are served without their types.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Asset } from './assets.ts';

export interface Modules {
  /** Of the script itself. */
  readonly href: string;
  /** Of all files: a page that names them all waits once. */
  readonly hrefs: readonly string[];
  /** By the last two parts of their paths. */
  readonly assets: ReadonlyMap<string, Asset>;
}

/** The statement up to the name of what is imported, which begins a line; types were taken out before. */
const IMPORT =
  /^(?<before>[ \t]*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?|[ \t]*import\s*)(?<quote>['"])(?<name>[^'"\n]+)\k<quote>/gmu;

/** `under`: the URL path, e.g. "/desk/assets/". Throws if a file is missing. */
export function loadModules(script: URL, under: string): Modules {
  const found = new Map<string, string>();
  const open = [fileURLToPath(script)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    const text = readFileSync(file, 'utf8');
    const plain = file.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
    found.set(file, plain);
    for (const { groups } of plain.matchAll(IMPORT)) open.push(fileFrom(file, groups?.['name'] ?? ''));
  }
  const files = [...found.keys()];
  const nameOf = (file: string) => `${files.indexOf(file)}-${basename(file).replace(/\.ts$/u, '.js')}`;
  const texts = files.map((file): [string, string] => {
    const text = (found.get(file) ?? '').replaceAll(IMPORT, (...matched: unknown[]) => {
      const { before, quote, name } = matched.at(-1) as Readonly<Record<string, string>>;
      return `${before}${quote}./${nameOf(fileFrom(file, name ?? ''))}${quote}`;
    });
    return [nameOf(file), text];
  });
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('base64url').slice(0, 12);
  const assets = texts.map(([name, text]): [string, Asset] => {
    const bytes = new Uint8Array(Buffer.from(text, 'utf8'));
    const gzipped = new Uint8Array(gzipSync(bytes, { level: 9 }));
    const path = `${under}${hash}/${name}`;
    return [`${hash}/${name}`, { path, href: path, type: 'text/javascript; charset=utf-8', bytes, gzipped }];
  });
  const hrefs = assets.map(([, { href }]) => href);
  return { href: hrefs[0] ?? '', hrefs, assets: new Map(assets) };
}

function fileFrom(file: string, name: string): string {
  return name.startsWith('.') ? resolve(dirname(file), name) : createRequire(file).resolve(name);
}
