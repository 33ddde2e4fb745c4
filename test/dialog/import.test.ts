// Putting an earlier interview under the topics: what is understood, what is shown, and that nothing is lost or doubled.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inBubbles, paragraphsIn, rangesOf } from '../../src/dialog/engine/paragraphs.ts';
import { placingIn } from '../../src/dialog/understanding/ranges.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'];

describe('which paragraphs go where', () => {
  it.each([
    ['1-3 A', [1, 2, 3], 'A'],
    ['1-3 story', [1, 2, 3], 'A'],
    ['3–1 b', [1, 2, 3], 'B'],
    ['4, 7 and 9 to the story', [4, 7, 9], 'A'],
    ['C: 2', [2], 'C'],
    ['2 to C.', [2], 'C'],
    ['leave out 4', [4], '0'],
    ['the rest to the story', 'rest', 'A'],
    ['the rest leave out', 'rest', '0'],
    ['1 à 3 au récit', [1, 2, 3], 'A'],
    ['laisser de côté 5', [5], '0'],
    ['le reste dans B', 'rest', 'B'],
    ['1 a 3 A', [1, 2, 3], 'A'],
    ['1 y 2 B', [1, 2], 'B'],
    ['el resto al relato', 'rest', 'A'],
    ['dejar fuera 2 y 3', [2, 3], '0'],
    ['1 até 3 D', [1, 2, 3], 'D'],
    ['1 e 2 F', [1, 2], 'F'],
    ['o resto no relato', 'rest', 'A'],
    ['deixar de fora 7', [7], '0'],
    ['1, 2 e 3', null, null],
    ['1-3', null, null],
    ['A', null, null],
    ['1 Z', null, null],
    ['1 hospital', null, null],
    ['1 and the rest A', null, null],
    ['leave out 1 to the story', null, null],
    ['', null, null],
  ] as const)('%s', (text, what, to) => {
    const placing = placingIn(lexicon, text, LETTERS);
    expect(placing).toEqual(to === null ? null : { what, to });
  });
});

describe('a text in paragraphs', () => {
  it('is cut at empty lines, or at every line where there are none', () => {
    expect(paragraphsIn('One\nstill one\n\n \n\nTwo\n')).toEqual(['One\nstill one', 'Two']);
    expect(paragraphsIn('One\nTwo\n')).toEqual(['One', 'Two']);
  });

  it('is shown whole, in bubbles that fit, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 900 }), { maxLength: 8 }),
        (texts) => {
          const bubbles = inBubbles(texts.map((text, index) => ({ number: index + 1, text })));
          expect(bubbles.every((bubble) => bubble.length <= 520)).toBe(true);
          const bare = (text: string) => text.replace(/\s/gu, '');
          expect(bare(bubbles.join(''))).toBe(bare(texts.map((text, index) => `(${index + 1})${text}`).join('')));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is named by its numbers in short', () => {
    expect(rangesOf([3, 1, 2, 7, 9, 10])).toBe('1-3, 7, 9-10');
  });
});

async function organiser(): Promise<Player> {
  const player = new Player({ channel: { seenBy: 'messenger', takesFiles: true } });
  for (const text of ['hello', '1', '1', '1', '4', '1', 'girasol', 'girasol', 'Amina', 'english', '1'])
    await player.says(text);
  expect(player.session.at.prompt).toBe('story');
  return player;
}

describe('every question that takes a free text', () => {
  it('is a place: what is asked of the government, what worked, anything else', async () => {
    const player = await organiser();
    const texts = ['Open the case again.', 'Write to them for us.', 'One nurse came every day.', 'They are tired.'];
    await player.says('import');
    const asked = JSON.stringify(await player.says(texts.join('\n\n')));
    expect(asked).toContain('"letter":"G","place":{"key":"parts.asks-government"}');
    expect(asked).not.toContain('parts.links');
    for (const placing of ['1 G', '2 H', '3 I', 'the rest J']) await player.says(placing);
    await player.says('next');
    expect(player.parts.map(({ slot, text }) => [slot, text])).toEqual([
      ['asks/government', texts[0]],
      ['asks/experts', texts[1]],
      ['good', texts[2]],
      ['else', texts[3]],
    ]);
  });
});

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `What she said, number ${index + 1} of many.`).join('\n\n');

it.each(WHOLE_LANGUAGES)(
  'no harm B: a file that came while too many were read is asked for again (%s)',
  async (language) => {
    const player = new Player({ language });
    for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
    const { at } = player.session;
    const replies = await player.hears({ kind: 'unusable', what: 'file-busy' });
    expect(player.read(replies)).toContain(player.render({ text: 'unusable.file-busy' }).bubbles[0]?.text ?? '?');
    expect(player.session.at).toEqual(at);
  },
);

it.each(WHOLE_LANGUAGES)('a file that cannot be read is called what it is (%s)', async (language) => {
  const player = new Player({ language, channel: { seenBy: 'messenger', takesFiles: true } });
  for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
  const said = new Set<string>();
  for (const kind of ['large', 'empty', 'scan', 'locked', 'doc', 'odt', 'rtf', 'pdf'] as const) {
    const text = player.read(await player.hears({ kind: 'unusable', what: `file-${kind}` }));
    if (['doc', 'odt', 'rtf'].includes(kind)) expect(text).toContain(`(.${kind})`);
    said.add(text);
  }
  expect(said.size).toBe(8);
});

const PLACES = { en: 'paragraph: 3', fr: 'paragraphe\u00A0: 3', es: 'párrafo: 3', pt: 'parágrafo: 3' };

it.each(WHOLE_LANGUAGES)('what of a file is not in its text is told, with the paragraphs (%s)', async (language) => {
  const player = new Player({ language, channel: { seenBy: 'messenger', takesFiles: true } });
  for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
  const whats = [
    ...(['deleted', 'struck', 'hidden', 'comments', 'margins', 'box', 'picture', 'formula', 'object'] as const),
    ...(['inserted', 'sign', 'other'] as const),
  ];
  const left = whats.map((what, index) => ({ what, at: index === 1 ? [3] : [] }));
  const replies = await player.hears({ kind: 'file-read', text: many(4), left, footnotes: true });
  const bubbles = replies.flatMap((reply) => player.render(reply).bubbles).map(({ text }) => text);
  const told = bubbles.find((text) => text.includes(`(${PLACES[language]})`)) ?? '';
  const lines = told.split('\n').filter((line) => line.startsWith('- '));
  expect(new Set(lines).size).toBe(whats.length);
  expect(told.length).toBeLessThanOrEqual(600);
  expect(bubbles.join('\n')).toContain('[1]');
  expect(player.session.at.prompt).toBe('held');
});

it('a file has the paragraphs that it says, of several lines too, and those are known again', async () => {
  const player = await organiser();
  const row = '3 March in the morning hours\nThe complaint was never written down.';
  await player.hears({ kind: 'file-read', text: row });
  expect(player.session.importing?.where).toBe('-');
  await player.says('1 A');
  const again = await player.hears({ kind: 'file-read', text: `${row}\n\nAnd something that nobody has said so far.` });
  expect(player.read(again)).toContain('They’re already in this text: 2.');
});

it('an interview that is not whole says so by the numbers that its paragraphs have', async () => {
  const player = await organiser();
  await player.hears({ kind: 'file-read', text: many(4) });
  const replies = await player.hears({ kind: 'file-read', text: many(3), left: [{ what: 'struck', at: [1, 2] }] });
  expect(player.read(replies)).toContain('- words that are struck out (paragraph: 5-6)');
});

describe('bad input', () => {
  it('300 paragraphs are shown a few at a time, and all can be placed', async () => {
    const player = await organiser();
    const replies = await player.hears({ kind: 'file-read', text: many(300) });
    expect(player.read(replies)).toContain('(12) What she said');
    expect(player.read(replies)).not.toContain('(13) What she said');
    expect(player.read(await player.says('next'))).toContain('(13) What she said');
    expect(player.read(await player.says('13-24 B'))).toContain('(25) What she said');
    await player.says('the rest A');
    expect(player.session.counts['story']?.parts).toBe(288);
    await player.says('next');
    expect(player.session.at.prompt).toBe('story');
    expect(JSON.stringify(player.session).length).toBeLessThan(6_000);
  });

  it('a book is refused, and nothing of it is kept', async () => {
    const player = await organiser();
    expect(player.read(await player.hears({ kind: 'file-read', text: many(501) }))).toContain('I’ve kept none of it.');
    expect(player.parts).toEqual([]);
    expect(player.session.importing).toBeUndefined();
  });

  it('a number that is none, and words that are none, move nothing', async () => {
    const player = await organiser();
    await player.hears({ kind: 'file-read', text: many(3) });
    expect(player.read(await player.says('2-9 A'))).toContain('from 1 to 3. Nothing was moved.');
    expect(player.read(await player.says('0 A'))).toContain('Nothing was moved.');
    expect(player.read(await player.says('the hospital'))).toContain('Nothing was moved.');
    expect(player.session.importing?.where).toBe('---');
  });

  it('what is placed twice stands once, where it was put last', async () => {
    const player = await organiser();
    await player.hears({ kind: 'file-read', text: many(2) });
    await player.says('1 A');
    expect(player.read(await player.says('1 C'))).toContain('moved: 1.');
    await player.says('1 C');
    const placed = player.parts.filter(({ pending }) => pending !== true);
    expect(placed.map(({ slot }) => slot)).toEqual(['topic/racial-bias']);
    expect(player.session.counts['story']).toBeUndefined();
    expect(player.session.counts['topic/racial-bias']?.parts).toBe(1);
  });

  it('a scan without text, or a file of nothing, is refused as ever', async () => {
    const player = await organiser();
    expect(player.read(await player.hears({ kind: 'file-read', text: ' \n\u0000\n ' }))).not.toContain('I’ve read');
    expect(player.parts).toEqual([]);
    expect(player.session.at.prompt).toBe('story');
  });

  it('a paragraph longer than a bubble is shown whole, and placed whole', async () => {
    const player = await organiser();
    const long = 'She waited in the corridor and nobody came. '.repeat(60).trim();
    const replies = await player.hears({ kind: 'file-read', text: `${long}\n\nThe end of what she said.` });
    expect(replies.flatMap((reply) => player.render(reply).bubbles).every(({ text }) => text.length <= 600)).toBe(true);
    await player.says('1 A');
    expect(player.parts.find(({ pending }) => pending !== true)?.text).toBe(long);
  });

  it('a second file goes on with the numbers, and pasted text does so, too', async () => {
    const player = await organiser();
    await player.says('import');
    await player.says('First she told me about the night.\nThen about the day after it.');
    await player.hears({ kind: 'file-read', text: 'And then about the court.' });
    expect(player.read(await player.says('And in the end she told me how the others were treated.'))).toContain(
      '(4) And',
    );
    expect(player.session.importing?.where).toBe('----');
  });
});

const step = fc.constantFrom(
  ...['1 A', '2 B', '1-3 C', 'leave out 2', 'the rest A', '4-2 D', '9 A', 'back', 'next', '1', '2', 'repeat', 'review'],
);

describe('in whatever order it is placed', () => {
  it('every paragraph stands once or nowhere, and the counts are those of what stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const player = await organiser();
        await player.hears({ kind: 'file-read', text: many(4) });
        for (const text of steps) {
          await player.says(text);
          if (player.session.importing === undefined) break;
          const ids = player.parts.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          const standing = player.parts.filter(({ pending }) => pending !== true);
          const counted = Object.values(player.session.counts).reduce((sum, { parts }) => sum + parts, 0);
          expect(counted).toBe(standing.length);
          const placed = player.session.importing.where.replace(/[^A-Z]/gu, '');
          // *review* adds what is typed; only what came from the file is placed.
          const fromFile = standing.filter(({ text }) => many(4).split('\n\n').includes(text));
          expect(fromFile.length).toBeLessThanOrEqual(placed.length);
        }
        if (player.session.importing === undefined) {
          expect(player.parts.some(({ pending }) => pending === true)).toBe(false);
        }
      }),
      { numRuns: 40, examples: [[['1 A', 'review', '1', '1', '1 A']]] },
    );
  });
});
