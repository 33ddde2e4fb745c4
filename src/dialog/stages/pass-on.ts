// Answers to words of staff. For an hour after they were told, a short message at a free answer is to them, and is no testimony: it
// stays out of the text, and before the read-back its person is asked whether it belongs there as well.

import { keepInText } from '../engine/talk-in-text.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { nearCommandIn, questionIn } from '../understanding/commands.ts';
import { linksIn } from '../understanding/links.ts';
import { plainAnswerIn } from '../understanding/plain-answer.ts';
import { numberIn, saysExactly } from '../understanding/recognize.ts';

/** A message of so many words is told, whoever has written before. */
const TOLD_WORDS = 40;

/**
 * Passes words at a free answer on to staff, who read them in the transcript. Returns false if they are something else. `cries`: of
 * danger or despair, and no question to the bot.
 */
export function passOnToStaff(turn: Turn, said: Said, cries = false): boolean {
  const { at, language, toStaff = [] } = turn.session;
  const { lexicon } = turn.world;
  if (said.text.split(/\s+/u).length >= TOLD_WORDS) return false;
  if (at.prompt === 'links' && linksIn(said.text).length > 0) return false;
  if (!cries && isToStory(turn, said)) return addToStory(turn);
  if (!cries && (questionIn(lexicon, said) !== null || nearCommandIn(lexicon, language, said) !== null)) return false;
  // *undo* asks about this message from now on, and no longer about an earlier step.
  turn.forgetUndo();
  // A yes or no to staff tells nothing.
  const tells = /[\p{L}\p{N}]/u.test(said.text) && plainAnswerIn(lexicon, said.text) === null;
  if (tells) turn.change({ toStaff: [...toStaff, { id: said.id, text: said.text }] });
  const key = toStaff.length === 0 ? 'staff.passed-on' : 'staff.passed-on-too';
  turn.say(key, undefined, { commands: ['undo'], replaces: 'passed-on' });
  return true;
}

/** "Yes, to the story"; a mere yes may answer what staff have asked. */
function isToStory({ world: { lexicon } }: Turn, { text }: Said): boolean {
  return numberIn(text) === null && plainAnswerIn(lexicon, text) === null && saysExactly(lexicon, text, 'to-story', []);
}

function addToStory(turn: Turn): boolean {
  const { toStaff: [first, ...more] = [], ...rest } = turn.session;
  if (first === undefined) return false;
  turn.session = rest;
  const doubt = { kind: 'stray', ...first, more, toStaff: true } as const;
  keepInText(
    turn,
    [first, ...more].map(({ id }) => id),
  );
  joinedText(turn, doubt);
  turn.settled = { doubt, how: 'text' };
  return true;
}

/** Answers to staff join the text: whoever says so goes on with it. *undo* asks about them again. */
export function joinedText(turn: Turn, doubt: NonNullable<Turn['session']['doubt']>): void {
  if (doubt.kind !== 'stray' || doubt.toStaff !== true) return;
  const { withStaff: _, ...rest } = turn.session;
  turn.session = rest;
  turn.leaveOut({ doubt });
}

/** Asks once whether the answers to staff belong to the text. Returns false if there are none. */
export function askAboutAnswers(turn: Turn): boolean {
  const { toStaff: [first, ...more] = [], doubt, ...rest } = turn.session;
  if (first === undefined || doubt !== null) return false;
  turn.session = { ...rest, doubt: { kind: 'stray', ...first, more, toStaff: true } };
  turn.aside({ prompt: 'doubt' });
  return true;
}

/** An answer to staff was edited, or deleted if `text` is null. Returns false if there is none of this id. */
export function changeAnswer(turn: Turn, target: string, text: string | null): boolean {
  const { toStaff = [], undo } = turn.session;
  const left = undo?.before.doubt;
  if (undo !== undefined && left?.kind === 'stray' && left.toStaff === true && text !== null) {
    const changed = <M extends { readonly id: string; readonly text: string }>(one: M): M =>
      one.id === target ? { ...one, text } : one;
    const doubt = { ...changed(left), more: left.more.map(changed) };
    turn.change({ undo: { ...undo, before: { ...undo.before, doubt } } });
  }
  if (!toStaff.some(({ id }) => id === target)) return false;
  turn.change({
    toStaff: toStaff.flatMap((one) => (one.id !== target ? [one] : text === null ? [] : [{ ...one, text }])),
  });
  return true;
}
