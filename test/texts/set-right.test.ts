import { describe, expect, it } from 'vitest';
import { type Language, LANGUAGES, type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { appearsIn } from '../../tools/wording/as-it-appears.ts';
import { ourTexts } from '../../tools/wording/our-texts.ts';
import { markOf, promisesIn } from '../../tools/wording/promises.ts';
import { easeOf, ratiosOf, syllablesIn } from '../../tools/wording/reading-age.ts';
import { breachesIn } from '../../tools/wording/typography.ts';
import { read } from '../project/files.ts';
import { Player } from '../support/player.ts';

describe('our texts are set as docs/wording.md says', () => {
  const all = ourTexts();
  it.each(LANGUAGES)('in %s', (language) => {
    const own = all.filter((one) => one.language === language);
    expect(own.length).toBeGreaterThan(1_000);
    const broken = own.flatMap(({ file, key, text, mixed }) =>
      breachesIn(language, text, mixed).map(({ at, better }) => `${file} ${key}: "${at}": ${better}`),
    );
    expect(broken).toEqual([]);
  });
});

const WRONG: readonly (readonly [Language, string, string])[] = [
  ['en', "Don't worry.", '’'],
  ['pt', 'Escreva "sim".', 'quotation'],
  ['es', 'Espere...', '…'],
  ['en', 'Done - for now.', '–'],
  ['en', 'One  thing.', 'one space'],
  ['es', 'Un momento .', 'before a mark'],
  ['pt', 'Um momento: «sim».', '“ ”'],
  ['es', 'Escriba “sí”.', '« »'],
  ['es', 'Qué quiere?', '¿ ?'],
  ['es', '« sí »', 'inside'],
  ['en', 'Write “yes.', 'pairs'],
  ['fr', 'Voulez-vous ?', 'U+202F'],
  ['fr', 'Oui : suivant', 'U+00A0'],
  ['fr', 'Écrivez «oui\u202F».', 'after «'],
];

describe('a text that is set wrong is found', () => {
  it.each(WRONG)('%s: %s', (language, text, better) => {
    expect(breachesIn(language, text).map((one) => one.better)).toEqual([expect.stringContaining(better)]);
  });

  it.each([
    ['en', 'It’s “here” – see https://casa.example/a?b=c, and run npm run -s griot -- chat.'],
    ['fr', '«\u202FOui\u202F»\u202F; d’accord\u202F? À 17:30, voici\u00A0: suivant.'],
    ['es', '¿Qué quiere? «Nada».'],
  ] as const)('and one that is set right is not: %s', (language, text) => {
    expect(breachesIn(language, text)).toEqual([]);
  });
});

/** Words that would have to join the name of an organisation: "de l’", "del", "da". Its name is the same in every language. */
const JOINED: Readonly<Partial<Record<Language, RegExp>>> = {
  fr: /(?<!\p{L})(?:de|du|d’|à|au) ?\{\{(?:org|operator)\}\}/iu,
  es: /(?<!\p{L})(?:de|del) \{\{(?:org|operator)\}\}/iu,
  pt: /(?<!\p{L})(?:d[aeo]|n[ao]|num|em|pel[ao]|a|à|ao|o) \{\{(?:org|operator)\}\}/iu,
};

describe('a text reads well whatever the name of the organisation is', () => {
  it.each(Object.entries(JOINED))('in %s', (language, joined) => {
    const broken = ourTexts().filter((one) => one.language === language && joined.test(one.text));
    expect(broken.map(({ file, key }) => `${file} ${key}`)).toEqual([]);
  });
});

describe('the promises of docs/wording.md', () => {
  const texts = ourTexts();
  const promises = promisesIn(read('docs/wording.md'));

  it('are texts that every whole language has, and were compared as they are now', () => {
    expect(promises.length).toBeGreaterThan(70);
    for (const row of promises) {
      expect(row.sense, row.key).not.toBe('');
      // If this fails: npm run -s wording -- --reread
      expect(row.mark, `${row.file} ${row.key}`).toBe(markOf(texts, row));
    }
  });

  it('are no longer marked as compared if one language says something else, or lacks it', () => {
    const row = { file: 'bot', key: 'keep.ask' };
    const changed = texts.map((one) =>
      one.language === 'fr' && one.key === 'keep.ask' ? { ...one, text: 'Oui' } : one,
    );
    expect(markOf(changed, row)).not.toBe(markOf(texts, row));
    expect(
      markOf(
        texts.filter((one) => one.language !== 'pt'),
        row,
      ),
    ).toBeNull();
  });
});

describe('a consent that is asked again in short still says who may give it, and for what', () => {
  it.each(WHOLE_LANGUAGES)('in %s', (language) => {
    const player = new Player({ language });
    const short = (key: string, params = {}) =>
      player
        .render({ text: key, params, brief: true })
        .bubbles.map(({ text }) => text)
        .join('\n');
    expect(short('keep.yes')).toMatch(/18/u);
    expect(short('others.kind', { text: 'Zuleica' })).toContain('Zuleica');
    // Advice is repeated whole.
    for (const key of ['messenger', 'messenger-reads', 'employer', 'network', 'nobody'])
      expect(short(`safety.${key}`)).toBe(
        player
          .render({ text: `safety.${key}` })
          .bubbles.map(({ text }) => text)
          .join('\n'),
      );
  });
});

/** Ease of a child of twelve, by the scale of each formula: "fairly easy", the sixth or seventh year of school. */
const AT_TWELVE = { en: 70, fr: 70, es: 70, pt: 60 } as const;

/** These may only be made harder to break: an ease may rise, the other figures may only fall. */
const NOW: Readonly<Record<WholeLanguage, Readonly<Record<'ease' | 'hard' | 'long', number>>>> = {
  en: { ease: 92, hard: 12, long: 3 },
  fr: { ease: 93, hard: 6, long: 5 },
  es: { ease: 85, hard: 16, long: 3 },
  pt: { ease: 83, hard: 16, long: 3 },
};

/** Bubbles this short say too little of a formula. */
const WORDS = 20;
const LENGTH = 350;
const NOT_SAID = /^(?:choices|commands|units|parts|terms|support)\b/u;

describe('the conversation reads as easily as a child of twelve needs it', () => {
  it.each(WHOLE_LANGUAGES)('in %s', (language) => {
    const appears = appearsIn(language);
    const said = ourTexts()
      .filter((one) => one.language === language && one.file === 'bot' && !NOT_SAID.test(one.key))
      .map(({ key, text }) => ({ key, text: appears(text) }));
    expect(said.length).toBeGreaterThan(700);
    const ease = easeOf(
      ratiosOf(
        said.map(({ text }) => text),
        language,
      ),
      language,
    );
    expect(ease).toBeGreaterThan(AT_TWELVE[language]);
    expect(ease).toBeGreaterThan(NOW[language].ease);
    const hard = said.filter(
      ({ text }) =>
        (text.match(/\p{L}+/gu) ?? []).length >= WORDS &&
        easeOf(ratiosOf([text], language), language) < AT_TWELVE[language],
    );
    expect(hard.length, hard.map(({ key }) => key).join(' ')).toBeLessThanOrEqual(NOW[language].hard);
    const long = said.filter(({ text }) => text.length > LENGTH);
    expect(long.length, long.map(({ key }) => key).join(' ')).toBeLessThanOrEqual(NOW[language].long);
  });

  it('by formulas that know a hard text from an easy one, and count syllables', () => {
    const counted = { en: ['people', 2], fr: ['personne', 2], es: ['policía', 4], pt: ['guardado', 3] } as const;
    for (const language of WHOLE_LANGUAGES)
      expect(syllablesIn(counted[language][0], language)).toBe(counted[language][1]);
    const [easy, official] = [
      ['You can stop now. Nothing is lost.'],
      ['Independent accountability mechanisms investigating disproportionate utilisation of institutional authority.'],
    ];
    expect(easeOf(ratiosOf(easy, 'en'), 'en')).toBeGreaterThan(90);
    expect(easeOf(ratiosOf(official, 'en'), 'en')).toBeLessThan(0);
  });
});
