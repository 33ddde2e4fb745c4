// What happened to a case while its organiser was not here.

import type { Turn } from '../turning.ts';

export function note(turn: Turn, text: string, name: string): void {
  turn.change({ notes: [...(turn.session.notes ?? []), { text, name }] });
}

/** What happened meanwhile, told with the next message. */
export function tellNotes(turn: Turn): void {
  const { notes, ...rest } = turn.session;
  if (notes === undefined || notes.length === 0) return;
  for (const { text, name } of notes) turn.say(text, { name });
  turn.session = rest;
}
