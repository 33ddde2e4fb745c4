// Whether somebody watches the phone on which a person writes, as they say it.

import { mayMatch, shortSentences } from './alarm.ts';
import type { Utterance } from './commands.ts';
import type { Frame } from './fold.ts';
import type { Lexicon } from './lexicon.ts';

/** "Acho que estão vigiando meu celular"; "is it dangerous on this phone"; "it's my sister's", "I'm not alone"; or "nobody watches me". */
export type OfPhone = 'watched' | 'asked' | 'borrowed' | 'unwatched';

export function saidOfPhone(lexicon: Lexicon, said: Utterance): OfPhone | null {
  const found = shortSentences(lexicon, said).map(({ sentence, words, frames }): OfPhone | null => {
    const finds = (text: string, list: readonly Frame[]) =>
      list.some((frame) => mayMatch(frame, words) && text.search(frame.pattern) !== -1);
    // "Nobody looks at my phone": the rest speaks of nobody who does.
    const own = frames.unwatched.filter((frame) => mayMatch(frame, words));
    const rest = own.reduce((left, { pattern }) => left.replace(pattern, ' /'), sentence);
    if (finds(rest, frames.unsafePhone)) return 'asked';
    if (finds(rest, frames.watched)) return 'watched';
    if (finds(sentence, frames.borrowed)) return 'borrowed';
    return rest === sentence ? null : 'unwatched';
  });
  return OF_PHONE.find((one) => found.includes(one)) ?? null;
}

/** The graver first. */
const OF_PHONE: readonly OfPhone[] = ['asked', 'watched', 'borrowed', 'unwatched'];
