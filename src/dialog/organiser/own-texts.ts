// A person's own texts, each for another call, side by side in one chat. They are kept apart like an organiser's cases
// (cases.ts): one is open, and what is told goes into that one only. docs/decisions/0229-own-texts-side-by-side.md.

import type { CallForInputs } from '../../calls/call.ts';
import { deadlineOf } from '../../calls/call.ts';
import { wordsIn } from '../engine/budget.ts';
import type { Choice, TextRef } from '../engine/reply.ts';
import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import type { PutAway } from '../engine/world.ts';
import { caseStatus } from './case-facts.ts';

/** True if the open text is one of several of its writer's own. */
export function isOwnText({ drafts, gathers }: Session): boolean {
  return drafts === true && gathers === undefined;
}

/** The title of its call. */
export function titleOf({ call }: Session): TextRef {
  return { key: 'call:short', call: call.hash };
}

/** Leads to a text from anywhere, as a message of nothing else. */
function wordOf({ word, id }: Pick<CallForInputs, 'word' | 'id'>): string {
  return word ?? id;
}

/** Puts the open text away for a new one, which asks for its own consent. */
export function openNew(turn: Turn, call: Session['call']): void {
  turn.change({ drafts: true });
  turn.leaveFor({ kind: 'call', call });
}

/** A text that was not agreed to, and holds no word, does not stay in the list. */
export function openOwn(turn: Turn, { key }: PutAway): void {
  const { kept, held, voice, gathers } = turn.session;
  const isEmpty = !kept && gathers === undefined && held.parts + voice.notes.length === 0;
  turn.leaveFor({ kind: 'case', key }, isEmpty ? true : undefined);
}

/** Says which text is open now, that the one before stays, and how to go back. */
export function sayOpened(turn: Turn): void {
  const { session } = turn;
  if (!isOwnText(session)) return;
  const name = titleOf(session);
  const before = cameFrom(turn);
  if (before?.of === undefined) return turn.say('drafts.open', { name });
  const params = { name, present: titleOf(before.session), word: wordOf(before.of.call) };
  const isNew = !session.kept && session.at.prompt === 'hello';
  turn.say(isNew ? 'drafts.begun' : 'drafts.opened', params, { commands: ['undo'] });
}

function cameFrom(turn: Turn): PutAway | undefined {
  const { cameFrom: key } = turn.session;
  return key === undefined ? undefined : turn.cases().find((one) => one.key === key);
}

/** *undo* right after another text was opened: back to the one before. Returns false at any other moment. */
export function goBackAtOnce(turn: Turn): boolean {
  const { kept, held } = turn.session;
  const before = kept || held.parts === 0 ? cameFrom(turn) : undefined;
  if (before === undefined) return false;
  openOwn(turn, before);
  return true;
}

/** Once somebody has agreed to a text and writes in it, *undo* is about what they write. */
export function stay(turn: Turn): void {
  const { cameFrom: _, ...rest } = turn.session;
  if (rest.kept && rest.gathers === undefined) turn.session = rest;
}

/** Names the text before what is shown of it, if its writer has several. */
export function sayWhichText(turn: Turn): void {
  if (isOwnText(turn.session)) turn.say('whose.case', { name: titleOf(turn.session) });
}

/** The other texts, each by its title. */
export function otherTexts(turn: Turn): readonly PutAway[] {
  return turn.session.drafts === true ? turn.cases() : [];
}

/** "Justice after police violence: 610 words, not sent yet, until 24 May 2027" */
export function ownLine({ session, of }: PutAway, at: string): TextRef {
  const status = caseStatus(session, at);
  const isOpen = status === 'open' || status === 'agreed';
  const deadline = of === undefined || !(isOpen || status === 'no-yes') ? null : deadlineOf(of.call);
  const until: readonly TextRef[] =
    deadline === null
      ? []
      : [{ key: 'drafts.until', params: { date: { at: deadline.instant, show: 'date' as const } } }];
  const said: TextRef = { key: `gathering.standing.${isOpen ? 'joint' : status}` };
  const words: TextRef = { key: 'gathering.count', params: { words: wordsIn(session) } };
  return {
    key: 'gathering.line',
    params: { name: titleOf(session), facts: { list: [words, said, ...until], by: 'comma' } },
  };
}

/** The other texts to choose one for an order: *delete*, *withdraw*. */
export function choicesOf(texts: readonly PutAway[], label: string): readonly Choice[] {
  return texts.map(({ key, session }) => ({
    value: `${OTHER}${key}`,
    label: { key: label, params: { name: titleOf(session), reference: session.mails.at(-1)?.reference ?? '' } },
  }));
}

const OTHER = 'other:';

/** The other text that was chosen so; undefined for any other choice. */
export function otherIn(turn: Turn, value: string): PutAway | undefined {
  if (!value.startsWith(OTHER)) return undefined;
  return otherTexts(turn).find(({ key }) => key === value.slice(OTHER.length));
}

/** Another of the person's texts is also being sent: each *stop* stops one. */
export function sayAlsoSending(turn: Turn, sending: PutAway | undefined): void {
  if (sending !== undefined && isOwnText(turn.session)) {
    turn.say('drafts.also-sending', { name: titleOf(sending.session) }, { commands: ['stop'] });
  }
}

/** A no to keeping this text, and only this one: the others stay. */
export function refuseThis(turn: Turn): void {
  const { held, voice } = turn.session;
  const ids = Object.keys(held.ids ?? {});
  if (ids.length > 0) turn.effects.push({ kind: 'held.erase', ids });
  const sounds = voice.notes.map(({ id }) => id);
  if (sounds.length > 0) turn.effects.push({ kind: 'voice.erase', ids: sounds });
  turn.say('drafts.refused');
  const before = cameFrom(turn);
  turn.leaveFor(before === undefined ? { kind: 'home', at: 'cases' } : { kind: 'case', key: before.key }, true);
}
