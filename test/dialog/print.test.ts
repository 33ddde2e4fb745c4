// Organisers are told where the page to print is, and read from it exactly what the bot would give them to read.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import type { ChannelFacts } from '../../src/dialog/engine/world.ts';
import { Player } from '../support/player.ts';
import { printed } from '../support/printed.ts';

const REACHED: ChannelFacts = { seenBy: 'messenger', takesFiles: true, printAt: 'https://casa.example/print' };

async function untilWhoWrites(language: WholeLanguage, channel: ChannelFacts): Promise<Player> {
  const ana = new Player({ language, channel });
  await ana.hears({ kind: 'opened' });
  for (const choice of ['go-on', 'go-on', 'keep-adult']) await ana.taps(choice);
  expect(ana.session.at.prompt).toBe('for-whom');
  return ana;
}

const bubblesOf = (player: Player, replies: Awaited<ReturnType<Player['says']>>) =>
  replies.flatMap((reply) => player.render(reply).bubbles.map(({ text }) => text));

describe.each(WHOLE_LANGUAGES)('an organiser in %s', (language) => {
  it('is told where the page is, in one bubble, when they begin and when they ask for help', async () => {
    const ana = await untilWhoWrites(language, REACHED);
    for (const replies of [await ana.taps('organiser'), await ana.says('help')]) {
      const told = bubblesOf(ana, replies).filter((text) => text.includes('/print'));
      expect(told).toHaveLength(1);
      expect(told[0]).toContain(`https://casa.example/print/${language}`);
      expect(told[0]?.length).toBeLessThan(600);
    }
  });

  it('reads from paper the very words whose hash is kept with the yes', async () => {
    const ana = await untilWhoWrites(language, REACHED);
    await ana.taps('organiser');
    await ana.taps('each');
    await ana.says('skip');
    await ana.says('Baobab');
    const asked = bubblesOf(ana, await ana.taps(`language-${language}`));
    expect(ana.session.at.prompt).toBe('teller-consent');
    expect(asked).toContain(printed()(language).keep);
    await ana.taps('teller-yes');
    const kept = ana.effects.flatMap((effect) => (effect.kind === 'consent' ? [effect.wording.key] : []));
    expect(kept.slice(-2)).toEqual(['gathering.aloud-keep', 'gathering.aloud-keep']);
  });
});

describe('nobody is sent to a page that is not there', () => {
  it('an organiser at a terminal, and one whose bot is reached from this machine only', async () => {
    for (const seenBy of ['nobody', 'messenger'] as const) {
      const ana = await untilWhoWrites('en', { seenBy, takesFiles: true });
      for (const replies of [await ana.taps('organiser'), await ana.says('help')]) {
        expect(bubblesOf(ana, replies).join('\n')).not.toContain('page to print');
      }
    }
  });

  it('a family, whose text is their own', async () => {
    const rosa = await untilWhoWrites('en', REACHED);
    const heard = [...(await rosa.taps('family')), ...(await rosa.says('help'))];
    expect(bubblesOf(rosa, heard).join('\n')).not.toContain('page to print');
  });
});
