// The link of a call, its QR code and its word, as they are printed for leaflets.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encode } from 'uqr';
import { griot } from './command.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'griot-link-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINK = 'https://texts.casa-exemplo.org/c/emler-2024';

it('prints the link at the public address, the word, and the QR code of exactly this link', async () => {
  const file = join(folder, 'leaflet.svg');
  const env = { PUBLIC_URL: 'https://texts.casa-exemplo.org/', DATA_DIR: folder };
  const { code, stdout, stderr } = await griot('call link', ['emler-2024', '--svg', file], { env });
  expect([code, stderr]).toEqual([0, expect.stringContaining('This call is over')]);
  expect(stdout).toContain(`link      ${LINK}\n`);
  expect(stdout).toContain('word      emler-2024 ');
  expect(stdout).not.toContain('wa.me');
  expect(stdout).toMatch(/[█▀▄]{10}/u);
  const dark = encode(LINK, { border: 4 }).data.flat().filter(Boolean).length;
  const drawn = [...readFileSync(file, 'utf8').matchAll(/M\d+[ ,]\d+h(\d+)v1/gu)];
  // Ten units a dot.
  expect(drawn.reduce((sum, [, width]) => sum + Number(width) / 10, 0)).toBe(dark);
});

it('adds the link into WhatsApp only for a number, and says that a link without a public address is of this machine', async () => {
  const { stdout, stderr } = await griot('call link', ['emler-2024', '--whatsapp', '+55 11 90000-0000']);
  expect(stdout).toContain('https://wa.me/5511900000000?text=emler-2024');
  expect(stdout).toContain('link      http://localhost:3978/c/emler-2024');
  expect(stderr).toContain('PUBLIC_URL is not set');
});

it('ends with 1 for a call that is not here, and with 2 for what is no number', async () => {
  const [unknown, number] = await Promise.all([
    griot('call link', ['emler-1999']),
    griot('call link', ['emler-2024', '--whatsapp', 'ours']),
  ]);
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There are: emler-2024')]);
  expect([number.code, number.stderr]).toEqual([2, expect.stringContaining('--whatsapp: the number')]);
});
