// *review*, from anywhere: all parts by number, to read, to add to, or to take messages out of.

import { ROLES } from '../../engine/draft.ts';
import type { Slot } from '../../engine/effect.ts';
import { choicePrompt, definePrompt } from '../../engine/prompt.ts';
import { type Choice, numbered } from '../../engine/reply.ts';
import type { Position } from '../../engine/session.ts';
import { slotName } from '../../engine/slot-name.ts';
import type { Turn } from '../../engine/turn.ts';
import { typedIn } from '../../understanding/commands.ts';
import { rangesIn } from '../../understanding/ranges.ts';
import { withholdOrShow } from '../story/others.ts';
import { cutNumbers } from './cut.ts';

/** The parts by number; then names, role and words to withhold; last the file with everything that is stored. */
function reviewChoices(turn: Turn): readonly Choice[] {
  return [...partChoices(turn), ...nameChoices(turn), { value: 'copy-all', label: { key: 'choices.copy-all' } }];
}

function partChoices(turn: Turn): readonly Choice[] {
  return Object.entries(turn.session.counts).map(([slot, { words }]) => ({
    value: `part:${slot}`,
    label: { key: 'review.part', params: { part: slotName(slot), words } },
  }));
}

function nameChoices({ session }: Turn): readonly Choice[] {
  const names = (['harmed', 'author'] as const).map((who): Choice => {
    const { form, name = '' } = session[who];
    const params = { form: { key: `choices.${form}` }, name };
    return { value: `name:${who}`, label: { key: `review.${who}${name === '' ? '' : '-named'}`, params } };
  });
  const role = { key: `choices.${session.role ?? 'family'}` };
  const withheld = session.withheld.map((text): Choice => {
    return { value: `withheld:${text}`, label: { key: 'others.withheld', params: { text } } };
  });
  return [
    ...names,
    ...(session.teller === undefined ? [{ value: 'role', label: { key: 'review.role', params: { role } } }] : []),
    ...withheld,
    { value: 'words', label: { key: 'review.words' } },
  ];
}

export const review = choicePrompt('review', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  values: (turn) => reviewChoices(turn).map(({ value }) => value),
  options: reviewChoices,
  ask(turn) {
    if (turn.session.joint !== undefined) {
      turn.change({ at: { prompt: 'joint-review' } });
      return turn.again('full');
    }
    if (partChoices(turn).length === 0) {
      turn.say('review.empty');
      return turn.resume('short');
    }
    turn.ask('review.ask', undefined, { choices: reviewChoices(turn), commands: ['next'] });
  },
  choose(turn, value) {
    if (value === 'copy-all') return turn.aside({ prompt: 'copy' });
    if (value === 'name:harmed') return turn.aside({ prompt: 'harmed-form' });
    if (value === 'name:author') return turn.aside({ prompt: 'author-form' });
    if (value === 'role') return turn.aside({ prompt: 'review-role' });
    if (value === 'words') return turn.aside({ prompt: 'others' });
    if (value.startsWith('withheld:')) {
      withholdOrShow(turn, value.slice('withheld:'.length));
      return turn.again('full');
    }
    return turn.aside({ prompt: 'review-part', of: value.slice('part:'.length) });
  },
  command: done,
});

/** *next* and *skip* end a review and return to what it interrupted. */
function done(turn: Turn, command: string): boolean {
  if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
  turn.resume('full');
  return true;
}

/** Changes who writes; an organiser says it for each person elsewhere. */
export const reviewRole = choicePrompt('review-role', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  values: () => ['family', 'witness', 'organisation'],
  ask: (turn) => turn.ask('review.role-ask', undefined, { choices: ['family', 'witness', 'organisation'] }),
  choose(turn, value) {
    turn.change({ role: ROLES.find((role) => role === value) ?? 'family', built: null });
    if (turn.session.mails.some(({ outcome }) => outcome === 'waiting')) turn.flag('changed');
    turn.resume('full');
  },
  command: done,
});

export const reviewPart = choicePrompt('review-part', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  values: () => ['part-add', 'part-remove', 'part-done'],
  ask(turn) {
    const slot = turn.session.at.of ?? '';
    const parts = turn.parts(slot);
    if (parts.length === 0) return turn.resume('full');
    if (turn.asking !== 'short') {
      turn.say('review.text', { part: slotName(slot), text: parts.map(({ text }) => text).join('\n\n') });
    }
    turn.ask('review.what', undefined, { choices: ['part-add', 'part-remove', 'part-done'] });
  },
  choose(turn, value) {
    const slot = turn.session.at.of ?? '';
    if (value === 'part-done') return turn.resume('full');
    if (value === 'part-remove') return turn.aside({ prompt: 'review-remove', of: slot });
    // The part's own prompt, as an interruption: *next* returns to the review.
    const { under } = turn.session;
    turn.change({ at: placeOf(slot), under });
    return turn.again('short');
  },
  command: done,
});

/** The prompt whose answers belong to a slot. */
function placeOf(slot: Slot): Position {
  if (slot.startsWith('topic/')) {
    const of = slot.slice('topic/'.length);
    return { prompt: of.includes('/') ? 'topic-one' : 'topic', of };
  }
  if (slot === 'asks/government') return { prompt: 'asks-government' };
  if (slot === 'asks/experts') return { prompt: 'asks-experts' };
  if (slot === 'good' || slot === 'else' || slot === 'links') return { prompt: slot };
  return { prompt: 'story' };
}

/** Messages are taken out by number; all of them only with the word that erases. */
export const reviewRemove = definePrompt('review-remove', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  typed: () => ['erase'],
  options: (turn) => numbered(turn.parts(turn.session.at.of)),
  ask(turn) {
    const slot = turn.session.at.of ?? '';
    const parts = turn.parts(slot);
    if (parts.length === 0) return turn.resume('full');
    turn.say('review.numbered', { text: parts.map(({ text }, index) => `${index + 1}. ${text}`).join('\n\n') });
    turn.ask('review.remove', undefined, { commands: ['back'] });
  },
  answer(turn, said) {
    const parts = turn.parts(turn.session.at.of);
    if (typedIn(turn.world.lexicon, said.text) === 'erase') {
      turn.removeParts(parts);
      const words = parts.reduce((sum, part) => sum + part.words, 0);
      turn.say('review.removed', { words }, { commands: ['undo'] });
      return turn.resume('full');
    }
    const found = rangesIn(turn.world.lexicon, said.text, parts.length);
    cutNumbers(turn, 'messages', found ?? { kind: 'out-of-range' });
  },
  command: done,
});
