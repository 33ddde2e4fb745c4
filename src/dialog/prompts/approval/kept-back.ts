// Step 12, if the call lets single answers stay confidential in a text that is public: which of them do.

import { isPartial, type Publication } from '../../../calls/publication.ts';
import { isKeptAside } from '../../engine/budget.ts';
import type { Slot } from '../../engine/effect.ts';
import { groupOf } from '../../engine/kept-back.ts';
import { choicePrompt } from '../../engine/prompt.ts';
import type { Choice, TextRef } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import { slotName } from '../../engine/slot-name.ts';
import type { Turn } from '../../engine/turn.ts';
import { isDone, isRefusal } from '../../understanding/plain-answer.ts';
import { numbersIn } from '../../understanding/recognize.ts';
import { backToCheck, partLines } from './check-lines.ts';

/** Topics and other parts with an answer, in the order of the document. */
function groupsIn(turn: Turn): readonly Slot[] {
  const { session } = turn;
  const slots = partLines(turn).map(({ value }) => value.slice('part:'.length));
  const told = slots.filter((slot) => session.counts[slot] !== undefined && !isKeptAside(session, slot));
  return [...new Set(told.map(groupOf))];
}

/** Nothing is asked of a text with one answer: that is public, or all of it is confidential. */
export function asksKeptBack(turn: Turn, publication: Publication): boolean {
  return publication !== 'confidential' && isPartial(turn.world.call) && groupsIn(turn).length > 1;
}

const chosenIn = ({ session }: Turn): readonly Slot[] => session.keptBack ?? [];

function choicesOf(turn: Turn): readonly Choice[] {
  const groups = groupsIn(turn).map((slot): Choice => {
    const key = chosenIn(turn).includes(slot) ? 'kept-back.line-kept' : 'kept-back.line';
    return { value: `part:${slot}`, label: { key, params: { part: slotName(slot, turn.world.call) } } };
  });
  return [...groups, { value: 'kept-done', label: { key: 'choices.kept-done' } }];
}

export const keptBack = choicePrompt('kept-back', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: ['kept-done'], needsRecordings: true },
  strict: true,
  values: (turn) => choicesOf(turn).map(({ value }) => value),
  options: choicesOf,
  ask(turn) {
    turn.ask('kept-back.ask', undefined, { choices: choicesOf(turn), commands: ['next', 'back'], whole: true });
  },
  choose(turn, value) {
    if (value === 'kept-done') return leave(turn);
    keepBack(turn, [value.slice('part:'.length)]);
  },
  otherwise(turn, said) {
    const { lexicon } = turn.world;
    if (isRefusal(lexicon, said.text) || isDone(lexicon, said.text)) {
      leave(turn);
      return true;
    }
    const groups = groupsIn(turn);
    const chosen = (numbersIn(said.text) ?? []).map((number) => groups[number - 1]);
    const known = chosen.filter((slot) => slot !== undefined);
    if (known.length === 0 || known.length < chosen.length) return false;
    keepBack(turn, known);
    return true;
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    leave(turn);
    return true;
  },
});

/** Choosing an answer again makes it public again. One at least stays public: the call grants no more. */
function keepBack(turn: Turn, slots: readonly Slot[]): void {
  const before = chosenIn(turn);
  const after = [...before.filter((slot) => !slots.includes(slot)), ...slots.filter((slot) => !before.includes(slot))];
  if (groupsIn(turn).every((slot) => after.includes(slot))) turn.say('kept-back.not-all');
  else {
    turn.change({ keptBack: after, built: null });
    turn.noteChange();
  }
  turn.again('full');
}

function leave(turn: Turn): void {
  const { publication } = turn.session;
  const parts: readonly TextRef[] = chosenIn(turn).map((slot) => slotName(slot, turn.world.call));
  if (parts.length > 0 && publication !== null) {
    const wording = { key: 'kept-back.now', params: { parts: { list: parts, by: 'comma' as const } } };
    turn.say(wording.key, wording.params);
    turn.consent('publication', publication, wording);
  }
  goOn(turn);
}

/** After the choice who may read it. */
export function goOn(turn: Turn): void {
  if (turn.session.under.length > 0) backToCheck(turn, 'publication');
  else turn.go(nextStep(turn, 'publication'));
}
