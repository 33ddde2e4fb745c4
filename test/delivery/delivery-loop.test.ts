import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDeliveryLoop } from '../../src/delivery/delivery-loop.ts';
import type { LoopDeps } from '../../src/delivery/delivery-loop.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function loopOver(dueMails: () => Promise<readonly never[]>) {
  const recovered: string[] = [];
  const errors: unknown[] = [];
  const unused = () => Promise.reject(new Error('not expected'));
  const log = { info: () => undefined, warn: () => undefined, error: (...args: unknown[]) => void errors.push(args) };
  const deps: LoopDeps = {
    store: {
      dueMails,
      recoverSending: (at) => Promise.resolve(void recovered.push(at)),
      approvals: unused,
      callAddress: unused,
      documentOf: unused,
      freezeMail: unused,
      startSending: unused,
      endAttempt: unused,
    },
    transport: { leavesMachine: false, deliver: unused },
    retry: { giveUpDays: 5, random: () => 0 },
    now: () => new Date('2026-03-01T12:00:00Z'),
    newId: () => 'id',
    afterWithdrawal: unused,
    tellStaff: null,
    log,
  };
  return { loop: startDeliveryLoop(deps, 1_000), recovered, errors };
}

describe('the loop of deliveries', () => {
  it('takes up what a dead process left, once, before the first run; then runs in even steps', async () => {
    let runs = 0;
    const { loop, recovered } = loopOver(() => Promise.resolve((runs++, [])));
    await vi.advanceTimersByTimeAsync(3_500);
    expect(runs).toBe(4);
    expect(recovered).toHaveLength(1);
    await loop.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(runs).toBe(4);
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

  it('goes on after a run that threw, takes up again what may be half done, and logs no word of the message', async () => {
    let runs = 0;
    const { loop, recovered, errors } = loopOver(() =>
      (runs += 1) === 1
        ? Promise.reject(Object.assign(new Error('cannot read +5571987654321 Ninguém'), { code: 'EIO' }))
        : Promise.resolve([]),
    );
    await vi.advanceTimersByTimeAsync(1_500);
    await loop.stop();
    expect(runs).toBe(2);
    expect(recovered).toHaveLength(2);
    expect(JSON.stringify(errors)).toContain('EIO');
    expect(JSON.stringify(errors)).not.toMatch(/5571987654321|Ninguém/);
  });
});
