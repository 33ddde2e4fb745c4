// The commands, as they work in every step. A prompt may give next, skip and skip-all a meaning of its own.

import { budgetOf, shareOf } from '../engine/budget.ts';
import { isWaiting } from '../engine/route.ts';
import type { Turn } from '../engine/turn.ts';
import { stopSending, tellMail } from '../prompts/after/after.ts';
import { askForCode, tellOfCode } from '../prompts/after/elsewhere.ts';
import { tellOfPrint } from '../prompts/asides/unreachable.ts';
import { operatorParams, supportList } from '../prompts/opening/opening.ts';
import { PROMPT } from '../prompts/prompts.ts';
import type { Command } from '../understanding/lexicon.ts';
import { isAnsweredAloud } from '../voice/spoken/back.ts';
import { undo } from './edits.ts';
import { askAboutSending, holdSending, isAtRest, sendingOf } from './sending-window.ts';
import { rest, tellOfWayBack } from './way-back.ts';

// *listen*: what was asked last, to be heard instead of read.

/** A file read back is its text, not the question after it. */
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

/** Who only speaks is told once that they can also listen. */
export function offerListening(turn: Turn): void {
  const { voice, counts } = turn.session;
  if (turn.facts.channel.speaks !== true || voice.offered === true || Object.keys(counts).length > 0) return;
  if (isAnsweredAloud(turn)) return;
  turn.change({ voice: { ...voice, offered: true } });
  turn.say('listen.offer');
}

export function runCommand(turn: Turn, command: Command): void {
  if (PROMPT[turn.session.at.prompt].command?.(turn, command) === true) return;
  switch (command) {
    case 'help':
      turn.say('help.people', { ...operatorParams(turn), support: supportList(turn) });
      turn.say('help.commands');
      if (turn.facts.channel.speaks === true) turn.say('listen.help');
      if (turn.session.gathers !== undefined) {
        turn.say('gathering.commands');
        tellOfPrint(turn);
      }
      return turn.again('short');
    case 'back':
      // Right after SEND there is nothing to go back to but the text that waits.
      if (isAtRest(turn) && turn.session.under.length === 0 && askAboutSending(turn)) return;
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
    case 'undo':
      return undo(turn);
    case 'words':
      return sayWords(turn);
    case 'language':
      return turn.aside({ prompt: 'language' });
    case 'pause':
      if (!turn.session.kept) return restEarly(turn);
      rest(turn);
      if (holdSending(turn)) turn.say('hold.state', { reference: sendingOf(turn)?.reference ?? '' });
      return tellOfCode(turn, 'pause');
    case 'stop':
      return stopHere(turn);
    case 'delete':
      return turn.aside({ prompt: turn.session.gathers === 'case' ? 'erase-which' : 'erase' });
    case 'listen':
      return listen(turn);
    case 'person':
      return turn.aside({ prompt: 'person' });
    case 'code':
      return askForCode(turn);
    default:
      return command satisfies never;
  }
}

/** *pause* before the yes: what leads back comes with it. */
function restEarly(turn: Turn): void {
  const isHeld = turn.session.held.parts > 0;
  if (isHeld) turn.say('pause.held');
  tellOfWayBack(turn);
  if (!isHeld) turn.say('nothing-yet');
  turn.again('short');
}

function nothingYet(turn: Turn): void {
  turn.say('nothing-yet');
  turn.again('short');
}

function sayWords(turn: Turn): void {
  const { session, world } = turn;
  const { words, limit } = budgetOf(session, world.call, world.intake);
  if (limit === null) turn.say('words.unlimited', { words });
  else turn.say(words > limit ? 'words.over' : 'words.left', { words, limit, left: Math.abs(limit - words) });
  const slot = PROMPT[session.at.prompt].slot?.(turn);
  const share = slot === undefined ? null : shareOf(slot, session, world.call, world.intake);
  if (share !== null && limit !== null && words <= limit) turn.say('words.share', { share });
  turn.again('short');
}

/** Inside its window a sending is taken back; elsewhere *stop* pauses and asks whether to erase. */
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

/** What an organiser is sending for somebody else can be stopped from wherever they are. */
function stopElsewhere(turn: Turn): boolean {
  if (turn.session.gathers === undefined) return false;
  const sending = turn.cases().findLast(({ session }) => isWaiting(session));
  if (sending === undefined) return false;
  turn.leaveFor({ kind: 'case', key: sending.key, then: { kind: 'stop' } });
  return true;
}
