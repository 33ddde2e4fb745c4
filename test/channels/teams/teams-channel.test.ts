// What Teams is sent, against a connector that takes it down.

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Rendered } from '../../../src/channels/channel.ts';
import { Arrivals } from '../../../src/channels/teams/arrivals.ts';
import { type Connector, SendRefusedError, waitIn } from '../../../src/channels/teams/connector.ts';
import { Pace } from '../../../src/channels/teams/pace.ts';
import { openSender } from '../../../src/channels/teams/sender.ts';
import { buildActivities, teamsChannel } from '../../../src/channels/teams/teams-channel.ts';
import { NoTokenError } from '../../../src/channels/teams/sign-in/tokens.ts';
import { severalRounds } from '../../../src/event-loop.ts';
import { loadCatalogue } from '../../../src/texts/catalogues.ts';

const reach = JSON.stringify({
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/br/',
  conversation: { id: 'a:1', tenantId: 't' },
  bot: { id: '28:bot' },
  user: { id: '29:lucia' },
});
const TO = { channel: 'teams', account: 't', address: '29:lucia', reach };

function reply(more: Partial<Rendered>): Rendered {
  return {
    language: 'pt',
    bubbles: [{ text: 'Guardado.', bold: [] }],
    choices: [],
    commands: [],
    prompt: null,
    file: null,
    acknowledgement: false,
    ...more,
  };
}
const choices = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ number: i + 1, value: `value-${i}`, label: `Opção ${i}` }));

function scripted(statuses: (number | null | 'ok' | Error)[]) {
  const sent: unknown[] = [];
  const troubles: (string | null)[] = [];
  const clock = { now: Date.parse('2026-11-23T12:00:00Z') };
  const connector: Connector = {
    remove: () => Promise.resolve(),
    send: (_, activity): Promise<string> => {
      const status = statuses.shift() ?? 'ok';
      if (status instanceof Error) return Promise.reject(status);
      if (status !== 'ok') return Promise.reject(new SendRefusedError(status === 0 ? null : status));
      sent.push(activity);
      return Promise.resolve(`sent-${sent.length}`);
    },
  };
  const nobody = () => Promise.resolve(null);
  const people = { personAt: nobody, document: nobody, session: nobody };
  const standing = {
    refused: (why: string) => void troubles.push(why),
    wentThrough: () => {
      if ((troubles.at(-1) ?? null) !== null) troubles.push(null);
    },
  };
  const now = () => new Date(clock.now);
  const sender = openSender({ connector, standing, now });
  const noted = new Set<string>();
  const kept = {
    partsSent: (reply: string) =>
      Promise.resolve(new Set([0, 1, 2].filter((part) => noted.has(JSON.stringify([reply, part]))))),
    noteSent: (_: string, reply: string, part: number) =>
      Promise.resolve(void noted.add(JSON.stringify([reply, part]))),
  };
  const channel = teamsChannel({ sender, people, sent: kept, texts: loadCatalogue('teams') });
  return { sent, troubles, clock, channel };
}
const texts = (sent: unknown[]) => sent.map((one) => (one as { text: string }).text);

describe('a reply', () => {
  it('is plain text, bubble by bubble, its numbers as they stand', () => {
    const built = buildActivities(
      reply({
        bubbles: [
          { text: '<b>Davi</b> [x](y) *sim*\n*1* dele', bold: [] },
          {
            text: 'Ou *voltar*.\n*1* Um\n*12* Doze',
            bold: [
              [3, 11],
              [13, 16],
              [20, 24],
            ],
          },
        ],
      }),
      'user',
    );
    expect(built.map(({ text, textFormat }) => [text, textFormat])).toEqual([
      ['<b>Davi</b> [x](y) *sim*\n*1* dele', 'plain'],
      ['Ou “voltar”.\n1. Um\n12. Doze', 'plain'],
    ]);
  });

  it('offers few choices as buttons that say them, and never more than the three that Teams shows', () => {
    const prompt = { id: 'hello', version: 3 };
    const [built] = buildActivities(
      reply({
        choices: choices(2),
        prompt,
        commands: [
          { command: 'next', word: 'próximo' },
          { command: 'pause', word: 'pausa' },
          { command: 'help', word: 'ajuda' },
        ],
      }),
      'user',
    );
    expect(built?.suggestedActions?.actions.map(({ type, value }) => `${type} ${value}`)).toEqual([
      'imBack Opção 0',
      'imBack Opção 1',
      'imBack próximo',
    ]);
    expect(built?.attachments).toBeUndefined();
  });

  it.each([
    ['hello', 4],
    ['topics', 2],
    ['read-back', 4],
    ['read-back-check', 2],
    ['others', 1],
  ])('draws %s with %i choices as a card that knows what it asks', (id, count) => {
    const [built] = buildActivities(reply({ choices: choices(count), prompt: { id, version: 9 } }), 'user');
    expect(built?.suggestedActions).toBeUndefined();
    const card = built?.attachments?.[0]?.content as { body: { actions: { data: unknown }[] }[]; version: string };
    expect(card.version).toBe('1.4');
    expect(card.body).toHaveLength(count);
    expect(card.body[0]?.actions[0]?.data).toEqual({
      griot: { prompt: id, version: 9, value: 'value-0', label: 'Opção 0' },
    });
  });
});

describe('sending', () => {
  const three = reply({ bubbles: ['um', 'dois', 'três'].map((text) => ({ text, bold: [] })) });

  it('goes on where it was stopped: no bubble comes twice', async () => {
    const { channel, sent } = scripted(['ok', 429, 'ok', 502]);
    expect(await channel.send(TO, three, 'r1')).toEqual({ kind: 'failed', error: 'status 429', retryable: true });
    expect(await channel.send(TO, three, 'r1')).toEqual({ kind: 'failed', error: 'status 502', retryable: true });
    expect(await channel.send(TO, three, 'r1')).toEqual({ kind: 'sent' });
    expect(texts(sent)).toEqual(['um', 'dois', 'três']);
    expect(await channel.send(TO, three, 'r1')).toEqual({ kind: 'sent' });
    expect(texts(sent)).toHaveLength(3);
  });

  it.each([
    [412, true],
    [429, true],
    [500, true],
    [502, true],
    [504, true],
    [0, true],
    [400, false],

    // Nobody says that it is about this one person: it is kept, and the staff are told.
    [403, true],
    [401, true],
    [404, false],
    [413, false],
  ] as const)('status %i: another try is worth it: %s', async (status, retryable) => {
    const outcome = await scripted([status]).channel.send(TO, three, 'r1');
    expect(outcome).toMatchObject({ kind: 'failed', retryable });
  });

  it('to nowhere fails for good', async () => {
    const { reach: _, ...nowhere } = TO;
    expect(await scripted([]).channel.send(nowhere, three, 'r')).toMatchObject({ kind: 'failed', retryable: false });
  });

  it('a document that is gone offers nothing', async () => {
    const { channel, sent } = scripted([]);
    expect(await channel.send(TO, reply({ file: 'final' }), 'r')).toEqual({ kind: 'sent' });
    expect(sent).toHaveLength(1);
  });

  it('does not hold others up for a conversation that has had its share', async () => {
    const { channel } = scripted([]);
    const many = reply({ bubbles: Array.from({ length: 70 }, (_, i) => ({ text: `${i}`, bold: [] })) });
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const begun = Date.now();
    const held = channel.send(TO, many, 'r1');
    await vi.runAllTimersAsync();
    expect(await held).toMatchObject({ kind: 'failed', error: 'pace', retryable: true });
    expect(Date.now() - begun).toBeGreaterThan(5_000);
    const other = { ...TO, reach: reach.replace('a:1', 'a:2') };
    // The clock stands still: it waits for nothing.
    expect(await channel.send(other, three, 'r2')).toEqual({ kind: 'sent' });
  });
});

describe('a conversation that Teams wants to rest', () => {
  const slower = new SendRefusedError(429, null, 90_000);
  const other = { ...TO, reach: reach.replace('a:1', 'a:2') };

  it('is held for as long as Teams says, and no other is', async () => {
    const { channel, sent, clock, troubles } = scripted([slower]);
    const outcome = { kind: 'failed', error: 'status 429', retryable: true, retryAfter: 90_000 };
    expect(await channel.send(TO, reply({}), 'r1')).toEqual(outcome);
    // Whatever else is for her waits without another request; a second person is written to at once.
    expect(await channel.send(TO, reply({}), 'r2')).toMatchObject({ error: 'pace', retryAfter: 90_000 });
    expect(await channel.send(other, reply({}), 'r3')).toEqual({ kind: 'sent' });
    expect(sent).toHaveLength(1);
    clock.now += 89_999;
    expect(await channel.send(TO, reply({}), 'r1')).toMatchObject({ error: 'pace', retryAfter: 1 });
    clock.now += 1;
    expect(await channel.send(TO, reply({}), 'r1')).toEqual({ kind: 'sent' });
    expect(troubles).toEqual([]);
  });

  it.each([
    ['90', 90_000],
    [' 0 ', 0],
    ['999999999', 3_600_000],
    ['soon', null],
    ['-5', null],
    [null, null],
  ])('Retry-After %j: %j ms', (header, wait) => {
    const read = waitIn(header);
    // "-5" is read as a date in the past by some: no wait either way.
    expect(wait === null ? (read ?? 0) : read).toBe(wait ?? 0);
  });

  it('Retry-After as a date is the time until then', () => {
    const wait = waitIn(new Date(Date.now() + 30_000).toUTCString());
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(30_000);
  });
});

describe('a turn that waits for messages that arrive', () => {
  it('begins when all are answered, one after some rounds of the event loop; after a second in any case', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const arrivals = new Arrivals();
    const pass = async (milliseconds: number) => {
      await vi.advanceTimersByTimeAsync(milliseconds);
      for (let piece = 0; piece < 4; piece++) await severalRounds();
    };
    const begun: number[] = [];
    const { promise: stored, resolve: isStored } = Promise.withResolvers<undefined>();
    const answered = arrivals.answering(() => stored);
    [1, 2].forEach((turn) => void arrivals.quiet().then(() => begun.push(turn)));
    await pass(900);
    expect(begun).toEqual([]);
    await pass(200);
    expect(begun).toEqual([1, 2]);
    void arrivals.quiet().then(() => begun.push(3));
    isStored(undefined);
    await answered;
    expect(begun).toEqual([1, 2]);
    await pass(10);
    expect(begun).toEqual([1, 2, 3]);
    // A request that fails is over, too.
    await expect(arrivals.answering(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    void arrivals.quiet().then(() => begun.push(4));
    await pass(10);
    expect(begun).toEqual([1, 2, 3, 4]);
  });
});

describe('messages that arrive in one round of the event loop', () => {
  it('are stored at the same moment, and so share a commit; one that comes later has a round of its own', async () => {
    const arrivals = new Arrivals();
    const stored: string[] = [];
    const commits: string[][] = [];
    const store = async (name: string) => {
      await arrivals.together();
      stored.push(name);
      // As the queue of the database does: whatever is there in the same round is in the commit.
      queueMicrotask(() => stored.length > 0 && commits.push(stored.splice(0)));
    };
    const first = store('one');
    await new Promise((next) => process.nextTick(next));
    await Promise.all([first, store('two'), store('three')]);
    await store('four');
    expect(commits).toEqual([['one', 'two', 'three'], ['four']]);
  });
});

describe('the pace', () => {
  /** When each of `count` messages would leave, in milliseconds, each as early as it may. */
  function times(count: number): number[] {
    const pace = new Pace();
    const left: number[] = [];
    let now = 1_000_000;
    for (let i = 0; i < count; i++) {
      now += pace.wait('a', now);
      pace.note('a', now);
      left.push(now);
    }
    return left;
  }

  it.each([
    [7, 1_000],
    [60, 30_000],
    [1_800, 3_600_000],
  ])('never more than %i in %i ms', (most, window) => {
    const left = times(2_000);
    left.forEach((at, i) => {
      const first = left[i - most];
      if (first !== undefined) expect(at - first).toBeGreaterThanOrEqual(window);
    });
  });

  it('is kept for each conversation by itself', () => {
    const pace = new Pace();
    for (let i = 0; i < 7; i++) pace.note('a', 0);
    expect(pace.wait('a', 0)).toBe(1_000);
    expect(pace.wait('b', 0)).toBe(0);
  });
});

describe('no harm 23: a channel that cannot send tells somebody', () => {
  it.each([
    ['a password that has run out', new NoTokenError('invalid_client'), 'teams-sign-in'],
    ['401 again with a new token', new SendRefusedError(401), 'teams-sign-in'],
    ['403 of the whole app', new SendRefusedError(403, 'BotDisabledByAdmin'), 'teams-forbidden'],
  ])('%s: the reply is kept, and what is wrong is said until one goes through', async (_, error, trouble) => {
    const { channel, troubles } = scripted([error]);
    expect(await channel.send(TO, reply({}), 'one')).toMatchObject({ kind: 'failed', retryable: true });
    expect(troubles).toEqual([trouble]);
    expect(await channel.send(TO, reply({}), 'one')).toEqual({ kind: 'sent' });
    expect(troubles).toEqual([trouble, null]);
  });

  it('a person who blocked the chat is passed over, and nobody is told', async () => {
    const { channel, troubles } = scripted([new SendRefusedError(403, 'ConversationBlockedByUser')]);
    expect(await channel.send(TO, reply({}), 'one')).toMatchObject({ kind: 'failed', retryable: false });
    expect(troubles).toEqual([]);
  });

  it('no answer for five minutes is said', async () => {
    const { channel, troubles, clock } = scripted([0, 503]);
    await channel.send(TO, reply({}), 'one');
    expect(troubles).toEqual([]);
    clock.now += 5 * 60_000;
    await channel.send(TO, reply({}), 'one');
    expect(troubles).toEqual(['teams-unreachable']);
  });
});
