// Danger and despair are answered at once, in every step. The words are kept if the open prompt takes testimony;
// elsewhere they choose, name or replace nothing.

import { countWords } from '../../words.ts';
import { holdTestimony } from '../engine/pending-consent.ts';
import { promptKey, type Stage, type Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { tellMail } from '../prompts/after/after.ts';
import { supportList } from '../prompts/opening/opening.ts';
import { sayKnownAnswer } from '../prompts/opening/wants.ts';
import { PROMPT } from '../prompts/prompts.ts';
import {
  type Alarm,
  alarmIn,
  isHeartened,
  orderToLeave,
  saysSomebodyComes,
  wishes,
  wishesToHide,
} from '../understanding/alarm.ts';
import { saidOfPhone } from '../understanding/of-phone.ts';
import { isOccasion, questionAmong, questionIn, type Utterance } from '../understanding/commands.ts';
import { fold } from '../understanding/fold.ts';
import { ordersToHide } from '../understanding/names/hide-order.ts';
import type { Command } from '../understanding/word-lists.ts';
import { alarmOf, hearOnce, isTrained, TOLD } from '../understanding/talk/hear.ts';
import { hash } from '../understanding/talk/model.ts';
import { hidesScreen } from './care.ts';
import { declinesNotices } from './notices.ts';
import { passOnToStaff } from './pass-on.ts';
import { hidesAmong } from './somebody-comes.ts';
import { askAboutSending, isAtRest, keepLaterWords } from './sending-window.ts';

/** A message of this many words may belong to the story; the writer is asked. */
const TELLING_WORDS = 8;

/** In milliseconds. Within it the full answer is not repeated; a short one is given. */
const AN_HOUR = 3_600_000;

/** Share from which despair that was heard is answered however often it is said; an absence note may sound like it. */
const PLAINLY = 0.7;

/** Messages of which it is remembered that they were asked about. */
const REMEMBERED = 6;

/** Nothing is asked twice: the same words again are told. */
export function wasHeard({ session }: Turn, text: string): boolean {
  return session.heard?.includes(hash(fold(text))) === true;
}

export function remember(turn: Turn, text: string): void {
  turn.change({ heard: [...(turn.session.heard ?? []), hash(fold(text))].slice(-REMEMBERED) });
}

/** Heard by the trained recogniser; if it is plain, also when it is said again. Not in a name, a secret word, an order or regained courage. */
function heardAlarm(turn: Turn, text: string): Alarm | null {
  const { literal = false, slot } = PROMPT[turn.session.at.prompt];
  const found = literal ? null : alarmOf(hearOnce(turn, text), text, slot !== undefined);
  if (found === null || isGuessed(turn, text) || (!isPlain(turn, text) && wasHeard(turn, text))) return null;
  const { lexicon } = turn.world;
  const leaves = orderToLeave(lexicon, text) !== null && !saysSomebodyComes(lexicon, text);
  if (leaves || ordersToHide(lexicon, text)) return null;
  // At the list of names "hide her" is about a name.
  if (wishesToHide(lexicon, text, turn.session.at.prompt === 'others' ? 'it' : null)) return null;
  // "Com quem eu tô agora" asks who we are; "ela tá lendo agora" reads what was sent.
  if (questionIn(lexicon, text) === 'who' || wishes(lexicon, text, 'procedure')) return null;
  if (isHeartened(lexicon, text) || isOccasion(lexicon, turn.session.language, text)) return null;
  remember(turn, text);
  return found;
}

/** In a language without labelled lines what is told ("Polis touye frè mwen") may sound like danger: it has to be talk. */
function isGuessed(turn: Turn, text: string): boolean {
  return !isTrained(turn.session.language) && (hearOnce(turn, text)?.talk ?? TOLD) < 0;
}

function isPlain(turn: Turn, text: string): boolean {
  return (hearOnce(turn, text)?.share ?? 0) >= PLAINLY;
}

/** Says who can help if a text speaks of present danger or of despair, in full once an hour, and flags it for staff; `first`: done before that. */
export function sayAlarm(turn: Turn, said: Utterance, first: (() => boolean) | null = null): boolean {
  const text = typeof said === 'string' ? said : said.text;
  const cry = alarmIn(turn.world.lexicon, said);
  const found = cry ?? heardAlarm(turn, text);
  if (found === null) return false;
  turn.cries ||= cry !== null || (found === 'despair' && isPlain(turn, text));
  first?.();
  sayAdvice(turn, found);
  // "I'm scared, they are watching my phone": people nearby are no help with that.
  if (found === 'danger' && saidOfPhone(turn.world.lexicon, said) === 'watched') sayWhoReadsHere(turn);
  return true;
}

function sayAdvice(turn: Turn, found: Alarm): void {
  turn.flag('in-danger');
  const support = found === 'despair' ? supportList(turn, 'listen', 'own') : supportList(turn, 'protect');
  const { alarmedAt } = turn.session;
  const last = alarmedAt?.[found];
  const isRecent = last !== undefined && Date.parse(turn.event.at) - Date.parse(last) < AN_HOUR;
  turn.say(`${found}.${isRecent ? 'again' : 'advice'}`, { support }, { replaces: `alarm-${found}` });
  turn.change({ alarmedAt: { ...alarmedAt, [found]: turn.event.at } });
  if (found === 'despair') turn.change({ tooMuch: true });
}

/** The people who hold the phone, another phone, and how to go on there. The question of safety has said it already: there the advice. */
export function sayWhoReadsHere(turn: Turn): void {
  if (turn.session.at.prompt === 'safety') return turn.say('safety.advice');
  const { seenBy, reads, goOn, wayBack } = turn.facts.channel;
  turn.say(`safety.${seenBy}${reads === true ? '-reads' : ''}`, undefined, { replaces: 'phone' });
  if (turn.session.kept && (goOn ?? wayBack) !== undefined)
    turn.say('safety.elsewhere', undefined, { commands: ['code'] });
}

/** Only the plainest cry is heard at a question for a name or a word. Its words are offered to the story if they are long. */
export function answerCry(turn: Turn, said: Said, found: Alarm): void {
  sayAdvice(turn, found);
  if (keepWords(turn, said) !== 'offered') turn.again('short');
}

/** A message of danger or despair. */
export const alarm: Stage = (turn, message) => {
  // How to hide the chat comes before the advice: somebody may look now.
  const hides = () => !isAtRest(turn) && (hidesScreen(turn, message) || hidesAmong(turn, message));
  if (!sayAlarm(turn, message, hides)) return 'next';
  if (declinesNotices(turn, message)) {
    PROMPT[turn.session.at.prompt].answer(turn, message);
    return 'done';
  }
  if (isAtRest(turn) && (keepLaterWords(turn, message) || askAboutSending(turn))) return 'done';
  const { takes, takesWords } = turn.here;
  const prompt = PROMPT[turn.session.at.prompt];
  if (turn.replies.some(({ text }) => text === 'pause.hidden')) return 'done';
  if (turn.answersStaff && prompt.slot !== undefined && passOnToStaff(turn, message, true)) return 'done';
  const leaves = prompt.slot === undefined ? null : orderToLeave(turn.world.lexicon, message);
  // Words for staff, or of an interview, are taken as they are after the answer.
  if (leaves !== null) {
    turn.change({ doubt: { kind: 'heard', as: leaves, id: message.id, text: message.text } });
    turn.aside({ prompt: 'doubt' });
  } else if ((prompt.slot !== undefined && takes !== 'link') || takesWords === true) prompt.answer(turn, message);
  else if (answersQuestion(turn, message.text) || keepWords(turn, message) !== 'offered') turn.again('short');
  return 'done';
};

/** "Can the police read this? I am afraid": the question is answered as well. */
function answersQuestion(turn: Turn, text: string): boolean {
  const question = questionAmong(turn.world.lexicon, text);
  if (question === null) return false;
  sayKnownAnswer(turn, question);
  return countWords(text) <= ASKED_WORDS;
}

/** A question of more words may tell something as well. */
export const ASKED_WORDS = 12;

/** Words that answer no question: held before the consent; after it offered to the story if they are long. */
function keepWords(turn: Turn, said: Said): 'held' | 'offered' | 'neither' {
  if (holdTestimony(turn, said)) return 'held';
  if (!putAside(turn, said) || turn.session.at.prompt === 'locked') return 'neither';
  turn.aside({ prompt: 'doubt' });
  return 'offered';
}

/** Offers long words to the story if the open prompt takes no testimony; after despair only *undo* asks about them. */
function putAside(turn: Turn, { id, text }: Said): boolean {
  const { kept, contribution, joint, doubt, alarmedAt } = turn.session;
  if (!kept || contribution === null || joint !== undefined || countWords(text) < TELLING_WORDS) return false;
  if (doubt !== null && doubt.kind !== 'stray') return false;
  if (doubt === null && alarmedAt?.despair === turn.event.at) {
    turn.leaveOut({ doubt: { kind: 'stray', id, text, more: [] } });
    turn.say('doubt.left-out', undefined, { commands: ['undo'] });
    return false;
  }
  turn.change({
    doubt: doubt === null ? { kind: 'stray', id, text, more: [] } : { ...doubt, more: [...doubt.more, { id, text }] },
  });
  return true;
}

// WhatsApp, for example, may refuse a reply for good: the person then sees an older question and answers that one.
// Their answer must not count as a yes to a question that they never saw.

/** Commands that would skip a question that the person has not seen. */
export const MOVES_ON: readonly (Command | null)[] = ['next', 'skip', 'skip-all'];

/** Says that replies were lost, and repeats the status of a mail: perhaps that did not arrive. */
export const undeliveredReply: Stage = (turn) => {
  turn.say('unheard.again', undefined, { replaces: 'unheard' });
  const last = turn.session.mails.at(-1);
  if (last !== undefined && turn.session.news.length === 0) tellMail(turn, last);
  return 'next';
};

/** A message that quotes another question and has fewer words is not part of a story. */
const LONG_WORDS = 4;

/** A few words that are not a question to the bot. */
export function isShort({ world }: Turn, said: Said): boolean {
  return said.text.split(/\s+/u).length < LONG_WORDS && questionIn(world.lexicon, said) === null;
}

export const noAnswer: Stage = (turn, message) => (isNoAnswer(turn, message, isShort(turn, message)) ? 'done' : 'next');

/**
 * Returns true if the message does not answer the open question: the last replies were refused and it is `short`, or it
 * was written before the question arrived, or it quotes another one. Its words are kept; the question is repeated
 * unless it is on its way or arrived.
 */
export function isNoAnswer(turn: Turn, said: Said, short: boolean): boolean {
  const { event, facts, session } = turn;
  if (facts.unheard === true && short) {
    turn.again('full');
    return true;
  }
  if (event.kind !== 'message' || event.choice !== undefined) return false;
  const { prompt } = session.at;
  const quotesOther = event.quotes !== undefined && event.quotes !== promptKey(session.at);
  const { takesWords, takesCorrections } = turn.here;
  const tells = PROMPT[prompt].slot !== undefined || takesCorrections === true || takesWords === true;
  const early = facts.early !== undefined && (!tells || prompt === 'doubt' || takesCorrections === true);
  if (!quotesOther && !early) return false;
  // A question to the bot is answered, whatever it was a reply to.
  if (PROMPT[prompt].literal !== true && prompt !== 'doubt' && questionIn(turn.world.lexicon, said) !== null) {
    return false;
  }
  if (tells && countWords(said.text) >= LONG_WORDS) return false;
  const kept = tells ? 'neither' : keepWords(turn, said);
  if (kept === 'offered') return true;
  if (kept === 'neither') turn.say(quotesOther ? 'unheard.quoted' : 'unheard.early', undefined, { replaces: 'early' });
  if (facts.early !== 'waits') turn.again('short');
  return true;
}
