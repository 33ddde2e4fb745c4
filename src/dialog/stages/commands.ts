// The general commands. A prompt may give next, skip and skip-all its own meaning.

import { limitIsAssumed } from '../../calls/call.ts';
import { aboutLeft, exactBudget, shareOf, wordsIn } from '../engine/budget.ts';
import { aboutPages } from '../engine/limit.ts';
import { acknowledge } from '../engine/prompt.ts';
import { hasAnswer, topicsFor } from '../engine/questions.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { mayWriteAlone } from '../organiser/become.ts';
import { sayWhichText } from '../organiser/own-texts.ts';
import { stopSending, tellMail } from '../prompts/after/after.ts';
import { askForCode, tellOfCode } from '../prompts/after/elsewhere.ts';
import { hideAllNames } from '../prompts/names/withheld.ts';
import { tellOfPrint } from '../prompts/asides/unreachable.ts';
import { supportList } from '../prompts/opening/opening.ts';
import { orderedHidden } from '../understanding/commands.ts';
import { isAboutNames, namesApart, ordersToHide, wishForAll } from '../understanding/names/hide-order.ts';
import { hideWishIn } from '../understanding/names/hide-wish.ts';
import { PROMPT } from '../prompts/prompts.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { orderToLeave, takesBack, wishesToErase, wishesToHide } from '../understanding/alarm.ts';
import { findingsIn, isPerson } from '../understanding/findings.ts';
import type { Command } from '../understanding/word-lists.ts';
import { wantsOut } from '../understanding/plain-answer.ts';
import { perhapsMeant, recognizeChoice } from '../understanding/recognize.ts';
import { undo } from './edits.ts';
import { askAboutSending, holdSending, isAtRest, sendingElsewhere, sendingOf } from './sending-window.ts';
import { areTold, toHide, withholdThese } from './hide-name.ts';
import { isShutCommand, tellShut } from './put-away.ts';
import { sentTexts } from './sent-texts.ts';
import { keepWish } from './show-name.ts';
import { rest, restEarly } from './way-back.ts';

// *listen*: reads aloud what was asked last.

/** *listen* reads the text of a file that was read back, not the question after it. */
const HEARD_WHOLE = { 'read-back-check': { prompt: 'read-back', of: 'here' } } as const;

function listen(turn: Turn): void {
  if (turn.facts.channel.speaks !== true) {
    turn.say('listen.cannot');
    return turn.again('short');
  }
  const { at, voice } = turn.session;
  turn.change({ voice: { ...voice, aloud: true } });
  if (at.prompt === 'read-back-check') turn.change({ at: HEARD_WHOLE[at.prompt] });
  turn.again('full');
}

export function runCommand(turn: Turn, command: Command): void {
  if (PROMPT[turn.session.at.prompt].command?.(turn, command) === true) return;
  if (turn.session.putAway !== undefined && isShutCommand(turn, command)) return tellShut(turn);
  switch (command) {
    case 'help':
      turn.say('help.people', { support: supportList(turn, 'protect', 'own') });
      turn.say('help.commands');
      if (turn.facts.channel.speaks === true) turn.say('listen.help');
      if (turn.session.drafts === true) turn.say('drafts.commands');
      else if (turn.session.gathers !== undefined) {
        turn.say('gathering.commands');
        tellOfPrint(turn);
      }
      return turn.again('short');
    case 'back':
      // Right after SEND *back* can only lead to the text that waits.
      if (isAtRest(turn) && turn.session.under.length === 0 && askAboutSending(turn)) return;
      if (turn.session.undo?.before.alone === true && turn.session.trail.length === 0 && mayWriteAlone(turn)) {
        return undo(turn);
      }
      return turn.back();
    case 'repeat':
      return turn.again('full');
    case 'next':
    case 'skip':
    case 'skip-all':
      turn.say('skip.not-here');
      return turn.again('short');
    case 'review':
      if (!turn.session.kept) return nothingYet(turn);
      return turn.aside({ prompt: 'review' });
    case 'hide':
      return hideNames(turn, null);
    case 'undo':
      return undo(turn);
    case 'words':
      return sayWords(turn);
    case 'language':
      return turn.aside({ prompt: 'language' });
    case 'pause':
      if (!turn.session.kept) return restEarly(turn);
      // Nothing is asked of a person who rests.
      turn.toAsk = null;
      rest(turn);
      if (holdSending(turn)) turn.say('hold.state', { reference: sendingOf(turn)?.reference ?? '' });
      return tellOfCode(turn, 'pause');
    case 'stop':
      return stopHere(turn);
    case 'delete':
      return turn.aside({ prompt: asksWhich(turn) ? 'erase-which' : 'erase' });
    case 'listen':
      return listen(turn);
    case 'person':
      return turn.aside({ prompt: 'person' });
    case 'code':
      return askForCode(turn);
    case 'progress':
      return sayProgress(turn);
    default:
      return command satisfies never;
  }
}

/** Prompts that take a secret, or ask whether to erase: no wish is read from these. */
const NO_WISH: readonly PromptId[] = ['locked', 'erase'];

/** A person who has stopped is asked for the word that erases without being asked back first. */
const STOPPED: readonly PromptId[] = ['stop', 'stopped'];

/** A wish in the person's own words, to hide a name or withdraw everything: not testimony, and nothing is done at once. */
export function handleWish(turn: Turn, said: Said): boolean {
  const { lexicon } = turn.world;
  const { at, flags, gathers, language, mails } = turn.session;
  const { literal, slot } = PROMPT[at.prompt];
  const mayHide = literal !== true && gathers !== 'home';
  const isFree = slot === undefined && at.prompt !== 'doubt';
  const words = mayHide ? toHide(turn, said.text, isFree) : [];
  const wish = mayHide ? hideWishIn(lexicon, said.text) : null;
  const wishes = wishesToHide(lexicon, said.text) || wishForAll(lexicon, said.text) !== null;
  const hides = words.length > 0 || wish !== null || (mayHide && wishes);
  // "Cancel everything" erases nothing as long as nothing was sent.
  const stops = mails.length === 0 && orderToLeave(lexicon, said.text) === 'stop';
  const erases = !hides && !stops && wishesToErase(lexicon, said.text) && !wantsOut(lexicon, said.text);
  if ((!hides && !erases) || flags.includes('under-age')) return false;
  if (hides && turn.session.putAway !== undefined) {
    tellShut(turn);
    return true;
  }
  // "Hide the names of Awa and Ilyes": the list looks for each of them, and says which are not there.
  const order = at.prompt === 'others' ? orderedHidden(lexicon, said.text) : null;
  // "No names please": the list hides them.
  if (at.prompt === 'others' && words.length === 0 && isAboutNames(lexicon, said.text)) return false;
  const isOnly = order !== null && (ordersToHide(lexicon, said.text) || namesApart(lexicon, order).length > 1);
  if (isOnly && (words.length === 0 || !areTold(turn, words))) return false;
  if (
    NO_WISH.includes(at.prompt) ||
    turn.here.confirmsSpeech === true ||
    (turn.here.takesWords === true && at.prompt !== 'doubt')
  )
    return false;
  if (!hides && takesBack(lexicon, said) && sentTexts(turn).some(({ out }) => out.length > 0)) {
    turn.aside({ prompt: 'withdraw-kind' });
    return true;
  }
  if (erases && STOPPED.includes(at.prompt)) {
    runCommand(turn, 'delete');
    return true;
  }
  const values = turn.choicesAt(at).map(({ value }) => value);
  const chosen = recognizeChoice(lexicon, language, said.text, values, true).kind === 'accepted';
  const isNamed = words.length > 0;
  if (chosen || (!isNamed && perhapsMeant(lexicon, language, said.text, values) !== null)) return false;
  if (isNamed && at.prompt === 'others') {
    withholdThese(turn, words, said.text);
    turn.again('short');
    return true;
  }
  if (at.prompt === 'doubt' || (!isNamed && hides && slot === undefined)) {
    if (!hides) runCommand(turn, 'delete');
    else hideNames(turn, said);
    return true;
  }
  const doubt = { kind: 'command', command: hides ? 'hide' : 'delete', id: said.id, text: said.text } as const;
  if (slot !== undefined && wish !== null && !wish.isOnly && !wishesToHide(lexicon, said.text, 'it')) {
    // A wish in what is told: all of it stays in the text.
    turn.addPart(slot(turn), said.id, said.text);
    acknowledge(turn);
    turn.change({ doubt: { ...doubt, text: wish.order, words: 'kept' } });
    turn.aside({ prompt: 'doubt' });
    return true;
  }
  turn.change({ doubt: hides && slot === undefined ? { ...doubt, words: 'aside' } : doubt });
  turn.aside({ prompt: 'doubt' });
  return true;
}

/** *hide names*: the list of what can be hidden. `said`: the wish in the person's own words; `isPlaced`: they are kept already. */
export function hideNames(turn: Turn, said: Pick<Said, 'id' | 'text'> | null, isPlaced = said?.id === ''): void {
  const { at, contribution, joint, kept, mails, ownWord, unlockedAt } = turn.session;
  if (at.prompt === 'locked' || at.prompt === 'others') return turn.again('full');
  if (joint !== undefined) return turn.aside({ prompt: 'joint-review' });
  const all = said === null ? null : wishForAll(turn.world.lexicon, said.text);
  const isLocked = ownWord !== null && unlockedAt === null;
  if (!kept || contribution === null || (all !== null && isLocked)) {
    if (all !== null) turn.change({ hidesNames: [] });
    turn.say(all === null ? 'hide.early' : 'hide.early-all');
    return turn.again('short');
  }
  if (sendingOf(turn) !== undefined && askAboutSending(turn)) return;
  const form = at.prompt === 'harmed-form' || at.prompt === 'author-form' ? 'none' : null;
  const meant = turn.choicesAt(at).findIndex(({ value }) => value === (mails.length > 0 ? 'correct' : form));
  const choice = said === null && mails.length === 0 ? undefined : turn.choicesAt(at)[meant];
  if (choice !== undefined) {
    // A text that has left is changed by a correction only; "not my name" answers how the name shall appear.
    turn.say('choice.perhaps', { choice: choice.label, number: meant + 1 });
    if (form !== null) turn.say('hide.others', undefined, { commands: ['hide'] });
    return turn.again('short');
  }
  if (said !== null && all !== null) {
    const isKnown = hideAllNames(turn, all.but);
    if (!isPlaced) keepWish(turn, said);
    if (isKnown) return turn.again('short');
    turn.say('hide.except');
    return turn.aside({ prompt: 'others' });
  }
  const isFree = PROMPT[at.prompt].slot === undefined && at.prompt !== 'doubt';
  const words = said === null ? [] : toHide(turn, said.text, isFree);
  if (said !== null && words.length > 0) {
    withholdThese(turn, words, said.text);
    if (!isPlaced) keepWish(turn, said);
    return turn.again('short');
  }
  if (said !== null && !isPlaced) {
    const { id, text } = said;
    turn.leaveOut({ doubt: { kind: 'stray', id, text, more: [] } });
    turn.say('hide.noted', undefined, { commands: ['undo'] });
  }
  const named = said === null ? undefined : findingsIn(turn.world.lexicon, [said.text]).find(isPerson);
  turn.aside({ prompt: 'others', ...(named === undefined ? {} : { of: named.text }) });
  // The list shows names and can be opened from anywhere: the passphrase is asked first.
  if (isLocked) turn.aside({ prompt: 'locked' });
}

/** A person with several texts may mean one of them, or all. */
function asksWhich(turn: Turn): boolean {
  const { gathers, drafts } = turn.session;
  return gathers === 'case' || (drafts === true && turn.cases().length > 0);
}

function nothingYet(turn: Turn): void {
  turn.say('nothing-yet');
  turn.again('short');
}

function sayWords(turn: Turn): void {
  const { session, world } = turn;
  const { words: all, limit } = exactBudget(turn);
  const words = wordsIn(session);
  if (limit === null) turn.say('words.unlimited', { words });
  else if (limitIsAssumed(world.call)) turn.say('words.pages', { words, ...aboutPages(world.call, all) });
  else if (all > limit) turn.say('words.over', { words, left: all - limit });
  else turn.say('words.left', { words, left: aboutLeft(limit, all) });
  const slot = PROMPT[session.at.prompt].slot?.(turn);
  const share = slot === undefined ? null : shareOf(slot, session, world.call, world.intake);
  if (share !== null && limit !== null && all <= limit) turn.say('words.share', { share });
  turn.again('short');
}

/** *stop*: takes a sending back inside its window; else pauses and asks whether to erase. */
function stopHere(turn: Turn): void {
  if (stopSending(turn)) return;
  const mail = turn.session.mails.findLast((one) => one.mail !== 'withdrawal' && one.outcome === 'waiting');
  if (mail === undefined && stopElsewhere(turn)) return;
  if (mail !== undefined) {
    tellMail(turn, mail);
    turn.change({ at: { prompt: 'after' }, under: [] });
    return turn.again('full');
  }
  return turn.aside({ prompt: 'stop' });
}

/** *stop* from any case of the same holder: stops what is being sent from another one. */
function stopElsewhere(turn: Turn): boolean {
  const sending = sendingElsewhere(turn);
  if (sending === undefined) return false;
  turn.leaveFor({ kind: 'case', key: sending.key, then: { kind: 'stop' } });
  return true;
}

/** Minutes for one point of the call, and for everything after the points; shown as "about". */
const MINUTES_A_POINT = 3;
const MINUTES_AFTER = 6;

/** *progress*: what has an answer, what is left, and about how many minutes. */
function sayProgress(turn: Turn): void {
  const topics = topicsFor(turn.world.call, turn.session);
  const answered = topics.filter((topic) => hasAnswer(turn.session, topic)).length;
  const words = wordsIn(turn.session);
  sayWhichText(turn);
  if (words > 0) turn.say('progress.told', { words });
  const minutes = (topics.length - answered) * MINUTES_A_POINT + MINUTES_AFTER;
  if (topics.length === 0) turn.say('progress.plain', { minutes });
  else turn.say('progress.points', { open: topics.length - answered, points: topics.length, minutes });
  turn.again('short');
}
