// Dates and numbers in languages that the machine has no data for, and values inside a text of the other direction.

import { describe, expect, it } from 'vitest';
import { shelf, texts } from '../support/player.ts';
import { inLatinDigits } from '../../src/digits.ts';
import { fold } from '../../src/dialog/understanding/fold.ts';
import { numberIn, numbersIn } from '../../src/dialog/understanding/recognize.ts';
import { LANGUAGE_FACTS, type Language, LANGUAGES } from '../../src/languages.ts';
import { isolated } from '../../src/texts/isolate.ts';
import { knownLocale, momentFormat, numberFormat } from '../../src/texts/local-format.ts';
import { parseCrockford } from '../../src/crockford.ts';

const MARCH = new Date('2027-03-09T22:30:00Z');

describe('a date', () => {
  const LONG: Readonly<Record<Language, string>> = {
    en: '9 March 2027',
    fr: '9 mars 2027',
    es: '9 de marzo de 2027',
    pt: '9 de março de 2027',
    ht: '9 mas 2027',
    ar: '9 مارس 2027',
  };
  it.each(LANGUAGES)('is in its language, whatever the machine is set to: %s', (language) => {
    expect(momentFormat(language, { dateStyle: 'long', timeZone: 'UTC' })(MARCH)).toBe(LONG[language]);
  });

  it('in Kreyòl has each month by its name, in the time zone of the operator', () => {
    const { months = [] } = LANGUAGE_FACTS.ht;
    expect(new Set(months).size).toBe(12);
    for (const [index, month] of months.entries()) {
      const day = new Date(Date.UTC(2027, index, 1, 3));
      expect(momentFormat('ht', { dateStyle: 'long', timeZone: 'UTC' })(day)).toMatch(
        new RegExp(`^1(?:er)? ${month} 2027$`, 'u'),
      );
      // Three hours after midnight it is still the day before in Port-au-Prince.
      const before = months.at(index - 1) ?? '';
      expect(momentFormat('ht', { dateStyle: 'long', timeZone: 'America/Port-au-Prince' })(day)).toContain(
        ` ${before} `,
      );
    }
  });

  it('in Kreyòl names the clocks by their place, with no word of the fallback', () => {
    const time = (language: Language, zone: string) =>
      texts.translate(
        language,
        { key: 'hello.open', params: { date: '', time: { at: MARCH.toISOString(), show: 'time', zone } } },
        '',
      );
    expect(time('ht', 'Europe/Berlin')).toContain('23:30 (lè Berlin)');
    expect(time('ht', 'America/Port-au-Prince')).toContain('17:30 (lè Port-au-Prince)');
    expect(time('ht', 'America/New_York')).toContain('(lè New York)');
    expect(time('fr', 'Europe/Berlin')).toContain('heure d’Europe centrale');
  });

  it('has a known locale in every language: Intl takes the machine’s for an unknown one, and does not say so', () => {
    for (const language of LANGUAGES) {
      const locale = knownLocale(language);
      expect(Intl.DateTimeFormat.supportedLocalesOf(locale), language).toEqual([locale]);
      expect(Intl.PluralRules.supportedLocalesOf(locale), language).toEqual([locale]);
    }
    expect(numberFormat('ht')(12_345)).toBe(numberFormat('fr')(12_345));
    expect(numberFormat('ar')(12_345)).toMatch(/^[0-9,.]+$/u);
  });
});

describe('digits', () => {
  it('of both Arabic kinds are numbers', () => {
    expect(inLatinDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹')).toBe('0123456789 0123456789');
    for (const [said, number] of [
      ['٣', 3],
      ['۳', 3],
      ['(١٢)', 12],
      ['رقم ٤', 4],
      ['الخيار ٢', 2],
      ['ثلاثة', 3],
      ['أربعة', 4],
      ['twa', 3],
    ] as const)
      expect(numberIn(said), said).toBe(number);
    expect(numbersIn('١، ٣ و ٤')).toEqual([1, 3, 4]);
  });

  it('of a code may be typed as the keyboard has them, and copied with its marks of direction', () => {
    expect(parseCrockford('\u2068٧K٣Q-۹XAB\u2069')).toBe(parseCrockford('7K3Q-9XAB'));
    expect(parseCrockford('٧K٣Q', 4)).toBe('7K3Q');
  });
});

describe('Arabic letters', () => {
  it.each([
    ['إيقاف', 'ايقاف'],
    ['مُسَاعَدَة', 'مساعده'],
    ['مســـاعدة؟', 'مساعدة'],
    ['مستشفى', 'مستشفي'],
    ['کلمه', 'كلمة'],
    ['ٱلتالي', 'التالى'],
  ])('in several spellings are one word: %s, %s', (one, other) => {
    expect(fold(one)).toBe(fold(other));
  });
});

describe('a value inside a text', () => {
  it('keeps its own direction, and stays as it is if the text runs the same way', () => {
    expect(isolated('ar', 'GR-7K3Q')).toBe('\u2068GR-7K3Q\u2069');
    expect(isolated('ar', '+33 1 23 45')).toBe('\u2068+33 1 23 45\u2069');
    expect(isolated('fr', 'سامر')).toBe('\u2068سامر\u2069');
    expect(isolated('fr', 'GR-7K3Q')).toBe('GR-7K3Q');
    expect(isolated('ht', 'Davi')).toBe('Davi');
    const languages = { list: [{ key: 'choices.en' }, { key: 'choices.ht' }], by: 'comma' } as const;
    const params = { languages, org: 'Casa Exemplo', phone: '+00 000 0100' };
    const call = shelf.current('emler-2024').hash;
    expect(texts.translate('ar', { key: 'other-language.accepted', params }, call)).toContain(
      '\u2068English\u2069، \u2068Kreyòl ayisyen\u2069',
    );
    expect(texts.translate('fr', { key: 'other-language.accepted', params }, call)).toContain(
      'English, Kreyòl ayisyen',
    );
    // Paragraphs have a direction each.
    expect(isolated('ar', 'one\ntwo')).toBe('one\ntwo');
  });

  it('turns nothing around it, and is shown in the order in which it was written', () => {
    expect(isolated('en', 'Ana \u202egpj.exe')).toBe('Ana gpj.exe');
    expect(isolated('en', '\u202aAna\u202c \u202bde\u202c')).toBe('Ana de');
    expect(isolated('en', 'Ana\u2067 Exemplo')).toBe('Ana Exemplo');
    expect(isolated('ar', 'Ana\u2069 Exemplo')).toBe('\u2068Ana Exemplo\u2069');
    expect(isolated('en', 'one\u202e\ntwo')).toBe('one\ntwo');
    // Pieces that keep their own direction, as we and others write them, are closed.
    expect(isolated('en', '\u2068Kreyòl\u2069')).toBe('\u2068Kreyòl\u2069');
    // A paragraph in Arabic needs the marks that embed.
    expect(isolated('en', 'سامر\n\u202aGR-7K3Q\u202c')).toBe('سامر\n\u202aGR-7K3Q\u202c');
  });
});
