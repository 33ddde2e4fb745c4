// A call that wants every question answered, wants nothing else, or wants a source: said, and never forced.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { atQuestions, goTo, servedFixture, word } from '../support/forms.ts';
import { Player, texts, shelf } from '../support/player.ts';

const nested = servedFixture('invented-nested');
const { response } = nested.call;

describe('an answer to every question', () => {
  it.each(WHOLE_LANGUAGES)(
    'is asked for before one is left out, once, and named at the read-back, in %s',
    async (language) => {
      const player = await atQuestions(nested, { language });
      const say = (key: string) => texts.translate(language, { key }, nested.hash);
      expect(player.read(await player.says(word(player, 'repeat')))).toContain(say('topics.ask-compulsory'));
      await player.says('2');
      expect(player.read(await player.says(word(player, 'skip')))).toContain(say('topics.compulsory'));
      expect(player.session.at).toEqual({ prompt: 'topic', of: 'remedies' });
      await player.says(word(player, 'skip'));
      expect(player.session.at.prompt).toBe('topics');
      expect(player.read(await player.says(word(player, 'next')))).not.toContain(say('topics.compulsory'));
      const read = await goTo(player, 'read-back');
      const names = say('read-back.unanswered').split('\n')[0] ?? '';
      expect(read.slice(read.indexOf(names))).toMatch(/complaints .*1\)\nremedies .*2\)\n/u);
    },
  );

  it('is not asked for where one was given; of single questions those that are open are named', async () => {
    const player = await atQuestions(nested);
    for (const text of ['1', 'one by one', 'No.', 'next', 'skip', 'skip']) await player.says(text);
    expect(player.session.at.prompt).toBe('topics');
    for (const text of ['2', 'An apology.']) await player.says(text);
    const read = await goTo(player, 'read-back');
    expect(read).toContain('Some questions have no answer.\ncomplaints, question 1.a.ii\nA text without');
    const list = player.read(await player.says('review'));
    const more = /(\d+)\D+Tell something more/u.exec(list)?.[1] ?? '';
    expect(player.read(await player.says(more))).toContain('what made it hard');
  });

  it.each(WHOLE_LANGUAGES)('is not hidden from somebody who asks whether they must, in %s', async (language) => {
    const player = await atQuestions(nested, { language });
    const asked = {
      en: 'must I answer everything?',
      fr: 'dois-je répondre à tout ?',
      es: '¿tengo que responder todo?',
      pt: 'tenho que responder tudo?',
    };
    const answer = player.read(await player.says(asked[language]));
    expect(answer).toContain(texts.translate(language, { key: 'questions.must-answer-all' }, nested.hash));
  });

  it('is not asked for if the call does not', async () => {
    const free = servedFixture('invented-nested', { response: { ...response, compulsory: 'not-stated' } });
    const player = await atQuestions(free);
    for (const text of ['2', 'skip']) await player.says(text);
    expect(player.session.at.prompt).toBe('topics');
    expect(await goTo(player, 'read-back')).not.toContain('have no answer');
  });
});

describe('anything else', () => {
  it.each([
    ['no', false],
    ['yes', true],
    ['not-stated', true],
  ] as const)('%s: the question is there: %s', async (value, asked) => {
    const call = servedFixture('invented-nested', { response: { ...response, 'anything-else': value } });
    const player = await atQuestions(call);
    const at: string[] = [];
    while (player.session.at.prompt !== 'links') {
      at.push(player.session.at.prompt);
      await player.says('next');
    }
    expect(at.includes('else')).toBe(asked);
    const list = player.read(await player.says('review'));
    const more = /(\d+)\D+Tell something more/u.exec(list)?.[1] ?? '';
    expect(player.read(await player.says(more)).includes('Anything else')).toBe(asked);
  });
});

describe('a source', () => {
  const figures = async () => {
    const player = await atQuestions(nested, { role: '3' });
    for (const text of ['1', 'one by one', 'Yes.', 'next', 'skip', 'skip']) await player.says(text);
    expect(player.session.at.of).toBe('complaints/complaint-figures');
    return player;
  };

  it('is asked for once after a figure without one', async () => {
    const player = await figures();
    expect(player.read(await player.says('Two of 23 were upheld.'))).toMatch(
      /^Saved\.\nIf there’s a source on the web/u,
    );
    expect(player.read(await player.says('That was in 2023.'))).not.toContain('source');
    expect(player.parts.slice(-2).map(({ text }) => text)).toEqual(['Two of 23 were upheld.', 'That was in 2023.']);
  });

  it('is not asked for after a link, which is looked at as all links are', async () => {
    const player = await figures();
    const read = player.read(await player.says('Two of 23: https://example.org/a?utm_source=x'));
    expect(read).not.toContain('If there’s a source');
    expect(player.session.at.prompt).toBe('link-tracking');
  });
});

it.each(WHOLE_LANGUAGES)(
  'the viewpoints of a call are in the question for organisations, for families under *why*, in %s',
  async (language) => {
    const named = (id: string) =>
      texts.translate(language, { key: `call:lenses.${id}` }, shelf.current('emler-2024').hash);
    const lenses = ['good-practices', 'obstacles-and-lessons'].map(named);
    const at = async (role: string) => {
      const player = new Player({ language });
      for (const text of ['1', '1', '1', '1', role, 'Nobody came to our door.']) await player.says(text);
      return { player, read: await goTo(player, 'topics') };
    };
    const organisation = await at('3');
    for (const lens of lenses) expect(organisation.read).toContain(lens);
    const { player, read } = await at('1');
    for (const lens of lenses) expect(read).not.toContain(lens);
    await player.says('1');
    const why = player.read(await player.says(ASKS_WHY[language]));
    for (const lens of lenses) expect(why).toContain(lens);
  },
);

const ASKS_WHY = { en: 'why', fr: 'officiel', es: 'por qué', pt: 'por quê' };
