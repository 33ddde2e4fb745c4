// What happened to a case while its organiser was not here.

import type { Turn } from '../turning.ts';

export function note(turn: Turn, text: string, name: string): void {
  turn.change({ notes: [...(turn.session.notes ?? []), { text, name }] });
}

const NEWS = ['gathering.told-news', 'gathering.told-news-all'] as const;

/** Staff have something to say about a case, which its organiser reads when it is open. */
export function noteNews(turn: Turn): void {
  const { teller } = turn.session;
  note(turn, teller === undefined ? NEWS[1] : NEWS[0], teller?.label ?? '');
}

/** A case that was taken back goes with its session, and with the name in it. */
export function noteGone(turn: Turn): void {
  const { teller } = turn.session;
  note(turn, teller === undefined ? 'codes.told-gone-all' : 'codes.told-gone', teller?.label ?? '');
}

/** What happened meanwhile, told with the next message; names wait for the word of one's own, where there is one. */
export function tellNotes(turn: Turn): void {
  const { notes, ...rest } = turn.session;
  if (notes === undefined || notes.length === 0 || (rest.ownWord !== null && rest.unlockedAt === null)) return;
  const { fromStaff, teller } = turn.session;
  const isHere = (text: string, name: string) =>
    fromStaff !== undefined && NEWS.some((one) => one === text) && name === (teller?.label ?? '');
  for (const { text, name } of notes) if (!isHere(text, name)) turn.say(text, { name });
  turn.session = rest;
}
