// A persona's conversation, played in this process, with the files it left and the data the app kept.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import PostalMime, { type Email } from 'postal-mime';
import { checkOutcome } from '../../tools/demo/check-outcome.ts';
import { parsePersona, loadPersonas, type Persona } from '../../tools/demo/persona.ts';
import { playPersona, type Played } from '../../tools/demo/play.ts';

export interface PlayedHere extends Played {
  readonly persona: Persona;
  /** What the demo itself finds wrong. */
  readonly problems: readonly string[];
  readonly outDir: string;
  readonly dataDir: string;
  file(name: string): Buffer;
  mail(name: string): Promise<Email>;
  /** Rows in each of the app's tables that has any. */
  rows(): Readonly<Record<string, number>>;
  /** Values of a column, e.g. ids that must not be seen outside. */
  column(table: string, column: string): readonly string[];
  /** Every file of the data folder, one after the other. */
  bytesOfData(): Buffer;
  remove(): void;
}

const known = new Map(loadPersonas().map((persona) => [persona.name, persona]));

export function personaNamed(name: string): Persona {
  const persona = known.get(name);
  if (persona === undefined) throw new Error(`there is no persona ${name}`);
  return persona;
}

/** A persona from YAML that stands in a test. */
export function personaFrom(yaml: string): Persona {
  return parsePersona(yaml, 'here.yaml');
}

export async function play(persona: Persona): Promise<PlayedHere> {
  const folder = mkdtempSync(join(tmpdir(), 'griot-played-'));
  const [outDir, dataDir] = [join(folder, 'out'), join(folder, 'data')];
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const played = await playPersona({ persona, outDir, dataDir, print: () => undefined, coloured: false });
    const file = (name: string) => readFileSync(join(outDir, name));
    return {
      ...played,
      persona,
      problems: await checkOutcome(persona, played, outDir),
      outDir,
      dataDir,
      file,
      mail: (name) => PostalMime.parse(file(name)),
      rows: () => inDatabase(dataDir, countRows),
      column: (table, column) =>
        inDatabase(dataDir, (db) =>
          db
            .prepare(`select ${column} as value from ${table} where ${column} is not null`)
            .all()
            .map(({ value }) => String(value)),
        ),
      bytesOfData: () => Buffer.concat(filesOf(dataDir).map((path) => readFileSync(path))),
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function inDatabase<T>(dataDir: string, read: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(dataDir, 'griot.db'), { readOnly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

function countRows(db: DatabaseSync): Readonly<Record<string, number>> {
  const tables = db.prepare(`select name from sqlite_schema where type = 'table'`).all();
  const counts = tables.map(({ name }) => {
    const count = db.prepare(`select count(*) as rows from "${String(name)}"`).get()?.['rows'];
    return [String(name), Number(count)] as const;
  });
  return Object.fromEntries(counts.filter(([, rows]) => rows > 0));
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
