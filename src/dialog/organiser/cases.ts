// The organiser's own session, outside every case: the list of cases, and how to open one.

import { LANGUAGES } from '../../languages.ts';
import type { Then } from '../engine/event.ts';
import { keptUntil } from '../engine/pending-consent.ts';
import { definePrompt } from '../engine/prompt.ts';
import type { Choice, TextRef } from '../engine/reply.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import type { PutAway, Said } from '../engine/world.ts';
import type { GatheringWord } from '../understanding/word-lists.ts';
import type { OrganiserList } from '../understanding/organiser-lists.ts';
import { asksByMark, isDone, partsOf } from '../understanding/plain-answer.ts';
import { numberIn } from '../understanding/recognize.ts';
import { factsOfCases, lineOf, listedOf } from './case-facts.ts';
import { casesNamed, isNamed } from './named.ts';
import { nameOf } from './gathering.ts';
import { askForImport } from './import.ts';
import { goBackAtOnce, openNew, ownLine } from './own-texts.ts';
import { meantBy, wayOut, wishFor } from './wish-for-person.ts';

// *cases*, *new*, *hand over* and the like: the organiser's commands, in every step.

/** A command that opens another text is no answer in this one. */
export const organiserCommand: Stage = (turn, message) => {
  if (message.choice !== null) return 'next';
  const isNext = message.gatheringWord === null && turn.session.kept && saysNextPerson(turn, message);
  return runOrganiserCommand(turn, isNext ? 'new' : message.gatheringWord) ? 'done' : 'next';
};

/** Characters of "that's all for her, next person please"; a longer message tells. */
const NEXT_PERSON = 80;

/** That somebody has told all, and the wish for the next person, in one message. */
function saysNextPerson({ world: { lexicon } }: Turn, { text, folded }: Said): boolean {
  if (text.length > NEXT_PERSON || asksByMark(text)) return false;
  const words = folded.split(' ');
  const is = (part: string, list: OrganiserList) => LANGUAGES.some((one) => lexicon.organiser[one][list].has(part));
  const isCourtesy = (some: readonly string[]) =>
    some.length === 0 || LANGUAGES.some((one) => partsOf(lexicon, one, some, ['around', 'maybeYes']) !== null);
  const isNext = (some: readonly string[]) =>
    some.some((_, end) => {
      const part = some.slice(0, end + 1).join(' ');
      return (lexicon.gathering.get(part) === 'new' || is(part, 'nextOne')) && isCourtesy(some.slice(end + 1));
    });
  const isAll = (some: readonly string[]) =>
    isDone(lexicon, some.join(' ')) ||
    some.some((_, from) => is(some.slice(from).join(' '), 'finished') && isCourtesy(some.slice(0, from)));
  return words.some((_, at) => at > 0 && isNext(words.slice(at)) && isAll(words.slice(0, at)));
}

/** Returns true if the message was one. */
function runOrganiserCommand(turn: Turn, said: GatheringWord | null): boolean {
  // "Together" answers this question.
  if (said === 'together' && turn.session.at.prompt === 'together') return false;
  // At the prompt of a typed code, the command is about that code.
  if (said === 'new-code' && turn.session.at.prompt === 'code-withdraw') return false;
  const isTheirs = said === 'new-code' && turn.session.withdrawalCode === true;
  const mayUse = turn.session.drafts === true ? said === 'cases' : turn.session.gathers !== undefined;
  const word = mayUse || isTheirs ? said : null;
  // These commands are about the open text.
  if ((word === 'hand-over' || word === 'close' || word === 'new-code') && !isTheirs && !isOpen(turn)) {
    turn.say('codes.nothing-open');
    turn.again('short');
    return true;
  }
  if ((word === 'hand-over' || word === 'close') && turn.session.importing !== undefined) {
    turn.say('import.first');
    turn.again('short');
    return true;
  }
  switch (word) {
    case null:
      return false;
    case 'cases':
      if (turn.session.gathers === 'home') turn.go({ prompt: 'cases' });
      else turn.leaveFor({ kind: 'home', at: 'cases' });
      return true;
    case 'new':
      turn.leaveFor({ kind: 'new' });
      return true;
    case 'my-word':
      if (turn.session.ownWord !== null) turn.say('gathering.has-word');
      turn.aside({ prompt: 'own-word' });
      return true;
    case 'together':
      if (turn.session.gathers === 'home') turn.go({ prompt: 'joint' });
      else turn.leaveFor({ kind: 'home', at: 'joint' });
      return true;
    case 'hand-over':
      turn.aside({ prompt: 'hand-over' });
      return true;
    case 'close':
      turn.aside({ prompt: 'close-case' });
      return true;
    case 'import':
      askForImport(turn);
      return true;
    case 'new-code':
      turn.aside({ prompt: 'new-code' });
      return true;
    default:
      return word satisfies never;
  }
}

function isOpen({ session }: Turn): boolean {
  return session.gathers === 'case' && session.kept && session.teller !== undefined;
}

const COMMANDS = ['new', 'pause'];

/** Shown if no case is open: names are not listed before they are asked for. */
export const home = definePrompt('home', {
  traits: { kind: 'step', guarded: false, consent: 'none' },
  ask(turn) {
    if (turn.session.drafts === true) return turn.go({ prompt: 'cases' });
    turn.ask('gathering.home', keptUntil(turn), { commands: ['cases', ...COMMANDS] });
  },
  answer: handleWhich,
});

export const cases = definePrompt('cases', {
  traits: { kind: 'step', guarded: true, consent: 'none' },
  ask(turn) {
    const all = listed(turn);
    if (turn.session.drafts === true) return askOwn(turn, all);
    if (all.length === 0) return turn.ask('gathering.none', undefined, { commands: COMMANDS });
    const facts = factsOfCases(all, {
      call: turn.world.call,
      at: turn.event.at,
      nameOf: (session) => nameOf(turn, session),
    });
    const choices = facts.map((one): Choice => ({ value: one.key, label: lineOf(one) }));
    const text = turn.session.ownWord === null ? 'gathering.list-numbers' : 'gathering.list';
    turn.ask(text, keptUntil(turn), { choices, commands: COMMANDS, whole: true });
  },
  answer: handleWhich,
  /** Back to the text that was open before the list. */
  command(turn, command) {
    if (turn.session.drafts !== true) return false;
    if (command === 'next' && listed(turn).length === 0) {
      openNew(turn, { id: turn.world.call.id, hash: turn.world.callHash });
      return true;
    }
    return command === 'back' && goBackAtOnce(turn);
  },
});

function askOwn(turn: Turn, all: readonly PutAway[]): void {
  const name: TextRef = { key: 'call:short' };
  if (all.length === 0) return turn.ask('drafts.none', { name }, { commands: ['next'] });
  const choices = all.map((one): Choice => ({ value: one.key, label: ownLine(one, turn.event.at) }));
  const commands = turn.session.cameFrom === undefined ? [] : ['back'];
  turn.ask('drafts.list', keptUntil(turn), { choices, commands, whole: true });
}

const listed = (turn: Turn): readonly PutAway[] => listedOf(turn.cases());

function handleWhich(turn: Turn, said: Said): void {
  const all = listed(turn);
  if (said.tapped !== null) return open(turn, all.find(({ key }) => key === said.tapped) ?? null);
  const number = numberIn(said);
  if (number !== null) {
    const one = all[number - 1];
    if (one !== undefined) return open(turn, one);
    const none = turn.session.drafts === true ? 'drafts.nothing-open' : 'gathering.none';
    turn.say(all.length === 0 ? none : 'choice.out-of-range', { last: all.length });
    return turn.again('short');
  }
  const wish = turn.session.drafts === true ? null : wishFor(turn, said);
  const meant = wish === null ? null : meantBy(turn, wish, said.text);
  const put = all.find(({ key }) => key === meant?.key);
  // Erasing asks for its own word.
  if (put !== undefined)
    return goInto(turn, put, wish?.kind === 'leavingThem' ? { kind: wayOut(put.session) } : undefined);
  const named = casesNamed(turn, all, said.text);
  if (named.length === 1 && named[0] !== undefined) return open(turn, named[0]);
  if (named.length === 0) turn.say(turn.session.drafts === true ? 'drafts.nothing-open' : 'gathering.nothing-open');
  else {
    const people = named.map((one) => ({
      key: 'gathering.several-line',
      params: { number: all.indexOf(one) + 1, name: nameOf(turn, one.session) },
    }));
    turn.say('gathering.several', { people: { list: people, by: 'line' } });
  }
  turn.again('short');
}

function open(turn: Turn, one: PutAway | null): void {
  if (one === null) {
    turn.say('choice.stale');
    return turn.again('short');
  }
  goInto(turn, one);
}

/** Opens a text from anywhere; one that is closed to its organiser is never opened. */
export function goInto(turn: Turn, { key, session }: PutAway, then?: Then): void {
  if (session.teller?.closed === true) {
    turn.say('gathering.is-closed', { name: nameOf(turn, session) });
    return turn.again('short');
  }
  turn.leaveFor({ kind: 'case', key, ...(then === undefined ? {} : { then }) });
}

/** Most words of a name; a longer message is not a name. */
export const NAME_WORDS = 5;

/** A contributor's name alone, in the middle of an answer: a word about them, or the wish to open their case. */
export function doubtsWhose(turn: Turn, said: Said): boolean {
  if (said.folded.split(' ').length > NAME_WORDS) return false;
  const meant = turn.cases().find(({ session }) => isNamed(session.teller?.label, said.text));
  if (meant === undefined || meant.session.teller?.closed === true) return false;
  turn.change({ doubt: { kind: 'case', to: meant.key, id: said.id, text: said.text } });
  turn.aside({ prompt: 'doubt' });
  return true;
}
