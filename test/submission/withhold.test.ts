import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft, Naming } from '../../src/dialog/engine/draft.ts';
import { initialsOf } from '../../src/dialog/understanding/names/folded.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import { buildModel } from '../../src/submission/document-model.ts';
import { changedForOthers } from '../../src/submission/joint-model.ts';
import { forbidden, shownName, unredacted, withhold, withholdingOf } from '../../src/submission/naming.ts';
import { CALLS, DRAFTS, textsIn } from './samples.ts';

const LABELS = textsIn('pt').withheld;
const NOBODY: Naming = { form: 'none' };

const without = (text: string, ...withheld: string[]): string =>
  withhold(text, withholdingOf({ harmed: NOBODY, author: NOBODY, withheld }, LABELS));

const named = (text: string, harmed: Naming, author: Naming = NOBODY, withheld: string[] = []): string =>
  withhold(text, withholdingOf({ harmed, author, withheld }, LABELS));

const left = (text: string, ...withheld: string[]): readonly string[] => {
  const draft = { harmed: NOBODY, author: NOBODY, withheld, publication: 'public-unnamed' } as const;
  return unredacted(
    draft,
    [text],
    without(text, ...withheld)
      .replaceAll(LABELS.name, ' ')
      .replaceAll(LABELS.link, ' '),
  );
};

describe('initialsOf', () => {
  it.each([
    ['João da Silva', 'J. S.'],
    ['Amadou Diallo', 'A. D.'],
    ['Élodie d’Ávila-Moreau', 'É. Á. M.'],
    ['Ludwig van Beethoven', 'L. B.'],
    ['Van Nguyen', 'V. N.'],
    ['maría de los ángeles', 'M. Á.'],
    ['Dr. Ada Obi', 'A. O.'],
    ['Señora Paz', 'P.'],
    ['Don Smith', 'D. S.'],
    ['Ada Obi and Bola Obi', 'A. O., B. O.'],
    ['Julio Paz y Ana Paz', 'J. P., A. P.'],
    ['José Ortega y Gasset', 'J. O. G.'],
    ['Obi, Ada', 'O. A.'],
    ['محمد أحمد', 'م. أ.'],
    ['  ', ''],
  ])('%j is %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('withholding a word', () => {
  it.each([
    ['O cabo Souza atirou.', 'Souza', 'O cabo [nome omitido] atirou.'],
    ['SOUZA, souza e Soúza', 'Souza', '[nome omitido], [nome omitido] e [nome omitido]'],
    ['João’s mother', 'joao', '[nome omitido]’s mother'],
    ["la mère d'Amadou", 'Amadou', "la mère d'[nome omitido]"],
    ['Jean-Pierre et jean pierre', 'Jean Pierre', '[nome omitido] et [nome omitido]'],
    ['João\nda  Silva', 'João da Silva', '[nome omitido]'],
    ['A Silvana não é Silva', 'Silva', 'A Silvana não é [nome omitido]'],
    ['Rua das Flores, 12, casa 3', 'Rua das Flores, 12', '[nome omitido], casa 3'],
    ['Ligue (21) 99999-1234 já', '21999991234', 'Ligue [número de telefone omitido] já'],
    ['Ligue (+55 21 99999-1234) já', '+5521999991234', 'Ligue ([número de telefone omitido]) já'],
    ['Em 2019 eram 12', '2019', 'Em [número omitido] eram 12'],
    ['#JusticeForAmadou! @amadou_d', 'Amadou', '[nome omitido]! [nome omitido]'],
    ['Veja https://x.org/caso-jo%C3%A3o-silva.', 'João Silva', 'Veja [link omitido].'],
    ['김철수는 말했다', '김철수', '[nome omitido]는 말했다'],
    ['nothing here', '***', 'nothing here'],
  ])('%j without %j', (text, term, expected) => {
    expect(without(text, term)).toBe(expected);
  });

  it('takes the longest term first and does not search its own labels', () => {
    expect(without('Ana Souza e Ana', 'Ana', 'Ana Souza', 'nome')).toBe('[nome omitido] e [nome omitido]');
  });

  it.each(['a ', '@', 'x@', 'a.@', 'x', 'http://', '#', '. ', 'Souza', 'S o u z a '])(
    'ends over 64 kB of %j: what grows with its square would take longer than a test may',
    (unit) => {
      const text = unit.repeat(Math.ceil(65_536 / unit.length));
      expect(left(text, 'Souza', 'a b c d e', 'cabo S. Lima')).toEqual([]);
    },
  );

  it('leaves every other byte alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        const [a, b] = [before.replace(/[\p{L}\p{N}@#:]/gu, ''), after.replace(/[\p{L}\p{M}\p{N}@#:]/gu, '')];
        expect(without(`${a} Souza ${b}`, 'Souza')).toBe(`${a} [nome omitido] ${b}`);
      }),
    );
  });

  it('leaves no term to be found, wherever it stood', () => {
    const word = fc.constantFrom('Souza', 'SOUZA', 'Ana Souza', 'ana-souza', 'd’Ana', '#anasouza', 'http://a.b/Souza');
    const text = fc.array(fc.oneof(word, fc.constantFrom('disse', '—', '“', '\n', 'foi.', '(', ')')), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (words) => {
        expect(left(words.join(' '), 'Souza', 'Ana Souza', 'Ana')).toEqual([]);
      }),
    );
  });
});

describe('no harm 3: in a document for several, what one withholds holds in everybody’s words', () => {
  const contribution = (language: WholeLanguage, withheld: readonly string[], harmed: Naming, text: string): Draft => ({
    ...DRAFTS[language],
    harmed,
    author: NOBODY,
    withheld,
    sections: [{ slot: 'story', paragraphs: [text] }],
  });

  it.each([
    ['en', 'Ngozi Okafor', 'The Okafors saw it. Will ran.', 'Will May', 'The [x] saw it. Will ran.', 'Will ran'],
    [
      'fr',
      'Awa N’Diaye',
      'Les Ndiaye ont vu. Pierre court.',
      'Pierre Mai',
      'Les [x] ont vu. Pierre court.',
      'Pierre court',
    ],
    [
      'es',
      'Ana Núñez',
      'Los Nunez lo vieron. Paz corrió.',
      'Julio Paz',
      'Los [x] lo vieron. Paz corrió.',
      'Paz corrió',
    ],
    [
      'pt',
      'João Gonçalves',
      'Os Goncalves viram. Domingos correu.',
      'Domingos Luz',
      'Os [x] viram. Domingos correu.',
      'Domingos correu',
    ],
  ] as const)('and is shown before it counts, in %s', (language, name, told, common, expected, stays) => {
    const label = textsIn(language).withheld.name;
    const members = [
      contribution(language, [name], { form: 'none', name: common }, '—'),
      contribution(language, [], NOBODY, told),
    ];
    const model = buildModel({ ...DRAFTS[language], contributions: members }, CALLS[language], textsIn(language));
    const reads = expected.replace('[x]', label);
    expect(model.sections.at(-1)?.paragraphs).toEqual([reads]);
    const shown = changedForOthers(members, textsIn(language).withheld);
    expect(shown).toEqual([
      { number: 2, reads, changes: true },
      { number: 2, reads, changes: false },
    ]);
    expect(reads).toContain(stays);
    // Withheld there as well, it goes.
    const withheld = [...members.slice(0, 1), contribution(language, [stays.split(' ')[0] ?? ''], NOBODY, told)];
    expect(changedForOthers(withheld, textsIn(language).withheld).filter(({ changes }) => !changes)).toEqual([]);
  });

  it.each([
    ['en', 'the aunt of Okafor', 'the aunt of [x]'],
    ['fr', 'la tante d’Okafor', 'la tante d’[x]'],
    ['es', 'la tía de Okafor', 'la tía de [x]'],
    ['pt', 'a tia do Okafor', 'a tia do [x]'],
  ] as const)('also goes from the words in which another one says who they are, in %s', (language, ownRole, reads) => {
    const { withheld, harmed } = textsIn(language);
    const secret = contribution(language, ['Okafor'], NOBODY, '—');
    const plain = { ...contribution(language, [], NOBODY, '—'), publication: 'public-named' } as const;
    const aunt = { ...plain, ownRole, author: { form: 'full', name: 'Ana Invento' } } as const;
    const nobody = { ...plain, ownRole, harmed: { form: 'initials', name: 'Bruno Invento' } } as const;
    const contributions = [secret, aunt, nobody];
    const model = buildModel({ ...DRAFTS[language], contributions }, CALLS[language], textsIn(language));
    const lines = model.blocks.flatMap(({ kind, text }) => (kind === 'byline' && /^\(\d\)/u.test(text) ? [text] : []));
    const own = reads.replace('[x]', withheld.name);
    expect(lines).toEqual([`(2) Ana Invento, ${own}`, `(3) ${own} (${harmed} B. I.)`]);
    expect(model.standing).toEqual([]);
  });

  it('says nothing of what its own person withheld, nor where nobody else is named', () => {
    const both = ['en'].map(() => contribution('en', ['Okafor'], NOBODY, 'Okafor fell.'));
    expect(changedForOthers([...both, ...both], textsIn('en').withheld)).toEqual([]);
  });
});

describe('how the choices about names change the text', () => {
  const harmed = (form: Naming['form']): Naming => ({ form, name: 'João da Silva' });
  const author = (form: Naming['form']): Naming => ({ form, name: 'Maria da Silva' });
  const told = 'Meu filho João da Silva. O João saiu às 7 com Maria. Silva é nome comum.';

  it('gives initials to the whole name and to each part alone', () => {
    expect(named(told, harmed('initials'))).toBe('Meu filho J. S. O J. saiu às 7 com Maria. S. é nome comum.');
  });

  it('takes a refused name out in whole and in parts', () => {
    expect(named(told, harmed('none'), author('none'))).toBe(
      'Meu filho [nome omitido]. O [nome omitido] saiu às 7 com [nome omitido]. [nome omitido] é nome comum.',
    );
  });

  it('keeps the son’s full name although his mother, who shares it, gave only initials', () => {
    expect(named(told, harmed('full'), author('initials'))).toBe(
      'Meu filho João da Silva. O João saiu às 7 com M. Silva é nome comum.',
    );
  });

  it('lets a withheld word weigh more than a name given in full', () => {
    const draft = { harmed: harmed('full'), author: NOBODY, withheld: ['Silva'] };
    const withholding = withholdingOf(draft, LABELS);
    expect(withhold('João da Silva', withholding)).toBe('João da [nome omitido]');
    expect(shownName(draft.harmed, withholding)).toBe('João da [nome omitido]');
  });

  it('keeps no one else’s name for a part that it shares with a name in full', () => {
    expect(named('João Souza viu João da Silva', harmed('full'), NOBODY, ['João Souza'])).toBe(
      '[nome omitido] viu João da Silva',
    );
  });

  it('fault 24: turns no name’s characters around', () => {
    const nothing = withholdingOf({ harmed: NOBODY, author: NOBODY, withheld: [] }, LABELS);
    expect(shownName({ form: 'full', name: 'João\u202e da\nSilva' }, nothing)).toBe('João da Silva');
  });

  it('asks for no name at all where publication is without names', () => {
    const draft = { harmed: harmed('full'), author: author('initials'), withheld: ['Souza'] };
    const terms = (publication: Draft['publication']) => forbidden({ ...draft, publication }).map(({ term }) => term);
    expect(terms('public-named')).toEqual(['Souza', 'Maria da Silva']);
    expect(terms('public-unnamed')).toEqual(['Souza', 'João da Silva', 'Maria da Silva']);
  });
});
