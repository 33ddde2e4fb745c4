// WhatsApp refused what was said last: whoever writes next answers something older, and is asked again.

import { describe, expect, it } from 'vitest';
import { Player } from '../support/player.ts';

const TO_PUBLICATION = [
  'hello',
  '1',
  '1',
  '1',
  'Nobody told us for two whole days.',
  'next',
  'skip',
  'next',
  'skip all',
];

async function atPublication(): Promise<Player> {
  const player = new Player({ channel: { seenBy: 'messenger', takesFiles: true } });
  for (const text of [...TO_PUBLICATION, 'next', 'skip all', '4']) await player.says(text);
  expect(player.session.at.prompt).toBe('publication');
  return player;
}

describe('after a reply that was refused', () => {
  it.each(['1', 'yes', 'next', 'skip'])('"%s" is no answer to the question that nobody saw', async (text) => {
    const player = await atPublication();
    player.unheard = true;
    const read = player.read(await player.says(text));
    expect(read).toContain('may not have reached you');
    expect(read).toContain('Public, with names');
    expect(player.session.at.prompt).toBe('publication');
    expect(player.session.publication).toBeNull();
    await player.says('3');
    expect(player.session.publication).toBe('confidential');
  });

  it('SEND sends nothing that was not shown', async () => {
    const player = await atPublication();
    await player.says('3');
    player.unheard = true;
    const read = player.read(await player.says('SEND'));
    expect(read).toContain('To send exactly this, write SEND');
    expect(player.session.mails).toEqual([]);
  });

  it('help, stop and delete work, and testimony is testimony', async () => {
    const player = new Player({ channel: { seenBy: 'messenger', takesFiles: true } });
    for (const text of ['hello', '1', '1', '1']) await player.says(text);
    player.unheard = true;
    await player.says('They came at night and took him away, and nobody would tell us where he was.');
    expect(player.session.counts['story']?.parts).toBe(1);
    player.unheard = true;
    await player.says('delete');
    expect(player.session.at.prompt).toBe('erase');
  });

  it('how the mail stands is said again', async () => {
    const player = await atPublication();
    for (const text of ['3', 'SEND', '1']) await player.says(text);
    player.mailLeft = true;
    const outcome = { kind: 'accepted', server: 'mx.example', at: '2026-11-23T12:40:00.000Z' } as const;
    await player.hears({ kind: 'mail', reference: player.session.reference ?? '', mail: 'submission', outcome });
    player.unheard = true;
    expect(player.read(await player.says('hello?'))).toContain('Your text has left');
  });
});
