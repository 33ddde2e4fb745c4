// Step 11: the document exactly as it will leave. Nothing over the limit passes.

import { acceptedFormats } from '../../../calls/call.ts';
import type { BuiltDocument, Unmade } from '../../engine/event.ts';
import { excessOf, lengthIn, toldIn } from '../../engine/limit.ts';
import { choice, choicePrompt, definePrompt } from '../../engine/prompt.ts';
import type { Choice, TextRef } from '../../engine/reply.ts';
import { askAboutPlaces } from '../names/name-places.ts';
import { askAboutKind, hideAsAsked } from '../names/withheld.ts';
import { askAboutTranslation } from '../names/translation.ts';
import { sayBudget, sayForOthers } from '../../organiser/joint-limit.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { formShown } from '../../understanding/names/settle.ts';
import { sayUnanswered } from '../story/compulsory.ts';
import { withChanges } from './change-word.ts';
import { checkChoices, openLine } from './check.ts';
import { roleShown } from './check-lines.ts';
import { sayNamesFound } from './publication.ts';
import { askAboutTalk } from './sieve.ts';

const build = (turn: Turn, file: boolean) => turn.effects.push({ kind: 'build', final: false, file });

/** Returns true if the document is over the limit; the person is then shown what could be cut. */
export function sendToOverLimit(turn: Turn, document: BuiltDocument): boolean {
  const { joint } = turn.session;
  if (excessOf(turn.world.call, joint !== undefined, document) === null) return false;
  turn.change({ built: null });
  turn.aside({ prompt: joint === undefined ? 'over-limit' : 'joint-over' });
  return true;
}

/** Notes who is not in the joint document this time. Returns true if fewer than two are left, and says so. */
export function nothingJoined(turn: Turn, document: BuiltDocument): boolean {
  const { joint } = turn.session;
  if (joint === undefined) return false;
  turn.change({ joint: { members: joint.members, out: [...(document.missing ?? [])] } });
  if (joint.members.length - (document.missing ?? []).length > 1) return false;
  sayBudget(turn, document);
  turn.ask('joint.none-left', undefined, { commands: ['cases'] });
  return true;
}

/** A joint document needs two texts: the one that is left can go into another one, or alone. */
export function tooFewLeft(turn: Turn): boolean {
  const { joint } = turn.session;
  if (joint === undefined || joint.members.length > 1) return false;
  if (joint.members.length > 0) turn.effects.push({ kind: 'join', members: [] });
  turn.change({ joint: { members: [] } });
  turn.ask('jointly.too-few', undefined, { commands: ['cases'] });
  return true;
}

const waysOf = ({ world }: Turn): readonly string[] => world.intake.choices['read-back'];

/** The ways to read it; then the check of everything, each line to be changed by its number. */
function readBackChoices(turn: Turn): readonly Choice[] {
  const ways = waysOf(turn).map((value) => ({ value, label: { key: `choices.${value}` } }));
  return turn.session.joint === undefined ? [...ways, ...checkChoices(turn)] : ways;
}

export const readBack = definePrompt('read-back', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: [], needsRecordings: true },
  ...choice({
    values: (turn) => readBackChoices(turn).map(({ value }) => value),
    options: readBackChoices,
    ask(turn) {
      if (tooFewLeft(turn) || askAboutTranslation(turn) || askAboutTalk(turn)) return;
      hideAsAsked(turn);
      if (askAboutKind(turn) || askAboutPlaces(turn)) return;
      // Assigned before the read-back: the document contains it.
      if (turn.session.reference === null) turn.change({ reference: turn.world.newId('reference') });
      build(turn, false);
    },
    choose(turn, value) {
      if (value === 'not-now') return turn.go(nextStep(turn, 'read-back'));
      if (!waysOf(turn).includes(value)) return openLine(turn, value);
      turn.change({ at: { prompt: 'read-back', of: value } });
      build(turn, value === 'file');
    },
    command(turn, command) {
      if (command !== 'next' && command !== 'skip') return false;
      turn.go(nextStep(turn, 'read-back'));
      return true;
    },
  }),
  built(turn, document) {
    if (nothingJoined(turn, document)) return;
    if (document.sections.length === 0) {
      turn.say('read-back.empty');
      turn.change({ at: { prompt: 'read-back' } });
      return turn.go({ prompt: 'story' });
    }
    if (sendToOverLimit(turn, document)) return;
    const how = turn.session.at.of;
    turn.change({ at: { prompt: 'read-back' } });
    if (how === undefined) return askHow(turn, document);
    if (how === 'here') showAll(turn, document);
    if (how === 'file') showFile(turn, document);
    if (how === 'changed') showChanged(turn);
    turn.go({ prompt: 'read-back-check' });
  },
});

function showFile(turn: Turn, document: BuiltDocument): void {
  if (document.files.length > 0) turn.say('read-back.file', { words: document.words }, { file: 'preview' });
  else sayUnmade(turn, 'read-back', document);
}

/** The format that keeps the text from being sent, as the person and the desk are told; null if it can be sent. */
function unmadeOf({ world }: Turn, { unmade = [] }: BuiltDocument): Unmade | null {
  const [first] = unmade;
  if (first === undefined) return null;
  // A Word file alone is enough, since it holds the whole text; but a text that took too much memory or time sends no file.
  return (
    unmade.find(({ why }) => why !== 'missing-glyphs') ??
    (unmade.length === acceptedFormats(world.call).length ? first : null)
  );
}

/** Returns true if no file can be sent: says so and flags it for the desk. If only the PDF is left out, says that. */
export function sayUnmade(turn: Turn, where: 'read-back' | 'send', document: BuiltDocument): boolean {
  const [left] = document.unmade ?? [];
  const without = unmadeOf(turn, document);
  if (without !== null) turn.flag('no-file');
  else turn.unflag('no-file');
  if (left !== undefined && without === null) turn.flag('pdf-left-out');
  else turn.unflag('pdf-left-out');
  const org = turn.world.operator.name;
  const characters = shownCharacters((without ?? left)?.characters ?? []);
  if (without !== null) {
    const text = `${where}.${without.why === 'missing-glyphs' ? 'no-file' : without.why}`;
    if (where === 'send') turn.ask(text, { org, characters }, { commands: ['review'] });
    else turn.say(text, { org, characters });
  } else if (left !== undefined && where === 'read-back') turn.say('read-back.no-pdf', { characters });
  return without !== null;
}

/** Enough to find the characters in the text. */
const CHARACTERS = 12;

function shownCharacters(all: readonly string[]): string {
  return `${all.slice(0, CHARACTERS).join(' ')}${all.length > CHARACTERS ? ' …' : ''}`;
}

function askHow(turn: Turn, document: BuiltDocument): void {
  const { joint, teller } = turn.session;
  sayUnmade(turn, 'read-back', document);
  if (joint !== undefined) {
    sayBudget(turn, document);
    sayForOthers(turn, document);
  }
  sayNamesFound(turn);
  if (joint === undefined) sayUnanswered(turn);
  const { ending, params: length } = lengthIn(turn.world.call, joint !== undefined, document);
  const ofOne = teller === undefined && joint === undefined;
  const key = `${ofOne ? 'read-back.ask' : 'gathering.read-back'}${ending}`;
  const params = {
    ...length,
    told: toldIn(document),
    recipient: document.recipient ?? { key: 'read-back.no-recipient' },
    ...(ofOne ? {} : { name: joint === undefined ? nameOf(turn) : { key: 'joint.everyone' } }),
  };
  const choices = readBackChoices(turn);
  if (joint !== undefined) {
    turn.say('joint.names', { count: joint.members.length });
    return turn.ask(key, params, { choices });
  }
  const first = waysOf(turn).length + 1;
  turn.ask('check.read-back', { said: { key, params }, first }, { choices });
}

/** The form of the names, in words: "The person harmed: initials. You: no name." */
function namesInWords(turn: Turn): TextRef {
  const { harmed, author, withheld, gathers, joint } = turn.session;
  if (joint !== undefined) return { key: 'joint.names', params: { count: joint.members.length } };
  const params = {
    harmed: { key: `choices.${formShown(harmed, withheld)}` },
    author: { key: `choices.${formShown(author, withheld)}` },
  };
  if (gathers !== undefined) return { key: 'gathering.names', params };
  return { key: 'read-back.names', params: { ...params, role: roleShown(turn) } };
}

/** All that is in the file: its top, one bubble per heading, the foot of its pages. The first line of each bubble is neutral. */
export function showAll(turn: Turn, document: BuiltDocument): void {
  for (const [at, { headings, lines }] of document.shown.entries()) {
    if (at === document.shown.length - 1) turn.say('read-back.foot', { text: lines.join('\n') });
    else if (headings.length === 0) turn.say('read-back.top', { text: lines.join('\n') });
    else {
      const list = headings.map((line) => ({ key: 'read-back.heading', params: { line } }));
      turn.say('read-back.section', { headings: { list, by: 'line' }, text: lines.join('\n\n') });
    }
  }
}

function showChanged(turn: Turn): void {
  const { withheld } = turn.session;
  if (withheld.length === 0) turn.say('read-back.nothing-withheld', { names: namesInWords(turn) });
  else turn.say('read-back.withheld', { words: withheld.join('\n'), names: namesInWords(turn) });
  sayNamesFound(turn);
}

const check = choicePrompt('read-back-check', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: [], needsRecordings: true },
  values: (turn) => turn.world.intake.choices['read-back-check'],
  ask(turn) {
    turn.ask('read-back.check', undefined, { choices: turn.world.intake.choices['read-back-check'] });
  },
  choose(turn, value) {
    if (value === 'right') return turn.go(nextStep(turn, 'read-back'));
    turn.session = { ...turn.session, at: { prompt: 'read-back' } };
    return turn.aside({ prompt: 'review' });
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.go(nextStep(turn, 'read-back'));
    return true;
  },
});

export const readBackCheck = withChanges(check);
