// Step 4: who writes. A person who begins to tell is family, or survived it, unless they say something else.

import { type Role, ROLES } from '../../engine/draft.ts';
import { keptUntil } from '../../engine/pending-consent.ts';
import { choice, definePrompt } from '../../engine/prompt.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { askWhetherGathers, becomeOrganiser, mayGather, mayWriteAlone, writeAlone } from '../../organiser/become.ts';
import { isOwnText } from '../../organiser/own-texts.ts';
import { gathersForOthers, saysConsented } from '../../understanding/alarm.ts';
import { fold } from '../../understanding/fold.ts';
import { deniedRolesIn, ownRoleIn } from '../../understanding/names/own-role.ts';
import { isAskingBack } from '../../understanding/plain-answer.ts';
import { perhapsMeant, recognizeChoice, saysMoreThan } from '../../understanding/recognize.ts';
import { soundsLikeRefusal } from '../../understanding/talk/hear.ts';
import { ROLE_PERHAPS, soundedRole } from '../../understanding/talk/sounded-answer.ts';
import { tellWants } from '../opening/wants.ts';

/** A message of this many words at "who is writing?" is the story itself. */
const STORY_WORDS = 6;
/** A longer one is told by family, or by who survived it, whatever it might sound like: they were asked to begin. */
const LONG_WORDS = 12;

const whoWrites = choice({
  takesWords: true,
  values: (turn) => turn.world.intake.choices['for-whom'],
  ask(turn) {
    turn.ask('for-whom.ask', undefined, { choices: turn.world.intake.choices['for-whom'] });
  },
  choose(turn, value) {
    if (value === 'organiser' && isOwnText(turn.session)) {
      turn.say('drafts.no-gathering');
      return turn.again('full');
    }
    if (value === 'organiser') return becomeOrganiser(turn);
    if (mayWriteAlone(turn)) writeAlone(turn);
    setRole(turn, ROLES.find((role) => role === value) ?? 'family');
    turn.go(nextStep(turn, 'for-whom'));
  },
  command(turn, command) {
    // Family is what goes without saying, unless something else was said.
    if ((command !== 'skip' && command !== 'next') || turn.session.notRole !== undefined) return false;
    takeRole(turn, 'family');
    turn.go(nextStep(turn, 'for-whom'));
    return true;
  },
});

/** A role that was understood and not chosen is shown, and can be changed with *review* until the text is sent. */
function takeRole(turn: Turn, role: Role, own: string | null = null): void {
  setRole(turn, role);
  takeOwnRole(turn, own);
  turn.say('for-whom.taken', { role: own ?? { key: `choices.${role}` } });
}

function setRole(turn: Turn, role: Role): void {
  const { notRole: _, ...rest } = turn.session;
  turn.session = { ...rest, role };
}

/** A person who begins to tell is family, or survived it, as they were told; if something else was said, it is asked again. */
export function takeTelling(turn: Turn): void {
  if (turn.session.notRole !== undefined) return turn.again('short');
  takeRole(turn, 'family');
  turn.go(nextStep(turn, 'for-whom'));
}

/** Said back at the read-back, and changed there by its number. */
function takeOwnRole(turn: Turn, text: string | null): void {
  const { role, language } = turn.session;
  if (text !== null && (role === 'family' || role === 'witness')) turn.change({ ownRole: { text, language } });
}

export const forWhom = definePrompt('for-whom', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [] },
  ...whoWrites,
  answer(turn, said) {
    // "They killed my son" names a son, and is a story first of all.
    if (said.tapped !== null) return whoWrites.answer(turn, said);
    const { lexicon, intake } = turn.world;
    const values = intake.choices['for-whom'];
    const wasAsked = turn.session.notRole !== undefined;
    const denied = deniedRolesIn(lexicon, said.text);
    if (denied.length > 0) noteDenied(turn, denied);
    const not = turn.session.notRole;
    const role = recognizeChoice(lexicon, turn.session.language, said.text, values, false);
    const value =
      role.kind === 'accepted' ? (ROLES.find((one) => one === role.value && !denied.includes(one)) ?? null) : null;
    const long = fold(said.text).split(' ').length >= STORY_WORDS;
    const own = ownRoleIn(lexicon, turn.session.language, said.text);
    const gathers = gathersForOthers(lexicon, said) || saysConsented(lexicon, said);
    if (value !== 'organiser' && gathers && mayGather(turn)) return askWhetherGathers(turn, said);
    if (value === 'organiser' || (value !== null && !saysMoreThan(lexicon, said.text, value, values, 1))) {
      whoWrites.answer(turn, said);
      return takeOwnRole(turn, own);
    }
    const heard = heardRole(turn, said.text, value);
    const isFew = fold(said.text).split(' ').length < (denied.length > 0 ? LONG_WORDS : STORY_WORDS);
    if (isFew && not !== undefined) return askWhoAgain(turn, heard, said);
    if (heard !== null && (!long || (GROUPS.includes(heard) && !wasAsked))) return askAboutRole(turn, heard, said);
    if (value === null && !long) return whoWrites.answer(turn, said);
    const refuses = heard === null && soundsLikeRefusal(lexicon, turn.session.language, said.text);
    if (refuses && wasAsked) {
      turn.say('skip.not-here');
      return turn.again('short');
    }
    if (refuses && not === undefined) return takeTelling(turn);
    const taken = value ?? heard ?? 'family';
    const isTwo = role.kind === 'rejected' && role.reason === 'two-at-once';
    const isPerhapsOther = value === null && heard === null && own === null && mayBeOfOthers(turn, said.text);
    if (isTwo || isPerhapsOther || wasAsked || not?.includes(taken) === true) {
      // "They killed my neighbour's son", "we run a helpline for victims": the words are kept, and the role is asked.
      turn.addPart('story', said.id, said.text);
      turn.say('for-whom.saved');
      return turn.again('short');
    }
    takeRole(turn, taken, own);
    turn.go({ prompt: 'story' });
    turn.toAsk = null;
    tellWants(turn);
    turn.addPart('story', said.id, said.text);
    turn.ask('story.begun', keptUntil(turn), { commands: ['next', 'pause'] });
    if (turn.session.held.parts > 0) turn.aside({ prompt: 'held' });
  },
});

/** They write of others, and may name a mother in it: "I help the mothers in my block". */
const GROUPS: readonly Role[] = ['organiser', 'organisation'];

/** The role that a sentence tells, if it selects none by its words, or one of family while it tells of others. */
function heardRole({ world, session }: Turn, text: string, selected: string | null): Role | null {
  const heard = soundedRole(world.lexicon, session.language, text);
  if (heard !== null && session.notRole?.includes(heard) === true) return null;
  return heard !== null && (selected === null || GROUPS.includes(heard)) ? heard : null;
}

/** It may be a witness, or somebody who writes for others, but that is not sure. */
function mayBeOfOthers({ world, session }: Turn, text: string): boolean {
  if (fold(text).split(' ').length >= LONG_WORDS) return false;
  const role = soundedRole(world.lexicon, session.language, text, ROLE_PERHAPS);
  return role !== null && role !== 'family';
}

/** Names the number of the role; the words wait for *undo*. */
function askAboutRole(turn: Turn, role: Role, { id, text }: Said): void {
  const number = turn.world.intake.choices['for-whom'].indexOf(role) + 1;
  turn.say('choice.perhaps', { choice: { key: `choices.${role}` }, number });
  if (text.split(/\s+/u).length >= STORY_WORDS) turn.leaveOut({ doubt: { kind: 'stray', id, text, more: [] } });
  if (role !== 'family') noteDenied(turn, []);
  turn.again('short');
}

/** From now on nothing that is told decides who writes: it was asked back, or these roles were denied. */
function noteDenied(turn: Turn, roles: readonly Role[]): void {
  turn.change({ notRole: [...new Set([...(turn.session.notRole ?? []), ...roles])] });
}

/** The name of an organisation, or a few words, after a role was denied: nothing is taken from them, and *undo* asks about them. */
function askWhoAgain(turn: Turn, heard: Role | null, said: Said): void {
  const { lexicon, intake } = turn.world;
  const { language, notRole = [] } = turn.session;
  const values = intake.choices['for-whom'];
  if (!said.folded.includes(' ') || isAskingBack(lexicon, said.text)) return whoWrites.answer(turn, said);
  const open = values.filter((value) => !notRole.some((one) => one === value));
  const meant = perhapsMeant(lexicon, language, said.text, open) ?? heard;
  if (meant === null) turn.say('choice.not-among');
  else
    turn.say('choice.perhaps', {
      choice: { key: `choices.${meant}` },
      number: values.findIndex((one) => one === meant) + 1,
    });
  turn.leaveOut({ doubt: { kind: 'stray', id: said.id, text: said.text, more: [] } });
  turn.again('short');
}
