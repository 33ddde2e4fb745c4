// *review*, from anywhere: all parts by number, to read, to add to, or to take messages out of.

import { type Role, ROLES } from '../../engine/draft.ts';
import { choice, choicePrompt, definePrompt } from '../../engine/prompt.ts';
import { type Choice, numbered } from '../../engine/reply.ts';
import { slotName } from '../../engine/slot-name.ts';
import type { Turn } from '../../engine/turn.ts';
import { gathersForOthers } from '../../understanding/alarm.ts';
import { isGreeting } from '../../understanding/commands.ts';
import { cleanName } from '../../understanding/fold.ts';
import { LONGEST_ROLE, ownRoleIn } from '../../understanding/names/own-role.ts';
import { isAskingBack, isRefusal } from '../../understanding/plain-answer.ts';
import { rangesIn, rangesWithReason, takesOutNumbers } from '../../understanding/ranges.ts';
import { recognizeChoice } from '../../understanding/recognize.ts';
import { countWords } from '../../../words.ts';
import { mayGather } from '../../organiser/become.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { sayWhichText } from '../../organiser/own-texts.ts';
import { checkChoices, moreChoice, openLine, placeOf } from './check.ts';
import { backToCheck } from './check-lines.ts';
import { changesWord, withChanges } from './change-word.ts';
import { cutNumbers } from './cut.ts';

/** The check of everything; last the file with everything that is stored. */
function reviewChoices(turn: Turn): readonly Choice[] {
  return [...checkChoices(turn), ...moreChoice(turn), { value: 'copy-all', label: { key: 'choices.copy-all' } }];
}

const lines = choicePrompt('review', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  values: (turn) => reviewChoices(turn).map(({ value }) => value),
  options: reviewChoices,
  ask(turn) {
    if (turn.session.joint !== undefined) {
      turn.change({ at: { prompt: 'joint-review' } });
      return turn.again('full');
    }
    if (Object.keys(turn.session.counts).length === 0) {
      turn.say('review.empty');
      return turn.resume('short');
    }
    const extra = { choices: reviewChoices(turn), commands: ['next'] };
    if (turn.asking !== 'short') sayWhichText(turn);
    if (turn.session.teller === undefined) turn.ask('review.ask', undefined, extra);
    else turn.ask('gathering.review', { name: nameOf(turn) }, extra);
  },
  choose(turn, value) {
    if (value === 'copy-all') return turn.aside({ prompt: 'copy' });
    openLine(turn, value);
  },
  command: done,
});

export const review = withChanges(lines);

/** *next* and *skip* end a review and return to what it interrupted. */
function done(turn: Turn, command: string): boolean {
  if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
  turn.resume('full');
  return true;
}

function rolesHere(turn: Turn): readonly Role[] {
  return mayGather(turn) ? ROLES : ROLES.filter((role) => role !== 'organiser');
}

/** Changes who writes; an organiser says it for each person elsewhere. */
const roles = choice({
  values: rolesHere,
  ask: (turn) => turn.ask('review.role-ask', undefined, { choices: rolesHere(turn) }),
  choose(turn, value) {
    if (value === 'organiser') return turn.onward({ prompt: 'gathers' });
    changeRole(turn, ROLES.find((role) => role === value) ?? 'family', null);
  },
  otherwise(turn, { text }) {
    const { lexicon } = turn.world;
    const own = cleanName(text);
    const isOther = own.length > LONGEST_ROLE || !/\p{L}/u.test(own) || countWords(own) > ROLE_WORDS;
    if (isOther || isRefusal(lexicon, text) || isAskingBack(lexicon, text) || isGreeting(lexicon, text)) return false;
    changeRole(turn, turn.session.role ?? 'family', own);
    return true;
  },
  command: done,
});

/** In their own words: "the teacher of his children". */
const ROLE_WORDS = 6;

export const reviewRole = definePrompt('review-role', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  ...roles,
  answer(turn, said) {
    const { world, session } = turn;
    if (said.tapped === null && mayGather(turn) && gathersForOthers(world.lexicon, said)) {
      return turn.onward({ prompt: 'gathers' });
    }
    const own = said.tapped === null ? ownRoleIn(world.lexicon, session.language, said.text) : null;
    if (own === null) return roles.answer(turn, said);
    const [family, witness] = ['family', 'witness'] as const;
    const found = recognizeChoice(world.lexicon, session.language, own, [family, witness], false);
    changeRole(turn, found.kind === 'accepted' && found.value === witness ? witness : family, own);
  },
});

function changeRole(turn: Turn, role: Role, own: string | null): void {
  turn.remember('role', 'ownRole');
  const ownRole = own === null ? null : { text: own, language: turn.session.language };
  turn.change({ role, ownRole, built: null });
  turn.noteChange();
  backToCheck(turn, 'role');
}

const part = choicePrompt('review-part', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  values: () => ['part-add', 'part-remove', 'part-done'],
  ask(turn) {
    const slot = turn.session.at.of ?? '';
    const parts = turn.parts(slot);
    if (parts.length === 0) return turn.resume('full');
    if (turn.asking !== 'short') {
      turn.say('review.text', {
        part: slotName(slot, turn.world.call),
        text: parts.map(({ text }) => text).join('\n\n'),
      });
    }
    turn.ask('review.what', undefined, { choices: ['part-add', 'part-remove', 'part-done'] });
  },
  choose(turn, value) {
    const slot = turn.session.at.of ?? '';
    if (value === 'part-done') return turn.resume('full');
    if (value === 'part-remove') return turn.aside({ prompt: 'review-remove', of: slot });
    // The part's own prompt, as an interruption: *next* returns to the review.
    turn.onward(placeOf(slot));
    return turn.again('short');
  },
  command: done,
});

export const reviewPart = withChanges({
  ...part,
  answer(turn, said) {
    const of = turn.session.at.of ?? '';
    // "Take out 3 to 6": their numbers are shown first.
    const isOrder = takesOutNumbers(turn.world.lexicon, said.text, turn.parts(of).length);
    if (isOrder) turn.aside({ prompt: 'review-remove', of });
    else part.answer(turn, said);
  },
});

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
    if (said.typed === 'erase') {
      turn.removeParts(parts);
      const words = parts.reduce((sum, part) => sum + part.words, 0);
      turn.say('review.removed', { words }, { commands: ['undo'] });
      return turn.resume('full');
    }
    if (changesWord(turn, said)) return;
    const { lexicon } = turn.world;
    const found = rangesIn(lexicon, said.text, parts.length) ?? rangesWithReason(lexicon, said.text, parts.length);
    cutNumbers(turn, 'messages', found ?? { kind: 'out-of-range' });
  },
  command: done,
});
