// P7: no text of the program says that the body that asks received anything, in whatever words: no sentence names it, or
// who reads there, together with a word for receiving or arriving.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { read } from './files.ts';

const NAMED =
  /(?<!\p{L})(?:\{\{(?:[bB]ody|[rR]eaders|someReaders)\}\}|UN|ONU|(?:[Uu]nited [Nn]ations|[Nn]ations [Uu]nies|[Nn]aciones [Uu]nidas|[Nn]ações [Uu]nidas)|[Ee]xperts?|[Ee]xpertos?|[Ee]specialistas|EMLER|OHCHR|HCDH|ACNUDH|Geneva|Genève|Ginebra|Genebra)(?!\p{L})/u;
const RECEIVED =
  /receiv|receipt|arriv|got (?:it|your|the)|reçu|reçoi|réception|parvenu|recib|recepci|lleg[óoau]|receb|cheg[oau]/iu;
/** What they take at all, before anybody has sent it anything. */
const ALLOWED: readonly RegExp[] = [/^\{\{Body\}\} recebe aqui só texto e links\.$/u];

const FILES = ['bot', 'mail', 'document', 'web', 'teams', 'staff'];

function sentencesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(/(?<=[.!?:])\s+|\n/u);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesIn) : [];
}

function claims(text: string): readonly string[] {
  return sentencesIn(text).filter(
    (one) => NAMED.test(one) && RECEIVED.test(one) && !ALLOWED.some((allowed) => allowed.test(one)),
  );
}

describe('no harm D, P7: nothing says that the body that asks received anything', () => {
  it.each([
    'The United Nations has received your text.',
    'The UN received it.',
    '{{Body}} received it.',
    'Su texto llegó a {{readers}}.',
    'The experts got your text yesterday.',
    'Your text arrived at the UN.',
    'Les Nations Unies ont reçu votre texte.',
    'Votre texte est bien arrivé à Genève.',
    'Las Naciones Unidas recibieron su texto.',
    'Su texto llegó a los expertos.',
    'As Nações Unidas receberam o seu texto.',
    'O seu texto chegou à ONU.',
  ])('would notice "%s"', (text) => {
    expect(claims(`Thank you.\n${text}`)).toEqual([text]);
  });

  it.each(WHOLE_LANGUAGES.flatMap((language) => FILES.map((file) => `locales/${language}/${file}.json`)))(
    '%s',
    (path) => {
      expect(sentencesIn(JSON.parse(read(path))).flatMap(claims)).toEqual([]);
    },
  );
});
