// npm run -s export -- REF --out FILE [--data DIR]: everything that is kept of one case, as a zip. For administrators at
// the machine; the audit log says that it was done.

import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { exportCase } from '../staff/export/case-export.ts';
import { withStaff } from './staff/open-staff.ts';
import { nothingUnder, parseReference } from './staff/reference-typed.ts';
import { fail, typed } from './typed.ts';

const USAGE = 'npm run -s export -- REFERENCE --out FILE [--data DIR]';
const TEXT = { type: 'string' } as const;
const OPTIONS = { out: TEXT, data: TEXT, help: { type: 'boolean' } } as const;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = typed(USAGE, 1, () => parseArgs({ options: OPTIONS, allowPositionals: true }));
  if (typeof given === 'number') return given;
  const [reference = ''] = given.positionals;
  const { out, data } = given.values;
  if (out === undefined) return fail(`--out is missing: the file to write\n${USAGE}`);
  return withStaff({ dataDir: data }, async ({ store, audit }) => {
    const asked = parseReference(reference);
    const id = await store.desk.find(asked);
    if (id === null) return fail(nothingUnder(reference));
    await audit.record({ staff: null, action: 'export.case', reference: asked, case: id, detail: 'command' });
    const made = await exportCase(store, id, { by: 'command', at: new Date().toISOString() });
    if (made === null) return fail(nothingUnder(reference));
    if (!(await written(out, made.bytes))) return fail(`This file cannot be made, or is there already: ${out}`);
    console.error('It holds sealed words in clear. Keep it locked, and remove it when it has served.');
    return 0;
  });
}

/** Readable by its owner only; never over a file that is there. */
async function written(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return true;
  } catch {
    return false;
  }
}
