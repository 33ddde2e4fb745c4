// Step 10: the form of the names in the document, asked separately for the person harmed and the author. A name is
// shown with the changes that it makes in the text, and counts once the person has confirmed it.

import { plainAnswerHere } from '../../engine/recognize-answer.ts';
import { askAboutStray, choice, choicePrompt, definePrompt } from '../../engine/prompt.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { initialsOf } from '../../understanding/names/folded.ts';
import { nameLeftOut } from '../../understanding/about-words.ts';
import { isRefusal, plainAnswerIn } from '../../understanding/plain-answer.ts';
import { backToCheck } from '../approval/check-lines.ts';
import { operatorParams } from '../opening/opening.ts';
import { sayKnownAnswer, tellOfIdentity } from '../opening/wants.ts';
import { decide } from './name-places.ts';
import { forget, formText, record } from './name-record.ts';
import { changesOf, hiddenIn, shownWith, type Who } from './name-to-confirm.ts';
import { formIn, namesAnother, nameWithForm, readName, whose } from './read-name.ts';
import { showAgain } from './withheld.ts';

/** A change from a review is said back and returns to it; else the next step follows. */
function finish(turn: Turn, who: Who): void {
  const { under, undo } = turn.session;
  if (under.length === 0) return turn.go(nextStep(turn, `${who}-form`));
  const { [who]: before } = undo?.before ?? {};
  const now = turn.session[who];
  if (before === undefined || (before.form === now.form && before.name === now.name)) return turn.resume('full');
  backToCheck(turn, who);
}

/** "I want everybody to know my son's full name": its number is asked for. Returns false if no form is named. */
function asksIfForm(turn: Turn, { text }: Said): boolean {
  const meant = formIn(turn, text);
  if (meant === null) return false;
  const number = turn.choicesAt(turn.session.at).findIndex(({ value }) => value === meant) + 1;
  turn.say('choice.perhaps', { choice: { key: `choices.${meant}` }, number });
  turn.again('short');
  return true;
}

/** "Put his full name, it's Darnell Hobbs": the form and the name at once. It is shown before it counts. */
function takesNamed(turn: Turn, who: Who, said: Said): boolean {
  const named = nameWithForm(turn, said);
  if (named === null) return false;
  turn.remember(who, 'namedIn', 'places');
  record(turn, who, { form: named.form });
  check(turn, who, named.name, said.id);
  return true;
}

/** "Não, meu nome não": no name, as if it had been chosen. For the other name it is said which question asks for it. */
function leavesOut(turn: Turn, who: Who, said: Said): boolean {
  const whoseName = nameLeftOut(turn.world.lexicon, said);
  if (whoseName === null) return false;
  // An organiser speaks of both in the same words.
  const isOther = turn.session.gathers === undefined && (whoseName === 'own') !== (who === 'author');
  if (isOther) turn.say(whoseName === 'own' ? 'names.next-own' : 'names.of-other', undefined, { commands: ['review'] });
  else turn.say('names.refused', undefined, { commands: ['undo'] });
  if (isOther) turn.again('short');
  else choosesForm(turn, who, 'none');
  return true;
}

function choosesForm(turn: Turn, who: Who, value: string): void {
  turn.remember(who, 'namedIn', 'places');
  const form = value === 'full' || value === 'initials' ? value : 'none';
  const { name } = turn.session[who];
  record(turn, who, { form, ...(name === undefined ? {} : { name }) });
  if (name !== undefined) return check(turn, who, name, turn.session.namedIn?.[who] ?? turn.event.id);
  turn.onward({ prompt: `${who}-name` });
}

function formPrompt<const W extends Who>(who: W) {
  return choicePrompt(`${who}-form`, {
    traits: { kind: 'step', guarded: false, consent: 'keep', phrase: ['full', 'initials'] },
    strict: true,
    values: (turn) => turn.world.intake.choices.naming,
    ask(turn) {
      if (who === 'author' && turn.asking !== 'short') tellOfIdentity(turn);
      turn.ask(formText(turn, who), undefined, {
        choices: turn.world.intake.choices.naming,
        commands: ['skip', 'skip-all'],
      });
    },
    otherwise: (turn, said) => leavesOut(turn, who, said) || takesNamed(turn, who, said) || asksIfForm(turn, said),
    choose: (turn, value) => choosesForm(turn, who, value),
    command(turn, command) {
      if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
      const inReview = turn.session.under.length > 0;
      if (inReview) {
        turn.resume('full');
        return true;
      }
      recordNone(turn, who);
      if (command === 'skip-all' && who !== 'author') recordNone(turn, 'author', who);
      turn.go(nextStep(turn, command === 'skip-all' ? 'author-form' : `${who}-form`));
      return true;
    },
  });
}

/** A name that was given already, on *review* for example, stays as it was chosen. */
function recordNone(turn: Turn, who: Who, asked: Who = who): void {
  if (turn.session[who].name === undefined) record(turn, who, { form: 'none' }, asked);
}

/** Also asked if no name is to be shown: a known name can be removed wherever it occurs. */
function namePrompt<const W extends Who>(who: W) {
  return definePrompt(`${who}-name`, {
    traits: { kind: 'step', guarded: false, consent: 'keep', takes: 'name', readAfter: 'spoken.ear-name' },
    literal: true,
    ask: (turn) => turn.ask(`names.write-${turn.session[who].form}`, { who: whose(turn, who) }, { commands: ['skip'] }),
    answer(turn, said) {
      if (!handleName(turn, who, said)) {
        turn.say('names.unfit');
        turn.again('short');
      }
    },
    command(turn, command) {
      if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
      noName(turn, who);
      return true;
    },
  });
}

function noName(turn: Turn, who: Who): void {
  turn.goOnWith(who);
  if (turn.session[who].form !== 'none' || turn.session[who].name !== undefined) {
    turn.remember(who, 'namedIn', 'places');
    record(turn, who, { form: 'none' });
  }
  finish(turn, who);
}

/** Accepts a refusal, answers a question, offers a sentence to the story. Returns false if it is none of these, nor a name. */
function handleName(turn: Turn, who: Who, said: Said): boolean {
  const read = readName(turn, said);
  switch (read.kind) {
    case 'asks':
      // "What is it for?" is about the name here.
      if (read.question === null || read.question === 'about') turn.say('names.why', operatorParams(turn));
      else sayKnownAnswer(turn, read.question);
      turn.again('full');
      return true;
    case 'form':
      turn.remember(who, 'namedIn', 'places');
      record(turn, who, { ...turn.session[who], form: read.form });
      turn.again('full');
      return true;
    case 'refuses':
      turn.say('names.refused', undefined, { commands: ['undo'] });
      noName(turn, who);
      return true;
    case 'tells':
      askAboutStray(turn, said);
      return true;
    case 'name':
      check(turn, who, read.name, said.id);
      return true;
    case 'unfit':
      return false;
    default:
      return read satisfies never;
  }
}

function check(turn: Turn, who: Who, name: string, message: string): void {
  turn.change({ naming: { who, name, message } });
  turn.onward({ prompt: `${who}-check` });
}

function checkPrompt<const W extends Who>(who: W) {
  const shown = choice({
    strict: true,
    values: (turn) => checkChoices(turn, who),
    ask(turn) {
      const { naming } = turn.session;
      if (naming?.who !== who) return turn.onward({ prompt: `${who}-name` });
      const { form } = turn.session[who];
      const hidden = hiddenIn(turn, who);
      if (hidden.length > 0) {
        const params = { who: whose(turn, who), name: naming.name, words: hidden.join(', ') };
        return turn.ask('names.check-hidden', params, { choices: checkChoices(turn, who), whole: true });
      }
      const shows = form === 'initials' ? initialsOf(naming.name) : naming.name;
      turn.ask(
        'names.check',
        {
          who: whose(turn, who),
          stands: { key: `names.stands-${form}`, params: { name: shows } },
          changes: { list: changesOf(turn, who, naming.name), by: 'line' },
        },
        { choices: checkChoices(turn, who), whole: true },
      );
    },
    choose(turn, value) {
      const { naming } = turn.session;
      if (value === 'name-again' || naming?.who !== who) return again(turn, who);
      turn.goOnWith(who);
      if (value === 'name-hidden') {
        turn.remember(who, 'namedIn', 'places');
        record(turn, who, { ...turn.session[who], form: 'none' });
        return turn.again('full');
      }
      if (value === 'name-shown') showAgain(turn, hiddenIn(turn, who));
      return bind(turn, who, naming, value === 'name-right');
    },
    otherwise(turn, said) {
      const { lexicon } = turn.world;
      const { naming } = turn.session;
      const answer = plainAnswerHere(turn, said.text);
      // Neither a yes nor a no says whether a hidden name is shown.
      if (answer !== null && hiddenIn(turn, who).length > 0) return false;
      // "No, it is Marco": with a capital letter the name may be in it.
      const isNo = answer === 'no' && (plainAnswerIn(lexicon, said.text) !== null || !/.\p{Lu}/u.test(said.text));
      if (answer === 'yes' && naming?.who === who) bind(turn, who, naming, true);
      else if (isNo || isRefusal(lexicon, said.text)) again(turn, who);
      else if (namesAnother(turn, naming?.name ?? '', said)) {
        turn.leaveOut({ doubt: { kind: 'stray', id: said.id, text: said.text, more: [] } });
        turn.again('full');
      }
      // A name typed again is a correction.
      else return handleName(turn, who, said);
      return true;
    },
    command(turn, command) {
      const { naming } = turn.session;
      if (command === 'next' && hiddenIn(turn, who).length > 0) turn.again('full');
      else if (command === 'next' && naming?.who === who) bind(turn, who, naming, true);
      else if (command === 'skip' || command === 'skip-all') {
        forget(turn);
        noName(turn, who);
      } else return false;
      return true;
    },
  });
  const traits = { kind: 'step', guarded: true, consent: 'keep', phrase: [] } as const;
  return definePrompt(`${who}-check`, { traits, ...shown, literal: true });
}

function checkChoices(turn: Turn, who: Who): readonly string[] {
  const { naming } = turn.session;
  if (hiddenIn(turn, who).length > 0) return ['name-shown', 'name-hidden', 'name-again'];
  const places = naming?.who === who ? shownWith(turn, who, naming.name).shown : [];
  return places.some(({ one }) => !one.place.whole)
    ? ['name-right', 'name-where', 'name-again']
    : ['name-right', 'name-again'];
}

/** The name counts from here on; `decided`: so do the places that were shown with it. Else each is asked about. */
function bind(turn: Turn, who: Who, { name, message }: { name: string; message: string }, decided: boolean): void {
  const { shown } = shownWith(turn, who, name);
  const { form } = turn.session[who];
  turn.goOnWith(who);
  turn.remember(who, 'namedIn', 'places');
  turn.change({ built: null, [who]: { form, name }, namedIn: { ...turn.session.namedIn, [who]: message } });
  forget(turn);
  turn.noteChange();
  if (decided) decide(turn, shown);
  finish(turn, who);
  if (!decided) turn.aside({ prompt: 'names-where' });
}

function again(turn: Turn, who: Who): void {
  forget(turn);
  turn.onward({ prompt: `${who}-name` });
}

export const harmedForm = formPrompt('harmed');
export const harmedName = namePrompt('harmed');
export const harmedCheck = checkPrompt('harmed');
export const authorForm = formPrompt('author');
export const authorName = namePrompt('author');
export const authorCheck = checkPrompt('author');
