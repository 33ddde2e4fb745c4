// Short messages in the text that may have been said to the bot: listed once before the read-back (prompts/approval/sieve.ts).

import type { Language } from '../../languages.ts';
import { isImported } from '../organiser/import.ts';
import { alarmIn, givesUp } from '../understanding/alarm.ts';
import { isOccasion } from '../understanding/commands.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import { asksByMark } from '../understanding/plain-answer.ts';
import { alarmOf, ASK, hear, hearOnce, SHOW, SHOW_WHOLE } from '../understanding/talk/hear.ts';
import type { Part, Slot } from './effect.ts';
import type { Turn } from './turn.ts';

/** In words; a longer message is told. */
const LONGEST = 25;

/** With its capital and its full stop: so people tell, and seldom speak to the bot. */
const WHOLE_SENTENCE = /^[¿¡"“«]?\s*\p{Lu}[^?？]*[.…]["”»]?$/su;

/** A demand to a government sounds like talk ("release the video"): it is listed only from ASK on. */
const isDemand = (slot: Slot) => slot.startsWith('asks/');

/** Whether a message in the text may have been said to the bot. `hearIt`: as hear(). */
export function soundsLikeTalk(
  lexicon: Lexicon,
  language: Language,
  message: string,
  slot: Slot,
  hearIt = (text: string) => hear(lexicon, language, text),
): boolean {
  const text = message.trim();
  if (text.split(/\s+/u).length > LONGEST) return false;
  if (isOccasion(lexicon, language, text) && !asksByMark(text)) return false;
  const hearing = hearIt(text);
  const least = isDemand(slot) ? ASK : WHOLE_SENTENCE.test(text) ? SHOW_WHOLE : SHOW;
  return hearing !== null && hearing.talk >= least;
}

/** Messages of more words may have a cry in them, and are told. */
const CRY_WORDS = 45;

/** Plainly a cry or giving up, as at a prompt that takes no story: what only sounds like one while it is told belongs to the text. */
function wasAnswered(turn: Turn, text: string): boolean {
  const { lexicon } = turn.world;
  if (text.split(/\s+/u).length > CRY_WORDS) return false;
  if (alarmIn(lexicon, text) !== null || givesUp(lexicon, text)) return true;
  return alarmOf(hearOnce(turn, text), text, false) !== null;
}

/**
 * In the order of the text; none that was listed before or that its person has called part of the text. An earlier interview and links
 * are no messages to the bot; a joint document has no answers.
 */
export function talkIn(turn: Turn): readonly Part[] {
  const { joint, kept, language, sifted = [] } = turn.session;
  if (joint !== undefined || !kept) return [];
  const settled = new Set(sifted);
  const hearIt = (text: string) => hearOnce(turn, text);
  return turn.parts().filter(({ id, slot, text }) => {
    if (settled.has(id) || slot === 'links' || isImported(id)) return false;
    const { lexicon } = turn.world;
    return soundsLikeTalk(lexicon, language, text, slot, hearIt) || wasAnswered(turn, text);
  });
}

/** These messages belong to the text, as their person has said: they are not listed. */
export function keepInText(turn: Turn, ids: readonly string[]): void {
  turn.change({ sifted: [...new Set([...(turn.session.sifted ?? []), ...ids])] });
}
