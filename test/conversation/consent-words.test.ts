// What somebody said yes or no to is kept word for word, as it was shown to them, with the choices below it.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Capabilities } from '../../src/channels/channel.ts';
import { consentRow } from '../../src/conversation/consent-row.ts';
import { playTranscript } from '../support/golden.ts';
import { texts } from '../support/player.ts';

const folder = new URL('../transcripts/', import.meta.url);
const WHOLE: Capabilities = { buttons: true, bubble: 100_000, files: true };

for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
  it(`in ${name}`, async () => {
    const shown: string[] = [];
    const missing: string[] = [];
    const found = new Set<string>();
    let seen = 0;
    await playTranscript(readFileSync(new URL(name, folder), 'utf8'), (player, replies) => {
      const event = { id: player.lastId, at: '2026-03-01T12:00:00.000Z' };
      for (const effect of player.effects.slice(seen)) {
        if (effect.kind !== 'consent') continue;
        const row = consentRow(texts.translate, effect, player.session, event);
        found.add(row.purpose);
        const { words = 'no words', choices = [] } = row;
        if (!shown.some((text) => text === [words, ...choices].join('\n'))) missing.push(`${row.purpose}: ${words}`);
      }
      seen = player.effects.length;
      for (const reply of replies) {
        const { bubbles, choices } = player.render(reply, WHOLE);
        shown.push([...bubbles.map(({ text }) => text), ...choices.map(({ label }) => label)].join('\n'));
      }
    });
    expect(missing).toEqual([]);
    if (!/leaves|under-18|messenger/.test(name)) expect([...found]).toContain('keep');
  });
}
