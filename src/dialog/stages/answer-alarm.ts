// Danger and despair are answered at once, in every step; what was said is kept as told where something is told, and
// chooses, names or replaces nothing anywhere else.

import { countWords } from '../../words.ts';
import { holdTestimony } from '../engine/pending-consent.ts';
import { promptKey, type Stage, type Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { tellMail } from '../prompts/after/after.ts';
import { operatorParams, supportList } from '../prompts/opening/opening.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { alarmIn } from '../understanding/alarm.ts';
import { questionIn } from '../understanding/commands.ts';
import type { Command } from '../understanding/lexicon.ts';
import { askAboutSending, isAtRest } from './sending-window.ts';

/** From so many words on it may belong to the story; whoever wrote it is asked. */
const TELLING_WORDS = 8;

/** Milliseconds within which what was answered in full is answered in short. */
const AN_HOUR = 3_600_000;

/** Says who can help, in full once an hour, and has staff told, where a text speaks of danger now or of despair. */
export function sayAlarm(turn: Turn, text: string): boolean {
  const found = alarmIn(turn.world.lexicon, text);
  if (found === null) return false;
  turn.flag('in-danger');
  const params = { ...operatorParams(turn), support: supportList(turn) };
  const { alarmedAt } = turn.session;
  const last = alarmedAt?.[found];
  const isRecent = last !== undefined && Date.parse(turn.event.at) - Date.parse(last) < AN_HOUR;
  turn.say(`${found}.${isRecent ? 'again' : 'advice'}`, params, { replaces: `alarm-${found}` });
  turn.change({ alarmedAt: { ...alarmedAt, [found]: turn.event.at } });
  return true;
}

/** A message of danger or despair. */
export const alarm: Stage = (turn, message) => {
  if (!sayAlarm(turn, message.text)) return 'next';
  if (isAtRest(turn) && askAboutSending(turn)) return 'done';
  const { takes, takesWords } = turn.here;
  const prompt = PROMPT[turn.session.at.prompt];
  // Words for a person, or of an interview, are taken as they are, after the answer.
  if ((prompt.slot !== undefined && takes !== 'link') || takesWords === true) prompt.answer(turn, message);
  else if (keepWords(turn, message) !== 'offered') turn.again('short');
  return 'done';
};

/** Words that answer no question: held before the yes, and after it offered to the story where they are many. */
function keepWords(turn: Turn, said: Said): 'held' | 'offered' | 'neither' {
  if (holdTestimony(turn, said)) return 'held';
  if (!putAside(turn, said) || turn.session.at.prompt === 'locked') return 'neither';
  turn.aside({ prompt: 'doubt' });
  return 'offered';
}

/** Said where nothing is told: offered to the story, as anything long that answers no question. */
function putAside(turn: Turn, { id, text }: Said): boolean {
  const { kept, contribution, joint, doubt } = turn.session;
  if (!kept || contribution === null || joint !== undefined || countWords(text) < TELLING_WORDS) return false;
  if (doubt !== null && doubt.kind !== 'stray') return false;
  turn.change({
    doubt: doubt === null ? { kind: 'stray', id, text, more: [] } : { ...doubt, more: [...doubt.more, { id, text }] },
  });
  return true;
}

// A reply was refused for good, as WhatsApp does with accounts that it distrusts: the person looks at an older question, and
// what they write answers that one. It must not be taken for a yes to what they never saw.

/** They would lead past a question that was not seen. */
export const MOVES_ON: readonly (Command | null)[] = ['next', 'skip', 'skip-all'];

/** Says so, and once more how a mail stands: perhaps that was what did not arrive. */
export const undeliveredReply: Stage = (turn) => {
  if (turn.facts.unheard !== true) return 'next';
  turn.say('unheard.again', undefined, { replaces: 'unheard' });
  const last = turn.session.mails.at(-1);
  if (last !== undefined && turn.session.news.length === 0) tellMail(turn, last);
  return 'next';
};

/** Of fewer words, a message that quotes another question tells nothing of a story. */
const LONG_WORDS = 4;

/** A few words, and no question to us. */
export function isShort({ world }: Turn, text: string): boolean {
  return text.split(/\s+/u).length < LONG_WORDS && questionIn(world.lexicon, text) === null;
}

export const noAnswer: Stage = (turn, message) =>
  isNoAnswer(turn, message, isShort(turn, message.text)) ? 'done' : 'next';

/**
 * True where the message answers nothing: what was said last was refused and this is `short`, or it was written before the
 * question that is open had arrived, or it quotes another one. Its words are kept as far as there are any; the question is
 * asked again unless it is on its way or there.
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
  const tells = PROMPT[prompt].slot !== undefined || prompt === 'voice-check' || turn.here.takesWords === true;
  const early = facts.early !== undefined && (!tells || prompt === 'doubt' || prompt === 'voice-check');
  if (!quotesOther && !early) return false;
  // A question is answered, whatever it was asked before.
  if (PROMPT[prompt].literal !== true && prompt !== 'doubt' && questionIn(turn.world.lexicon, said.text) !== null) {
    return false;
  }
  if (tells && countWords(said.text) >= LONG_WORDS) return false;
  const kept = tells ? 'neither' : keepWords(turn, said);
  if (kept === 'offered') return true;
  if (kept === 'neither') turn.say(quotesOther ? 'unheard.quoted' : 'unheard.early', undefined, { replaces: 'early' });
  if (facts.early !== 'waits') turn.again('short');
  return true;
}
