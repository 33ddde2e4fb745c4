// A mail came in answer to what somebody sent: told on their next message, at once where they said that we may write.

import { expect, test } from 'vitest';
import { Player } from '../support/player.ts';

const ANSWERED = { kind: 'answered', reference: 'GR-7K2M', mail: 'submission' } as const;

function sender(writeBack: boolean): Player {
  const player = new Player({ language: 'pt' });
  player.session = { ...player.session, version: 3, at: { prompt: 'after' }, kept: true, adult: true, writeBack };
  return player;
}

test('waits for their next message, and is said once', async () => {
  const player = sender(false);
  expect(await player.hears(ANSWERED)).toEqual([]);
  expect(await player.hears(ANSWERED)).toEqual([]);
  const told = player.read(await player.says('oi'));
  expect(told).toContain('Chegou um e-mail sobre o seu texto.');
  expect(told).toContain('GR-7K2M');
  expect(told.match(/Chegou um e-mail/g)).toHaveLength(1);
  expect(player.read(await player.says('oi'))).not.toContain('Chegou um e-mail');
});

test('is told at once where they said that we may write', async () => {
  const player = sender(true);
  expect((await player.hears(ANSWERED)).map(({ text }) => text)).toEqual(['answered.came']);
  expect(player.read(await player.says('oi'))).not.toContain('Chegou um e-mail');
});
