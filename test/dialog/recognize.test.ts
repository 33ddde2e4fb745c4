import { describe, expect, it } from 'vitest';
import { guessLanguage } from '../../src/dialog/stages/other-language.ts';
import { commandIn, nearCommandIn } from '../../src/dialog/understanding/commands.ts';
import { clean, cleanName, distance, fold } from '../../src/dialog/understanding/fold.ts';
import { linksIn, withoutTracking } from '../../src/dialog/understanding/links.ts';
import { numberIn, numbersIn, recognizeChoice } from '../../src/dialog/understanding/recognize.ts';
import { intake, lexicon } from '../support/player.ts';

const who = intake.choices['for-whom'];

describe('a numbered choice', () => {
  it.each([
    ['1', 1],
    [' 2. ', 2],
    ['(3)', 3],
    ['nº 4', 4],
    ['opção 2', 2],
    ['Option 1', 1],
    ['1️⃣', 1],
    ['３', 3],
    ['dos', 2],
    ['le 2', 2],
    ['choix 1', 1],
    ['1 e 2', null],
    ['tenho 47', null],
    ['', null],
  ])('%j is number %j', (text, number) => {
    expect(numberIn(text)).toBe(number);
  });

  it.each([
    ['sou a mãe dele', 'pt', 'family'],
    ['Soy la hermana', 'es', 'family'],
    ['je suis sa mère', 'fr', 'family'],
    ['frend', 'en', 'witness'],
    ['Familly', 'en', 'family'],
    ['organização', 'pt', 'organisation'],
  ] as const)('%s (%s) says %s', (text, language, value) => {
    expect(recognizeChoice(lexicon, language, text, who, false)).toEqual({ kind: 'accepted', value });
  });

  it('a number that is not on the list, a sentence with a "not", and silence say nothing', () => {
    expect(recognizeChoice(lexicon, 'en', '7', who, false)).toEqual({ kind: 'rejected', reason: 'out-of-range' });
    expect(recognizeChoice(lexicon, 'en', 'I am not his mother', who, false).kind).toBe('rejected');
    expect(recognizeChoice(lexicon, 'pt', 'não sou da família', who, false).kind).toBe('rejected');
    expect(recognizeChoice(lexicon, 'en', '…', who, false).kind).toBe('rejected');
  });

  it('a consent is never read out of a sentence, and never guessed from a spelling', () => {
    const publication = intake.choices.publication;
    for (const text of ['it should be public with names I think', 'confidencial talvez', 'confidentail', 'public']) {
      expect(recognizeChoice(lexicon, 'en', text, publication, true).kind, text).toBe('rejected');
    }
  });

  it('lists of numbers are read with their ands and commas, and nothing else', () => {
    expect(numbersIn('1, 3 e 4')).toEqual([1, 3, 4]);
    expect(numbersIn('2 2 2')).toEqual([2]);
    expect(numbersIn('the 3 officers')).toBeNull();
  });
});

describe('commands', () => {
  it('fault 25: match the whole message only, in any dress', () => {
    expect(commandIn(lexicon, 'Stop.')).toBe('stop');
    expect(commandIn(lexicon, '¡PARAR!')).toBe('stop');
    expect(commandIn(lexicon, 'Рause')).toBe('pause'); // a Cyrillic capital
    expect(commandIn(lexicon, 'pró\u200bximo')).toBe('next');
    expect(commandIn(lexicon, 'stop the violence')).toBeNull();
    expect(commandIn(lexicon, 'the next day')).toBeNull();
  });

  it('near misses are single words only', () => {
    expect(nearCommandIn(lexicon, 'en', 'nexxt')).toBe('next');
    expect(nearCommandIn(lexicon, 'pt', 'prxoimo')).toBe('next');
    expect(nearCommandIn(lexicon, 'en', 'nexxt time')).toBeNull();
    expect(nearCommandIn(lexicon, 'en', 'Samuel')).toBeNull();
  });
});

describe('the first message tells its language', () => {
  it.each([
    ['hola, mataron a mi hijo', 'es'],
    ['olá, você pode me ajudar?', 'pt'],
    ['bonjour, mon frère est mort', 'fr'],
    ['hello, they killed my brother', 'en'],
    ['xyz', null],
  ])('%s: %s', (text, language) => {
    expect(guessLanguage(lexicon, text)).toBe(language);
  });
});

describe('what is kept of a text', () => {
  it('is well formed, and otherwise untouched', () => {
    expect(clean('a\ud800b\u0000\u0007\ufffe')).toBe('a\ufffdb');
    expect(clean('one\r\ntwo\u2028three')).toBe('one\ntwo\nthree');
    expect(clean('e\u0301té')).toBe('été');
    expect(clean('\u202bحقوق\u202c 👩🏽‍⚕️')).toBe('\u202bحقوق\u202c 👩🏽‍⚕️');
    expect(cleanName('Ana\u202e \n Exemplo')).toBe('Ana Exemplo');
  });

  it('fault 25: folding is for recognising only', () => {
    expect(fold('«PRÓXIMO!»')).toBe('proximo');
    expect(distance('next', 'nxet', 2)).toBe(1);
    expect(distance('abc', 'xyz', 1)).toBe(2);
  });
});

describe('links', () => {
  it('are found without the punctuation around them, and never fetched', () => {
    expect(linksIn('See https://example.org/a?b=1. And (http://example.net/x), thanks')).toEqual([
      'https://example.org/a?b=1',
      'http://example.net/x',
    ]);
    expect(linksIn('javascript:alert(1) ftp://example.org')).toEqual([]);
  });

  it('lose only what tells who shared them', () => {
    expect(withoutTracking('https://example.org/a?utm_source=x&id=7&fbclid=y')).toBe('https://example.org/a?id=7');
    expect(withoutTracking('https://example.org/a?id=7')).toBe('https://example.org/a?id=7');
  });
});
