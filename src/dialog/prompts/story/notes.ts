// Notes for a person with several texts: something happened to one, or staff said about it, while another one was open. Each names the
// text that it is about, and is never told within another text.

import type { Event } from '../../engine/event.ts';
import type { Flag } from '../../engine/effect.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { isOwnText } from '../../organiser/own-texts.ts';
import type { Param } from '../../engine/reply.ts';
import type { Session } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Command } from '../../understanding/word-lists.ts';

type Note = Omit<NonNullable<Session['notes']>[number], 'text'>;

function note(turn: Turn, text: string, about: Note): void {
  turn.change({ notes: [...(turn.session.notes ?? []), { text, ...about }] });
}

/** A note about the case of this turn. */
export function noteOf(turn: Turn, text: string): void {
  const { teller, drafts, call } = turn.session;
  const own = drafts === true ? { call: call.hash } : {};
  note(turn, text, teller === undefined ? { name: '', ...own } : { name: teller.label, number: teller.number });
}

/** Somebody took over a case that was handed to them: it leaves the list. */
export function noteTaken(turn: Turn, { name, number }: Extract<Event, { kind: 'case-taken' }>): void {
  note(turn, 'codes.told-taken', number === undefined ? { name } : { name, number });
}

const NEWS = ['gathering.told-news', 'gathering.told-news-all', 'drafts.news'] as const;

/** There is news about a case, to be read when it is open. `now`: the organiser asked to be told at once. */
export function noteNews(turn: Turn, now = false): void {
  const { drafts, call } = turn.session;
  const text = drafts === true ? NEWS[2] : turn.session.teller === undefined ? NEWS[1] : NEWS[0];
  if (now) return turn.say(text, { name: nameOf(turn) });
  const label = turn.session.teller?.label ?? '';
  // Told once, however much there is to read.
  const isTold = turn.session.notes?.some(
    (one) => one.text === text && one.name === label && (one.call ?? call.hash) === call.hash,
  );
  if (isTold !== true) noteOf(turn, text);
}

/** Staff wrote to the organiser, not about a text. */
export function noteWords(turn: Turn, text: string): void {
  turn.change({ toOrganiser: [...(turn.session.toOrganiser ?? []), text] });
  const told = 'whose.words';
  if (turn.session.notes?.some((one) => one.text === told) !== true) note(turn, told, { name: '' });
}

/** Told in the organiser's own session, in which no text is open, so that it is in no person's transcript. */
export function tellWords(turn: Turn): void {
  const { toOrganiser, ...rest } = turn.session;
  if (toOrganiser === undefined || rest.gathers !== 'home') return;
  const notes = (rest.notes ?? []).filter(({ text }) => text !== 'whose.words');
  turn.session = { ...rest, notes };
  const org = turn.world.operator.name;
  for (const text of toOrganiser) turn.say('staff.words', { org, text }, { from: 'staff' });
  noteTold(turn);
}

/** Calls that words of staff have answered. */
const ANSWERED: readonly string[] = ['in-danger', 'asks-for-person', 'wrote-back'] satisfies Flag[];

/** Words of staff were told: the person’s next words are perhaps the answer, and a new cry or call is flagged again. */
export function noteTold(turn: Turn): void {
  const flags = turn.session.flags.filter((flag) => !ANSWERED.includes(flag));
  turn.change({ flags, staffToldAt: turn.event.at, withStaff: turn.event.at });
}

/** In milliseconds: what is written later is no answer any more. */
const AN_HOUR = 3_600_000;

/** With these a person goes on with the program. */
const GOES_ON: readonly (Command | null)[] = ['next', 'skip', 'skip-all', 'back', 'review', 'pause', 'stop', 'delete'];

/** Staff wait for it, whatever the open prompt does with it. A command or a tap goes on with the program. */
export function noteWroteBack(turn: Turn): void {
  const { event, message } = turn;
  const { text = '', choice = null, command = null, typed = null, gatheringWord = null } = message ?? {};
  const isWords = text !== '' && (choice ?? command ?? typed ?? gatheringWord) === null;
  const { staffToldAt, withStaff, ...rest } = turn.session;
  if (withStaff !== undefined) {
    const isOver = GOES_ON.includes(command) || Date.parse(event.at) - Date.parse(withStaff) >= AN_HOUR;
    turn.answersStaff = isWords && !isOver;
    if (isOver) turn.session = { ...rest, ...(staffToldAt === undefined ? {} : { staffToldAt }) };
  }
  if (staffToldAt === undefined || (!isWords && event.kind !== 'voice')) return;
  const { staffToldAt: _, ...told } = turn.session;
  turn.session = told;
  turn.flag('wrote-back');
}

/** A case that was withdrawn disappears with its session and its name. */
export function noteGone(turn: Turn): void {
  const isJoint = turn.session.teller === undefined && turn.session.drafts !== true;
  noteOf(turn, isJoint ? 'codes.told-gone-all' : 'codes.told-gone');
}

/** Tells the notes with the next message; without a passphrase as numbers instead of names, else once it was given. */
export function tellNotes(turn: Turn): void {
  const { notes, ...rest } = turn.session;
  if (notes === undefined || notes.length === 0 || (rest.ownWord !== null && rest.unlockedAt === null)) return;
  for (const { text, name, number, call } of notes) {
    if (isReadHere(turn, text, name, call)) continue;
    if (call !== undefined) {
      turn.say(text, { name: { key: 'call:short', call } });
      continue;
    }
    const known: Param = rest.ownWord === null && number !== undefined ? personNumber(number) : name;
    // Somebody else's name must not be in the transcript of the open text.
    const secret = typeof known === 'string' && known !== '' ? { secret: known } : undefined;
    turn.say(text, { name: known, org: turn.world.operator.name }, secret);
  }
  turn.session = rest;
}

/** True if the news that the note announces is told in the same turn. */
function isReadHere({ session, facts }: Turn, text: string, name: string, call = session.call.hash): boolean {
  if (facts.elsewhere === true) return false;
  if (text === 'whose.words') return session.gathers === 'home';
  const { fromStaff, teller, news, answered = [] } = session;
  const waits = fromStaff !== undefined || news.length > 0 || answered.length > 0;
  const isThis = name === (teller?.label ?? '') && call === session.call.hash;
  return waits && isThis && NEWS.some((one) => one === text);
}

/** Names the case before news of it, in a separate bubble, so that a lock screen shows no name. */
export function sayWhose(turn: Turn): void {
  const { gathers, teller, joint } = turn.session;
  const isOwn = isOwnText(turn.session);
  if ((gathers !== 'case' && !isOwn) || turn.replies.some(({ text }) => WHOSE.includes(text))) return;
  if (teller !== undefined || isOwn) turn.say('whose.case', { name: nameOf(turn) });
  else if (joint !== undefined) turn.say('whose.joint');
}

const WHOSE = ['whose.case', 'whose.joint', 'gathering.opened', 'drafts.open', 'drafts.opened'];

function personNumber(number: number): Param {
  return { key: 'gathering.person', params: { number } };
}
