// What is written before the yes: held sealed for a day, changed or taken back by its author, and used only after the yes.

import { whoseAgeIn } from '../understanding/age.ts';
import { countWords } from '../../words.ts';
import type { Turn } from './turn.ts';

/** Until when a draft is kept if nothing more is written. */
export function keptUntil(turn: Turn) {
  const until = new Date(Date.parse(turn.event.at) + turn.world.operator.idleDays * 86_400_000);
  return { date: { at: until.toISOString(), show: 'date' as const } };
}

/** From so many words on a message that answers nothing may be the beginning of a story. */
const TESTIMONY_WORDS = 4;

/**
 * Before the yes: words that answer nothing are held for a day, sealed, and offered as the beginning of the story after the yes.
 * False where there is nothing to hold, and for people under age, of whom nothing is kept.
 */
export function holdTestimony(turn: Turn, said: { readonly id: string; readonly text: string }): boolean {
  if (countWords(said.text) < TESTIMONY_WORDS || !holdWords(turn, said)) return false;
  turn.say(turn.session.gathers === undefined ? 'held.noted' : 'gathering.noted');
  return true;
}

/** Holds them however few they are, and says nothing of it. */
export function holdWords(turn: Turn, { id, text }: { readonly id: string; readonly text: string }): boolean {
  const words = countWords(text);
  const { kept, flags } = turn.session;
  if (kept || words === 0 || flags.includes('under-age')) return false;
  turn.hold({ id, slot: 'story', text, words });
  noteAge(turn, text);
  return true;
}

/** An age that is not plainly the writer's own: before one is settled, "yes" may be said to it. */
function noteAge(turn: Turn, text: string): void {
  const { session, world } = turn;
  const spoken = text.split(/[.!?,;\n]+/u).some((part) => {
    const whose = whoseAgeIn(world.lexicon, session.language, part, yearOf(turn));
    return whose !== null && whose !== 'own-adult';
  });
  if (spoken) turn.change({ ageSpoken: true });
}

/** Its author changed a held message, or took it back (`text: null`). False where it is not among those that are held. */
export function changeHeld(turn: Turn, id: string, text: string | null): boolean {
  const { held } = turn.session;
  const { [id]: before, ...others } = held.ids ?? {};
  if (before === undefined) return false;
  if (text === null) {
    turn.effects.push({ kind: 'part.remove', ids: [id] });
    turn.change({ held: { parts: held.parts - 1, words: held.words - before, ids: others } });
    return true;
  }
  const words = countWords(text);
  turn.effects.push({ kind: 'hold', part: { id, slot: 'story', text, words } });
  turn.change({ held: { ...held, words: held.words - before + words, ids: { ...others, [id]: words } } });
  return true;
}

/** The year of this turn, in UTC. */
export function yearOf({ event }: Turn): number {
  return Number(event.at.slice(0, 4));
}
