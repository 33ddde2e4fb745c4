// Somebody else installs it, and does what its own page says.

import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const HERE = fileURLToPath(new URL('.', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const NAME = 'griot-whatsapp-server';
const FIRST = /```js\n([^]*?)```/u.exec(readFileSync(join(HERE, 'README.md'), 'utf8'))?.[1] ?? '';

let dir: string;
let project: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'griot-package-'));
  const source = join(dir, 'source');
  cpSync(HERE, source, { recursive: true });
  symlinkSync(MODULES, join(source, 'node_modules'));
  await run('npm', ['pack', '--offline', '--pack-destination', dir], { cwd: source });

  // As npm would lay it out; what it needs comes from what is installed here already.
  project = join(dir, 'project');
  const installed = join(project, 'node_modules', NAME);
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', join(dir, `${NAME}-0.1.0.tgz`), '--strip-components=1', '-C', installed]);
  for (const name of ['@whiskeysockets', 'ws', '@types']) {
    symlinkSync(join(MODULES, name), join(project, 'node_modules', name));
  }
  expect(existsSync(join(source, 'dist'))).toBe(false);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('holds JavaScript with its types and its page, and nothing else', () => {
  const installed = join(project, 'node_modules', NAME);
  expect(readdirSync(installed).toSorted()).toEqual(['README.md', 'dist', 'package.json']);
  const dist = readdirSync(join(installed, 'dist'));
  expect(dist.filter((name) => !/\.(?:js|d\.ts)$/u.test(name))).toEqual([]);
  expect(dist.some((name) => name.includes('.test.'))).toBe(false);
});

it('does what the first test on its page says', async () => {
  expect(FIRST).toContain('WhatsAppServer.start()');
  writeFileSync(join(project, 'first.mjs'), FIRST);
  const { stdout } = await run(process.execPath, ['first.mjs'], { cwd: project, timeout: 240_000 });
  expect(stdout).toContain('both were answered');
});

it('has types that a strict project can use', async () => {
  const source =
    `import { WhatsAppServer } from '${NAME}';\nimport { openPerson, type WhatsAppPerson } from '${NAME}/person';\n` +
    `import { node } from '${NAME}/stanza';\n` +
    `const server = await WhatsAppServer.start();\nconst one = server.account('15550100001', '90001');\n` +
    `const ana: WhatsAppPerson = await openPerson(server, one, one);\nserver.inject(one, node('ib'));\n` +
    `const said: string = await ana.says('hola');\nserver.drop(one, 503);\nconsole.log(said);\n`;
  writeFileSync(join(project, 'uses.mts'), source);
  const compiler = {
    strict: true,
    module: 'nodenext',
    target: 'es2024',
    types: ['node'],
    noEmit: true,
    skipLibCheck: true,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: compiler, files: ['uses.mts'] }));
  await run(process.execPath, [join(MODULES, 'typescript/bin/tsc'), '-p', '.'], { cwd: project });
});
