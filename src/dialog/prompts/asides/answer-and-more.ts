// A yes or a no to a question about words, and what is said to the bot with it: "yes, show me", "no, I want the next person".

import { LANGUAGES } from '../../../languages.ts';
import type { Session } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { OPEN, type OfSomebody, personMeant } from '../../organiser/person-meant.ts';
import { canBePutOff } from '../../stages/put-off.ts';
import { leavesOut } from '../../understanding/about-words.ts';
import { orderToLeave } from '../../understanding/alarm.ts';
import { questionIn } from '../../understanding/commands.ts';
import { fold } from '../../understanding/fold.ts';
import type { Lexicon } from '../../understanding/lexicon.ts';
import { asksByMark, plainAnswerIn } from '../../understanding/plain-answer.ts';
import { ASK, hearOnce, kindOf, TOLD } from '../../understanding/talk/hear.ts';
import { heardAside } from '../../understanding/talk/said-aside.ts';
import { goOnFrom, settle } from './waiting-words.ts';

type Doubt = NonNullable<Session['doubt']>;

const APART = /^(?<answer>[^,.;:!…—–\n]{1,24})[,.;:!…—–]+\s*(?<rest>[^\s,.;:!…—–].*)$/su;

/** Characters of an answer with more: a longer one is told. */
const LONGEST = 120;

interface Parts {
  readonly rest: string;
  /** Without a comma, "no" may be the "not" of the words after it; "nope" may not. */
  readonly isApart: boolean;
}

/** The words after a plain yes or no at the beginning; null if there is none, or nothing else. */
function afterAnswer(lexicon: Lexicon, text: string, answer: 'yes' | 'no'): Parts | null {
  if (text.length > LONGEST || plainAnswerIn(lexicon, text) !== null) return null;
  const { answer: apart = '', rest = '' } = APART.exec(text.trim())?.groups ?? {};
  if (rest !== '' && plainAnswerIn(lexicon, apart) === answer) {
    const again = APART.test(rest) ? afterAnswer(lexicon, rest, answer) : null;
    return again ?? { rest, isApart: true };
  }
  const [first = '', ...others] = text.trim().split(/\s+/u);
  if (others.length === 0 || plainAnswerIn(lexicon, first) !== answer) return null;
  const isOnlyAnswer = answer === 'yes' || LANGUAGES.some((one) => lexicon.plain[one].onlyNo.has(fold(first)));
  return { rest: others.join(' '), isApart: isOnlyAnswer };
}

/** "Yes, show me", "si muestreme": the yes, in the words of what is asked as well; its words are in no text. */
export function saysYesAgain(turn: Turn, open: Doubt, said: Said): boolean {
  const parts = afterAnswer(turn.world.lexicon, said.text, 'yes');
  if (parts === null || !isSame(turn, open, turn.said(said.id, parts.rest))) return false;
  settle(turn, open.kind === 'take-out' ? 'take-out' : 'not-text');
  return true;
}

function isSame(turn: Turn, open: Doubt, said: Said): boolean {
  const { lexicon } = turn.world;
  if (open.kind === 'take-out') return leavesOut(lexicon, said);
  if (open.kind === 'case') return caseMeant(turn, said.text)?.key === open.to;
  if (open.kind !== 'heard' && (open.kind !== 'command' || open.command === 'hide')) return false;
  const asked = open.kind === 'heard' ? open.as : open.command;
  if (said.command === asked) return true;
  const found = kindOf(lexicon, turn.session.language, said.text);
  if (found === null || found.share < SAME || isTold(turn, said.text)) return false;
  if (found.heard.kind === 'language') return asked === `language-${found.heard.language}`;
  return found.heard.kind === 'command' && found.heard.command === asked;
}

/** Share of the kind from which a wish is the one that was asked about. */
const SAME = 0.5;

/**
 * "No, I want the next person", "no you idiot. answer me": the words that were asked about join no text, nor do these; *undo* asks
 * about them. What is wanted is done, or answered, at the prompt below. False if something is told after the no.
 */
export function saysNoAndMore(turn: Turn, open: Doubt, said: Said): boolean {
  const { kept, under } = turn.session;
  // "Stop here?" understands a no itself.
  const isLeaving = open.kind === 'heard' && (open.as === 'stop' || open.as === 'pause');
  const mayBe = kept && !isLeaving && !canBePutOff(open);
  const parts = mayBe ? afterAnswer(turn.world.lexicon, said.text, 'no') : null;
  if (parts === null) return false;
  const rest = turn.said(said.id, parts.rest);
  const below = under.at(-1);
  const isList = below !== undefined && turn.choicesAt(below).length > 0;
  const how = wantedOf(turn, rest, { heard: parts.isApart ? parts.rest : said.text, isApart: parts.isApart, isList });
  if (how === null) return false;
  const meant = parts.isApart ? caseMeant(turn, parts.rest) : undefined;
  leaveAllOut(turn, open, how === 'unclear' && meant === undefined ? said : null);
  if (meant !== undefined) {
    turn.change({ doubt: { kind: 'case', to: meant.key, id: said.id, text: said.text } });
    turn.aside({ prompt: 'doubt' });
  } else if (rest.command !== null && parts.isApart) {
    turn.settled = { doubt: { kind: 'command', command: rest.command, id: '', text: '' }, how: 'not-text' };
  } else if (how === 'here') turn.passedOn = rest;
  return true;
}

/** Log-odds and share of talk from which words after a no are said to the bot. */
const SAID = { surely: 0, perhaps: 0.3 };

interface Answered {
  /** The words that say whether they are told. */
  readonly heard: string;
  readonly isApart: boolean;
  /** The prompt below has choices. */
  readonly isList: boolean;
}

/** Said to the bot: the prompt below understands it, or nobody does. Null if it is told. */
function wantedOf(
  turn: Turn,
  { text, command, typed }: Said,
  { heard, isApart, isList }: Answered,
): 'here' | 'unclear' | null {
  const { lexicon } = turn.world;
  const isWord = command !== null || typed !== null || orderToLeave(lexicon, text) !== null;
  if (isWord) return isApart ? 'here' : 'unclear';
  if (questionIn(lexicon, text) !== null || asksByMark(text)) return 'here';
  const found = hearOnce(turn, heard);
  if (found === null || isOfText(turn, text)) return null;
  const { kind } = found.heard;
  if (kind === 'danger' || kind === 'despair') return null;
  const { talk } = heardAside(lexicon, turn.session.language, heard, 'choices');
  const isSaid = found.talk >= SAID.surely;
  const mayBeSaid = found.talk >= TOLD && talk >= SAID.perhaps;
  // "No boots at all": a "no" of what is told unless nothing speaks for it.
  if (isApart ? !isSaid && !mayBeSaid : !isSaid || !mayBeSaid) return null;
  // Anger would be answered there, and saved as a part of what is told.
  const isSafe = kind !== 'anger' && kind !== 'overwhelmed' && (isApart || kind === 'question');
  return isSafe && (isList || found.talk >= ASK) ? 'here' : 'unclear';
}

/** "That's my story": as good as the choice. */
function isOfText({ world: { lexicon } }: Turn, text: string): boolean {
  const said = ` ${fold(text)} `;
  return LANGUAGES.some((language) => {
    const phrases = lexicon.choices[language].get('doubt-text') ?? [];
    return phrases.some((phrase) => phrase.includes(' ') && said.includes(` ${phrase} `));
  });
}

function isTold(turn: Turn, text: string): boolean {
  return (hearOnce(turn, text)?.talk ?? TOLD - 1) < TOLD;
}

/** The other person who is named, if their text is not closed. */
function caseMeant(turn: Turn, text: string): OfSomebody | undefined {
  if (turn.session.gathers !== 'case') return undefined;
  const meant = personMeant(turn, text);
  return meant === null || meant.key === OPEN || meant.session.teller?.closed === true ? undefined : meant;
}

/** One step of *undo* for the words that were asked about, and the answer if nothing was made of it. */
function leaveAllOut(turn: Turn, open: Doubt, said: Said | null): void {
  goOnFrom(turn, false);
  const earlier = open.kind === 'heard' || open.kind === 'stray' ? (open.more ?? []) : [];
  const asked = open.id === '' || open.kind === 'take-out' ? [] : [{ id: open.id, text: open.text }, ...earlier];
  const more = said === null ? asked : [...asked, { id: said.id, text: said.text }];
  const [first, ...others] = more;
  if (first === undefined) return;
  turn.leaveOut({ doubt: { kind: 'stray', ...first, more: others } });
  turn.say('doubt.left-out', undefined, { commands: ['undo'] });
}
