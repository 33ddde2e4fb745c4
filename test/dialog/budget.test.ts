import { describe, expect, it } from 'vitest';
import { budgetOf, shareOf } from '../../src/dialog/engine/budget.ts';
import { intake, Player, shelf } from '../support/player.ts';

const { call } = shelf.current('emler-2024');

function sessionWith(counts: Record<string, number>) {
  const { session } = new Player();
  return {
    ...session,
    counts: Object.fromEntries(Object.entries(counts).map(([slot, words]) => [slot, { parts: 1, words }])),
  };
}

describe('the words that are left', () => {
  it('count the frame, and are loud from seventy per cent on', () => {
    expect(budgetOf(sessionWith({ story: 1000 }), call, intake)).toEqual({
      words: 1100,
      limit: 2500,
      loud: false,
      near: false,
    });
    expect(budgetOf(sessionWith({ story: 1650 }), call, intake)).toMatchObject({ loud: true, near: true });
    expect(budgetOf(sessionWith({ story: 4000 }), call, intake)).toMatchObject({ loud: true, near: false });
  });

  it('are shared out as intake.yaml says, before anything is written', () => {
    const share = shareOf('story', sessionWith({}), call, intake) ?? 0;
    expect(share).toBeGreaterThan(450);
    expect(share).toBeLessThanOrEqual(500);
  });

  it('flow on: what the story did not use, the topics may', () => {
    const short = shareOf('topic/support', sessionWith({ story: 100 }), call, intake) ?? 0;
    const long = shareOf('topic/support', sessionWith({ story: 900 }), call, intake) ?? 0;
    expect(short).toBeGreaterThan(long);
    expect(shareOf('topic/support/who-helped', sessionWith({ story: 100 }), call, intake)).toBe(short);
  });

  it('never promise more than there is', () => {
    const session = sessionWith({ story: 2300, 'topic/support': 150 });
    expect(shareOf('topic/support', session, call, intake)).toBe(150);
  });
});
