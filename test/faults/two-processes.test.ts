// Two processes on the same data, as after a careless restart: one person's turn is taken once, whoever takes it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { comparable, conditionOf, isAtRest, lookInto, replay, SOUND } from '../support/invariants.ts';
import * as running from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

let dir: string;
let smtp: TestSmtp;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'griot-two-'));
  smtp = await startSmtp();
});
afterEach(async () => {
  rmSync(dir, { recursive: true, force: true });
  await smtp.close();
});

describe('P19, fault 17: two processes on one conversation', () => {
  test('every message once, no turn lost, one approval, one mail', async () => {
    const env = { DATA_DIR: dir, MASTER_KEY: running.MASTER_KEY, ...running.operatorOn(smtp.port) };
    await running.verifyAddress(env);
    const processes = [await running.startProcess(env), await running.startProcess(env)];
    const visitors = processes.map(({ url }) => new running.Visitor(url));
    const [one, two] = visitors;
    if (one === undefined || two === undefined) throw new Error('no visitors');
    await one.open();
    two.cookie = one.cookie;
    for (const text of running.BEGIN) await one.say(text);
    await two.open();

    // Different messages at the same moment at both, and every third one at both.
    const stories = Array.from({ length: 30 }, (_, i) => `What happened on day ${i} they never wrote down.`);
    const form = (i: number) => `form-id-of-message-${String(i).padStart(4, '0')}`;
    await Promise.all(
      visitors.map(async (visitor, place) => {
        for (const [i, text] of stories.entries()) {
          if (i % 3 !== 0 && i % 2 !== place) continue;
          expect((await visitor.say(text, form(i))).status).toBe(200);
        }
      }),
    );
    for (const text of [...running.ON_TO_PUBLICATION, '3']) expect((await two.say(text)).status).toBe(200);
    const sent = await Promise.all(visitors.map((visitor, place) => visitor.say('SEND', form(1000 + place))));
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    // The outcome of the mail is told as well, which takes a turn.
    await running.until(() => smtp.received.length > 0 && isAtRest(dir));
    for (const griot of processes) expect(await griot.stop()).toBe(0);
    expect(smtp.received).toHaveLength(1);
    expect(conditionOf(dir)).toEqual(SOUND);

    await lookInto(env, async (store) => {
      const token = one.cookie?.split('=')[1] ?? '';
      const known = await store.personAt({ channel: 'web-chat', account: 'default', address: token });
      const session = parseSession(await store.session(known?.person ?? ''));
      const parts = (await store.parts(session.contribution ?? '')).map(({ text }) => text);
      expect(parts.toSorted()).toEqual(stories.toSorted());
      const consents = await store.consents(session.contribution ?? '');
      expect(consents.filter(({ purpose }) => purpose === 'approve')).toHaveLength(1);
      expect(await store.mail(session.reference ?? '')).toHaveLength(1);
      // I2: the same as one process makes of the same order.
      const said = (await store.transcript(known?.person ?? '', null)).filter(({ from }) => from === 'person');
      const events = said.map(({ text }) => ({ kind: 'message', text: text ?? '' }) as const);
      const expected = await replay([{ kind: 'opened' }, ...events]);
      expect(parts).toEqual(expected.parts);
      expect(comparable(session).counts).toEqual(expected.session.counts);
    });
  });
});
