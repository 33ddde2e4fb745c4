// *undo*: what was taken out or replaced last stands again as it was, byte for byte. One step, until the text is approved.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { commandIn } from '../../src/dialog/understanding/commands.ts';
import type { EventBody } from '../../src/dialog/engine/event.ts';
import { lexicon, Player, texts } from '../support/player.ts';

const FIRST = 'Nobody told us where he was for two whole days.';
const SECOND = 'They said that there had never been any boots at all.';
const THIRD = 'His sister asked at the gate.\n\nNobody answered her.';

async function written(language: WholeLanguage = 'en', ...more: readonly string[]): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['1', '1', '1', '1', FIRST, SECOND, THIRD, ...more]) await player.says(text);
  return player;
}

async function takenOut(numbers: string, language: WholeLanguage = 'en'): Promise<Player> {
  const player = await written(language);
  const { review } = lexicon.words[language].commands;
  for (const text of [review[0] ?? '', '1', '2', numbers]) await player.says(text);
  return player;
}

const storyOf = (player: Player) => player.parts.filter(({ slot }) => slot === 'story').map(({ text }) => text);

describe('no harm 5: undo', () => {
  describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
    const word = texts.translate(language, { key: 'commands.undo' }, '');

    it('is a word of its own, offered in every bubble that tells of words that went', () => {
      expect(commandIn(lexicon, word)).toBe('undo');
      const told = ['review.removed', 'over-limit.left-out', 'over-limit.replaced', 'links.shortened', 'edit.replaced'];
      for (const key of [...told, 'amended.edit-left', 'held.left-out', 'import.done-erased', 'stop.ask-changed']) {
        expect(texts.translate(language, { key }, ''), key).toContain(`*${word}*`);
      }
    });

    it('brings messages back to where they stood', async () => {
      const before = (await written(language)).parts;
      const player = await takenOut('1, 3', language);
      expect(storyOf(player)).toEqual([SECOND]);
      const counts = player.session.counts['story'];
      expect(counts).toEqual({ parts: 1, words: 11 });
      const read = player.read(await player.says(word));
      expect(read).toContain(texts.translate(language, { key: 'undo.done' }, ''));
      expect(player.rows).toEqual(before);
      expect(player.session.counts['story']?.parts).toBe(3);
      expect(player.session.undo).toBeUndefined();
    });

    it('is told from the word that stops a sending, and named where that word was written', async () => {
      for (const stop of lexicon.words[language].commands.stop) {
        const player = await takenOut('1', language);
        expect(player.read(await player.says(stop)), stop).toContain(`*${word}*`);
        await player.says(word);
        expect(storyOf(player)).toEqual([FIRST, SECOND, THIRD]);
      }
    });
  });

  it('is not brought up long after, where somebody wants to stop', async () => {
    const player = await takenOut('1');
    for (const text of ['next', 'next', 'next', 'skip']) await player.says(text);
    expect(player.read(await player.says('stop'))).not.toContain('undo');
  });

  it('says calmly that there is nothing, and works once', async () => {
    const player = await written();
    expect(player.read(await player.says('undo'))).toContain('nothing to bring back');
    const again = await takenOut('2');
    await again.says('undo');
    expect(again.read(await again.says('undo'))).toContain('nothing to bring back');
    expect(storyOf(again)).toEqual([FIRST, SECOND, THIRD]);
  });

  it('knows the last step only: what went before is gone for good', async () => {
    const player = await takenOut('1');
    for (const text of ['review', '1', '2', '1']) await player.says(text);
    expect(player.rows.map(({ was }) => was?.text)).toEqual([SECOND, undefined]);
    await player.says('undo');
    expect(storyOf(player)).toEqual([SECOND, THIRD]);
  });

  it('keeps what was added since', async () => {
    const player = await takenOut('ERASE');
    for (const text of ['A word that was added later.']) await player.says(text);
    expect(player.session.at.prompt).toBe('story');
    await player.says('undo');
    expect(storyOf(player)).toEqual([FIRST, SECOND, THIRD, 'A word that was added later.']);
  });

  it('takes an edit back', async () => {
    const player = await written();
    const before = player.rows;
    const read = player.read(await player.hears({ kind: 'edit', target: 'm6', text: 'Something else.' }));
    expect(read).toContain('*undo*');
    await player.says('undo');
    expect(player.rows).toEqual(before);
  });

  it('never brings back what was deleted for everyone', async () => {
    const player = await takenOut('1, 2');
    await player.hears({ kind: 'deletion', target: 'm5' });
    expect(JSON.stringify([player.rows, player.session])).not.toContain(FIRST);
    await player.says('undo');
    expect(storyOf(player)).toEqual([SECOND, THIRD]);
    await player.hears({ kind: 'edit', target: 'm6', text: 'Something else.' });
    await player.hears({ kind: 'deletion', target: 'm6' });
    await player.says('undo');
    expect(storyOf(player)).toEqual([THIRD]);
    expect(JSON.stringify([player.rows, player.session])).not.toContain(SECOND);
  });

  it('ends with SEND: what was taken out is gone, and nothing changes under what was approved', async () => {
    const player = await takenOut('2');
    const way = ['next', 'next', 'next', 'skip', 'next', 'skip all', 'next', 'skip all', '4', '3'];
    for (const text of way) await player.says(text);
    expect(player.session.at.prompt).toBe('send');
    expect(player.session.undo).toBeDefined();
    await player.says('SEND');
    expect(player.session.mails).toHaveLength(1);
    expect(player.session.undo).toBeUndefined();
    expect(player.rows.map(({ text, was }) => [text, was])).toEqual([
      [FIRST, undefined],
      [THIRD, undefined],
    ]);
    await player.says('no');
    expect(player.read(await player.says('undo'))).toContain('nothing to bring back');
  });

  it('changes nothing where the word of one’s own must be given first', async () => {
    const player = await written('en', 'next', 'lantern', 'lantern');
    for (const text of ['review', '1', '2', '1']) await player.says(text);
    player.wait(60);
    await player.says('undo');
    expect(player.session.at.prompt).toBe('locked');
    expect(storyOf(player)).toEqual([SECOND, THIRD]);
    for (const text of ['undo', 'lantern', 'undo']) await player.says(text);
    expect(storyOf(player)).toEqual([FIRST, SECOND, THIRD]);
  });

  it('brings words that waited and were left out back to the question about them', async () => {
    const player = new Player();
    for (const text of ['hello', FIRST, '1', '1', '1', '1']) await player.says(text);
    expect(player.session.at.prompt).toBe('held');
    expect(player.read(await player.says('2'))).toContain('*undo*');
    expect(player.held.map(({ text }) => text)).toEqual([FIRST]);
    await player.says('undo');
    expect(player.session.at.prompt).toBe('held');
    await player.says('1');
    expect(storyOf(player)).toEqual([FIRST]);
  });

  it('erases them as soon as something else is taken out', async () => {
    const player = new Player();
    for (const text of ['hello', FIRST, '1', '1', '1', '1', '2', SECOND, 'review', '1', '2', '1'])
      await player.says(text);
    expect(player.held).toEqual([]);
  });

  it('takes any step back, whatever it was, byte for byte', async () => {
    const text = fc.oneof(
      fc.constantFrom(FIRST, SECOND, THIRD),
      fc.string({ unit: 'grapheme', maxLength: 80 }).map((one) => `They told us ${one}`),
    );
    const step = fc.oneof(
      fc.record({ kind: fc.constant('edit' as const), target: fc.constantFrom('m6', 'm7', 'm8'), text }),
      fc.record({ kind: fc.constant('remove' as const), what: fc.constantFrom('1', '2', '3', '1, 3', '1-2', 'ERASE') }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 3 }),
        fc.array(step, { maxLength: 3 }),
        step,
        async (told, before, last) => {
          const player = new Player();
          for (const one of ['1', '1', '1', '1', '1', ...told]) await player.says(one);
          const act = async (one: typeof last) => {
            if (one.kind === 'edit') return player.hears(one satisfies EventBody);
            for (const said of ['review', '1', '2', one.what]) await player.says(said);
            return [];
          };
          for (const one of before) await act(one);
          const { parts, session } = player;
          if (parts.length === 0) return;
          const counts = session.counts;
          await act(last);
          const changed = JSON.stringify(player.parts) !== JSON.stringify(parts);
          if (!changed) return;
          await player.says('undo');
          expect(player.parts.map(({ was: _, ...part }) => part)).toEqual(parts.map(({ was: _, ...part }) => part));
          expect(player.session.counts).toEqual(counts);
          expect(player.rows.every(({ was }) => was === undefined)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('no harm 5: a message that was left out', () => {
  const STRAY = 'They told us at the gate that he had never been there at all.';

  it.each(WHOLE_LANGUAGES)('is asked about again by *undo*, with whatever was written since (%s)', async (language) => {
    const player = await written(language);
    const { commands } = lexicon.words[language];
    await player.says(commands.next[0] ?? '');
    expect(player.session.at.prompt).toBe('own-word');
    await player.says(commands.skip[0] ?? '');
    await player.says(STRAY);
    expect(player.session.at.prompt).toBe('doubt');
    const word = texts.translate(language, { key: 'commands.undo' }, '');
    expect(player.read(await player.says('2'))).toContain(`*${word}*`);
    await player.says(word);
    expect(player.session.at.prompt).toBe('doubt');
    await player.says('1');
    expect(storyOf(player)).toEqual([FIRST, SECOND, THIRD, STRAY]);
  });

  it('is not lost where another one is asked about by then', async () => {
    const player = await written();
    for (const text of ['next', 'skip', STRAY, '2', `${SECOND} And more.`, 'undo', '1']) await player.says(text);
    expect(storyOf(player)).toEqual([FIRST, SECOND, THIRD, STRAY, `${SECOND} And more.`]);
  });

  it('deleted for everyone, comes back by nothing', async () => {
    const player = await written();
    for (const text of ['next', 'skip', STRAY]) await player.says(text);
    const stray = player.lastId;
    await player.says('2');
    await player.hears({ kind: 'deletion', target: stray });
    await player.says('undo');
    expect(JSON.stringify([player.rows, player.session])).not.toContain(STRAY);
  });
});
