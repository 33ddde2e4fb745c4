// Whatever people write, in whatever order: the engine never throws, always answers, loses no words, and leads nobody to
// SEND past a consent.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/dialog/understanding/fold.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { COMMANDS } from '../../src/dialog/understanding/word-lists.ts';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { lexicon, Player } from '../support/player.ts';

const STORY = 'She was kind. After it happened nobody told us where she was for two whole days.';

/** Steps that lead somewhere, and steps that lead nowhere: both in any order. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('1', '2', '3', '4', 'next', 'next', 'skip', 'skip all', 'yes', 'no', 'back'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('SEND', 'PUBLISH', 'confidential', 'right', 'initials', 'here', 'stop', 'review'),
  },
  { weight: 3, arbitrary: fc.constant(STORY) },
  { weight: 2, arbitrary: fc.constantFrom(...COMMANDS.map((command) => command.replace('-', ' '))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'nxt',
      'will the police read it?',
      'I am 47',
      '14',
      'português',
      'one by one',
      'why',
      'ERASE',
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\ud800 lone',
      '\u0000\u0007',
      '\ufffe',
      '\u202egnitset',
      '<script>alert(1)</script>',
      '{{org}} $t(hello.ask)',
      '',
    ),
  },
);
const way = fc.array(step, { maxLength: 45 });
const language = fc.constantFrom(...WHOLE_LANGUAGES);

/** A good beginning, so that the second half is reached as well. */
const begun = ['hello', '1', '1', '1', STORY];
const almostSent = [...begun, 'next', 'skip', 'next', 'skip all', 'next', 'skip all', '4'];
const beginning = fc.constantFrom<readonly string[]>([], begun, almostSent);

describe('whatever is written', () => {
  it('never throws, always answers, and keeps a session that can be read back', async () => {
    await fc.assert(
      fc.asyncProperty(language, beginning, way, async (spoken, first, rest) => {
        const player = new Player({ language: spoken });
        const said: string[] = [];
        for (const text of [...first, ...rest]) {
          const replies = await player.says(text);
          // What was said before may be waited for (quiet.ts); what is new never is.
          if (!said.some((one) => fold(one) === fold(text))) expect(replies.length).toBeGreaterThan(0);
          said.push(text);
          for (const reply of replies) {
            for (const { text: bubble } of player.render(reply).bubbles) expect(bubble.length).toBeLessThanOrEqual(600);
          }
          if (player.erased) return;
          expect(parseSession(JSON.parse(JSON.stringify(player.session)))).toEqual(player.session);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('approves nothing without every consent, asked for by itself', async () => {
    let approvals = 0;
    await fc.assert(
      fc.asyncProperty(beginning, way, async (first, rest) => {
        const player = new Player();
        for (const text of [...first, ...rest, '3', 'SEND', '3', 'SEND']) {
          await player.says(text);
          if (player.erased) return;
        }
        const approved = player.effects.findIndex(({ kind }) => kind === 'approve');
        if (approved === -1) return;
        approvals += 1;
        const given = player.effects
          .slice(0, approved)
          .flatMap((effect) => (effect.kind === 'consent' ? [effect.purpose] : []));
        expect(given).toEqual(
          expect.arrayContaining(['keep', 'adult', 'name-harmed', 'name-author', 'publication', 'approve']),
        );
        const builds = player.effects.slice(0, approved).filter((effect) => effect.kind === 'build' && effect.final);
        expect(builds.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
    expect(approvals).toBeGreaterThan(10);
  });

  it('approves nothing without the choice for the deadline, where staff release it', async () => {
    let approvals = 0;
    await fc.assert(
      fc.asyncProperty(beginning, way, async (first, rest) => {
        const player = new Player({ operator: { release: 'staff', desk: true } });
        player.clock = Date.parse('2024-05-20T12:00:00Z');
        for (const text of [...first, ...rest, '3', '2', 'SEND', '3', '1', 'SEND']) {
          await player.says(text);
          if (player.erased) return;
        }
        const approved = player.effects.findIndex(({ kind }) => kind === 'approve');
        const effect = player.effects[approved];
        if (effect?.kind !== 'approve') return;
        approvals += 1;
        const chosen = player.effects
          .slice(0, approved)
          .findLast((one) => one.kind === 'consent' && one.purpose === 'if-unreachable');
        expect(effect.review).toMatchObject({ needed: 1 });
        expect(chosen).toMatchObject({ value: effect.review?.ifUnreachable });
        if (effect.review?.ifUnreachable === 'confidential') expect(effect.review.fallback).not.toBeNull();
      }),
      { numRuns: 100 },
    );
    expect(approvals).toBeGreaterThan(10);
  });

  it('loses no part: what the session counts is what is kept', async () => {
    await fc.assert(
      fc.asyncProperty(beginning, way, async (first, rest) => {
        const player = new Player();
        for (const text of [...first, ...rest]) {
          await player.says(text);
          if (player.erased) return;
          const kept: Record<string, { parts: number; words: number }> = {};
          for (const { slot, words } of player.parts) {
            const { parts, words: sum } = kept[slot] ?? { parts: 0, words: 0 };
            kept[slot] = { parts: parts + 1, words: sum + words };
          }
          expect(player.session.counts).toEqual(kept);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('takes nothing out that nobody asked to take out', async () => {
    const harmless = fc.array(
      fc.oneof(
        fc.constantFrom(
          '1',
          'next',
          'skip',
          'back',
          'skip all',
          'words',
          'help',
          'nxt',
          'hello',
          'pause',
          'repeat',
          'why',
        ),
        fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/\d/u.test(text)),
      ),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(harmless, async (rest) => {
        const player = new Player();
        for (const text of begun) await player.says(text);
        for (const text of rest) await player.says(text);
        if (player.erased) return;
        expect(player.parts.map(({ text }) => text)).toContain(STORY);
      }),
      { numRuns: 150 },
    );
  });

  it('undoes next with back: same place, same answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('1', '2', STORY, 'next', 'skip', 'one by one'), { maxLength: 12 }),
        async (rest) => {
          const player = new Player();
          for (const text of [...begun, ...rest]) await player.says(text);
          const { at, under } = player.session;
          const { parts } = player;
          if (under.length > 0 || at.prompt === 'own-word') return;
          await player.says('next');
          if (player.session.at.prompt === at.prompt && player.session.at.of === at.of) return;
          await player.says('back');
          expect(player.session.at).toEqual(at);
          expect(player.parts).toEqual(parts);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is a function: the same event over the same session gives the same turn', async () => {
    await fc.assert(
      fc.asyncProperty(way, async (rest) => {
        const [one, other] = [new Player(), new Player()];
        for (const text of [...begun, ...rest]) {
          expect(await one.says(text)).toEqual(await other.says(text));
          expect(one.session).toEqual(other.session);
          if (one.erased) return;
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the words that always work', () => {
  const places: readonly (readonly string[])[] = [
    ['hello'],
    ['hello', '1'],
    ['hello', '1', '1'],
    ['hello', '1', '1', '1'],
    begun,
    [...begun, 'next'],
    [...begun, 'next', 'skip'],
    [...begun, 'next', 'skip', '2'],
    [...begun, 'next', 'skip', '2', 'one by one'],
    [...begun, 'next', 'skip', 'next'],
    [...begun, 'next', 'skip', 'next', 'skip all'],
    [...begun, 'next', 'skip', 'next', 'skip all', 'next'],
    [...begun, 'next', 'skip', 'next', 'skip all', 'next', '1'],
    [...almostSent.slice(0, -1)],
    almostSent,
    [...almostSent, '3'],
    [...almostSent, '3', 'SEND'],
    [...almostSent, '3', 'SEND', '2'],
  ];
  for (const spoken of WHOLE_LANGUAGES) {
    it(`stop, pause, delete, help and person are heard at every step in ${spoken}`, async () => {
      const word = (command: 'stop' | 'pause' | 'delete' | 'help' | 'person') =>
        lexicon.words[spoken].commands[command][0] ?? '';
      for (const place of places) {
        for (const command of ['help', 'person', 'stop', 'pause', 'delete'] as const) {
          const player = new Player();
          for (const text of place) await player.says(text);
          await player.says('language');
          await player.says(String(WHOLE_LANGUAGES.indexOf(spoken) + 1));
          const parts = player.parts.length;
          const read = player.read(await player.says(`${word(command).toUpperCase()}!`));
          const expected = {
            help: '0199',
            person: '0100',
            stop: player.effects.some(({ kind }) => kind === 'cancel') ? 'GR-' : '',
            pause: '',
            delete: lexicon.words[spoken].typed.erase[0]?.toUpperCase() ?? '?',
          }[command];
          expect(read.toUpperCase(), `${command} after ${place.join(' / ')}`).toContain(expected.toUpperCase());
          expect(player.parts).toHaveLength(parts);
          if (command === 'stop') expect(player.session.at.prompt, place.join(' / ')).toMatch(/^(?:stop|stopped)$/u);
          if (command === 'delete') expect(player.session.at.prompt).toBe('erase');
        }
      }
    });
  }
});
