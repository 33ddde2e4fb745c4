// How long the bubbles of the conversations in test/transcripts/ are, in characters: a person reads each of them on a phone.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isLanguage, type Language } from '../../src/languages.ts';

/** A conversation by the name of its file, which begins with its language. */
export type Transcripts = ReadonlyMap<string, string>;

interface Lengths {
  readonly language: Language;
  readonly bubbles: number;
  readonly median: number;
  readonly sum: number;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = 'test/transcripts/';

/** The program's own lines, without the name of the question in front of them. */
export function bubblesIn(transcript: string): readonly string[] {
  return transcript
    .split(/\n(?! {2})/u)
    .map((block) => block.split('\n').filter((line) => line.startsWith('  ')))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.slice(2)).join('\n'))
    .filter((bubble) => !bubble.startsWith('(file: '))
    .map((bubble) => bubble.replace(/^\[[^\]\n]{1,80}\] /u, ''));
}

export function transcriptsNow(): Transcripts {
  const names = readdirSync(`${ROOT}${FOLDER}`).filter((name) => name.endsWith('.txt'));
  return new Map(names.map((name) => [name, readFileSync(`${ROOT}${FOLDER}${name}`, 'utf8')]));
}

/** As a commit has them. */
export function transcriptsAt(commit: string): Transcripts {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' });
  const files = git('ls-tree', '--name-only', commit, FOLDER).split('\n');
  const names = files.filter((file) => file.endsWith('.txt')).map((file) => file.slice(FOLDER.length));
  return new Map(names.map((name) => [name, git('show', `${commit}:${FOLDER}${name}`)]));
}

/** Of the conversations that both have, so that the same ones are compared. */
export function lengthsOf(transcripts: Transcripts, others: Transcripts = transcripts): readonly Lengths[] {
  const lengths = new Map<Language, number[]>();
  for (const [name, transcript] of transcripts) {
    const language = name.slice(0, 2);
    if (!isLanguage(language) || !others.has(name)) continue;
    const known = lengths.get(language) ?? [];
    lengths.set(language, [...known, ...bubblesIn(transcript).map(({ length }) => length)]);
  }
  return [...lengths].map(([language, all]) => ({
    language,
    bubbles: all.length,
    median: medianOf(all),
    sum: all.reduce((sum, length) => sum + length, 0),
  }));
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** Lines to read, the earlier figures in front if a commit is named. */
export function lengthLines(since: string | undefined): readonly string[] {
  const now = transcriptsNow();
  if (since === undefined)
    return lengthsOf(now).map(
      ({ language, bubbles, median, sum }) => `${language}: ${bubbles} bubbles, median ${median}, sum ${sum}`,
    );
  const before = transcriptsAt(since);
  const earlier = lengthsOf(before, now);
  return lengthsOf(now, before).map(({ language, bubbles, median, sum }) => {
    const then = earlier.find((one) => one.language === language);
    const change = (figure: number, old = 0) => `${old} → ${figure} (${Math.round((100 * (figure - old)) / old)} %)`;
    return `${language}: ${then?.bubbles ?? 0} → ${bubbles} bubbles, median ${change(median, then?.median)}, sum ${change(sum, then?.sum)}`;
  });
}
