// One spec, every database: what the store promises, told in small stories.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import { codesSpec } from './codes-spec.ts';
import { deskSpec } from './desk-spec.ts';
import { auditSpec } from './audit-spec.ts';
import { erasureSpec } from './erasure-spec.ts';
import { keyChangeSpec } from './key-change-spec.ts';
import { mailLeaseSpec } from './mail-lease-spec.ts';
import { mailsSpec } from './mails-spec.ts';
import { meetSpec } from './meet-spec.ts';
import { messagesSpec } from './messages-spec.ts';
import { repliesSpec } from './replies-spec.ts';
import { passkeysSpec } from './passkeys-spec.ts';
import { staffSpec } from './staff-spec.ts';
import { staffNeedsSpec } from './staff-needs-spec.ts';
import { mailsInSpec } from './mails-in-spec.ts';
import { onCommitSpec } from './on-commit-spec.ts';
import { organisersSpec } from './organisers-spec.ts';
import { reviewsSpec } from './reviews-spec.ts';
import { turnsSpec } from './turns-spec.ts';
import { sealedSpec } from './sealed-spec.ts';
import { voiceSpec } from './voice-spec.ts';

/** `open` makes an empty store for each test; null skips the test, where this machine has no such database. */
export function storeSpec(open: () => Promise<TempStore | null>): void {
  let temp: TempStore;
  beforeEach(async (context) => {
    const opened = await open();
    if (opened === null) return context.skip('no such database on this platform');
    temp = opened;
  });
  afterEach(async () => {
    await temp.close();
  });
  const at = () => temp;

  messagesSpec(at);
  codesSpec(at);
  meetSpec(at);
  onCommitSpec(at);
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
  keyChangeSpec(at);
  sealedSpec(at);

  test('says when it cannot be written to, and refuses another master key', async () => {
    await temp.store.ping();
    await expect(openTempStore({ database: temp.database, masterKey: Buffer.alloc(32, 8) })).rejects.toThrow(
      /another master key/,
    );
  });
}
