import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptEnd, GIVE_UP_DAYS, retryDelay } from '../../src/mail/outbox/attempt-end.ts';
import type { TransportResult } from '../../src/mail/outbox/transport.ts';
import type { OutboxItem } from '../../src/store/mail/mail-attempts.ts';
import { REFERENCE } from './a-request.ts';

const MINUTE = 60_000;
const NOW = new Date('2026-03-01T12:00:00Z');

const ITEM: OutboxItem = {
  id: 'mail-1',
  person: 'person-1',
  case: 'case-1',
  contribution: 'contribution-1',
  kind: 'submission',
  reference: REFERENCE,
  sha256: 'ab',
  state: 'frozen',
  notBefore: NOW.toISOString(),
  attempts: 0,
  replyToken: 'k3y',
  request: null,
  bytes: null,
  handedOver: false,
  released: true,
};

describe('the wait between attempts', () => {
  it('doubles from one minute up to four hours, and the second half of it is left to chance', () => {
    expect([1, 2, 3, 8, 9, 10, 50].map((attempt) => retryDelay(attempt, () => 1) / MINUTE)).toEqual([
      1, 2, 4, 128, 240, 240, 240,
    ]);
    expect(retryDelay(3, () => 0) / MINUTE).toBe(2);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
        const whole = retryDelay(attempts, () => 1);
        const delay = retryDelay(attempts, () => chance);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(whole / 2));
        expect(delay).toBeLessThanOrEqual(whole);
      }),
    );
  });
});

describe('whatever happens, in whatever order', () => {
  const result: fc.Arbitrary<TransportResult> = fc.oneof(
    fc.constant({ kind: 'accepted', server: 'mx' } as const),
    fc.constant({ kind: 'deferred', server: 'mx', reason: '451' } as const),
    fc.constant({ kind: 'deferred', server: 'mx', reason: 'NOT_ALLOWED 550', ours: '550 not yours' } as const),
    fc.constant({ kind: 'uncertain', server: 'mx', reason: 'ETIMEDOUT' } as const),
    fc.constant({ kind: 'refused', server: 'mx', reply: '550 no' } as const),
  );
  const policy = { giveUpDays: GIVE_UP_DAYS, random: () => 0.5 };

  it('it ends; "accepted" is said only after an acceptance, and "refused" never while a copy may have arrived', () => {
    fc.assert(
      fc.property(fc.array(result, { minLength: 1, maxLength: 60 }), (results) => {
        let item = ITEM;
        let now = NOW;
        let doubted = false;
        for (const each of results) {
          const end = attemptEnd(item, each, now, policy);
          doubted ||= each.kind === 'uncertain';
          expect(end.outcome.kind === 'accepted').toBe(each.kind === 'accepted');
          if (doubted) expect(end.outcome.kind).not.toBe('refused');
          if (doubted) expect(end.outcome.kind).not.toBe('deferred');
          expect(end.retryAt === null).toBe(['sent', 'refused', 'held'].includes(end.state));
          if (end.retryAt === null) return;
          now = end.retryAt;
          const handedOver = item.handedOver || end.state === 'uncertain';
          item = { ...item, state: end.state, attempts: item.attempts + 1, handedOver };
        }
      }),
    );
  });

  it('a machine that was off for a week still tries', () => {
    const monday = new Date(NOW.getTime() + 7 * 24 * 60 * MINUTE);
    const end = attemptEnd(ITEM, { kind: 'deferred', server: 'mx', reason: '451' }, monday, policy);
    expect(end).toMatchObject({ state: 'frozen', outcome: { kind: 'deferred' } });
    expect(end.retryAt).not.toBeNull();
  });
});
