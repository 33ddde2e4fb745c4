// The terminal: lines break between words, and nothing there speaks of a phone.

import { describe, expect, it } from 'vitest';
import { wrapped } from '../../src/channels/console.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { Player, texts } from '../support/player.ts';

describe('a line of the terminal', () => {
  it('ends between words, and no line is longer', () => {
    const text = 'I am sorry for what was done to you.\n\nTell it in your own words, when you like.';
    const lines = wrapped(text, 20).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(20);
    expect(lines.join(' ').split(/\s+/u)).toEqual(text.split(/\s+/u));
    expect(wrapped(text, 200)).toBe(text);
  });

  it('does not part a mark from its word in French, nor an address', () => {
    expect(wrapped('Voulez-vous partir\u202F?', 18)).toBe('Voulez-vous\npartir\u202F?');
    expect(wrapped('Lisez https://casa.example/une-page', 10)).toBe('Lisez\nhttps://casa.example/une-page');
  });
});

const PHONE = /\bphone|téléphone|teléfono|celular/iu;

describe.each(WHOLE_LANGUAGES)('in the terminal (%s)', (language) => {
  it('nobody is told of a phone, from hello to the end', async () => {
    const player = new Player({ language, channel: { seenBy: 'nobody', takesFiles: false } });
    const word = (name: string) => texts.translate(language, { key: `commands.${name}` }, '');
    const [next, skip, all] = [word('next'), word('skip'), word('skip-all')];
    const said: string[] = [];
    for (const text of ['hello', '1', '1', '1', '1', 'Davi.', next, skip, next, all, next, all, '4', '3'])
      said.push(player.read(await player.says(text)));
    expect(player.session.at.prompt).toBe('send');
    const written = said.join('\n');
    expect(written).not.toMatch(PHONE);
    for (const key of ['write-back.ask', 'erase.done', 'own-word.what', 'questions.free'])
      expect(texts.translate(language, { key }, player.shelved.hash), key).not.toMatch(PHONE);
  });
});
