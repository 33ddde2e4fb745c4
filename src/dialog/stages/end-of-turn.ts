// The end of a turn: what was just resolved or confirmed is applied at the prompt below, and the open prompt is asked.

import type { Effect } from '../engine/effect.ts';
import { numberOf } from '../engine/reply.ts';
import { missingConsent } from '../engine/prompt-traits.ts';
import { promptKey, type Turn } from '../engine/turn.ts';
import { openAgain } from '../prompts/after/after.ts';
import { leaveUnanswered } from '../prompts/asides/asides.ts';
import { switchLanguage } from '../prompts/asides/language.ts';
import { shortened } from '../prompts/approval/cut.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { OPEN } from '../organiser/person-meant.ts';
import { applyHeard } from './apply-heard.ts';
import { leaveOut } from './care.ts';
import { hideNames, runCommand } from './commands.ts';
import { lockWhereGuarded } from './passphrase.ts';
import { shutsHere } from './put-away.ts';
import { dropPutOff, nextPutOff } from './put-off.ts';
import { leaveOutOrder, type TakeOut } from './second-thoughts.ts';
import { askAboutSending, isHeldUnasked, whatStands } from './sending-window.ts';
import { goOn } from './welcome.ts';

/** An ambiguity was resolved: the message joins the text of the prompt below, or is the command it was taken for. */
export function applyResolution(turn: Turn): void {
  const { settled } = turn;
  if (settled === null) return;
  turn.settled = null;
  const { doubt, how } = settled;
  if (doubt.kind === 'stray') {
    const added = how === 'text' && addStray(turn, [doubt, ...doubt.more]);
    const where = turn.session.kept ? 'doubt.added' : 'held.noted';
    if (added) {
      // *undo* asks about them again: nobody loses what they told.
      const { kept, undo } = turn.session;
      if (kept && undo?.before.doubt === undefined) turn.leaveOut({ doubt });
      turn.say(where, undefined, { commands: turn.session.kept ? ['undo'] : [] });
      // More may follow: at the story it is not asked about one by one. *next* leads back.
      const { at } = turn.session;
      const isTelling = settled.telling === true && PROMPT[at.prompt].slot === undefined;
      if (at.prompt === 'review' || isTelling) turn.aside({ prompt: 'story' });
      if (turn.session.at.prompt === 'story') turn.again('short');
      return;
    }
    if (how === 'text') return turn.say('doubt.not-added');
    turn.leaveOut({ doubt });
    return turn.say('doubt.left-out', undefined, { commands: ['undo'] });
  }
  if (doubt.kind === 'take-out' && how !== 'text') return takeOut(turn, doubt, how === 'take-out');
  const words = doubt.kind === 'command' ? doubt.words : undefined;
  if (words === 'aside') leaveOut(turn, turn.said(doubt.id, doubt.text));
  if (how === 'text') {
    const [first, ...more] = doubt.kind === 'heard' || doubt.kind === 'case' ? (doubt.more ?? []) : [];
    if (first !== undefined) turn.leaveOut({ doubt: { kind: 'stray', ...first, more } });
    if (doubt.kind === 'case' && PROMPT[turn.session.at.prompt].slot === undefined) {
      turn.settled = { doubt: { kind: 'stray', id: doubt.id, text: doubt.text, more: [] }, how };
      return applyResolution(turn);
    }
    if (doubt.id === '' || words !== undefined) return;
    // If it was asked about in between, the open question is repeated.
    if (PROMPT[turn.session.at.prompt].slot === undefined) turn.toAsk = null;
    return PROMPT[turn.session.at.prompt].answer(turn, turn.said(doubt.id, doubt.text));
  }
  if (doubt.kind === 'command' && doubt.command === 'hide') {
    hideNames(turn, doubt.text === '' ? null : doubt, doubt.id === '' || words !== undefined);
  } else if (doubt.kind === 'command') runCommand(turn, doubt.command);
  if (doubt.kind === 'heard') applyHeard(turn, doubt);
  if (doubt.kind === 'case') {
    // *undo* in this text asks about the words.
    turn.leaveOut({ doubt: { kind: 'stray', id: doubt.id, text: doubt.text, more: doubt.more ?? [] } });
    const then = doubt.sent === true ? 'hold' : doubt.then;
    if (doubt.to === OPEN && then !== undefined) return goOn(turn, { kind: then });
    turn.leaveFor({ kind: 'case', key: doubt.to, ...(then === undefined ? {} : { then: { kind: then } }) });
  }
}

/** After each message, as long as a question waits that no other has replaced. */
export function askPutOff(turn: Turn): void {
  const { at, contribution, doubt, kept, paused, under } = turn.session;
  if (!kept || contribution === null || whatStands(turn) !== 'open') return dropPutOff(turn);
  const { literal, slot } = PROMPT[at.prompt];
  const isFree = slot !== undefined || (under.length === 0 && turn.here.kind !== 'interrupt' && literal !== true);
  const isOpen = doubt !== null && [at, ...under].some(({ prompt }) => prompt === 'doubt');
  if (turn.event.kind !== 'message' || paused || isOpen || !isFree || turn.effects.some(leavesTheCase)) return;
  const open = nextPutOff(turn);
  if (open === null) return;
  turn.change({ doubt: open });
  turn.aside({ prompt: 'doubt' });
}

/** A file or a recording goes on with what is being told: an open question about a message is answered by it. */
export function goOnTelling(turn: Turn): void {
  const { at, doubt } = turn.session;
  if (at.prompt !== 'doubt' || (doubt?.kind !== 'heard' && doubt?.kind !== 'question')) return;
  leaveUnanswered(turn);
  applyResolution(turn);
}

/** Takes the answer out (*undo* can restore it), or leaves it. */
function takeOut(turn: Turn, doubt: TakeOut, wanted: boolean): void {
  const gone = turn.parts().filter((part) => part.id === doubt.part.id);
  const [part] = gone;
  if (wanted) turn.removeParts(gone);
  const isOut = wanted && part !== undefined;
  const now = part === undefined || doubt.id !== '' ? [] : turn.parts(part.slot);
  const text = shortened(now.map((one) => one.text).join('\n'), SHOWN);
  const how = isOut ? 'taken-out' : 'stays';
  const extra = isOut ? { commands: ['undo'] } : undefined;
  turn.say(`doubt.${how}${text === '' ? '' : '-now'}`, text === '' ? undefined : { text }, extra);
  leaveOutOrder(turn, doubt);
}

/** Characters of an answer that is said back. */
const SHOWN = 300;

/**
 * Adds to the story; before the consent the words are held for it. An approved text is opened again for them. Returns false if they
 * may not be kept.
 */
function addStray(turn: Turn, messages: readonly { readonly id: string; readonly text: string }[]): boolean {
  const { flags, kept, mails, putAway, reference } = turn.session;
  if ((flags.includes('under-age') && !kept) || putAway !== undefined) return false;
  const stands = whatStands(turn);
  const own = mails.findLast((one) => one.reference === reference && one.mail !== 'withdrawal') ?? null;
  if (stands !== 'open') openAgain(turn, stands === 'approved' ? own : null);
  for (const { id, text } of messages) turn.addInstead([], 'story', id, text);
  return true;
}

/** A confirmed recording does what a tap or a typed word does; consents given by it are marked as spoken. */
export function applyConfirmation(turn: Turn): void {
  const { confirmed } = turn;
  if (confirmed === null) return;
  turn.confirmed = null;
  if (lockWhereGuarded(turn)) return;
  const { note, means, words } = confirmed;
  turn.spoken = { note, words: words.join(' · ') };
  const answer = (text: string, tapped: string | null) =>
    PROMPT[turn.session.at.prompt].answer(turn, turn.said(note, text, tapped));
  switch (means.kind) {
    case 'choice': {
      const number = numberOf(means.value);
      if (number === null) answer('', means.value);
      else answer(number, null);
      break;
    }
    case 'command':
      runCommand(turn, means.command);
      break;
    case 'typed':
      answer(turn.world.lexicon.words[turn.session.language].typed[means.word][0] ?? '', null);
      break;
    case 'language':
      switchLanguage(turn, means.language);
      break;
    case 'name':
      answer(means.name, null);
      break;
    case 'no':
      answer(words.join(' '), null);
      break;
    default:
      return means satisfies never;
  }
  turn.spoken = null;
  applyResolution(turn);
}

const leavesTheCase = (one: Effect) =>
  one.kind === 'enter' || one.kind === 'take-case' || (one.kind === 'erase' && one.what === 'person');

/** Asks until a prompt is open. A prompt with nothing to ask moves on; more than 20 moves are a fault in the program. */
export function askWhatIsOpen(turn: Turn): void {
  for (let moves = 0; turn.toAsk !== null; moves++) {
    if (moves > 20) throw new Error(`prompts go round in circles at ${promptKey(turn.session.at)}`);
    if (turn.effects.some(leavesTheCase)) return;
    const missing = missingConsent(turn.here, turn.session);
    if (missing !== null) turn.change({ at: { prompt: missing }, under: [] });
    else if (turn.settleFirst('asking') || (turn.session.putAway !== undefined && shutsHere(turn))) continue;
    if (isHeldUnasked(turn) && turn.here.kind !== 'interrupt') askAboutSending(turn);
    if (lockWhereGuarded(turn)) continue;
    turn.asking = turn.toAsk;
    turn.toAsk = null;
    PROMPT[turn.session.at.prompt].ask(turn);
  }
}

/** There it is said that no message is kept; what was told before *back* stays. */
const OF_MINORS: readonly PromptId[] = ['minor', 'minor-waiting'];

/** The bot has promised to keep no messages of people under age: also redacts the transcript. */
export function keepNothingOfMinors(turn: Turn): void {
  const { session, effects, event } = turn;
  if (session.kept && !OF_MINORS.includes(session.at.prompt)) return;
  if (event.kind === 'voice') turn.noteDeleted(event.id);
  if (event.kind === 'message') effects.push({ kind: 'redact', message: event.id });
}
