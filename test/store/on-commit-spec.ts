// What the store says of each transaction, once it is committed; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/dialog/engine/event.ts';
import type { TempStore } from '../support/temp-store.ts';
import {
  approveMail,
  FROZEN,
  IN_CASE,
  NOON,
  openCase,
  PHONE,
  pendingOf,
  reply,
  save,
  say,
  turnOver,
} from './family.ts';

export function onCommitSpec(at: () => TempStore): void {
  const told = () => {
    const all: string[] = [];
    at().store.onCommit((what, people) => all.push([what, ...people].join(' ')));
    return all;
  };

  describe('what was written is told after the commit', () => {
    test('a message is not: whoever received it takes its turn', async () => {
      const all = told();
      await openCase(at().store);
      expect(all).toEqual([]);
    });

    test('a turn: its replies, its mail, its recording, each once and already to be seen', async () => {
      const person = await openCase(at().store);
      const { store } = at();
      const all = told();
      const sound = { bytes: Buffer.from('OggS'), type: 'audio/ogg' };
      await store.receive({ from: PHONE, messageId: 'v1', event: { id: 'v1', at: NOON, kind: 'voice' }, sound });
      await save(store, person, { ...IN_CASE, queueVoice: [{ id: 'v1', by: 'machine' }] });
      expect(all.splice(0)).toEqual([`recordings ${person}`]);
      await say(store, 'm-two', 'oui');
      const due: Promise<number>[] = [];
      store.onCommit((what) => {
        if (what === 'replies') due.push(store.dueReplies(PHONE.channel, 9).then(({ length }) => length));
      });
      await save(store, person, { ...IN_CASE, replies: [reply('Gardé.'), reply('Et puis ?')] });
      expect(all.splice(0)).toEqual([`transcript ${person}`, `replies ${person}`]);
      expect(await Promise.all(due)).toEqual([1]);
      await approveMail(store, person);
      expect(all.splice(0)).toEqual([`outbox ${person}`]);
    });

    test('replies that their person draws need no sending', async () => {
      const person = await say(at().store, 'm-one', 'oui');
      const all = told();
      await save(at().store, person, { replies: [reply('Bonjour.')], drawnOn: [PHONE.channel] });
      expect(all).toEqual([`transcript ${person}`]);
    });

    test('an event from within, once: not its repeat', async () => {
      const person = await openCase(at().store);
      const id = await approveMail(at().store, person);
      await at().store.freezeMail(id, FROZEN, NOON);
      await at().store.startSending(id, 'one', 0);
      const all = told();
      await at().store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
      expect(all.splice(0)).toEqual([`inbox ${person}`]);
      const event: Event = { id: 'opened', at: NOON, kind: 'opened' };
      await at().store.post(person, event);
      await at().store.post(person, event);
      expect(all).toEqual([`inbox ${person}`]);
    });

    test('nothing of what was rolled back', async () => {
      const person = await say(at().store, 'm-one', 'oui');
      const pending = await pendingOf(at().store, person);
      await save(at().store, person);
      const all = told();
      expect(await at().store.saveTurn(turnOver(pending, { replies: [reply('Bonjour.')] }))).toBe('stale');
      expect(all).toEqual([]);
    });
  });
}
