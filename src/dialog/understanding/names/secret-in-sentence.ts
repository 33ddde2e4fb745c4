// Takes a secret word out of the sentence that it is given in the first time: "my word is mangrove", "póngale «luna llena»". The
// second time only the word itself counts, so a wrong part of a sentence never becomes the word.

import { fold } from '../fold.ts';
import { LANGUAGES } from '../../../languages.ts';
import type { Lexicon } from '../lexicon.ts';
import { looksLikeSentence } from '../plain-answer.ts';
import { nearName } from './name-in-sentence.ts';

const MOST_WORDS = 4;

/** The folded word; null if the message is not a sentence with one. */
export function secretIn(lexicon: Lexicon, text: string): string | null {
  const near = nearName(lexicon, text.replace(/[\p{Extended_Pictographic}\u{FE0F}]/gu, '').trim());
  let said = fold(near);
  const leads = LANGUAGES.flatMap((language) => lexicon.words[language].secretLeads.map(fold));
  leads.sort((a, b) => b.length - a.length);
  for (let round = 0; round < 2; round++) {
    const lead = leads.find((one) => said.startsWith(`${one} `));
    said = said.slice(lead === undefined ? 0 : lead.length + 1);
  }
  const isPart = said !== fold(text) && said.length > 2 && said.split(' ').length <= MOST_WORDS;
  return isPart && !looksLikeSentence(lexicon, said) ? said : null;
}
