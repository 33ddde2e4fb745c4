// A plain yes-no is answered as people answer; what destroys or binds by words of its own is not.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { Player } from '../support/player.ts';

const schema = z.looseObject({ yes: z.array(z.string()), no: z.array(z.string()), neither: z.array(z.string()) });
const linesOf = (language: WholeLanguage) =>
  schema.parse(JSON.parse(readFileSync(new URL(`../fixtures/answers/${language}.json`, import.meta.url), 'utf8')));

async function asked(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['1', '1', '1', '47']) await player.says(text);
  expect(player.session.at.prompt).toBe('keep-yes');
  return player;
}

async function answering(language: WholeLanguage, lines: readonly string[], is: (player: Player) => boolean) {
  const found: string[] = [];
  for (const text of lines) {
    const player = await asked(language);
    await player.says(text);
    if (is(player)) found.push(text);
  }
  return found;
}

describe.each(WHOLE_LANGUAGES)('no harm 10: a plain yes-no, in %s', (language) => {
  const { yes, no, neither } = linesOf(language);

  it('understands at least 95 of 100 natural yeses and noes', async () => {
    const said = await answering(language, yes, ({ session }) => session.kept);
    expect(said.length / yes.length).toBeGreaterThanOrEqual(0.95);
    const refused = await answering(language, no, ({ erased }) => erased);
    expect(refused.length / no.length).toBeGreaterThanOrEqual(0.95);
  });

  it('takes nothing that says more for a yes or a no', async () => {
    expect(await answering(language, neither, ({ session, erased }) => session.kept || erased)).toEqual([]);
  });
});
