// Messages from before the consent: sealed for 24 h, can be edited or deleted by their author, and used only after the
// yes.

import { gathersForOthers, saysConsented } from '../understanding/alarm.ts';
import { saidOfPhone } from '../understanding/of-phone.ts';
import { whoseAgeIn } from '../understanding/age.ts';
import { hearOnce, TOLD } from '../understanding/talk/hear.ts';
import { soundedRole } from '../understanding/talk/sounded-answer.ts';
import { countWords } from '../../words.ts';
import type { Turn } from './turn.ts';

/** When a draft expires if nothing more is written. */
export function keptUntil(turn: Turn) {
  const until = new Date(Date.parse(turn.event.at) + turn.world.operator.idleDays * 86_400_000);
  return { date: { at: until.toISOString(), show: 'date' as const } };
}

/** A message of this many words that answers no question may be the beginning of a story. */
const TESTIMONY_WORDS = 4;

/**
 * Holds words from before the consent that answer no question, to offer them later as the beginning of the story.
 * Returns false if there is nothing to hold, or the person is under age: nothing is kept then.
 */
export function holdTestimony(turn: Turn, said: { readonly id: string; readonly text: string }): boolean {
  if (turn.session.at.prompt === 'safety' && answersSafety(turn, said.text)) return false;
  if (isOfOrganiser(turn, said.text)) {
    turn.say('held.organiser', { choice: { key: 'choices.organiser' } }, { replaces: 'talk' });
    const told = toldBeside(turn, said.text);
    if (countWords(told) >= TESTIMONY_WORDS && holdWords(turn, { id: said.id, text: told })) turn.say('held.noted');
    return true;
  }
  if (countWords(said.text) < TESTIMONY_WORDS || !holdWords(turn, said)) return false;
  turn.say(turn.session.gathers === undefined ? 'held.noted' : 'gathering.noted');
  return true;
}

/** "Nobody watches me", "they are watching my phone": it answers what is said of safety, and tells nothing. */
export function answersSafety(turn: Turn, text: string): boolean {
  return saidOfPhone(turn.world.lexicon, text) !== null && (hearOnce(turn, text)?.talk ?? TOLD - 1) >= TOLD;
}

/** Words of a message that only says that somebody writes for others; a longer one tells something as well. */
const OF_ORGANISER = 16;

/** "I help several families", "she gave me her consent": nobody's testimony. */
function isOfOrganiser(turn: Turn, text: string): boolean {
  const { gathers, kept } = turn.session;
  return gathers === undefined && !kept && countWords(text) <= OF_ORGANISER && speaksForOthers(turn, text);
}

function speaksForOthers({ world: { lexicon } }: Turn, text: string): boolean {
  return gathersForOthers(lexicon, text) || saysConsented(lexicon, text);
}

/** "I help several families. They shot my nephew": the sentences and clauses of such a message that tell something. */
function toldBeside(turn: Turn, text: string): string {
  const parts = text.match(/[^.!?…\n,;:]+[.!?…\n,;:]*\s*/gu) ?? [];
  const tells = (part: string) =>
    !speaksForOthers(turn, part) && !isOfRole(turn, part) && (hearOnce(turn, part.trim())?.talk ?? TOLD) <= TOLD;
  return parts.filter(tells).join('').trim();
}

/** "I am from a mothers’ collective". */
function isOfRole({ world, session }: Turn, text: string): boolean {
  const role = soundedRole(world.lexicon, session.language, text);
  return role === 'organisation' || role === 'organiser';
}

/** Holds even a few words, and says nothing about it. */
export function holdWords(turn: Turn, { id, text }: { readonly id: string; readonly text: string }): boolean {
  const words = countWords(text);
  const { kept, flags } = turn.session;
  if (kept || words === 0 || flags.includes('under-age')) return false;
  turn.hold({ id, slot: 'story', text, words });
  noteAge(turn, text);
  return true;
}

/** Notes an age that is not plainly the writer's own: a "yes" before that is settled may be about the age. */
function noteAge(turn: Turn, text: string): void {
  const { session, world } = turn;
  const spoken = text.split(/[.!?,;؟،؛\n]+/u).some((part) => {
    const whose = whoseAgeIn(world.lexicon, session.language, part, yearOf(turn));
    return whose !== null && whose !== 'own-adult';
  });
  if (spoken) turn.change({ ageSpoken: true });
}

/** Edits a pending message, or deletes it (`text: null`). Returns false if it is not among the pending ones. */
export function changeHeld(turn: Turn, id: string, text: string | null): boolean {
  const { held } = turn.session;
  const { [id]: before, ...others } = held.ids ?? {};
  if (before === undefined) return false;
  if (text === null) {
    turn.effects.push({ kind: 'part.remove', ids: [id] });
    turn.change({ held: { ...held, parts: held.parts - 1, words: held.words - before, ids: others } });
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

/** Somebody of full age agrees to keeping the text. Whoever came *back* to that question goes on with what was told. */
export function openCase(turn: Turn): void {
  if (turn.session.case === null || turn.session.contribution === null) {
    const contribution = turn.world.newId('contribution');
    const file = turn.world.newId('case');
    turn.effects.push({ kind: 'open-case', case: file, contribution });
    turn.change({ case: file, contribution });
  }
  turn.change({ kept: true, adult: true });
}
