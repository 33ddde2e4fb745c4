// What an organiser is told of a text: that there is news of it, unless the news itself is read in the same breath.

import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/dialog/engine/session.ts';
import { Player } from '../support/player.ts';

const NEWS = { text: 'gathering.told-news', name: 'Amina', number: 1 } as const;
const MAIL: Session['mails'][number] = {
  reference: 'GR-7K2M',
  mail: 'submission',
  leavesAt: '2026-02-20T12:00:00.000Z',
  outcome: 'refused',
};

/** What Amina's organiser is told with their next message, in her text unless another label is given. */
async function told(waiting: Partial<Session>, label = 'Amina'): Promise<readonly string[]> {
  const player = new Player();
  player.session = {
    ...player.session,
    version: 3,
    kept: true,
    adult: true,
    role: 'organiser',
    case: 'case-1',
    contribution: 'contribution-1',
    at: { prompt: 'story' },
    gathers: 'case',
    teller: { number: 1, label, since: '2026-03-01T12:00:00.000Z' },
    notes: [NEWS],
    ...waiting,
  };
  const replies = await player.says('They came at night, and nobody told her where her brother was.');
  expect(player.session.notes).toBeUndefined();
  return replies.map(({ text }) => text);
}

const NEWS_OF_ITS_OWN: readonly (readonly [string, Partial<Session>, string])[] = [
  ['words of staff', { fromStaff: [{ kind: 'words', text: 'Could we talk?' }] }, 'staff.words'],
  ['how its mail ended', { mails: [MAIL], news: [MAIL.reference] }, 'delivery.refused'],
  ['an answer to it', { mails: [MAIL], answered: [MAIL.reference] }, 'answered.came'],
];

describe('no harm 26: that there is news of a text', () => {
  it.each(NEWS_OF_ITS_OWN)(
    'is not said where it is open and the news is read at once: %s',
    async (_, waiting, text) => {
      const said = await told(waiting);
      expect(said).not.toContain('gathering.told-news');
      expect(said).toContain(text);
    },
  );

  it.each(NEWS_OF_ITS_OWN)(
    'is said where another text is open, whatever that one has to tell: %s',
    async (_, waiting) => {
      expect(await told(waiting, 'Carlos')).toContain('gathering.told-news');
    },
  );

  it('hides nothing else that is to be told of the same text', async () => {
    const said = await told({
      fromStaff: [{ kind: 'words', text: 'Could we talk?' }],
      notes: [{ ...NEWS, text: 'codes.told-taken' }],
    });
    expect(said).toEqual(expect.arrayContaining(['codes.told-taken', 'staff.words']));
  });

  it('is said where the text is open and holds no news any more: nothing that was to be told goes unsaid', async () => {
    expect(await told({})).toContain('gathering.told-news');
  });
});
