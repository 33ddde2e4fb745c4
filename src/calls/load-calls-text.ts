// Files of calls as text and as YAML with its lines. Editors save in other encodings without saying so.

import { readFileSync } from 'node:fs';
import { isCollection, isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { CallFileProblem } from './load-calls-error.ts';

/** A mark (BOM) is what spreadsheets write before UTF-8; JSON and YAML files have none. */
export function readText(
  file: string,
  marked: 'with or without a mark' | 'without a mark',
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly expected: string } {
  const bytes = readFileSync(file);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { ok: false, expected: 'UTF-8, but this file is UTF-16; save it as UTF-8' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const line = bytes.subarray(0, firstOther(bytes)).toString('latin1').split('\n').length;
    return {
      ok: false,
      expected: `UTF-8, but line ${line} is not (Latin-1 or Windows-1252, perhaps); save it as UTF-8`,
    };
  }
  if (!text.startsWith('\uFEFF')) return { ok: true, text };
  if (marked === 'with or without a mark') return { ok: true, text: text.slice(1) };
  return { ok: false, expected: 'UTF-8 without a byte-order mark (BOM), but it begins with one; save it without' };
}

/** The place of the first byte that is no UTF-8. */
function firstOther(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    try {
      // A letter that is cut at the end is no fault.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

type Yaml =
  | { readonly ok: true; readonly value: unknown; readonly lineOf: (path: string) => number | null }
  | { readonly ok: false; readonly problems: readonly CallFileProblem[] };

export function readYaml(file: string): Yaml {
  const wrong = (expected: string, line: number | null = null) => ({ file, line, path: '', expected });
  const text = readText(file, 'without a mark');
  if (!text.ok) return { ok: false, problems: [wrong(text.expected)] };
  const lines = new LineCounter();
  const document = parseDocument(text.text, { lineCounter: lines });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    return {
      ok: false,
      problems: faults.map(({ message, pos }) =>
        wrong(
          `valid YAML; ${message.split('\n')[0]?.replace(/ at line \d+.*$/u, '') ?? ''}`,
          lines.linePos(pos[0]).line,
        ),
      ),
    };
  try {
    // With aliases a small file could grow without end, or contain itself.
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    const lineOf = (path: string) => {
      const keys = path.split('.');
      const isThere = isMap(document.contents) && document.contents.has(keys[0]);
      return isThere ? lineIn(document.contents, keys, lines) : null;
    };
    return { ok: true, value, lineOf };
  } catch {
    return { ok: false, problems: [wrong('YAML without anchors and aliases (& and *)')] };
  }
}

/** The line of a key, or of the block in which it is missing; null if the whole file is that block. */
function lineIn(node: Node | null, path: readonly string[], lines: LineCounter): number | null {
  const [key, ...rest] = path;
  const here = node?.range === undefined || node.range === null ? null : lines.linePos(node.range[0]).line;
  if (key === undefined || !isCollection(node)) return here;
  if (!isMap(node)) {
    const item = node.items[Number(key)];
    return lineIn(isNode(item) ? item : null, rest, lines) ?? here;
  }
  const pair = node.items.find((each) => isPair(each) && isScalar(each.key) && String(each.key.value) === key);
  if (pair === undefined) return here;
  const at = isScalar(pair.key) && pair.key.range ? lines.linePos(pair.key.range[0]).line : here;
  return rest.length === 0 ? at : (lineIn(isNode(pair.value) ? pair.value : null, rest, lines) ?? at);
}

function isNode(value: unknown): value is Node {
  return isCollection(value) || isScalar(value);
}
