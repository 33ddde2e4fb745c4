// The objects of a PDF, as qpdf reads them.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export type Dictionary = Readonly<Record<string, Value>>;

interface QpdfObject {
  readonly value?: Value;
  readonly stream?: { readonly dict: Dictionary; readonly data?: string };
}

export interface Page {
  readonly page: Dictionary;
  readonly content: string;
}

export class PdfObjects {
  readonly #objects: Readonly<Record<string, QpdfObject>>;

  /** Throws if qpdf finds a fault in the file. */
  constructor(bytes: Uint8Array) {
    const folder = mkdtempSync(join(tmpdir(), 'qpdf-'));
    try {
      const [path, listed] = [join(folder, 'file.pdf'), join(folder, 'file.json')];
      writeFileSync(path, bytes);
      execFileSync('qpdf', ['--check', path], { stdio: 'pipe' });
      execFileSync('qpdf', [
        '--json=2',
        '--json-key=qpdf',
        '--json-stream-data=inline',
        '--decode-level=all',
        path,
        listed,
      ]);
      const read = JSON.parse(readFileSync(listed, 'utf8')) as {
        readonly qpdf: readonly [unknown, Record<string, QpdfObject>];
      };
      this.#objects = read.qpdf[1];
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** What a reference names; any other value is itself. */
  value(value: Value | undefined): Value {
    if (typeof value !== 'string' || !/^\d+ \d+ R$/.test(value)) return value ?? null;
    const found = this.#objects[`obj:${value}`];
    return found?.stream?.dict ?? found?.value ?? null;
  }

  dictionary(value: Value | undefined): Dictionary {
    const found = this.value(value);
    return found === null || typeof found !== 'object' || Array.isArray(found) ? {} : (found as Dictionary);
  }

  list(value: Value | undefined): readonly Value[] {
    const found = this.value(value);
    return Array.isArray(found) ? (found as readonly Value[]) : found === null ? [] : [found];
  }

  data(reference: Value | undefined): string {
    const found = typeof reference === 'string' ? this.#objects[`obj:${reference}`] : undefined;
    return Buffer.from(found?.stream?.data ?? '', 'base64').toString('latin1');
  }

  get trailer(): Dictionary {
    return this.dictionary(this.#objects['trailer']?.value);
  }

  get catalogue(): Dictionary {
    return this.dictionary(this.trailer['/Root']);
  }

  /** Every dictionary of the file. */
  get all(): readonly Dictionary[] {
    return Object.values(this.#objects).map(({ stream, value }) => this.dictionary(stream?.dict ?? value));
  }

  /** Of the pages, in their order. */
  get references(): readonly string[] {
    const leaves = (reference: Value): readonly string[] => {
      const node = this.dictionary(reference);
      if (node['/Type'] === '/Page') return typeof reference === 'string' ? [reference] : [];
      return this.list(node['/Kids']).flatMap(leaves);
    };
    return leaves(this.catalogue['/Pages'] ?? null);
  }

  get pages(): readonly Page[] {
    return this.references
      .map((reference) => this.dictionary(reference))
      .map((page) => ({
        page,
        content: (Array.isArray(page['/Contents']) ? page['/Contents'] : [page['/Contents'] ?? null])
          .map((one: Value) => this.data(one))
          .join('\n'),
      }));
  }
}

/** The text of a string object. */
export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value.replace(/^u:/, '') : '';
}
