// Tells in plain words which things in a Word file are not in its text, with the paragraphs.

import type { Event } from '../engine/event.ts';
import { rangesOf } from '../engine/paragraphs.ts';
import type { TextRef } from '../engine/reply.ts';
import type { Turn } from '../engine/turn.ts';

export type FileRead = Extract<Event, { kind: 'file-read' }>;

/** `before`: the number of paragraphs that were numbered already. */
export function sayLeft(turn: Turn, { left = [], footnotes }: Pick<FileRead, 'left' | 'footnotes'>, before = 0): void {
  const list = left.map(({ what, at }): TextRef => {
    const named: TextRef = { key: `file.left-what.${what}` };
    if (at.length === 0) return { key: 'file.left-line', params: { what: named } };
    const numbers = rangesOf(at.map((number) => number + before));
    return { key: 'file.left-line-at', params: { what: named, numbers } };
  });
  if (list.length > 0) turn.say('file.left', { list: { list, by: 'line' } });
  if (footnotes === true) turn.say('file.footnotes');
}
