// The word limit of a joint document: how the words are shared, and who could shorten their text.

import { limitsOf } from '../../calls/call.ts';
import type { BuiltDocument } from '../engine/event.ts';
import { excessOf } from '../engine/limit.ts';
import { choicePrompt, definePrompt } from '../engine/prompt.ts';
import type { Choice, TextRef } from '../engine/reply.ts';
import { wordsIn } from '../engine/budget.ts';
import type { Turn } from '../engine/turn.ts';
import { sayFits } from '../prompts/approval/cut.ts';
import { numberIn } from '../understanding/recognize.ts';
import { goInto } from './cases.ts';
import { nameOf } from './gathering.ts';
import { jointMembers, memberName } from './joint-members.ts';

/** "Amina 610, Carlos 480, 1,180 left", and whose text is left out because it changed. */
export function sayBudget(turn: Turn, document: BuiltDocument): void {
  const { members = [] } = turn.session.joint ?? {};
  const lost = document.missing ?? [];
  const shown = members.filter((id) => !lost.includes(id));
  const list = shown.map((id, index): TextRef => ({
    key: 'joint.member',
    params: { name: memberName(turn, id), words: wordsOf(document, index + 1) },
  }));
  const limit = limitsOf(turn.world.call, true).words;
  if (limit === null) turn.say('joint.budget-unlimited', { list: { list, by: 'comma' } });
  else if (document.words <= limit)
    turn.say('joint.budget', { list: { list, by: 'comma' }, left: limit - document.words });
  if (lost.length > 0) {
    const names = jointMembers(turn)
      .filter(({ session }) => lost.includes(session.contribution ?? ''))
      .map(({ session }): TextRef => ({ key: 'joint.name', params: { name: nameOf(turn, session) } }));
    if (names.length > 0) turn.say('joint.missing', { names: { list: names, by: 'comma' } });
  }
}

/** Most places that are shown at once. */
const PLACES = 24;

/** A name that one person withholds is withheld in everybody's words: shown here before it counts. */
export function sayForOthers(turn: Turn, { forOthers = [], missing = [] }: BuiltDocument): void {
  const shown = (turn.session.joint?.members ?? []).filter((id) => !missing.includes(id));
  for (const changes of [true, false]) {
    const these = forOthers.filter((one) => one.changes === changes);
    const list = these.slice(0, PLACES).map(({ number, reads }): TextRef => ({
      key: 'jointly.place',
      params: { name: memberName(turn, shown[number - 1] ?? ''), text: reads },
    }));
    const more = these.length - list.length;
    const rest: readonly TextRef[] = more === 0 ? [] : [{ key: 'jointly.more', params: { count: more } }];
    if (list.length > 0)
      turn.say(changes ? 'jointly.withheld' : 'jointly.stays', { list: { list: [...list, ...rest], by: 'line' } });
  }
}

function wordsOf(document: BuiltDocument, number: number): number {
  return Object.entries(document.wordsBySlot).reduce(
    (sum, [slot, words]) => (slot.startsWith(`m${number}/`) ? sum + words : sum),
    0,
  );
}

/** Over the limit: the length of each text, and how much each would have to lose. */
export const jointOver = definePrompt('joint-over', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep' },
  ask: (turn) => void turn.effects.push({ kind: 'build', final: false, file: false }),
  built(turn, document) {
    const excess = excessOf(turn.world.call, true, document);
    if (excess === null) {
      sayFits(turn, document);
      return turn.resume('full');
    }
    const { words: over, pages } = excess;
    const choices = jointMembers(turn).map(({ key, session }): Choice => {
      const words = wordsIn(session);
      const params = { name: nameOf(turn, session), words, lose: Math.min(words, over) };
      return { value: key, label: { key: 'joint.over-line', params } };
    });
    const extra = { choices, commands: ['cases'] };
    if (pages !== null) turn.ask('joint.over-pages', { pages: pages.has, over, limit: pages.allowed }, extra);
    else turn.ask('joint.over', { words: document.words, over, limit: document.words - over }, extra);
  },
  answer(turn, said) {
    const members = jointMembers(turn);
    const key = said.tapped ?? members[(numberIn(said.text) ?? 0) - 1]?.key;
    if (key !== undefined && members.some((one) => one.key === key))
      return turn.aside({ prompt: 'joint-member', of: key });
    turn.say('over-limit.choose');
    turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.say('over-limit.must');
    turn.again('short');
    return true;
  },
});

export const jointMember = choicePrompt('joint-member', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  values: () => ['joint-shorten', 'joint-leave-out'],
  ask(turn) {
    const member = jointMembers(turn).find(({ key }) => key === turn.session.at.of);
    if (member === undefined) return turn.resume('full');
    turn.ask(
      'joint.what',
      { name: nameOf(turn, member.session) },
      { choices: ['joint-shorten', 'joint-leave-out'], commands: ['back'] },
    );
  },
  choose(turn, value) {
    const member = jointMembers(turn).find(({ key }) => key === turn.session.at.of);
    turn.resume('full');
    const { joint: together } = turn.session;
    if (member === undefined || together === undefined) return;
    if (value === 'joint-shorten') return goInto(turn, member, { kind: 'shorten' });
    leaveOut(turn, member.session.contribution ?? '');
    turn.say('joint.left-out', { name: nameOf(turn, member.session) });
  },
});

function leaveOut(turn: Turn, contribution: string): void {
  const members = (turn.session.joint?.members ?? []).filter((id) => id !== contribution);
  turn.effects.push({ kind: 'join', members });
  turn.change({ joint: { members }, built: null });
}
