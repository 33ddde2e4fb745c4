// Messages while words wait for their person to say whether they belong to the text.

import { acknowledge } from '../../engine/prompt.ts';
import type { Params } from '../../engine/reply.ts';
import type { Session } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { orderToLeave, wishesToGoOn } from '../../understanding/alarm.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { everybody, OPEN } from '../../organiser/person-meant.ts';
import { whatStands } from '../../stages/sending-window.ts';
import { leaveOutOrder } from '../../stages/second-thoughts.ts';
import { bringsBack, leavesOut, letsBe } from '../../understanding/about-words.ts';
import { questionIn, typedIn } from '../../understanding/commands.ts';
import { wishForAll } from '../../understanding/names/hide-order.ts';
import { isDone, plainAnswerIn, saysErase, wantsOut } from '../../understanding/plain-answer.ts';
import { numberIn, perhapsMeant, recognizeChoice } from '../../understanding/recognize.ts';
import { comparable } from '../../quiet.ts';
import { hearOnce, TOLD } from '../../understanding/talk/hear.ts';
import { sayKnownAnswer } from '../opening/wants.ts';

/** How the question about stray words ends in the person's words: "take that out" leaves them out, "that is all" goes on. */
export function closingOf({ world: { lexicon } }: Turn, text: string): 'done' | 'not-text' | null {
  if (wantsOut(lexicon, text)) return 'not-text';
  return isDone(lexicon, text) ? 'done' : null;
}

/** SEND or a question to the bot does not join the waiting words: it is answered, and the open question repeated. */
export function isAnsweredAside(turn: Turn, text: string): boolean {
  const { lexicon } = turn.world;
  const question = questionIn(lexicon, text);
  if (question === null && typedIn(lexicon, text) === null) return false;
  if (question === null) turn.say('typed-not-here');
  else sayKnownAnswer(turn, question);
  turn.again('short');
  return true;
}

/** Handles "3" if the prompt below has a third choice: it does not join the waiting words, which are settled first. */
export function answersBelow(turn: Turn, text: string): boolean {
  const below = turn.session.under.at(-1);
  const values = below === undefined ? [] : turn.choicesAt(below).map(({ value }) => value);
  const { lexicon } = turn.world;
  const { language } = turn.session;
  const chosen = recognizeChoice(lexicon, language, text, values, true).kind === 'accepted';
  if (!chosen && numberIn(text) === null && perhapsMeant(lexicon, language, text, values) === null) return false;
  turn.say('doubt.first');
  turn.again('short');
  return true;
}

type Stray = Extract<NonNullable<Session['doubt']>, { readonly kind: 'stray' }>;

/**
 * A message that is plainly told while words are asked about is in the text as it is told. `all`: these words were told as well, and
 * join it first; `itself`: they are asked about still. Null if it is not plainly told, or the text is approved.
 */
export function toldMeanwhile(turn: Turn, open: Stray, said: Said): 'all' | 'itself' | null {
  const { id, text } = said;
  const { contribution, joint, kept, unanswered } = turn.session;
  if (!kept || contribution === null || joint !== undefined || open.toStaff === true) return null;
  // The same again comes from a program, or from somebody who has not been understood.
  if (unanswered?.said.includes(turn.world.fingerprint(comparable(said))) === true) return null;
  if (whatStands(turn) !== 'open' || !isPlainlyTold(turn, text)) return null;
  if ([open, ...open.more].every((one) => isPlainlyTold(turn, one.text))) return 'all';
  turn.addPart('story', id, text);
  acknowledge(turn);
  return 'itself';
}

/** From so many words on, a message can be told plainly. */
const TELLING_WORDS = 6;

function isPlainlyTold(turn: Turn, text: string): boolean {
  if (text.split(/\s+/u).length < TELLING_WORDS) return false;
  return (hearOnce(turn, text)?.talk ?? TOLD - 1) < TOLD;
}

type Doubt = NonNullable<Session['doubt']>;
type Heard = Extract<Doubt, { readonly kind: 'heard' }>;

/** The command that may be meant, or the person whose text may be. */
export function paramsOf(turn: Turn, open: Doubt): Params | undefined {
  if (open.kind === 'command') return { word: { key: `commands.${open.command}` } };
  if (open.kind !== 'case') return undefined;
  const meant = everybody(turn).find(({ key }) => key === (open.asked === true ? OPEN : open.to));
  return { name: meant === undefined ? '' : nameOf(turn, meant.session), text: open.text };
}

/** "Arrête tout" is an order, and joins no text unless its person says so. */
export function isOrderToLeave({ world }: Turn, { as, text }: Heard): boolean {
  return (as === 'stop' || as === 'pause') && orderToLeave(world.lexicon, text) !== null;
}

/**
 * A plain "no" to "Stop here?" goes on; only the whole choice, or its number, makes the order a part of the story. "No, leave it" goes
 * on from any question about words.
 */
export function declinesOrder(turn: Turn, { text, tapped }: Said): boolean {
  const { doubt } = turn.session;
  if (doubt === null || tapped !== null) return false;
  if (letsBe(turn.world.lexicon, text)) return true;
  if (doubt.kind !== 'heard' || !isOrderToLeave(turn, doubt)) return false;
  return plainAnswerIn(turn.world.lexicon, text) === 'no';
}

/** More words are told; so few are too few to tell from their words what they are. */
const UNCLEAR_WORDS = 6;
const FEW_WORDS = 2;

/** The meaning of words said to "Stop here? Or is this part of your story?". A question is none of it. */
export function answerToLeaving(turn: Turn, open: Heard, said: Said): 'stop' | 'pause' | 'on' | 'unclear' | 'told' {
  const { lexicon } = turn.world;
  if (open.as !== 'stop' && open.as !== 'pause') return 'told';
  const order = orderToLeave(lexicon, said);
  if (order !== null) return order;
  if (wishesToGoOn(lexicon, said)) return 'on';
  if (questionIn(lexicon, said) !== null) return 'told';
  const words = said.text.split(/\s+/u).length;
  if (words <= FEW_WORDS) return 'unclear';
  return words <= UNCLEAR_WORDS && (hearOnce(turn, said.text)?.talk ?? TOLD) >= TOLD ? 'unclear' : 'told';
}

/** An answer to an open question about words wants them to be in the text, in none, or to stay as they are. */
export function wantsWords({ world: { lexicon } }: Turn, open: Doubt, said: Said): 'in' | 'out' | 'stay' | null {
  const hides = open.kind === 'command' && open.command === 'hide';
  if (hides && (said.aside === 'all' || wishForAll(lexicon, said.text, true) !== null)) return 'stay';
  const erases =
    (open.kind === 'command' && open.command === 'delete') || (open.kind === 'heard' && open.as === 'delete');
  // Its word is asked for after that.
  if (erases && saysErase(lexicon, said.text)) return 'stay';
  const isLet = letsBe(lexicon, said);
  const isBack = bringsBack(lexicon, said) === 'plainly';
  if (open.kind === 'take-out') return isLet || isBack ? 'stay' : null;
  if (isBack && (open.kind === 'question' || open.kind === 'stray')) return 'in';
  if (isLet) return 'out';
  return isOfWords(open) && leavesOut(lexicon, said) ? 'out' : null;
}

/** "Delete that" said to "Erase everything?" or to "Hide this?" is no plain answer; words in the text are taken out by a question. */
function isOfWords(open: Doubt): boolean {
  if (open.id === '' || open.kind === 'take-out') return false;
  if (open.kind === 'command') return open.words === undefined && !UNCLEAR.includes(open.command);
  return open.kind !== 'heard' || !UNCLEAR.includes(open.as);
}

const UNCLEAR: readonly string[] = ['delete', 'take-back', 'hide'];

/** Ids of the messages that are asked about. */
export function messagesOf(open: Session['doubt']): readonly string[] {
  if (open === null) return [];
  return [open.id, ...(open.kind === 'stray' ? open.more.map(({ id }) => id) : [])].filter((id) => id !== '');
}

/** The resolution of an ambiguous message; takeTurn() applies it at the prompt below. */
export function settle(turn: Turn, how: 'text' | 'not-text' | 'take-out', telling?: true): void {
  const open = turn.session.doubt;
  turn.change({ doubt: null });
  turn.resume('short');
  if (open !== null) turn.settled = { doubt: open, how, ...(telling === undefined ? {} : { telling }) };
}

/** The order, and what was said to the question, are left out. */
export function goOnFrom(turn: Turn, isSaid: boolean, how: 'full' | 'short' = 'full'): void {
  leaveOutHeard(turn);
  leaveOutOther(turn);
  if (isSaid) turn.say('doubt.left-out', undefined, { commands: ['undo'] });
  turn.change({ doubt: null });
  turn.resume(how);
}

/** Words that were taken for a wish and are in no text: *undo* asks about them again. */
export function leaveOutHeard(turn: Turn): void {
  const { doubt: open } = turn.session;
  if (open?.kind === 'take-out') return leaveOutOrder(turn, open);
  if (open?.kind !== 'heard' && open?.kind !== 'question') return;
  if (open.id !== '' && turn.session.kept) {
    const more = open.kind === 'heard' ? (open.more ?? []) : [];
    turn.leaveOut({ doubt: { kind: 'stray', id: open.id, text: open.text, more } });
  }
}

/** The same for a number, a name, or words that may be a command. */
export function leaveOutOther(turn: Turn): void {
  const { doubt: open, kept } = turn.session;
  if (open === null || open.id === '' || !kept) return;
  const isOther = open.kind === 'number' || open.kind === 'case' || (open.kind === 'command' && open.words !== 'kept');
  const more = open.kind === 'case' ? (open.more ?? []) : [];
  if (isOther) turn.leaveOut({ doubt: { kind: 'stray', id: open.id, text: open.text, more } });
}
