// The real app on an empty folder, in this process, without its port.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openApp, type App } from '../../src/app.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { readConfig } from '../../src/config/config.ts';

export interface TempApp {
  readonly app: App;
  /** One message of a person, to the commit of its turn. `channel`: 'web-chat', or 'push' where replies are sent out. */
  say(channel: Channels, person: string, text: string): Promise<void>;
  close(): Promise<void>;
}

export type Channels = 'web-chat' | 'push';

/** On `dir`, which stays; or on a new folder, which goes when it is closed. `env`: more settings. */
export async function openTempApp(dir?: string, env: Readonly<Record<string, string>> = {}): Promise<TempApp> {
  const folder = dir ?? mkdtempSync(join(tmpdir(), 'griot-bench-'));
  const { config, secrets } = readConfig({
    DATA_DIR: folder,
    PORT: '0',
    MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    ...env,
  });
  const push: Channel = {
    name: 'push',
    capabilities: { buttons: false, bubble: 600, files: false },
    send: () => Promise.resolve({ kind: 'sent' }),
  };
  const faults: unknown[] = [];
  const app = await openApp({
    config,
    secrets,
    log: pino({ level: 'error' }, { write: (line) => void faults.push(line) }),
    channels: [{ channel: push, facts: { seenBy: 'messenger', takesFiles: false } }],
  });
  let count = 0;
  return {
    app,
    async say(channel, person, text) {
      const id = `m${process.pid}-${++count}`;
      await app.conversation.take({
        from: { channel, account: 'default', address: person },
        messageId: id,
        event: { kind: 'message', id, at: new Date().toISOString(), text },
        language: 'en',
      });
      if (faults.length > 0) throw new Error(`a fault while measuring: ${String(faults[0])}`);
    },
    async close() {
      await app.close();
      if (dir === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
