// A no to "may I write here when there's news?" with its reason: it stops no text.

import { LANGUAGES } from '../../languages.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { givesUp, orderToLeave, takesBack, wishesToErase } from '../understanding/alarm.ts';
import { saidOfPhone } from '../understanding/of-phone.ts';
import { fold } from '../understanding/fold.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import { asksByMark, plainAnswerIn } from '../understanding/plain-answer.ts';
import { isOfReading } from '../understanding/talk/said-aside.ts';

/** Words of a no with its reason, and of its no. */
const NO = { words: 12, first: 3 };

/** "No, nobody may see it", to "may I write here when there's news?": no news, and the approved text leaves. */
export function declinesNotices(turn: Turn, said: Said): boolean {
  const { lexicon } = turn.world;
  const words = said.folded.split(' ');
  if (turn.session.at.prompt !== 'write-back' || words.length > NO.words || asksByMark(said.text)) return false;
  const begins = words
    .slice(0, NO.first)
    .some((_, at) => plainAnswerIn(lexicon, words.slice(0, at + 1).join(' ')) === 'no');
  const stops =
    [takesBack, wishesToErase, givesUp].some((says) => says(lexicon, said)) || orderToLeave(lexicon, said) !== null;
  if (!begins || stops) return false;
  const isOf = isOfReading(lexicon, turn.session.language, said.text);
  if (isOf === null) return false;
  // "No sé qué es eso" is no such no.
  return (isOf && speaksOfSomebody(lexicon, said.folded)) || saidOfPhone(lexicon, said) === 'watched';
}

function speaksOfSomebody({ words }: Lexicon, folded: string): boolean {
  return LANGUAGES.some((one) => words[one].somebody.some((said) => ` ${folded} `.includes(` ${fold(said)} `)));
}
