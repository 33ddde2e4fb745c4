// Tells an age of a child ("mi hijo de 3 años") from a span of time ("durante los 3 años de juicio"), by the words around it.

import { fold } from './fold.ts';

const setOf = (...lists: readonly string[]) => new Set(lists.flatMap((list) => list.split(' ')));

/** Between a word of time and its number. */
const BETWEEN = setOf(
  'the these those last past first next over than more about almost nearly some',
  'los las esos estos aquellos unos ultimos primeros proximos mas casi unos como',
  'les ces ses mes nos des derniers premieres premiers dernieres prochains plus presque environ deja',
  'os as esses estes aqueles uns ultimos primeiros proximos mais quase ja',
);

/** "Of", which leads to the deed or the sentence before it: "pena de 3 años"; of a person it leads to an age. */
const OF = setOf('of to a de d');

/** A span of time follows these. */
const OF_TIME = setOf(
  'for during in within after since over waited wait waiting spent served lasted lasting took takes worked works passed got sentenced',
  'hace hacia desde durante en dentro despues tras por pasaron pasamos pasan pase duro dura duraron esperamos espero esperaron esperando',
  'llevo llevamos lleva llevan llevaba llevabamos trabajo trabaje trabajamos trabajaba condenado condenada condenaron dieron son fueron van',
  'depuis pendant durant dans apres en attendu attend attendons passe passes dure duree travaille fait condamne condamnee pris purge sont furent',
  'ha faz fazia fez durante em dentro depois por passaram passamos passei durou dura duraram esperamos esperei esperando esperou trabalhou trabalhei',
  'trabalhava condenado condenada condenaram pegou deram sao foram vao levou levamos depi pandan apre',
);
/** Deeds and terms of so many years, before "of" or "to". */
const TERMS = setOf(
  'prison jail sentence term contract service',
  'pena condena prision carcel mandato contrato periodo plazo servicio experiencia condenado condenada condenaron',
  'peine prison condamnation mandat contrat periode duree delai service experience condamne condamnee condamnes',
  'pena prisao cadeia mandato contrato periodo prazo servico experiencia condenado condenada condenaram',
);
/** Before the number alone, these make it a span: "esos 2 años". A birthday has another word before them ("les 12 ans de ma fille"). */
const POINTING = setOf('these those esos estos aquellos ces esses estes aqueles');

/** Of a person, whatever follows: "tenía 9 años cuando". */
const OF_A_PERSON = setOf(
  'is was aged age turned turning barely only just daughter boy girl child kid baby brother sister nephew niece',
  'tiene tenia tuvo tienen tenian cumplia cumplio cumplir cumpliria edad hijo hija hijos hijas nino nina bebe hermano hermana hermanito hermanita sobrino sobrina nieto nieta muchacho muchacha',
  'a avait ont avaient aura age agee agees ages fils fille filles garcon garcons enfant enfants bebe frere soeur neveu niece petit petite gamin gamine',
  'tem tinha teve tem tinham completou completava completar idade filho filha filhos filhas menino menina crianca bebe irmao irma sobrinho sobrinha neto neta garoto garota',
  'gen te pitit tifi tigason',
);

const BEHIND = [
  ...[
    'of prison',
    'in prison',
    'de prison',
    'de prision',
    'de prisao',
    'de carcel',
    'de cadeia',
    'de service',
    'de servicio',
    'de servico',
  ],
  ...['ago', 'later', 'before', 'without', 'waiting', 'of waiting', 'on'],
  ...[
    'atras',
    'despues',
    'antes',
    'que',
    'sin',
    'mas tarde',
    'esperando',
    'pidiendo',
    'buscando',
    'luchando',
    'sufriendo',
    'en esto',
  ],
  ...[
    'de juicio',
    'de espera',
    'de lucha',
    'de silencio',
    'de proceso',
    'de investigacion',
    'de trabajo',
    'de experiencia',
    'de impunidad',
    'de eso',
  ],
  ...[
    'plus tard',
    'avant',
    'apres',
    'sans',
    'a attendre',
    'd attente',
    'de proces',
    'de procedure',
    'de lutte',
    'de silence',
    'd enquete',
  ],
  ...['de travail', 'd experience', 'd impunite', 'de cela', 'de ca'],
  ...[
    'depois',
    'sem',
    'mais tarde',
    'pedindo',
    'procurando',
    'lutando',
    'sofrendo',
    'nisso',
    'de processo',
    'de julgamento',
    'de luta',
  ],
  ...['de silencio', 'de investigacao', 'de trabalho', 'de impunidade', 'disso'],
].map((words) => ` ${words} `);

/** In characters: as far as the words of one sentence are looked at. */
const NEAR = 60;

/** True if so many years, at this place of the text, are a span of time. */
export function isSpanOfTime(text: string, start: number, end: number): boolean {
  const words = fold(sentenceEnd(text.slice(Math.max(0, start - NEAR), start)))
    .split(' ')
    .filter((word) => word !== '');
  const nearest = words.findLastIndex((word) => !BETWEEN.has(word));
  const [last = '', before = ''] = [words[nearest], words[nearest - 1]];
  const isAgo = last === 'a' && before === 'y';
  if (isAgo || (OF.has(last) && TERMS.has(before))) return true;
  if (OF_A_PERSON.has(last) || (OF.has(last) && OF_A_PERSON.has(before))) return false;
  if (OF_TIME.has(last)) return true;
  if (POINTING.has(words.at(-1) ?? '')) return true;
  const [behind = ''] = text.slice(end, end + NEAR).split(/[.!?;:\n]/u);
  const follows = ` ${fold(behind)} `;
  return BEHIND.some((one) => follows.startsWith(one));
}

/** The last, unfinished sentence of a text. */
function sentenceEnd(text: string): string {
  return text.split(/[.!?;:\n,(]/u).at(-1) ?? '';
}
