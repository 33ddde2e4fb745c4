// While an approved text can still be taken back: doubt holds it first, and asks then. When in doubt, it is held.

import { takesBack } from './alarm.ts';
import { isWaiting } from './case-line.ts';
import { isCourtesy, isGreeting, languageIn, questionIn, typedIn } from './commands.ts';
import { plainAnswerIn } from './plain-answer.ts';
import { recognizeChoice } from './recognize.ts';
import type { Said } from './said.ts';
import type { Session } from './session.ts';
import type { PromptId } from './steps.ts';
import type { Turn } from './turning.ts';

type Mail = Session['mails'][number];

/** The approved mail that has not begun to leave. */
export function sendingOf({ session, facts }: Turn): Mail | undefined {
  if (facts.mailLeft) return undefined;
  return session.mails.findLast(({ mail, outcome }) => mail !== 'withdrawal' && outcome === 'waiting');
}

/**
 * The references of every version of the newest text that left, or may have left, oldest first. A correction is a version of what
 * was sent before it.
 */
export function versionsOut({ session, facts }: Pick<Turn, 'session' | 'facts'>): readonly string[] {
  let texts: string[][] = [];
  const open = session.mails.findLast(({ mail, outcome }) => mail !== 'withdrawal' && outcome === 'waiting');
  // A new text that has not left is the one that is spoken of.
  if (open?.mail === 'submission' && !facts.mailLeft) return [];
  for (const one of session.mails) {
    if (one.mail === 'withdrawal') continue;
    if (one.mail === 'submission') texts = [...texts, []];
    const isHere = one === open ? !facts.mailLeft : one.outcome === 'held' && one.reopened === true;
    const versions = texts.at(-1) ?? [];
    if (!isHere && !versions.includes(one.reference)) texts = [...texts.slice(0, -1), [...versions, one.reference]];
  }
  return texts.findLast((versions) => versions.length > 0) ?? [];
}

/** Held until its person has said what they want; false where nothing can be held any more. */
export function holdSending(turn: Turn): boolean {
  const mail = sendingOf(turn);
  if (mail === undefined) return false;
  if (mail.doubted === true) return true;
  turn.effects.push({ kind: 'doubt-mail', reference: mail.reference });
  turn.change({ mails: turn.session.mails.map((one) => (one === mail ? { ...one, doubted: true } : one)) });
  turn.flag('doubts');
  return true;
}

/** Held, and asked about; false where nothing can be held any more. */
export function askAboutSending(turn: Turn): boolean {
  if (!holdSending(turn)) return false;
  if (turn.session.at.prompt === 'hold') turn.again('full');
  else turn.aside({ prompt: 'hold' });
  return true;
}

/** Held already, and what is open now is not that question: whoever goes on is asked it first. */
export function isHeldUnasked(turn: Turn): boolean {
  return turn.session.at.prompt !== 'hold' && sendingOf(turn)?.doubted === true;
}

/** Where nothing is told or asked but what concerns the text that waits. */
const AT_REST: readonly PromptId[] = ['write-back', 'after', 'hold'];

export function isAtRest({ session }: Turn): boolean {
  return AT_REST.includes(session.at.prompt);
}

/** Sounds like taking back, or, where nothing else is asked, is not clearly something else. */
export function holdOnDoubt(turn: Turn, said: Said): boolean {
  if (turn.session.at.prompt === 'hold') return false;
  const doubts = takesBack(turn.world.lexicon, said.text);
  if (sendingOf(turn) === undefined) return doubts && holdElsewhere(turn);
  if (!doubts && (!isAtRest(turn) || isClearlyElse(turn, said.text))) return false;
  return askAboutSending(turn);
}

/** What an organiser is sending for somebody else, from wherever they are. */
function holdElsewhere(turn: Turn): boolean {
  if (turn.session.gathers === undefined) return false;
  const sending = turn.cases().findLast(({ session }) => isWaiting(session));
  if (sending === undefined) return false;
  turn.leaveFor({ kind: 'case', key: sending.key, then: { kind: 'hold' } });
  return true;
}

function isClearlyElse(turn: Turn, text: string): boolean {
  const { lexicon } = turn.world;
  const { at, language } = turn.session;
  // SEND typed twice wants what was wanted the first time.
  if (!/[\p{L}\p{N}]/u.test(text) || typedIn(lexicon, text) === 'send') return true;
  const values = turn.choicesAt(at).map(({ value }) => value);
  const chosen = recognizeChoice(lexicon, language, text, values, true);
  if (chosen.kind === 'accepted') return chosen.value !== 'no' || !text.includes('!');
  const answer = plainAnswerIn(lexicon, text);
  if (answer === 'yes' || (answer === 'no' && values.includes('no') && !text.includes('!'))) return true;
  const isNumber = chosen.reason === 'out-of-range';
  const isKnown = languageIn(lexicon, text) !== null || questionIn(lexicon, text) !== null;
  return isNumber || isKnown || isGreeting(lexicon, text) || isCourtesy(lexicon, text);
}
