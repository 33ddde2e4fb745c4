// The transport without a mail server: writes one .eml per mail into a folder of this machine, for any mail program.
// Nothing leaves.

import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailTransport } from './transport.ts';

/** The folder is made when the first mail is written (0700); files are 0600 and complete or absent. */
export function outboxFolder(folder: string): MailTransport {
  return {
    leavesMachine: false,
    async deliver(bytes, envelope) {
      if (!/^[A-Za-z0-9-]+$/.test(envelope.name))
        throw new Error('The name of a mail contains only letters, digits and -');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(folder, `${envelope.name}.eml`, bytes);
      return { kind: 'written', folder };
    },
  };
}

async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  // A file that a killed attempt may have left.
  for (const left of await readdir(folder))
    if (left.startsWith(`.${name}.`)) await rm(join(folder, left), { force: true });
  const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
