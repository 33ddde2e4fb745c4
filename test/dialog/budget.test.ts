import { describe, expect, it } from 'vitest';
import { aboutLeft, budgetOf, savedCount, shareOf } from '../../src/dialog/engine/budget.ts';
import { intake, Player, shelf, texts } from '../support/player.ts';

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

  it('are told as what the person wrote and what still fits, without our headings in theirs', () => {
    const told = (words: number) =>
      savedCount({
        session: sessionWith({ story: words }),
        world: { call, intake, wordsOf: () => words + 100 },
        parts: () => [],
      });
    expect(told(1000)).toEqual({ ending: null, params: {} });
    expect(told(1801)).toEqual({ ending: 'words', params: { words: 1801, left: 590 } });
    expect(told(2377)).toEqual({ ending: 'words', params: { words: 2377, left: 23 } });
    expect(told(2400)).toEqual({ ending: 'words', params: { words: 2400, left: 0 } });
    expect(told(2600)).toEqual({ ending: 'over', params: { over: 200 } });
  });

  it.each([
    ['en', 'You’ve written 11 words. There’s room for about 2380 more.'],
    ['es', 'Ha escrito 11 palabras. Todavía caben unas 2380.'],
    ['fr', 'Vous avez écrit 11 mots. Il reste de la place pour 2380 environ.'],
    ['pt', 'Você escreveu 11 palavras. Ainda cabem cerca de 2380.'],
  ] as const)('are said so in %s', (language, said) => {
    const params = { words: 11, left: aboutLeft(2500, 111) };
    expect(texts.translate(language, { key: 'words.left', params }, shelf.current('emler-2024').hash)).toBe(said);
  });

  it('never promise more than there is', () => {
    const session = sessionWith({ story: 2300, 'topic/support': 150 });
    expect(shareOf('topic/support', session, call, intake)).toBe(150);
  });
});
