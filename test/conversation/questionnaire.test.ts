// A numbered questionnaire, from the chat to Word and PDF.

import { describe, expect, test } from 'vitest';
import { loadTexts } from '../../src/app/load-texts.ts';
import { documentCall } from '../../src/conversation/document-call.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { docxParagraphs, isInstalled, pdfText } from '../submission/read-back.ts';
import { atQuestions, filesOf, freeFixture, goTo, servedFixture, word } from '../support/forms.ts';

const nested = freeFixture('invented-nested');

const OF: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['Question 2 of 2.', 'Question 1.a.'],
  fr: ['Question 2 sur 2.', 'Question 1.a.'],
  es: ['Pregunta 2 de 2.', 'Pregunta 1.a.'],
  pt: ['Pergunta 2 de 2.', 'Pergunta 1.a.'],
};

describe.each(WHOLE_LANGUAGES)('the number before a question, in %s', (language) => {
  test('in its first line, as a whole and one by one', async () => {
    const player = await atQuestions(nested, { language });
    const second = player.read(await player.says('2'));
    expect(second.split('\n')[0]).toBe(OF[language][0]);
    await player.says(word(player, 'next'));
    await player.says('1');
    const one = texts(player.world.lexicon.words[language].asides['one-by-one']);
    expect(player.read(await player.says(one)).split('\n')[0]).toBe(OF[language][1]);
  });
});

function texts(words: readonly string[]): string {
  const [first] = words;
  if (first === undefined) throw new Error('no word');
  return first;
}

test('sub-questions answered one by one have a place each, in the order of the call; those answered together have one', async () => {
  const player = await atQuestions(nested, { role: '3' });
  await player.says('1');
  await player.says('We complain for many families.');
  await player.says('one by one');
  await player.says('next');
  await player.says('At the ombudsman.');
  await player.says('next');
  await player.says('Of 23 complaints two were upheld.');
  await player.says('next');
  await player.says('2');
  await player.says('An apology.');
  await player.says('next');
  const { docx, pdf } = await filesOf(player);
  const lines = (await docxParagraphs(docx)).map(({ tag, text }) => `${tag} ${text}`);
  expect(lines.slice(lines.indexOf('h1 Answers to the questions'))).toEqual([
    'h1 Answers to the questions',
    'h2 1. complaints',
    'p We complain for many families.',
    'h3 1.a.i. complained where',
    'p At the ombudsman.',
    'h3 1.b. complaint figures',
    'p Of 23 complaints two were upheld.',
    'h2 2. remedies',
    'p An apology.',
  ]);
  if (!isInstalled('pdftotext', '-v')) return;
  expect(pdfText(pdf)).toMatch(
    /1\. complaints\s+We complain[^]*1\.a\.i\. complained where\s+At the[^]*1\.b\. complaint figures[^]*2\. remedies\s+An apology/,
  );
});

test('points are called a translation only in a language that no source of the call is in, official or a copy', () => {
  const { document } = loadTexts('UTC');
  const translated = (official: boolean) =>
    WHOLE_LANGUAGES.filter((language) => {
      const catalogues = { ...nested.catalogues, [language]: { ...nested.catalogues[language], official } };
      return documentCall({ ...nested, catalogues }, language, document[language]).isTranslated;
    });
  expect(nested.call.sources.map(({ language, official }) => [language, official])).toEqual([['en', false]]);
  expect(translated(false)).toEqual(['fr', 'es', 'pt']);
  expect(translated(true)).toEqual([]);
});

test('a sub-question is opened by its number, whatever the case', async () => {
  const player = await atQuestions(nested);
  for (const text of ['1.a', '1.A.', '1.a.i']) {
    expect(player.read(await player.says(text))).toMatch(/^Question 1\.a(?:\.i)?\.\n/u);
    while (player.session.at.prompt !== 'topics') await player.says('skip');
  }
});

test('an answer given out of order stands in its place', async () => {
  const player = await atQuestions(nested);
  await player.says('2');
  await player.says('An apology.');
  await player.says('next');
  await player.says('1');
  await player.says('one by one');
  await player.says('We did.');
  await player.says('next');
  const read = await goTo(player, 'read-back');
  expect(read).toContain('complaints, question 1.a: 2 words');
  const { docx } = await filesOf(player);
  const text = (await docxParagraphs(docx)).map((one) => one.text).join('\n');
  expect(text).toMatch(/1\. complaints\n1\.a\. complained\nWe did\.\n2\. remedies\nAn apology\./);
});

test('the official number is that of the file, and the list says it if its own number is another', async () => {
  const { response } = nested.call;
  if (response.kind !== 'questionnaire') throw new Error('another fixture');
  const questions = [
    { id: 'complaints', number: '4', questions: [{ id: 'complained' }, { id: 'complaint-figures', number: '4 (c)' }] },
    { id: 'remedies', number: '7.2' },
  ];
  const call = servedFixture('invented-nested', {
    response: { ...response, questionnaires: [{ id: 'all', audience: 'anyone', questions }] },
  });
  const player = await atQuestions(call);
  const list = player.read(await player.says('repeat'));
  expect(list).toContain('complaints (question 4)');
  expect(player.read(await player.says('7.2'))).toMatch(/^Question 7\.2 \(2 of 2\)\.\n/);
  await player.says('next');
  expect(player.read(await player.says('4 (C)'))).toMatch(/^Question 4 \(c\)\.\n/);
  await player.says('skip');
  expect(player.read(await player.says('2'))).toMatch(/^Question 7\.2 \(2 of 2\)\.\n/);
  await player.says('An apology.');
  await player.says('next');
  await player.says('1');
  await player.says('one by one');
  await player.says('next');
  await player.says('Two of 23.');
  const { docx } = await filesOf(player);
  const text = (await docxParagraphs(docx)).map((one) => one.text).join('\n');
  expect(text).toContain('4. complaints\n4 (c) complaint figures\nTwo of 23.\n7.2. remedies\nAn apology.');
});
