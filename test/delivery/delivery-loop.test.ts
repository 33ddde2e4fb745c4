import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lease } from '../../src/lease.ts';
import { type LoopDeps, startDeliveryLoop } from '../../src/mail/outbox/delivery-loop.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function loopOver(dueMails: () => Promise<readonly never[]>) {
  const taken: string[] = [];
  const left: Lease[] = [];
  const errors: unknown[] = [];
  const unused = () => Promise.reject(new Error('not expected'));
  const log = { info: () => undefined, warn: () => undefined, error: (...args: unknown[]) => void errors.push(args) };
  const deps: LoopDeps = {
    store: {
      dueMails,
      mail: unused,
      sendingMails: () => Promise.resolve([...left]),
      takeOverMail: ({ id }) => {
        taken.push(id);
        return Promise.resolve(left.splice(0).length > 0);
      },
      keepSending: unused,
      approvals: unused,
      documentOf: unused,
      freezeMail: unused,
      startSending: unused,
      endAttempt: unused,
    },
    recipientOf: unused,
    transport: { leavesMachine: false, deliver: unused },
    retry: { giveUpDays: 5, random: () => 0 },
    now: () => new Date('2026-03-01T12:00:00Z'),
    holder: 'us',
    lease: { ends: 10_000, letsGo: 7_000, beat: 1_000 },
    newId: () => 'id',
    tellStaff: null,
    log,
  };
  return { loop: startDeliveryLoop(deps, 1_000), left, taken, errors };
}

describe('the loop of deliveries', () => {
  it('runs at once, then in even steps', async () => {
    let runs = 0;
    const { loop } = loopOver(() => Promise.resolve((runs++, [])));
    await vi.advanceTimersByTimeAsync(3_500);
    expect(runs).toBe(4);
    await loop.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(runs).toBe(4);
  });

  it('takes over what another process left when its lease has ended, and what a failed run of its own left at once', async () => {
    const { loop, left, taken } = loopOver(() => Promise.resolve([]));
    left.push({ id: 'theirs', holder: 'them', beat: 1 });
    await vi.advanceTimersByTimeAsync(9_500);
    left[0] = { id: 'theirs', holder: 'them', beat: 2 };
    await vi.advanceTimersByTimeAsync(9_900);
    expect(taken).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(taken).toEqual(['theirs']);
    left.push({ id: 'ours', holder: 'us', beat: 1 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(taken).toEqual(['theirs', 'ours']);
    await loop.stop();
  });

  it('never runs twice at once; a kick during a run gives one more afterwards', async () => {
    let runs = 0;
    let atOnce = 0;
    const { loop } = loopOver(async () => {
      runs += 1;
      expect(++atOnce).toBe(1);
      await new Promise((done) => setTimeout(done, 5_000));
      atOnce -= 1;
      return [];
    });
    loop.kick();
    loop.kick();
    await vi.advanceTimersByTimeAsync(5_001);
    expect(runs).toBe(2);
    const stopped = loop.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    await stopped;
    loop.kick();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(runs).toBe(2);
  });

  it('settles when a run that began afterwards has ended', async () => {
    let runs = 0;
    const { loop } = loopOver(async () => {
      await new Promise((done) => setTimeout(done, 500));
      runs += 1;
      return [];
    });
    const settled = loop.settle().then(() => runs);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(await settled).toBe(2);
    await loop.stop();
  });

  it('goes on after a run that threw, and logs no word of the message', async () => {
    let runs = 0;
    const { loop, errors } = loopOver(() =>
      (runs += 1) === 1
        ? Promise.reject(Object.assign(new Error('cannot read +5571987654321 Ninguém'), { code: 'EIO' }))
        : Promise.resolve([]),
    );
    await vi.advanceTimersByTimeAsync(1_500);
    await loop.stop();
    expect(runs).toBe(2);
    expect(JSON.stringify(errors)).toContain('EIO');
    expect(JSON.stringify(errors)).not.toMatch(/5571987654321|Ninguém/);
  });
});
