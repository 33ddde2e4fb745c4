// Where a name is found in a text, and what is done there before its person has said anything.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Naming } from '../../../src/dialog/engine/draft.ts';
import { applied, settled, soughtIn } from '../../../src/dialog/understanding/names/settle.ts';
import { loadCatalogue } from '../../../src/texts/catalogues.ts';

const LABELS = loadCatalogue('document').en.withheld;

function places(text: string, form: Naming['form'], name: string, decided: Record<string, boolean> = {}) {
  return settled(text, soughtIn({ harmed: { form, name }, author: { form: 'none' }, withheld: [] }), decided);
}

const read = (text: string, form: Naming['form'], name: string): string =>
  applied(text, places(text, form, name), LABELS);

const found = (text: string, name: string): readonly string[] =>
  places(text, 'none', name).map(({ place }) => text.slice(place.start, place.end));

describe('no harm 3: names that are words', () => {
  it.each([
    ['A polícia no respondeu.', 'none', 'no'],
    ['A Polícia não respondeu.', 'none', 'não'],
    ['el domingo 4 de julio, en paz, bajo la cruz', 'initials', 'Julio Domingo Cruz Paz'],
    ['Domingo 4 de julio. Julio era frío.', 'initials', 'Julio Domingo Cruz Paz'],
    ['They will not answer. It may be too late.', 'initials', 'Will May'],
    ['Will they not answer? In May they wrote.', 'initials', 'Will May'],
    ['Lo mataron por ser moreno. Moreno y pobre.', 'initials', 'Moreno'],
    ['une rose blanche sur la pierre', 'none', 'Rose Pierre'],
    ['Uma rosa branca e a luz do sol', 'none', 'Rosa Branca Luz'],
    ['WILL THEY ANSWER', 'none', 'Will May'],
  ] as const)('%j stays as it is (%s, %j)', (text, form, name) => {
    expect(read(text, form, name)).toBe(text);
  });

  it.each([
    ['Ayer Moreno salió.', 'Moreno', 'Ayer M. salió.'],
    ['My brother Will ran.', 'Will May', 'My brother W. ran.'],
    ['Will May ran.', 'Will May', 'W. M. ran.'],
    ['Julio Paz cayó', 'Julio Domingo Cruz Paz', 'J. P. cayó'],
    ['J. Okafor fell', 'Jude Okafor', 'J. O. fell'],
  ])('%j with %j is proposed to read %j', (text, name, expected) => {
    expect(read(text, 'initials', name)).toBe(expected);
  });
});

describe('no harm 3: a name with the small words that Arabic writes together with it', () => {
  it.each([
    ['جاء محمد ومحمد لم يعد.', 'محمد سالم', ['محمد', 'محمد']],
    ['قالوا لمحمد إن بمحمد شيئًا، فمحمد سكت.', 'محمد سالم', ['محمد', 'محمد', 'محمد']],
    ['ولمحمد أم.', 'محمد سالم', ['محمد']],
    ['كتبنا للحسن عن الحسن.', 'الحسن العلوي', ['لحسن', 'الحسن']],
    ['ومحمد سالم خرج.', 'محمد سالم', ['محمد سالم']],
    ['وَمحمّد خرج.', 'محمد سالم', ['َمحمّد']],
  ])('%j with %j', (text, name, expected) => {
    expect(found(text, name)).toEqual(expected);
  });

  it('leaves the small word, and other words, as they are', () => {
    expect(read('ومحمد وليد، وولدت الولد.', 'none', 'محمد سالم')).toBe('و[name withheld] وليد، وولدت الولد.');
  });

  it('finds no name inside a word of another script', () => {
    expect(found('vamohamed', 'Mohamed')).toEqual([]);
  });
});

describe('no harm 3: variants of a name', () => {
  it.each([
    ['the Okafors came', 'Ngozi Okafor', ['Okafors']],
    ['Okafor’s son', 'Ngozi Okafor', ['Okafor']],
    ['okafor said', 'Ngozi Okafor', ['okafor']],
    ['OKAFOR said', 'Ngozi Okafor', ['OKAFOR']],
    ['N. Okafor said', 'Ngozi Okafor', ['N. Okafor']],
    ['Ngozi O said', 'Ngozi Okafor', ['Ngozi']],
    ['NgoziOkafor and ngoziokafor', 'Ngozi Okafor', ['NgoziOkafor', 'ngoziokafor']],
    ['Ndiaye, NDiaye, N’Diaye, N Diaye, ndiaye', 'Awa N’Diaye', ['Ndiaye', 'NDiaye', 'N’Diaye', 'N Diaye', 'ndiaye']],
    ["N'Diaye et Ndiayes", 'Awa Ndiaye', ["N'Diaye", 'Ndiayes']],
    ['Dangelo, D’Angelo, D Angelo, dangelo', 'Joe D’Angelo', ['Dangelo', 'D’Angelo', 'D Angelo', 'dangelo']],
    ['Jean Pierre, Jeanpierre, Jean‑Pierre', 'Jean-Pierre Koné', ['Jean Pierre', 'Jeanpierre', 'Jean‑Pierre']],
    ['Kone et KONÉ', 'Jean-Pierre Koné', ['Kone', 'KONÉ']],
    ['o João, do Joao', 'João da Silva', ['João', 'Joao']],
    ['Dasilva, da-Silva', 'João da Silva', ['Dasilva', 'da-Silva']],
    ['los Pérez y Perez', 'Ana Pérez', ['Pérez', 'Perez']],
    ['O k a f o r', 'Ngozi Okafor', ['O k a f o r']],
    [
      '#JusticeForOkafor https://a.org/ngozi-okafor',
      'Ngozi Okafor',
      ['#JusticeForOkafor', 'https://a.org/ngozi-okafor'],
    ],
    ['Mc Donald, Mcdonald', 'Ann McDonald', ['Mc Donald', 'Mcdonald']],
    ['Li ran', 'Li Wei', ['Li']],
    ['Mrs Okafor and Mrs Obi', 'Mrs Okafor', ['Mrs Okafor']],
    ['La señora Paz y la Señora Luna', 'Señora Rosa Paz', ['Paz']],
    ['Don Julio y don Pedro', 'Don Julio', ['Don Julio']],
    ['Ada and Bola, then Bola Obi', 'Ada and Bola Obi', ['Ada', 'Bola', 'Bola Obi']],
    ['Julio Paz, Ana, Ana Paz', 'Julio Paz y Ana Paz', ['Julio Paz', 'Ana', 'Ana Paz']],
    ['Ortega y Gasset; Ortega', 'José Ortega y Gasset', ['Ortega y Gasset', 'Ortega']],
    ['They saw محمد there.', 'محمد أحمد', ['محمد']],
  ])('in %j of %j finds %j', (text, name, expected) => {
    expect(found(text, name)).toEqual(expected);
  });

  it.each([
    ['Silvana e Silvas altas', 'da', []],
    ['Okaforian history', 'Ngozi Okafor', []],
    ['We will, they may', 'Will May', []],
    ['foi a na casa', 'Ana', []],
  ])('in %j of %j finds %j', (text, name, expected) => {
    expect(found(text, name)).toEqual(expected);
  });
});

describe('no harm 3: what stands for a name', () => {
  it.each([
    ['Mrs Ngozi Okafor fell', 'Mrs Ngozi Okafor', 'N. O. fell'],
    ['Ada Obi and Bola Obi fell', 'Ada Obi and Bola Obi', 'A. O. and B. O. fell'],
    ['Awa et Modou Ndiaye', 'Awa et Modou Ndiaye', 'A. et M. N.'],
  ])('%j with initials of %j reads %j', (text, name, expected) => {
    expect(read(text, 'initials', name)).toBe(expected);
  });

  it('a name in a script without capitals is taken for one', () => {
    expect(read('They saw محمد there.', 'none', 'محمد أحمد')).toBe('They saw [name withheld] there.');
  });
});

describe('no harm 3: what is decided', () => {
  const text = 'Will they not answer? Will ran to them.';

  it('holds for that place and no other', () => {
    const [asked, ran] = places(text, 'initials', 'Will May').map(({ place }) => place.key);
    const decided = { [asked ?? '']: false, [ran ?? '']: true };
    expect(applied(text, places(text, 'initials', 'Will May', decided), LABELS)).toBe(
      'Will they not answer? W. ran to them.',
    );
    expect(places(text, 'initials', 'Will May', decided).some(({ isOpen }) => isOpen)).toBe(false);
    const longer = `${text} Will you tell us why?`;
    expect(places(longer, 'initials', 'Will May', decided).filter(({ isOpen }) => isOpen)).toHaveLength(2);
  });

  it('replaces nothing but full names and what was decided, once everything is decided', () => {
    const word = fc.constantFrom(
      ...[
        'Will',
        'will',
        'May',
        'may',
        'WILL',
        'Will May',
        'will may',
        'Okafor',
        'okafors',
        'W. May',
        'they',
        '.',
        ',',
        '4',
      ],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), fc.infiniteStream(fc.boolean()), (words, coins) => {
        const written = words.join(' ');
        const before = places(written, 'none', 'Will Okafor May');
        const decided = Object.fromEntries(before.map(({ place }) => [place.key, coins.next().value === true]));
        for (const { place, changes, isOpen } of places(written, 'none', 'Will Okafor May', decided)) {
          expect(isOpen).toBe(false);
          expect(changes).toBe(place.whole || decided[place.key]);
        }
      }),
    );
  });
});
