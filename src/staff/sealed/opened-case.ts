// The words of a case that was sealed to the keys of staff, out of its opened values: for the command on another machine, and
// for the page of the desk. Browsers load this file as it is, without its types: no file of it may need the server.

import type { SealedCell } from '../../store/sealed/sealed-case.ts';
import { fileText } from '../../submission/block.ts';

export interface OpenedCell extends Omit<SealedCell, 'sealed'> {
  readonly plain: Uint8Array<ArrayBuffer>;
}

export interface OpenedFile {
  /** With its folder. Letters, digits, dots, hyphens and low lines. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface OpenedLine {
  readonly at: string;
  readonly from: string;
  readonly text: string;
}

/** A paragraph of the document. */
export interface OpenedBlock {
  readonly kind: string;
  readonly text: string;
}

export interface OpenedCase {
  /** Of the document that was approved last; empty if it cannot be read. */
  readonly blocks: readonly OpenedBlock[];
  readonly language: string | null;
  readonly transcript: readonly OpenedLine[];
  /** The documents, the mails that left, and those that came in. */
  readonly files: readonly OpenedFile[];
  /** Every value with its place, as JSON. */
  readonly everything: string;
}

type Value = Omit<OpenedCell, 'plain'> & { readonly value: unknown };

export function openedCase(cells: readonly OpenedCell[]): OpenedCase {
  const values = cells
    .filter(({ column }) => column !== 'bytes')
    .map(({ plain, ...one }) => ({ ...one, value: JSON.parse(new TextDecoder().decode(plain)) as unknown }));
  const files = cells
    .filter(({ column }) => column === 'bytes')
    .map(({ table, row, about, plain }, index) => ({
      name: fileName(values, { table, row, about }, index + 1),
      bytes: plain,
    }));
  return {
    ...documentIn(values),
    transcript: transcriptOf(values),
    files,
    everything: `${JSON.stringify(values, null, 2)}\n`,
  };
}

/** As a file for people. */
export function transcriptText(lines: readonly OpenedLine[]): string {
  return lines.map(lineText).join('\n');
}

/** "2026-11-23 12:01:30 UTC  person", and the text below it, indented; nothing in it commands a terminal. */
export function lineText({ at, from, text }: OpenedLine): string {
  const said = fileText(text)
    .split('\n')
    .map((line) => `    ${line}`.trimEnd());
  return [`${at.slice(0, 10)} ${at.slice(11, 19)} UTC  ${from}`, ...said, ''].join('\n');
}

function fileName(values: readonly Value[], cell: Pick<OpenedCell, 'table' | 'row' | 'about'>, number: number): string {
  if (cell.table !== 'document_files') {
    const folder = cell.table === 'outbox' ? 'mails' : 'mails-in';
    return `${folder}/${number}-${safe(String(cell.about['kind']))}.eml`;
  }
  const name = values.find(({ table, row }) => table === 'document_files' && row === cell.row)?.value;
  return `documents/${number}-${safe(typeof name === 'string' ? name : 'document')}`;
}

function safe(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_').replaceAll(/\.{2,}/gu, '_');
}

function documentIn(values: readonly Value[]): Pick<OpenedCase, 'blocks' | 'language'> {
  const manifests = values
    .filter(({ table, column, about }) => table === 'documents' && column === 'manifest' && about['kind'] === 'final')
    .toSorted((one, other) => Number(one.about['position']) - Number(other.about['position']));
  const model = field(parsed(manifests.at(-1)?.value), 'model');
  const [blocks, language] = [field(model, 'blocks'), field(model, 'language')];
  return {
    language: typeof language === 'string' ? language : null,
    blocks: (Array.isArray(blocks) ? blocks : []).flatMap((one: unknown) => {
      const [kind, text] = [field(one, 'kind'), field(one, 'text')];
      return typeof kind === 'string' && typeof text === 'string' && text !== '' ? [{ kind, text }] : [];
    }),
  };
}

function transcriptOf(values: readonly Value[]): readonly OpenedLine[] {
  const lines = values.flatMap(({ table, about, value }) => {
    const [turn, place] = [Number(about['turn']), table === 'lines' ? -1 : Number(about['place'])];
    const said = table === 'lines' ? saidIn(value) : table === 'replies' ? saidByUs(value) : null;
    return said === null ? [] : [{ turn, place, at: String(about['at']), ...said }];
  });
  return lines
    .toSorted((one, other) => one.turn - other.turn || one.place - other.place)
    .map(({ at, from, text }) => ({ at, from, text }));
}

function saidIn(value: unknown): { readonly from: string; readonly text: string } | null {
  const text = field(value, 'text');
  return typeof text === 'string' ? { from: 'person', text } : null;
}

/** A reply as the store seals it (src/store/turns/reply-body.ts), without the characters that were for its person only. */
function saidByUs(body: unknown): { readonly from: string; readonly text: string } | null {
  const [bubbles, secret] = [field(body, 'bubbles'), field(body, 'secret')];
  const texts = (Array.isArray(bubbles) ? bubbles : []).flatMap((one: unknown) => {
    const text = field(one, 'text');
    if (typeof text !== 'string') return [];
    return [typeof secret === 'string' ? text.replaceAll(secret, '…') : text];
  });
  return texts.length === 0
    ? null
    : { from: field(body, 'from') === 'staff' ? 'staff' : 'bot', text: texts.join('\n\n') };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A manifest is stored as the text that was hashed. */
function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return null;
  }
}
