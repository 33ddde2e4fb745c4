// Changes that a native reader made, as the new contents of the files of a language. Pure.

import { createHash } from 'node:crypto';
import type { TextTree } from '../../src/texts/body.ts';
import { templatesOf } from '../../src/texts/catalogues.ts';
import type { Change } from './review-sheet.ts';

/** The texts that were read, by file and key, each with a mark of how it read: a text that changes is unread again. */
type Read = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Name of the file in a language's folder. */
export const READ = 'read.json';

export function readMark(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** The files of a language that say that all of them was read, though some texts were changed since: file and key. */
export function changedSince(contents: (name: string) => string | null): readonly string[] {
  return Object.entries(readIn(contents)).flatMap(([file, marks]) => {
    const tree = JSON.parse(contents(`${file}.json`) ?? '{}') as TextTree;
    return tree['reviewed'] === true ? unreadIn(tree, marks).map((key) => `${file} ${key}`) : [];
  });
}

function readIn(contents: (name: string) => string | null): Read {
  return JSON.parse(contents(READ) ?? '{}') as Read;
}

/** The texts of a file that nobody has ticked as they are now, by key. `marks`: of this file. */
function unreadIn(tree: TextTree, marks: Readonly<Record<string, string>>): readonly string[] {
  return [...templatesOf(tree)].flatMap(([key, text]) => (text === '' || marks[key] === readMark(text) ? [] : [key]));
}

/** `contents`: of a file of this language; null if there is none. Returns the files to write. */
export function written(
  changes: readonly Change[],
  contents: (name: string) => string | null,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const before = readIn(contents);
  const read = new Map(Object.entries(before).map(([file, keys]) => [file, new Map(Object.entries(keys))]));
  for (const file of new Set(changes.map((change) => change.file))) {
    const own = changes.filter((change) => change.file === file);
    const name = `${file}.json`;
    const source = contents(name);
    if (source === null) throw new Error(`there is no ${name}`);
    const tree = JSON.parse(source) as TextTree;
    const changed = own.reduce((all, { key, text }) => withText(all, key, text), tree);
    const marks = read.get(file) ?? new Map<string, string>();
    for (const { key, text, isRead } of own) if (isRead) marks.set(key, readMark(text));
    read.set(file, marks);
    const reviewed = unreadIn(changed, Object.fromEntries(marks)).length === 0;
    files.set(name, `${JSON.stringify({ ...changed, reviewed }, null, 2)}\n`);
  }
  const all = Object.fromEntries([...read].map(([file, marks]) => [file, Object.fromEntries([...marks].sort())]));
  if (changes.some(({ isRead }) => isRead)) files.set(READ, `${JSON.stringify(all, null, 2)}\n`);
  return files;
}

/** A list is one text, its lines joined. A name in the tree may hold a point: "sign-in.fail". */
function withText(tree: TextTree, key: string, text: string): TextTree {
  const isAbove = ([name, old]: readonly [string, TextTree[string]]) => isTree(old) && key.startsWith(`${name}.`);
  const name = key in tree ? key : Object.entries(tree).find(isAbove)?.[0];
  const old = tree[name ?? ''];
  if (name === undefined || old === undefined) throw new Error(`there is no text ${key}`);
  if (isTree(old)) return { ...tree, [name]: withText(old, key.slice(name.length + 1), text) };
  return { ...tree, [name]: Array.isArray(old) ? text.split('\n') : text };
}

function isTree(value: TextTree[string]): value is TextTree {
  return typeof value === 'object' && !Array.isArray(value);
}
