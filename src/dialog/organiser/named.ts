// Which of the organiser's people a message names: as the list shows them, by their whole name, or by a part of it.

import { LANGUAGES } from '../../languages.ts';
import type { Turn } from '../engine/turn.ts';
import type { PutAway } from '../engine/world.ts';
import { fold } from '../understanding/fold.ts';

/** Words of a message that may still be only a name and the wish to open it. */
const MOST_WORDS = 10;

export function isNamed(label: string | undefined, text: string): boolean {
  return label !== undefined && fold(label) === fold(text);
}

/** All that fit, without case and accents; several if a part of a name is in several. */
export function casesNamed(turn: Turn, all: readonly PutAway[], text: string): readonly PutAway[] {
  // A line of the list as it is shown goes on after the name.
  for (const said of [text, text.split(':')[0] ?? '']) {
    const whole = all.filter(({ session }) => isNamed(session.teller?.label, said));
    if (whole.length > 0) return whole;
    const shown = shownNumber(turn, said);
    if (shown !== null) return all.filter(({ session }) => session.teller?.number === shown);
    const part = byPart(turn, all, said);
    if (part.length > 0) return part;
  }
  return [];
}

/** Each line or part of an enumeration that names one of them: "Cida, dona Lia e o Zé". Null if one names nobody, or several. */
export function allNamed(turn: Turn, all: readonly PutAway[], text: string): readonly PutAway[] | null {
  const each = text.split(/[,;\n]+|(?<!\S)(?:and|et|y|e|ak|و)(?!\S)/iu).filter((part) => fold(part) !== '');
  const named = each.map((part) => casesNamed(turn, all, part));
  const found = named.flatMap((some) => (some.length === 1 ? some : []));
  return found.length < each.length ? null : [...new Set(found)];
}

/** "Pessoa 2", "abre a pessoa 2": how the list names people without a secret word. */
function shownNumber(turn: Turn, text: string): number | null {
  const tokens = fold(text).split(' ');
  const number = /^\d{1,4}$/u.test(tokens.at(-1) ?? '') ? Number(tokens.at(-1)) : null;
  const { organiser } = turn.world.lexicon;
  const names = LANGUAGES.some((language) => organiser[language].person.has(tokens.at(-2) ?? ''));
  return names && number !== null && isAround(turn, tokens.slice(0, -2)) ? number : null;
}

/** "Dona Cida" for the label "Cida do beco", "quero abrir a da cida", "seu Zé" for "Zé". */
function byPart(turn: Turn, all: readonly PutAway[], text: string): readonly PutAway[] {
  const tokens = fold(text).split(' ');
  if (tokens.length > MOST_WORDS) return [];
  return all.filter(({ session }) => {
    const label = fold(session.teller?.label ?? '').split(' ');
    const said = tokens.filter((token) => label.includes(token));
    const rest = tokens.filter((token) => !label.includes(token));
    return said.some((token) => !isAround(turn, [token])) && isAround(turn, rest);
  });
}

/** Titles, articles, and the wish to open: nothing that tells. */
function isAround({ world: { lexicon } }: Turn, tokens: readonly string[]): boolean {
  return tokens.every((token) =>
    LANGUAGES.some((language) => {
      const { words, besideChoice, organiser, plain } = lexicon;
      return (
        besideChoice[language].has(token) ||
        plain[language].around.has(token) ||
        [...organiser[language].opens].some((phrase) => phrase.split(' ').includes(token)) ||
        words[language].titles.some((title) => fold(title).split(' ').includes(token))
      );
    }),
  );
}
