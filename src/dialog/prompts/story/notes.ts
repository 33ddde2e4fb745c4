// What happened to a case while its organiser was not here, and what staff have to say about one while another is open.
// Each is said of the text that it is about, by name, and is never said within another one.

import type { Event } from '../../engine/event.ts';
import { nameOf } from '../../organiser/gathering.ts';
import type { Param } from '../../engine/reply.ts';
import type { Session } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';

type Note = Omit<NonNullable<Session['notes']>[number], 'text'>;

function note(turn: Turn, text: string, about: Note): void {
  turn.change({ notes: [...(turn.session.notes ?? []), { text, ...about }] });
}

/** Of the case that this turn is about. */
export function noteOf(turn: Turn, text: string): void {
  const { teller } = turn.session;
  note(turn, text, teller === undefined ? { name: '' } : { name: teller.label, number: teller.number });
}

/** Somebody took over a case that was handed to them: it is in the list no more. */
export function noteTaken(turn: Turn, { name, number }: Extract<Event, { kind: 'case-taken' }>): void {
  note(turn, 'codes.told-taken', number === undefined ? { name } : { name, number });
}

const NEWS = ['gathering.told-news', 'gathering.told-news-all'] as const;

/** There is something to say about a case, which its organiser reads when it is open. `now`: they asked to be told at once. */
export function noteNews(turn: Turn, now = false): void {
  const text = turn.session.teller === undefined ? NEWS[1] : NEWS[0];
  if (now) return turn.say(text, { name: nameOf(turn) });
  const label = turn.session.teller?.label ?? '';
  // Told once, however much there is to read.
  if (turn.session.notes?.some((one) => one.text === text && one.name === label) !== true) noteOf(turn, text);
}

/** Staff wrote to the organiser themselves. */
export function noteWords(turn: Turn, text: string): void {
  turn.change({ toOrganiser: [...(turn.session.toOrganiser ?? []), text] });
  const told = 'whose.words';
  if (turn.session.notes?.some((one) => one.text === told) !== true) note(turn, told, { name: '' });
}

/** Read in the organiser's own place, where no text is open: so they stand in nobody's transcript. */
export function tellWords(turn: Turn): void {
  const { toOrganiser, ...rest } = turn.session;
  if (toOrganiser === undefined || rest.gathers !== 'home') return;
  const notes = (rest.notes ?? []).filter(({ text }) => text !== 'whose.words');
  turn.session = { ...rest, notes };
  const org = turn.world.operator.name;
  for (const text of toOrganiser) turn.say('staff.words', { org, text }, { from: 'staff' });
}

/** A case that was taken back goes with its session, and with the name in it. */
export function noteGone(turn: Turn): void {
  noteOf(turn, turn.session.teller === undefined ? 'codes.told-gone-all' : 'codes.told-gone');
}

/** What happened meanwhile, told with the next message; names wait for the word of one's own, and are numbers where there is none. */
export function tellNotes(turn: Turn): void {
  const { notes, ...rest } = turn.session;
  if (notes === undefined || notes.length === 0 || (rest.ownWord !== null && rest.unlockedAt === null)) return;
  for (const { text, name, number } of notes) {
    if (isReadHere(turn, text, name)) continue;
    const known: Param = rest.ownWord === null && number !== undefined ? personNumber(number) : name;
    // Somebody else's name has no place in the transcript of the text that is open.
    const secret = typeof known === 'string' && known !== '' ? { secret: known } : undefined;
    turn.say(text, { name: known, org: turn.world.operator.name }, secret);
  }
  turn.session = rest;
}

/** What a note only announces, and is read in the same breath. */
function isReadHere({ session, facts }: Turn, text: string, name: string): boolean {
  if (facts.elsewhere === true) return false;
  if (text === 'whose.words') return session.gathers === 'home';
  const { fromStaff, teller, news, answered = [] } = session;
  const waits = fromStaff !== undefined || news.length > 0 || answered.length > 0;
  return waits && NEWS.some((one) => one === text) && name === (teller?.label ?? '');
}

/** Before something is said of a case: whose it is. Its own bubble, so that the first line gives nothing away. */
export function sayWhose(turn: Turn): void {
  const { gathers, teller, joint } = turn.session;
  if (gathers !== 'case' || turn.replies.some(({ text }) => WHOSE.includes(text))) return;
  if (teller !== undefined) turn.say('whose.case', { name: nameOf(turn) });
  else if (joint !== undefined) turn.say('whose.joint');
}

const WHOSE = ['whose.case', 'whose.joint', 'gathering.opened'];

function personNumber(number: number): Param {
  return { key: 'gathering.person', params: { number } };
}
