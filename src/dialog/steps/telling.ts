// Steps 4 to 6: for whom, the story at once, and a word of one's own.

import { fold } from '../fold.ts';
import { ROLES, type Role } from '../draft.ts';
import { choicePrompt, freePrompt, type Prompt } from '../prompt.ts';
import { keptUntil } from '../kept-until.ts';
import { recognizeChoice, saysMoreThan } from '../recognize.ts';
import { onwards } from '../way.ts';
import { tellOfCode } from './elsewhere.ts';
import type { Turn } from '../turning.ts';
import { keepParams } from './opening.ts';
import { tellOfPrint } from './print.ts';

/** From so many words on a message at "who is writing?" is the story itself, begun at once. */
const STORY_WORDS = 6;

const whoWrites = choicePrompt({
  takesWords: true,
  values: (turn) => turn.world.intake.choices['for-whom'],
  ask(turn) {
    turn.ask('for-whom.ask', undefined, { choices: turn.world.intake.choices['for-whom'] });
  },
  choose(turn, value) {
    turn.change({ role: ROLES.find((role) => role === value) ?? 'family' });
    if (value === 'organiser') {
      // The yes so far was the organiser's own: whose testimony it is says theirs.
      for (const purpose of ['keep', 'adult'] as const) {
        const wording = { key: 'keep.ask', params: keepParams(turn), choices: turn.world.intake.choices.keep };
        turn.effects.push({ kind: 'consent', purpose, subject: 'author', value: 'yes', wording, mine: true });
      }
      turn.change({ gathers: 'case', kept: false, adult: false });
      turn.say('for-whom.organiser');
      tellOfPrint(turn);
    }
    turn.go(onwards(turn, 'for-whom'));
  },
  command(turn, command) {
    if (command !== 'skip' && command !== 'next') return false;
    turn.change({ role: 'family' });
    turn.go(onwards(turn, 'for-whom'));
    return true;
  },
});

export const forWhom: Prompt = {
  ...whoWrites,
  hear(turn, said) {
    // "They killed my son" names a son, and is a story first of all.
    if (said.tapped !== null) return whoWrites.hear(turn, said);
    const { lexicon, intake } = turn.world;
    const values = intake.choices['for-whom'];
    const role = recognizeChoice(lexicon, turn.session.language, said.text, values, false);
    const value = role.kind === 'accepted' ? role.value : null;
    const long = fold(said.text).split(' ').length >= STORY_WORDS;
    if (value === 'organiser' || (value !== null && !saysMoreThan(lexicon, said.text, value, values, 1))) {
      return whoWrites.hear(turn, said);
    }
    if (value === null && !long) return whoWrites.hear(turn, said);
    if (role.kind === 'rejected' && role.reason === 'two-at-once') {
      // "They killed my neighbour's son": the words are kept, and who writes is asked.
      turn.addPart('story', said.id, said.text);
      turn.say('for-whom.saved');
      return turn.again('short');
    }
    turn.change({ role: ROLES.find((one) => one === value) ?? 'family' });
    turn.go({ prompt: 'story' });
    turn.toAsk = null;
    turn.addPart('story', said.id, said.text);
    turn.ask('story.begun', keptUntil(turn), { commands: ['next', 'pause'] });
    if (turn.session.held.parts > 0) turn.aside({ prompt: 'held' });
  },
};

/** Used for what was written before the yes, and for a file: shown as belonging to nothing until the person says so. */
export const held: Prompt = choicePrompt({
  values: () => ['held-use', 'held-erase'],
  exactly: ['held-erase'],
  ask(turn) {
    const { parts, words } = turn.session.held;
    if (parts === 0) return onFromHeld(turn);
    turn.ask('held.ask', { parts, words }, { choices: ['held-use', 'held-erase'] });
  },
  choose(turn, value) {
    const slot = turn.session.at.of ?? 'story';
    const { parts, words } = turn.session.held;
    if (value === 'held-use' && parts > 0) {
      // What came before the yes was written before all else; a file belongs behind what was told so far.
      const first = turn.session.at.of === undefined ? { first: true as const } : {};
      turn.effects.push({ kind: 'held.use', slot, ...first });
      const before = turn.session.counts[slot] ?? { parts: 0, words: 0 };
      const after = { parts: before.parts + parts, words: before.words + words };
      turn.change({ counts: { ...turn.session.counts, [slot]: after }, built: null });
    } else if (parts > 0) {
      // They stay locked until the day is over, or until something else is taken out.
      turn.remember('held');
    }
    turn.change({ held: { parts: 0, words: 0 } });
    if (value === 'held-use' && parts > 0) turn.say('held.used');
    else turn.say('held.left-out', undefined, { commands: ['undo'] });
    onFromHeld(turn);
  },
});

/** On, also where nothing is held any more: a day has passed, or it was deleted. */
function onFromHeld(turn: Turn): void {
  if (turn.session.under.length > 0) return turn.resume('short');
  turn.go(onwards(turn, 'held'));
}

const STORY: Readonly<Record<Role, string>> = {
  family: 'story.family',
  witness: 'story.witness',
  organisation: 'story.organisation',
  organiser: 'story.organiser',
};

export const story: Prompt = freePrompt({
  slot: () => 'story',
  ask(turn) {
    const text = turn.asking === 'short' ? 'story.short' : STORY[turn.session.role ?? 'family'];
    turn.ask(text, keptUntil(turn), { commands: ['next', 'skip', 'pause'] });
  },
  next: (turn) => turn.go(onwards(turn, 'story')),
});

export const ownWord: Prompt = {
  literal: true,
  ask(turn) {
    turn.change({ ownWordOffered: true });
    turn.ask(turn.session.gathers === undefined ? 'own-word.ask' : 'gathering.own-word', undefined, {
      commands: ['skip'],
    });
  },
  hear(turn, said) {
    const word = fold(said.text);
    if (word.length < 3 || word.split(' ').length > 3 || word.length > 40) {
      turn.say('own-word.unfit');
      return turn.again('short');
    }
    turn.change({ ownWord: turn.world.fingerprint(word), unlockedAt: turn.event.at });
    // The word itself must not stand in what anybody can scroll back to.
    turn.effects.push({ kind: 'redact', message: said.id });
    turn.say('own-word.set');
    tellOfCode(turn, 'once');
    return turn.go(onwards(turn, 'own-word'));
  },
  command(turn, command) {
    if (command !== 'skip' && command !== 'next' && command !== 'skip-all') return false;
    tellOfCode(turn, 'once');
    turn.go(onwards(turn, 'own-word'));
    return true;
  },
};
