// One spec, every database: what the store promises, told in small stories.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startPostgres, type TempPostgres } from '../support/postgres.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import { codesSpec } from './codes-spec.ts';
import { deskSpec } from './desk-spec.ts';
import { auditSpec } from './audit-spec.ts';
import { erasureSpec } from './erasure-spec.ts';
import { mailLeaseSpec } from './mail-lease-spec.ts';
import { mailsSpec } from './mails-spec.ts';
import { meetSpec } from './meet-spec.ts';
import { messagesSpec } from './messages-spec.ts';
import { repliesSpec } from './replies-spec.ts';
import { passkeysSpec } from './passkeys-spec.ts';
import { staffSpec } from './staff-spec.ts';
import { staffNeedsSpec } from './staff-needs-spec.ts';
import { mailsInSpec } from './mails-in-spec.ts';
import { organisersSpec } from './organisers-spec.ts';
import { reviewsSpec } from './reviews-spec.ts';
import { turnsSpec } from './turns-spec.ts';
import { voiceSpec } from './voice-spec.ts';

let postgres: TempPostgres | null = null;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
  // It writes everything to the disk first.
}, 180_000);

describe.each(['sqlite', 'postgres'] as const)('the store on %s', (kind) => {
  let temp: TempStore;
  beforeEach(async (context) => {
    if (kind === 'sqlite') temp = await openTempStore();
    else if (postgres === null) return context.skip('no PostgreSQL binary for this platform');
    else temp = await openTempStore({ database: { kind, url: await postgres.newDatabase() } });
  });
  afterEach(async () => {
    await temp.close();
  });
  const at = () => temp;

  messagesSpec(at);
  codesSpec(at);
  meetSpec(at);
  turnsSpec(at);
  repliesSpec(at);
  mailsSpec(at);
  mailLeaseSpec(at);
  mailsInSpec(at);
  staffNeedsSpec(at);
  reviewsSpec(at);
  organisersSpec(at);
  erasureSpec(at);
  voiceSpec(at);
  staffSpec(at);
  passkeysSpec(at);
  auditSpec(at);
  deskSpec(at);

  test('says when it cannot be written to, and refuses another master key', async () => {
    await temp.store.ping();
    await expect(openTempStore({ database: temp.database, masterKey: Buffer.alloc(32, 8) })).rejects.toThrow(
      /another master key/,
    );
  });
});
