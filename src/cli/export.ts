// npm run -s export -- REF --out FILE [--data DIR]: everything that is kept of one case, as a zip. For administrators at
// the machine; the audit log says that it was done.

import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { exportCase } from '../staff/export/case-export.ts';
import { fail, withStaff } from './staff/open-staff.ts';

const USAGE = 'npm run -s export -- REFERENCE --out FILE [--data DIR]';

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  if (given?.values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const [reference, ...more] = given?.positionals ?? [];
  const out = given?.values.out;
  if (given === null || reference === undefined || out === undefined || more.length > 0) return fail(USAGE);
  return withStaff({ dataDir: given.values.data }, async ({ store, audit }) => {
    const asked = reference.trim().toUpperCase();
    const id = await store.desk.find(asked);
    if (id === null) return fail(`Nothing is kept under the reference "${reference}".`);
    await audit.record({ staff: null, action: 'export.case', reference: asked, case: id, detail: 'command' });
    const made = await exportCase(store, id, { by: 'command', at: new Date().toISOString() });
    if (made === null) return fail(`Nothing is kept under the reference "${reference}".`);
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

function parseGiven() {
  try {
    const options = { out: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch {
    return null;
  }
}
