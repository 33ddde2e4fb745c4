// Lines that may matter and that nothing was read from: they are put to a person.

import { type Doubt, type Fact, has } from './facts.ts';
import type { Page, Sentence } from './page.ts';

const ONLINE = '\\bon-?line\\b|en linea\\b|en ligne\\b|em linha\\b';

const NOT = "\\b(?:do not|don't|not|never|avoid|refrain|without|no|nao|evit\\w+|abst\\w+|ne|sans|sin|sem)\\b";
const NAMES =
  '(?:nam(?:e|es|ing)\\b|identif\\w*|nombr\\w+|noms?\\b|nommer|nomes?\\b|nomear|minors?\\b|menores\\b|mineure?s?\\b|third part|terceir|tercer[oa]s|tiers\\b)';
const OTHERS = `${NOT}[^.;]{0,60}${NAMES}`;

/** "State so clearly in your e-mail": the place of a wish. */
const SAY_SO =
  "\\b(?:state|say|indicate|specify|mention|mark) (?:so|this|it)\\b|\\b(?:l'|le )(?:indiquer|preciser|mentionner|signaler)\\b|\\b(?:indique|indicar|senale|senalar|precise|precisar|especifique|especificar|mencione|haga)n?lo\\b|\\b(?:indique|informe|especifique|mencione)m?(?:-o| isso)\\b";
const RISK = `(?:${NOT}|\\bpas\\b)[^.;]{0,80}(?:at risk|in danger|endanger|jeopardi|en danger|en peril|risque|en riesgo|en peligro|em risco|em perigo)`;

/** `read`: what was taken from the page. */
export function findGaps({ sentences }: Page, read: readonly Fact[]): readonly Doubt[] {
  const points = new Set(read.filter(({ path }) => path === 'point').map(({ sentence }) => sentence.line));
  const used = new Set(read.map(({ sentence }) => `${sentence.line} ${sentence.text}`));
  const items = new Set(sentences.filter(({ isItem }) => isItem).map(({ line }) => line));
  const isRead = (each: Sentence) => points.has(each.line) || used.has(`${each.line} ${each.text}`);
  const hasForm = read.some(({ path, value }) => path === 'channels' && value === 'web-form');
  const hasRule = read.some(({ path }) => path === 'publication.remove-personal-data');
  return sentences.flatMap((sentence): Doubt[] => {
    const { plain, line } = sentence;
    if (!hasForm && has(plain, ONLINE))
      return [
        { about: 'channels', why: 'this may mean a form of the body: are texts still taken by e-mail?', sentence },
      ];
    if (!hasRule && has(plain, OTHERS) && !points.has(line))
      return [
        {
          about: 'publication.remove-personal-data',
          why: 'this may ask not to name other persons or minors: if so, write yes',
          sentence,
        },
      ];
    if (has(plain, RISK) && !points.has(line))
      return [{ about: 'safety', why: 'people must know this before they write: put it into their texts', sentence }];
    if (has(plain, SAY_SO) && !points.has(line)) {
      const why = 'this may say where a wish is written, as for confidentiality: if so, write opt-out-where';
      return [{ about: 'publication.opt-out-where', why, sentence }];
    }
    if (items.has(line) && !isRead(sentence))
      return [{ about: 'not understood', why: 'a line of a list from which nothing was taken', sentence }];
    return [];
  });
}
