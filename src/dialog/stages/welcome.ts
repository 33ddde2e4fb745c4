// Welcomes people back: after a pause, after a restart of the program, into a case that was put away.

import type { Event, Then } from '../engine/event.ts';
import type { Reply } from '../engine/reply.ts';
import type { Message, Stage, Turn } from '../engine/turn.ts';
import { FURTHER_WORDINGS } from '../engine/wordings.ts';
import { nameOf } from '../organiser/gathering.ts';
import { sayOpened } from '../organiser/own-texts.ts';
import { lastMail, tellMail, tellNews } from '../prompts/after/after.ts';
import { tellInterruption } from '../prompts/asides/unreachable.ts';
import { tellOfDeadline } from '../prompts/opening/opening.ts';
import { THIS_TEXT } from '../prompts/after/withdraw.ts';
import { sayWithheld, withhold } from '../prompts/names/withheld.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { isCourtesy, isGreeting } from '../understanding/commands.ts';
import { numberIn, saysExactly } from '../understanding/recognize.ts';
import { isShort } from './answer-alarm.ts';
import { answerFarewell } from './care.ts';
import { runCommand } from './commands.ts';
import { beginCall } from './other-call.ts';
import { tellBorrowing } from './other-language.ts';
import { askAboutSending } from './sending-window.ts';

// In an organiser's chat, replies that something was saved or changed also name the person.

/** "Saved." of an answer has its own texts (prompt.ts). */
const SAYS_THAT_IT_IS_DONE: ReadonlySet<string> = new Set([
  'edit.done',
  'edit.replaced',
  'edit.approved',
  'deletion.done',
  'deletion.approved',
  'amended.edit-left',
  'amended.deletion-left',
  'doubt.added',
  'doubt.left-out',
  'held.used',
  'held.erased',
  'held.left-out',
  'review.removed',
  'over-limit.left-out',
  'over-limit.replaced',
  'undo.done',
  'check.now',
  'check.again',
  'cut.not-done',
  'links.none',
  'links.shortened',
  'staff.answer-noted',
  'voice.taken-first-machine',
  'voice.taken-machine',
  'voice.taken-first-person',
  'voice.taken-person',
  'voice.held-here',
  'voice.waits',
  'voice.dropped',
  'voice.failed-silent',
  'voice.failed-unreadable',
  'voice.failed-service',
  'voice.failed-too-long',
  'voice.failed-expired',
]);

/**
 * Each reply in the wording whose turn it is: the usual one first, and after the last one again; the same within a turn.
 * In an organiser's chat with the name at the end, never on the first line: that may appear on a lock screen.
 */
export function inTheirWords(turn: Turn, replies: readonly Reply[]): readonly Reply[] {
  const { worded, teller, unanswered } = turn.session;
  // A person or program that repeats itself, perhaps an echo (quiet.ts), gets the same words again.
  const repeats = (unanswered?.again ?? 0) > 0;
  const said: Reply[] = [];
  let next = worded;
  for (const reply of replies) {
    const further = FURTHER_WORDINGS.get(reply.text) ?? 0;
    const wording = worded?.[reply.text] ?? 0;
    said.push(wording === 0 ? reply : { ...reply, wording: `again.${reply.text}.${wording}` });
    if (further === 0 || repeats) continue;
    next = { ...next, [reply.text]: (wording + 1) % (further + 1) };
  }
  if (next !== undefined) turn.session = { ...turn.session, worded: next };
  const { borrowed } = turn.world;
  const whole = borrowed[turn.session.language] === undefined ? said : tellBorrowing(turn, said);
  if (teller === undefined) return whole;
  return whole.map((reply) => {
    if (!SAYS_THAT_IT_IS_DONE.has(reply.text)) return reply;
    const { text, params, wording: key = text, ...rest } = reply;
    const said = params === undefined ? { key } : { key, params };
    return { ...rest, text: 'whose.named', params: { said, name: nameOf(turn) } };
  });
}

/** A page was opened: greets a new person; for others repeats the last question. */
export function greet(turn: Turn): void {
  if (turn.session.version === 0) return turn.again('full');
  // A newly opened page asks for the passphrase again.
  turn.change({ unlockedAt: null });
  const { atRest, guarded } = turn.here;
  const { tooMuch, gathers: isOrganiser } = turn.session;
  const away = welcomeBack(turn, tooMuch === true && atRest !== true && !guarded && isOrganiser === undefined);
  if (beginCall(turn)) return;
  // In an organiser's chat, news also waits for the passphrase.
  const { gathers, ownWord, at } = turn.session;
  if (gathers !== undefined && ownWord !== null) {
    return at.prompt === 'locked' ? turn.again('full') : turn.aside({ prompt: 'locked' });
  }
  tellNews(turn);
  if (!turn.tellWaiting() && away !== 'gently') askAgain(turn);
}

/** Its holder opened this case, or their own session; the former one is put away already. */
export function enter(turn: Turn, { then }: Extract<Event, { kind: 'entered' }>): void {
  if (turn.session.teller !== undefined) turn.say('gathering.opened', { name: nameOf(turn) });
  if (turn.session.drafts === true) {
    sayOpened(turn);
    tellOfDeadline(turn);
  }
  if (then !== undefined) return goOn(turn, then);
  tellNews(turn);
  if (!turn.tellWaiting()) askAgain(turn);
}

/** The reason for which the organiser opened this case, or stays in it. */
export function goOn(turn: Turn, then: Then): void {
  switch (then.kind) {
    case 'stop':
      return runCommand(turn, 'stop');
    case 'hold':
      if (askAboutSending(turn)) return;
      tellMail(turn, lastMail(turn));
      return askAgain(turn);
    case 'stricter':
      turn.say('joint.why-stricter');
      return turn.go({ prompt: 'publication' });
    case 'shorten': {
      const [longest] = Object.entries(turn.session.counts).sort((a, b) => b[1].words - a[1].words);
      turn.say('joint.shorten');
      return longest === undefined ? turn.again('full') : turn.aside({ prompt: 'over-limit-part', of: longest[0] });
    }
    case 'erase':
      return turn.aside({ prompt: 'erase', of: 'case' });
    case 'withdraw':
      return turn.aside({ prompt: 'withdraw-kind', of: THIS_TEXT });
    case 'review':
      turn.say('jointly.change');
      return turn.aside({ prompt: 'review' });
    case 'withhold': {
      withhold(turn, [then.words]);
      sayWithheld(turn, [then.words]);
      // The text is not the one that was agreed to: it is read back again.
      return turn.go({ prompt: 'reader-name' });
    }
    default:
      return then satisfies never;
  }
}

/** Welcomes a person back; the message is handled all the same. */
export const comingBack: Stage = (turn, message) => {
  // A second goodbye right after the first is no return.
  if (turn.session.paused && message.choice === null && answerFarewell(turn, message)) return 'done';
  message.away = welcomeBack(turn, turn.session.tooMuch === true && asksNothing(turn, message));
  return 'next';
};

/** A greeting or thanks of somebody for whom it had been too much: nothing is asked of them at once. */
function asksNothing({ world: { lexicon }, here }: Turn, { text, choice }: Message): boolean {
  if (choice !== null || here.guarded || here.atRest === true) return false;
  return isGreeting(lexicon, text) || isCourtesy(lexicon, text);
}

/**
 * After hours a bare "1" may answer a question long forgotten: it is asked again. Testimony is kept, and "withdraw" is
 * no number.
 */
export const afterLongPause: Stage = (turn, message) => {
  const { text, away } = message;
  if (away === 'gently') return 'done';
  if (away !== 'long' || !(isShort(turn, message) || isGreeting(turn.world.lexicon, text))) return 'next';
  if (turn.here.atRest === true && namesChoice(turn, text)) return 'next';
  askAgain(turn);
  return 'done';
};

function namesChoice(turn: Turn, text: string): boolean {
  if (numberIn(text) !== null) return false;
  const choices = PROMPT[turn.session.at.prompt].options?.(turn) ?? [];
  return choices.some(({ value }) => saysExactly(turn.world.lexicon, text, value, []));
}

/** In the middle of an answer the question is repeated without its introduction. */
function askAgain(turn: Turn): void {
  const slot = PROMPT[turn.session.at.prompt].slot?.(turn);
  turn.again(slot !== undefined && turn.session.counts[slot] !== undefined ? 'short' : 'full');
}

/**
 * "Welcome back. I have your answers up to here." After a pause, after hours, or after a restart of the program. `gently`:
 * after a pause or hours, nothing shall be asked.
 */
export function welcomeBack(turn: Turn, gently = false): Message['away'] {
  const { session, facts, world, event } = turn;
  if (session.version === 0) return null;
  const hours = (Date.parse(event.at) - Date.parse(session.lastAt)) / 3_600_000;
  const long = session.paused || hours >= world.intake.welcomeBackAfterHours;
  if (!long && (session.boot === facts.boot || facts.goesOn === true)) return null;
  turn.change({ paused: false, boot: facts.boot });
  tellOfDeadline(turn);
  // After hours, another person may hold the phone: what was read aloud does not count as heard.
  if (long) turn.change({ unlockedAt: null, voice: { ...turn.session.voice, read: [] } });
  if (tellInterruption(turn)) return long ? 'long' : 'short';
  const { tooMuch: _, ...rest } = turn.session;
  if (long) turn.session = rest;
  if (long && gently) {
    turn.say('welcome-back.gently');
    return 'gently';
  }
  const written = Object.values(session.counts).reduce((sum, { parts }) => sum + parts, 0);
  turn.say(written > 0 ? 'welcome-back.answers' : 'welcome-back.plain');
  return long ? 'long' : 'short';
}
