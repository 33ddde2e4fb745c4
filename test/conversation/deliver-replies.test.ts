import { describe, expect, it, vi } from 'vitest';
import type { Address, Channel } from '../../src/channels/channel.ts';
import { startReplyDelivery } from '../../src/conversation/deliver-replies.ts';
import type { DueReply, Taking } from '../../src/store/turns/due-replies.ts';

const body = { language: 'pt', bubbles: [{ text: 'Guardado.' }] };

/** Replies that wait, by person; each person's come one by one, as the store gives them. */
function waitingReplies(waiting: Record<string, string[]>) {
  const sent: string[] = [];
  const done = (id: string) => {
    const [person = ''] = id.split('/');
    waiting[person]?.shift();
    return Promise.resolve();
  };
  const store = {
    dueReplies: (_: string, limit: number, taking?: Taking) => {
      const due = Object.entries(waiting).flatMap(([person, [id]]): DueReply[] =>
        id === undefined || taking?.underWay.includes(person) === true
          ? []
          : [
              {
                id,
                person,
                address: { channel: 'test', account: '', address: person },
                body,
                attempts: 0,
                restOnly: false,
                afterRest: false,
              },
            ],
      );
      return Promise.resolve(due.slice(0, limit));
    },
    replyTextSent: () => Promise.resolve(),
    replySent: (id: string) => {
      sent.push(id);
      return done(id);
    },
    replyFailed: done,
    replyHeld: done,
  };
  return { store, sent, waiting };
}

function channelThat(send: (to: Address) => Promise<void>): Channel {
  return {
    name: 'test',
    parallel: true,
    capabilities: { buttons: false, bubble: 600, files: false },
    send: async (to) => {
      await send(to);
      return { kind: 'sent' };
    },
  };
}

describe('replies to different people at the same time', () => {
  it('a slow one holds nobody else up, and one person’s come in order', async () => {
    const { store, sent, waiting } = waitingReplies({ ana: ['ana/1', 'ana/2'], rui: ['rui/1'] });
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    const channel = channelThat(({ address }) => (address === 'ana' ? slow : Promise.resolve()));
    const delivery = startReplyDelivery({ store, channel, now: () => new Date(), onFault: () => undefined }, 60_000);
    delivery.kick();
    await vi.waitFor(() => expect(sent).toEqual(['rui/1']));
    // Somebody new, while the slow one is still under way.
    waiting['eva'] = ['eva/1'];
    delivery.kick();
    await vi.waitFor(() => expect(sent).toEqual(['rui/1', 'eva/1']));
    release();
    await delivery.settle();
    expect(sent).toEqual(['rui/1', 'eva/1', 'ana/1', 'ana/2']);
    await delivery.stop();
  });

  it('fifty at a time at most, and all of them in the end', async () => {
    const { store, sent } = waitingReplies(
      Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`p${i}`, [`p${i}/1`]])),
    );
    let now = 0;
    let most = 0;
    const channel = channelThat(async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now -= 1;
    });
    const delivery = startReplyDelivery({ store, channel, now: () => new Date(), onFault: () => undefined }, 60_000);
    await delivery.settle();
    expect(new Set(sent).size).toBe(130);
    expect(most).toBe(50);
    await delivery.stop();
  });

  it('a fault of ours is told once, and nothing turns in circles', async () => {
    const { store } = waitingReplies({ ana: ['ana/1'] });
    const faults: unknown[] = [];
    const channel = channelThat(() => Promise.reject(new Error('ours')));
    const delivery = startReplyDelivery(
      { store, channel, now: () => new Date(), onFault: (fault) => faults.push(fault) },
      60_000,
    );
    await delivery.settle();
    expect(faults).toHaveLength(1);
    await delivery.stop();
  });
});

describe('no harm 22: peers that never answer', () => {
  it('fifty and more of them stop nobody else', async () => {
    const hanging = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`hangs${i}`, [`hangs${i}/1`]]));
    const { store } = waitingReplies({ ...hanging, eva: ['eva/1'] });
    let end: () => void = () => undefined;
    const never = new Promise<void>((resolve) => (end = resolve));
    let reached: () => void = () => undefined;
    const eva = new Promise<void>((resolve) => (reached = resolve));
    const channel = channelThat(({ address }) => {
      if (address !== 'eva') return never;
      reached();
      return Promise.resolve();
    });
    const deps = { store, channel, now: () => new Date(), onFault: () => undefined, slowMs: 5 };
    const delivery = startReplyDelivery(deps, 60_000);
    delivery.kick();
    await eva;
    end();
    await delivery.stop();
  });

  it('a process that others may take for dead begins nothing, and is told so between the parts of a reply', async () => {
    const { store, sent } = waitingReplies({ ana: ['ana/1'] });
    let isSure = false;
    const asked: (boolean | undefined)[] = [];
    const channel: Channel = {
      ...channelThat(() => Promise.resolve()),
      send(_to, _reply, _id, mayGoOn) {
        asked.push(mayGoOn?.());
        isSure = false;
        asked.push(mayGoOn?.());
        return Promise.resolve({ kind: 'sent' });
      },
    };
    const self = { name: () => 'this process', isSure: () => isSure };
    const deps = { store, channel, now: () => new Date(), onFault: () => undefined, self };
    const delivery = startReplyDelivery(deps, 60_000);
    await delivery.settle();
    expect([asked, sent]).toEqual([[], []]);
    isSure = true;
    await delivery.settle();
    expect([asked, sent]).toEqual([[true, false], ['ana/1']]);
    await delivery.stop();
  });
});
