// While an approved text can still be taken back, any doubt holds it first and asks afterwards.

import { lastMoment } from '../engine/last-moment.ts';
import { askAboutStray, mayBeStray } from '../engine/prompt.ts';
import { isWaiting } from '../organiser/case-facts.ts';
import type { Session } from '../engine/session.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import type { PutAway, Said } from '../engine/world.ts';
import {
  asksOfDelivery,
  asksOpenly,
  givesUp,
  takesBack,
  wishesToAdd,
  wishesToAsk,
  wishesToErase,
  wishesToHide,
} from '../understanding/alarm.ts';
import { isCourtesy, isFarewell, isGreeting, languageIn, questionIn, typedIn } from '../understanding/commands.ts';
import { plainAnswerHere } from '../engine/recognize-answer.ts';
import { fold } from '../understanding/fold.ts';
import { saysNotUnderstood } from '../understanding/not-understood.ts';
import { asksByMark, plainAnswerIn } from '../understanding/plain-answer.ts';
import { recognizeChoice } from '../understanding/recognize.ts';
import { ASK, type Heard, hearOnce, SHOW, TOLD } from '../understanding/talk/hear.ts';
import { heardAside, isOfElse } from '../understanding/talk/said-aside.ts';
import { declinesNotices } from './notices.ts';

type Mail = Session['mails'][number];

/** Every approved mail that has not begun to leave, in the order of approval. */
export function waitingOf({ session, facts }: Pick<Turn, 'session' | 'facts'>): readonly Mail[] {
  const waiting = session.mails.filter(({ mail, outcome }) => mail !== 'withdrawal' && outcome === 'waiting');
  const newest = waiting.at(-1);
  return waiting.filter((one) => (one === newest ? !facts.mailLeft : facts.alsoHere?.includes(one.reference) === true));
}

/** The mail that a reply is about: the one held by doubt, else the newest. */
export function sendingOf(turn: Pick<Turn, 'session' | 'facts'>): Mail | undefined {
  const all = waitingOf(turn);
  return all.findLast(({ doubted }) => doubted === true) ?? all.at(-1);
}

/** The state of the text: still being written, approved and can be taken back, or sent. */
export function whatStands(turn: Turn): 'open' | 'approved' | 'left' {
  const { mails, reference } = turn.session;
  const mail = mails.findLast((one) => one.reference === reference && one.mail !== 'withdrawal');
  if (mail === undefined || mail.reopened === true) return 'open';
  const isInTime = mail.review !== undefined || mail.doubted === true || turn.event.at < mail.leavesAt;
  return mail.outcome === 'waiting' && isInTime && !turn.facts.mailLeft ? 'approved' : 'left';
}

/** Holds everything that waits until the person has said what they want. Returns false if nothing can be held. */
export function holdSending(turn: Turn): boolean {
  const waiting = waitingOf(turn);
  for (const mail of waiting.filter(({ doubted }) => doubted !== true)) {
    turn.effects.push({ kind: 'doubt-mail', reference: mail.reference });
    turn.change({ mails: turn.session.mails.map((one) => (one === mail ? { ...one, doubted: true } : one)) });
    turn.flag('doubts');
  }
  return waiting.length > 0;
}

/** Holds the sending and asks about it. Returns false if nothing can be held. */
export function askAboutSending(turn: Turn): boolean {
  if (!holdSending(turn)) return false;
  if (turn.session.at.prompt === 'hold') turn.again('full');
  else turn.aside({ prompt: 'hold' });
  return true;
}

/** True if a sending is held and another prompt is open: the person is asked about it before they go on. */
export function isHeldUnasked(turn: Turn): boolean {
  return turn.session.at.prompt !== 'hold' && sendingOf(turn)?.doubted === true;
}

/** Only the text that waits is spoken of here. */
export function isAtRest({ here }: Turn): boolean {
  return here.atRest === true;
}

export const doubtOfSending: Stage = (turn, message) => (holdOnDoubt(turn, message) ? 'done' : 'next');

/** Holds the sending if the message sounds like taking back or, if nothing else is asked, is not clearly something else. */
export function holdOnDoubt(turn: Turn, said: Said): boolean {
  const { mails, at } = turn.session;
  if (at.prompt === 'hold' && chosenHere(turn, said.text).kind === 'accepted') return false;
  if (declinesNotices(turn, said)) return false;
  if (mails.length > 0 && keepLaterWords(turn, said)) return true;
  if (at.prompt === 'hold') return false;
  const { lexicon } = turn.world;
  const doubts =
    takesBack(lexicon, said) ||
    (sendingOf(turn) !== undefined &&
      (wishesToErase(lexicon, said) || givesUp(lexicon, said) || hearsDoubt(turn, said.text)));
  if (doubts && turn.session.gathers !== undefined && holdNamed(turn, said)) return true;
  if (sendingOf(turn) === undefined) return doubts && holdElsewhere(turn);
  if (!doubts && (!isAtRest(turn) || isClearlyElse(turn, said.text) || asksOfSending(turn, said.text))) return false;
  return askAboutSending(turn);
}

/**
 * "I changed my mind about Ana's text": holds Ana's, whichever case is open, or asks whether to open it if it has left.
 * Returns false if nobody is named.
 */
function holdNamed(turn: Turn, said: Said): boolean {
  const words = ` ${said.folded} `;
  const theirs = [turn.session, ...turn.cases().map(({ session }) => session)].filter(({ teller }) =>
    saysName(words, teller?.label ?? ''),
  );
  const isNamed = (session: Session) => session.mails.length > 0 && theirs.some((one) => isIn(session, one));
  if (isNamed(turn.session)) return false;
  const sent = turn.cases().filter(({ session }) => isNamed(session));
  const waiting = newest(sent.filter(({ session }) => isWaiting(session)));
  if (waiting !== undefined) return leaveToHold(turn, waiting);
  const left = newest(sent);
  return left !== undefined && asksToOpen(turn, left, said);
}

/** Nothing can be held any more: whether to open it is asked first, unless other words are asked about. */
function asksToOpen(turn: Turn, { key }: PutAway, { id, text }: Said): boolean {
  if (turn.session.doubt !== null) return false;
  turn.change({ doubt: { kind: 'case', to: key, id, text, sent: true } });
  turn.aside({ prompt: 'doubt' });
  return true;
}

/** True for that text itself, and for the joint document that contains it. */
function isIn(whole: Session, { contribution }: Session): boolean {
  if (contribution === null) return false;
  return whole.contribution === contribution || whole.joint?.members.includes(contribution) === true;
}

/** The whole name, or its first word. */
function saysName(said: string, label: string): boolean {
  const name = fold(label);
  const [first = ''] = name.split(' ');
  return name !== '' && (said.includes(` ${name} `) || (first.length >= FIRST_NAME && said.includes(` ${first} `)));
}

const FIRST_NAME = 3;

function holdElsewhere(turn: Turn): boolean {
  const sending = sendingElsewhere(turn);
  return sending !== undefined && leaveToHold(turn, sending);
}

/**
 * The case that is being sent, seen from another case of the same holder: the document that contains the open text, else the one
 * approved last.
 */
export function sendingElsewhere(turn: Turn): PutAway | undefined {
  if ((turn.session.gathers ?? turn.session.drafts) === undefined) return undefined;
  const waiting = turn.cases().filter(({ session }) => isWaiting(session));
  return newest(waiting.filter(({ session }) => isIn(session, turn.session))) ?? newest(waiting);
}

function newest(waiting: readonly PutAway[]): PutAway | undefined {
  const until = ({ session }: PutAway) => session.mails.at(-1)?.leavesAt ?? '';
  return waiting.toSorted((a, b) => (until(a) < until(b) ? -1 : 1)).at(-1);
}

function leaveToHold(turn: Turn, { key }: PutAway): true {
  turn.leaveFor({ kind: 'case', key, then: { kind: 'hold' } });
  return true;
}

/** Log-odds and share of the kind from which a message is a doubt, right after SEND and at any interruption. */
const DOUBT = { talk: SHOW, share: 0.35 };
/** The same for somebody who is telling another text. */
const DOUBT_AFAR = { talk: ASK, share: 0.35 };
/** The same for a message that is no doubt. */
const PLAIN = { talk: ASK, share: 0.5 };
/** Thanks are told apart from all else with less: what takes back as well is a doubt before. */
const THANKS = { talk: 0, share: 0.75 };

/** Stop, take back, delete, and whether it can still be taken back, in other words than those of the frames. */
function hearsDoubt(turn: Turn, text: string): boolean {
  const isNear = isAtRest(turn) || turn.here.kind === 'interrupt' || turn.session.at.prompt === 'write-back';
  const heard = heardIn(turn, text, isNear ? DOUBT : DOUBT_AFAR);
  const doubts = heard?.kind === 'command' && DOUBTS.includes(heard.command);
  const asks = heard?.kind === 'question' && heard.question === 'take-back';
  return (doubts || asks) && !isClearlyElse(turn, text);
}

export const DOUBTS: readonly string[] = ['stop', 'take-back', 'delete', 'undo-last'];

function heardIn(turn: Turn, text: string, least: { readonly talk: number; readonly share: number }): Heard | null {
  // A word to type ("retirer") does what it says.
  if (typedIn(turn.world.lexicon, text) !== null) return null;
  const hearing = hearOnce(turn, text);
  return hearing !== null && hearing.talk >= least.talk && hearing.share >= least.share ? hearing.heard : null;
}

/** "Did it go?", "quando eles respondem", right after SEND: no doubt, and it holds nothing. */
export function asksOfSending(turn: Turn, text: string): boolean {
  return isAtRest(turn) && sendingOf(turn) !== undefined && asksOfDelivery(turn.world.lexicon, text);
}

/** "No lo mande", said while the text is held: plain enough to stop it, since nothing is lost by that. */
export function refusesSending(turn: Turn, text: string): boolean {
  const heard = heardIn(turn, text, { talk: ASK, share: DOUBT.share });
  const stops = heard?.kind === 'command' && (heard.command === 'stop' || heard.command === 'take-back');
  return stops && takesBack(turn.world.lexicon, text);
}

/** A plain question or thanks: answered, and the text leaves as it was approved. */
function isPlainTalk(turn: Turn, text: string): boolean {
  const { lexicon } = turn.world;
  const { language } = turn.session;
  const heard = heardIn(turn, text, PLAIN);
  if (heard?.kind === 'question' && heard.question !== 'take-back') return true;
  return (
    heard?.kind === 'thanks' || heardIn(turn, text, THANKS)?.kind === 'thanks' || isOfElse(lexicon, language, text)
  );
}

/** Share of what is told below which it is not. */
const TOLD_LATER = 0.2;

/** By its number or its own words. */
function chosenHere(turn: Turn, text: string) {
  const { at, language } = turn.session;
  const values = turn.choicesAt(at).map(({ value }) => value);
  return recognizeChoice(turn.world.lexicon, language, text, values, true);
}

function isClearlyElse(turn: Turn, text: string): boolean {
  const { lexicon } = turn.world;
  // A second SEND means the same as the first.
  if (!/[\p{L}\p{N}]/u.test(text) || typedIn(lexicon, text) === 'send') return true;
  const values = turn.choicesAt(turn.session.at).map(({ value }) => value);
  const chosen = chosenHere(turn, text);
  if (chosen.kind === 'accepted') return chosen.value !== 'no' || !text.includes('!');
  // "Pode escrever sim" is not of the lists, and no doubt either.
  const answer = plainAnswerHere(turn, text);
  if (answer === 'yes' || (answer === 'no' && values.includes('no') && !text.includes('!'))) return true;
  const isNumber = chosen.reason === 'out-of-range';
  const asks = asksOpenly(lexicon, text) || wishesToAsk(lexicon, text) || saysNotUnderstood(lexicon, text, 2);
  const isQuestion = questionIn(lexicon, text) !== null || asks;
  const isKnown = languageIn(lexicon, text) !== null || isQuestion || isPlainTalk(turn, text);
  return isNumber || isKnown || isFarewell(lexicon, text) || isGreeting(lexicon, text) || isCourtesy(lexicon, text);
}

/** For a mail held by doubt: it does not leave by itself, and is in time only before the deadline. */
export function sayDeadline(turn: Turn, reference: string, deadline: string): void {
  if (turn.event.at >= deadline) return turn.say('hold.deadline-over', { reference });
  turn.say('hold.deadline-near', { reference, ...lastMoment(turn.world.call, deadline) });
}

// Words that are told after the approval are kept aside. They join the text only if their person says so; the text is then read
// back and approved again. docs/decisions/0189-words-after-the-approval.md.

/** Log-odds below which a message is told: after "I forgot to say", and by itself. */
const TOLD_AFTER_A_LEAD = 1.5;
const TOLD_ALONE = -1;
/** From so many words on, what takes something back may also tell. */
const MUCH = 8;
/** Up to so many words a lead or a question may be all that is said. */
const FEW = 6;

/** Holds what can still be held, and asks whether the words join the text. Returns false for any other message. */
export function keepLaterWords(turn: Turn, said: Said): boolean {
  const { contribution, joint } = turn.session;
  const stands = whatStands(turn);
  if (!isAtRest(turn) || stands === 'open' || contribution === null || joint !== undefined) return false;
  const adds = wishesToAdd(turn.world.lexicon, said);
  if (!tells(turn, said, adds)) return adds && askForWords(turn, stands);
  if (stands === 'approved') holdSending(turn);
  askAboutStray(turn, said);
  return true;
}

/** `adds`: it has a lead such as "I forgot to say". */
export function tells(turn: Turn, said: Said, adds: boolean): boolean {
  const { lexicon } = turn.world;
  const { text } = said;
  if (!mayBeStray(turn, said) || asksByMark(text) || wishesToErase(lexicon, text) || wishesToHide(lexicon, text)) {
    return false;
  }
  const talk = hearOnce(turn, text)?.talk ?? TOLD;
  const words = text.split(/\s+/u).length;
  // "Non, jamais de la vie" answers whether the bot may write.
  const [first = ''] = text.split(/[\s,]+/u);
  const isAnswer = plainAnswerIn(lexicon, text) !== null || (words <= FEW && plainAnswerIn(lexicon, first) !== null);
  if (!adds && (isAnswer || (words <= FEW && asksOpenly(lexicon, text)))) return false;
  if (takesBack(lexicon, text) && !adds) return talk < TOLD && words >= MUCH;
  if (!adds && heardAside(lexicon, turn.session.language, text, 'rest').testimony < TOLD_LATER) return false;
  return talk < (adds && words >= FEW ? TOLD_AFTER_A_LEAD : TOLD_ALONE);
}

/** "I want to add something": the words themselves come next. */
function askForWords(turn: Turn, stands: 'approved' | 'left'): true {
  turn.say(`later.write-${stands}`);
  if (stands !== 'approved' || !askAboutSending(turn)) turn.again('short');
  return true;
}
