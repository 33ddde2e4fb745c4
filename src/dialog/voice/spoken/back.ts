// People who only speak are also answered by voice. Nothing plays by itself: the sound is offered with the text.

import type { Reply, TextRef } from '../../engine/reply.ts';
import type { Turn } from '../../engine/turn.ts';
import { numberIn } from '../../understanding/recognize.ts';
import { mayUnderstand, typedAt } from './asked.ts';

// Instructions that are read aloud after a question: how to answer by voice. They are not shown; readers see buttons.

function earOf(turn: Turn, { prompt, choices = [], commands = [] }: Reply): readonly TextRef[] {
  const { at } = turn.session;
  if (prompt === undefined || at.prompt === 'heard' || !mayUnderstand(turn)) return [];
  const [typed] = typedAt(turn, at);
  const word = typed === undefined ? undefined : turn.world.lexicon.words[turn.session.language].typed[typed][0];
  const words = commands.filter((command) => command !== 'listen').map((command) => ({ key: `commands.${command}` }));
  const { readAfter } = turn.here;
  if (readAfter !== undefined) return [{ key: readAfter }];
  return [
    ...(choices.length === 0 ? [] : [{ key: 'spoken.ear-number' }]),
    ...(word === undefined ? [] : [{ key: 'spoken.ear-word', params: { word } }]),
    ...(words.length === 0
      ? []
      : [{ key: 'spoken.ear-commands', params: { words: { list: words, by: 'comma' as const } } }]),
  ];
}

/** Recordings in a row after which a person who has also written counts as speaking. */
const ENOUGH = 2;
/** Number of questions that are remembered as read aloud. */
const REMEMBERED = 12;

export function isAnsweredAloud({ session, facts }: Turn): boolean {
  const { spoken = 0, typed } = session.voice;
  return facts.channel.speaks === true && spoken >= (typed === true ? ENOUGH : 1);
}

/**
 * People who cannot write may still type a number; words are typed by people who can. The first message is often not
 * their own.
 */
export function noteHowTheySpeak(turn: Turn): void {
  const { event, message } = turn;
  const { voice, version } = turn.session;
  // Nothing new about somebody who only types.
  if (message !== null && voice.typed === true && voice.spoken === 0) return;
  if (event.kind === 'voice') turn.change({ voice: { ...voice, spoken: (voice.spoken ?? 0) + 1 } });
  const isTyped = version > 0 && message !== null && message.choice === null && numberIn(message) === null;
  if (isTyped) turn.change({ voice: { ...voice, spoken: 0, typed: true } });
}

/** Said once, when it begins. */
export function tellOfVoiceBack(turn: Turn): boolean {
  const { voice } = turn.session;
  if (!isAnsweredAloud(turn) || voice.backTold === true) return false;
  turn.change({ voice: { ...voice, backTold: true, offered: true } });
  turn.say('spoken.back');
  return true;
}

/** Tells a person who only speaks, once, that they can also listen. */
export function offerListening(turn: Turn): void {
  const { voice, counts } = turn.session;
  if (turn.facts.channel.speaks !== true || voice.offered === true || Object.keys(counts).length > 0) return;
  if (isAnsweredAloud(turn)) return;
  turn.change({ voice: { ...voice, offered: true } });
  turn.say('listen.offer');
}

/** The replies of this turn with their sound. A document that is still being built is part of the answer. */
export function repliesOf(turn: Turn, given: readonly Reply[]): readonly Reply[] {
  const { aloud, ...voice } = turn.session.voice;
  const always = isAnsweredAloud(turn);
  if (aloud !== true && !always) return given;
  if (aloud === true && !turn.effects.some(({ kind }) => kind === 'build')) turn.change({ voice });
  const replies = given.map((reply) => (isHeard(reply, aloud === true) ? heard(turn, reply) : reply));
  for (const reply of replies) if (reply.aloud === true) noteRead(turn, reply);
  return replies;
}

/** "Saved." is not read aloud each time; a secret is not read aloud to a room. */
function isHeard({ secret, replaces }: Reply, asked: boolean): boolean {
  return secret === undefined && (asked || replaces !== 'saved');
}

function heard(turn: Turn, reply: Reply): Reply {
  const ear = earOf(turn, reply);
  return { ...reply, aloud: true, ...(ear.length === 0 ? {} : { ear }) };
}

function noteRead(turn: Turn, { prompt, brief }: Reply): void {
  if (prompt === undefined || brief === true || prompt.id.startsWith('heard')) return;
  const { voice } = turn.session;
  const name = readName(turn, prompt.id);
  const read = [...(voice.read ?? []).filter((one) => one !== name), name].slice(-REMEMBERED);
  turn.change({ voice: { ...voice, read } });
}

/** True if this question was read aloud in this web session; at SEND: for exactly this document. */
export function wasRead(turn: Turn, key: string): boolean {
  return turn.session.voice.read?.includes(readName(turn, key)) === true;
}

function readName({ session }: Turn, key: string): string {
  return key === 'send' ? `send ${session.built?.sha256 ?? ''}` : key;
}
