import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../src/dialog/understanding/findings.ts';
import { lexicon } from '../support/player.ts';

const found = (text: string) => findingsIn(lexicon, [text]).map(({ kind, text: what }) => `${kind}: ${what}`);

describe('what may name or lead to somebody', () => {
  it.each([
    ['Meu número é +55 11 95550-0100.', ['phone: +55 11 95550-0100']],
    ['Call me: (555) 010-0199', ['phone: (555) 010-0199']],
    ['write to ana@familia.example please', ['email: ana@familia.example']],
    ['Moramos na Rua das Flores, 12, no centro.', ['address: Rua das Flores, 12']],
    ['Vive en la Calle 45 # 12', ['address: Calle 45 # 12']],
    ['at 12 Example Street', ['address: 12 Example Street']],
    ['O sargento Silva Exemplo disse que não.', ['officer: Silva Exemplo']],
    ['Then officer Bill Example laughed.', ['officer: Bill Example']],
    ['El testigo Marco Ejemplo lo vio todo.', ['person: Marco Ejemplo']],
    ['Mi prima Lucía lo vio.', ['person: Lucía']],
    ['Le voisin, Amadou Exemple, a tout vu.', ['person: Amadou Exemple']],
    ['June Smith saw it.', ['person: June Smith']],
    ['My son, 12 years old, was in the car.', ['child: 12 years old']],
    ['Ela tem 9 anos e viu tudo.', ['child: 9 anos']],
    ['A menina de 7 anos que viu tudo.', ['child: 7 anos']],
    ['mi hijo de 3 años sin su papá', ['child: 3 años']],
    ['Tenía 15 años que acababa de cumplir.', ['child: 15 años']],
    ['La petite, 4 ans, dormait.', ['child: 4 ans']],
    ['Il a 6 ans.', ['child: 6 ans']],
    ['He was just 16 years old on that day.', ['child: 16 years old']],
    ['Brayan (12 años) lo vio.', ['child: 12 años', 'person: Brayan']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    ['My son Will was fixing radios. My son Will was fixing radios.', ['person: Will']],
    ['Mon fils Wesley réparait des radios. Mon fils Wesley réparait des radios.', ['person: Wesley']],
    ['Mi hijo Wesley arreglaba radios. Mi hijo Wesley arreglaba radios.', ['person: Wesley']],
    ['Meu filho Wesley consertava rádios. Meu filho Wesley consertava rádios.', ['person: Wesley']],
    ['meu filho wesley consertava rádios. meu filho wesley consertava rádios.', ['person: wesley']],
    ['Wesley consertava rádios. Todo dia Wesley consertava alguma coisa.', ['person: Wesley']],
    ['Then Officer Bill laughed.', ['officer: Bill']],
    ['Le Commissaire Petit a ri.', ['officer: Petit']],
    ['and the sgt. Hill laughed.', ['officer: Hill']],
    ['El Sargento Valdir se rió.', ['officer: Valdir']],
    ['O Sargento Valdir riu.', ['officer: Valdir']],
  ])('takes no deed and no title for a part of a name: %s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    'It was an officer. Nobody told us anything.',
    'Mon neveu a été tué par un policier. Personne ne nous a rien dit.',
    'Lo mató un agente. Nadie nos dijo nada.',
    'Quem matou foi um policial. Ninguém avisou a gente.',
    'en la calle le dispararon 5 veces',
    'On the street he was shot 3 times.',
    'dans la rue le 27 juin',
    'hace 3 años que pedimos el expediente',
    'il y a 5 ans, ils ont fermé le dossier',
    'It was 3 years ago.',
    '5 ans de prison',
    'Il avait 19 ans, elle 29.',
    'Tenía 19 años.',
    'Ele tinha 19 anos.',
    'He was 19 years old.',
    'depuis 9 ans nous demandons le dossier',
    'durante 12 años no nos dijeron nada',
    'em 3 anos ninguém respondeu',
    'un policier avec 15 ans de service',
    'une moyenne de 1,9 ans',
    'pendant les 2 ans du procès',
    'ces 2 ans de silence',
    'les 3 ans que nous avons attendu',
    'on a attendu 2 ans',
    'ils ont pris 5 ans',
    'une peine de 3 ans',
    'condamné à 8 ans',
    '4 ans sans réponse',
    'esos 2 años',
    'durante los 2 años de juicio',
    'esperamos 3 años',
    'llevamos 5 años pidiendo justicia',
    'son 4 años sin respuesta',
    'le condenaron a 8 años',
    'un mandato de 4 años',
    'os 2 anos de espera',
    'durante os últimos 2 anos',
    'trabalhou 10 anos na fábrica',
    'pegou 5 anos',
    'uma pena de 3 anos',
    'From 2019-2024 nothing happened; on 24-05-2024 they closed it.',
    'The United Nations and Human Rights offices never answered.',
    'https://example.org/reports/20240524/1234567890',
  ])('finds nothing in: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['\u202a+55 11 95550\u20110100\u202c', '+55 11 95550\u20110100'],
    ['+55\u00a011\u202f95550–0100', '+55\u00a011\u202f95550–0100'],
    ['\u2066+55\u200e (11) 95550 \u2212 0100\u2069', '+55 (11) 95550 \u2212 0100'],
    ['٠١٢٣٤٥٦٧٨٩', '٠١٢٣٤٥٦٧٨٩'],
  ])('no harm 20: a number whole, however it was copied: %j', (text, expected) => {
    for (const told of ['Call ', 'Llame al ', 'Appelez le ', 'Ligue para '])
      expect(found(`${told}${text}.`)).toEqual([`phone: ${expected}`]);
  });

  it('no harm 20: a number with its country and the same one without are two', () => {
    expect(found('+55 11 95550-0100, 11 95550-0100, +55 11 95550 0100')).toEqual([
      'phone: +55 11 95550-0100',
      'phone: 11 95550-0100',
    ]);
  });

  it('no harm 20: years and dates with any dash are no numbers', () => {
    expect(found('2019–2024, 2019 — 2024, 24\u201105\u20112024')).toEqual([]);
  });

  it('names each once, whatever the accents and the case, and at most twelve', () => {
    expect(found('João Exemplo. JOAO EXEMPLO. João Exemplo saiu.')).toHaveLength(1);
    const crowd = 'ABCDEFGHIJKLMNOP'.split('').map((letter) => `${letter}na ${letter}xample`);
    expect(findingsIn(lexicon, [crowd.join('. ')])).toHaveLength(12);
  });

  it('ends over lines of 100,000 characters: what grows with their square would take longer than a test may', () => {
    const found = findingsIn(lexicon, [
      'Aa '.repeat(33_000),
      '1 '.repeat(50_000),
      'rua '.repeat(25_000),
      'A'.repeat(100_000),
    ]);
    expect(found.length).toBeLessThanOrEqual(12);
  });
});

it.each([
  'Ce qui aurait aidé, selon les lois de mars, était un marco',
  'la niña no sabía que en marzo suelen leer en francés, lea esto',
  'a minha irmã veio em março e falava francês',
  'he was a good guy, i don tell this to peter out',
  'cuando se alejó el paco, mi yaya y los que vivían con ella vieron a los de la mara, mírela, en la tina',
  'não valeria a pena, ele era sadio, mas o que estava rolando era outro tom',
])('takes no ordinary word in small letters for somebody’s name: %s', (text) => {
  expect(findingsIn(lexicon, [text])).toEqual([]);
});

it('takes the same words for names where they are said of somebody', () => {
  const found = findingsIn(lexicon, ['mi hija valeria lo vio, y también Rolando; my brother tom came']);
  expect(found.map(({ text }) => text)).toEqual(['valeria', 'Rolando', 'tom']);
});
