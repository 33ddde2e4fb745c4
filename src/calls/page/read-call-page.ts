// The facts that the page of a call states. Each fact has its sentence; nothing is added to what the page says, and no address is
// copied.

import type { Doubt, Fact } from './facts.ts';
import { fact } from './facts.ts';
import { findAsked } from './find-asked.ts';
import { findGaps } from './find-gaps.ts';
import { findRules } from './find-rules.ts';
import { findTerms } from './find-terms.ts';
import { WORDS } from './page-words.ts';
import { type Page, readPage } from './page.ts';

export interface CallPage {
  readonly url: string | null;
  readonly facts: readonly Fact[];
  readonly doubts: readonly Doubt[];
  /** All of it, folded. */
  readonly plain: string;
}

/**
 * A page that lists several calls as (a), (b) …: each alone, with what is above the list. Otherwise the whole text: (a)
 * and (b) below a question are its parts, and parts have no deadline or way to send of their own.
 */
export function callsOn(text: string): readonly string[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (/^\s*\(([a-z])\) /u.test(line) ? [index] : []));
  const inOrder = starts.every((start, index) =>
    lines[start]?.trimStart().startsWith(`(${String.fromCharCode(97 + index)})`),
  );
  const [first = 0] = starts;
  const above = lines.slice(0, first).findLast((line) => line.trim() !== '') ?? '';
  const belowQuestion = /^\s*\(?\d{1,2}(?:\.\d{1,2})*[).]\s|[?]\s*$/u.test(above);
  if (starts.length < 2 || !inOrder || belowQuestion) return [text];
  const own = starts.map((start, index) => lines.slice(start, starts[index + 1]));
  // Below the last one the rest of the page may follow.
  const dated = own.filter((part, index) => {
    const end = index === own.length - 1 ? part.findIndex((line) => line.trim() === '') : -1;
    const { facts } = readCallPage((end < 0 ? part : part.slice(0, end)).join('\n'));
    return facts.some(({ path }) => path === 'channels' || path === 'deadline.date');
  });
  if (dated.length < 2) return [text];
  return starts.map((start, index) =>
    lines
      .map((line, at) => (at < first || (at >= start && at < (starts[index + 1] ?? Infinity)) ? line : ''))
      .map((line, at) => (at === start ? line.replace(/^\s*\([a-z]\) /u, '') : line))
      .join('\n'),
  );
}

export function readCallPage(text: string): CallPage {
  const page = readPage(text, WORDS);
  const parts = [findAsked(page, WORDS), findRules(page, WORDS), findTerms(page, WORDS)];
  const facts = firstOfEach(parts.flatMap((part) => part.facts));
  const all = [...facts, ...howUsedIn(page, facts)];
  const doubts = parts.flatMap((part) => part.doubts);
  const said = new Set(doubts.map(({ sentence }) => sentence));
  return {
    url: page.url,
    facts: all,
    doubts: [...doubts, ...findGaps(page, all).filter(({ sentence }) => !said.has(sentence))],
    plain: page.sentences.map(({ plain }) => plain).join('\n'),
  };
}

/** Points and channels may be several; "If so, please explain." may be asked again. */
function firstOfEach(facts: readonly Fact[]): readonly Fact[] {
  const seen = new Set<string>();
  return facts.filter(({ path, value, sentence }) => {
    const named = path === 'point' || path === 'channels' ? `${path} ${String(value)}` : path;
    const key = path === 'point' ? `${named} ${sentence.line}` : named;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function howUsedIn({ sentences }: Page, facts: readonly Fact[]): readonly Fact[] {
  const said = facts.find(({ path }) => path === 'publication.default')?.sentence;
  const under = sentences.filter(
    (sentence) => sentence.under === 'use' && (said === undefined || sentence.line === said.line),
  );
  const all = under.length > 0 ? under : said === undefined ? [] : [said];
  const [first] = all;
  return first === undefined ? [] : [fact('how-used', all.map(({ text }) => text).join(' '), first)];
}
