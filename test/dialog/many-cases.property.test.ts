// Whatever the order of switching, writing, erasing and joining: no sentence of one case ever stands in another, nor in a
// document that its person did not agree to.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Player } from '../support/player.ts';

const BEGIN = ['hello', '1', '1', '1', '4', '2', 'girasol', 'girasol', 'Ana', 'english', '1'] as const;
const NAMES = ['Bia', 'Caio', 'Dora'] as const;
const AGREE = ['next', 'next', 'skip all', 'next', 'skip all', '4', '3', 'R. M.', '1', '1', '1'] as const;

const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant('write' as const) },
  { weight: 3, arbitrary: fc.constantFrom('cases', '1', '2', '3', 'Ana', ...NAMES) },
  { weight: 2, arbitrary: fc.constantFrom('new-person' as const, 'agree' as const) },
  { weight: 2, arbitrary: fc.constantFrom('together', 'all', '4', 'SEND', 'next', 'review', 'back', 'stop') },
  { weight: 1, arbitrary: fc.constantFrom('erase-case' as const) },
);

it('no sentence of one case stands in another, nor in a document its person did not agree to', async () => {
  let documents = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const player = new Player();
      for (const text of BEGIN) await player.says(text);
      const written = new Map<string, string>();
      let count = 0;
      let begun = 0;
      const write = async () => {
        const sentence = `sentence${++count} was said here by one person alone.`;
        const before = player.session.contribution;
        await player.says(sentence);
        if (player.parts.some(({ text }) => text === sentence)) written.set(sentence, before ?? '');
      };
      for (const one of steps) {
        if (one === 'write') await write();
        else if (one === 'new-person' && begun < NAMES.length) {
          for (const text of ['new', NAMES[begun++] ?? '', 'english', '1']) await player.says(text);
        } else if (one === 'agree') for (const text of [...AGREE, 'next']) await player.says(text);
        else if (one === 'erase-case') for (const text of ['delete', '1', 'ERASE']) await player.says(text);
        else await player.says(one);
        if (player.erased) return;
        const all = [{ session: player.session, parts: player.parts }, ...player.putAway];
        for (const { session, parts } of all) {
          for (const { text } of parts) {
            const owner = written.get(text);
            if (owner !== undefined) expect(owner).toBe(session.contribution);
          }
          // A document for several is read back from its file in test/conversation/joint.test.ts.
          if (session.built === null || session.teller === undefined) continue;
          documents += 1;
          expect(session.teller.readBack).toBeDefined();
        }
      }
    }),
    { numRuns: 60, examples: [[['write', 'back', 'back', 'agree']]] },
  );
  expect(documents).toBeGreaterThan(0);
});
