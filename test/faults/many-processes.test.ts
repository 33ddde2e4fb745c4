// Several processes on one PostgreSQL: requests of several people go to two in turn, one is killed in the middle.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { comparable, lookInto, replay } from '../support/invariants.ts';
import { startPostgres, type TempPostgres } from '../support/postgres.ts';
import * as running from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { killAtRandom } from './kills.ts';

const PEOPLE = 6;

let postgres: TempPostgres | null = null;
let smtp: TestSmtp;
let dir: string;
beforeAll(async () => {
  postgres = await startPostgres();
  smtp = await startSmtp();
  dir = mkdtempSync(join(tmpdir(), 'griot-many-'));
});
afterAll(async () => {
  await postgres?.stop();
  await smtp.close();
  rmSync(dir, { recursive: true, force: true });
});

async function environment(server: TempPostgres): Promise<Record<string, string>> {
  const data = mkdtempSync(join(dir, 'data-'));
  const url = await server.newDatabase();
  return { DATA_DIR: data, MASTER_KEY: running.MASTER_KEY, DATABASE_URL: url, ...running.operatorOn(smtp.port) };
}

describe('several processes on one PostgreSQL', () => {
  test('a sitting goes to two in turn and one is killed: nothing lost, nothing answered twice, one mail each', async () => {
    if (postgres === null) return;
    const env = await environment(postgres);
    await running.verifyAddress(env);
    const processes = [await running.startProcess(env), await running.startProcess(env)];
    const stories = Array.from({ length: 8 }, (_, i) => `What happened on day ${i} they never wrote down.`);
    const said = [...running.BEGIN, ...stories, ...running.ON_TO_PUBLICATION, '3', 'SEND'];
    const visitors = Array.from({ length: PEOPLE }, () => new running.Visitor(''));
    let alive = processes.map(({ url }) => url);

    /** At the next process; where it is gone, the same form goes to another one, as a proxy does it. */
    const persist = async (visitor: running.Visitor, count: number, ask: () => Promise<running.Answer>) => {
      for (let tries = 0; ; tries++) {
        visitor.url = alive[(count + tries) % alive.length] ?? '';
        const answer = await ask().catch(() => null);
        if (answer?.status === 200) return answer;
        if (tries > 500) throw new Error(`no answer: ${answer?.status} ${answer?.text ?? 'none'}`);
        await new Promise((wake) => setTimeout(wake, 100));
      }
    };
    await Promise.all(
      visitors.map(async (visitor, who) => {
        await persist(visitor, who, () => visitor.open());
        for (const [count, text] of said.entries()) {
          if (who === 0 && count === 7) {
            await processes[0]?.kill();
            alive = alive.slice(1);
          }
          const form = visitor.formId;
          const answer = await persist(visitor, who + count, () => visitor.say(text, form));
          // The whole sitting is drawn, whichever process draws it.
          if (count > 0) expect(answer.text).toContain(said[count - 1]);
          // Nobody notices a change of process; only of one that was killed what was kept is said.
          if (alive.length === 2) expect(answer.text).not.toContain('Welcome back');
        }
      }),
    );
    await running.until(() => smtp.received.length >= PEOPLE);
    expect(await processes[1]?.stop()).toBe(0);
    expect(smtp.received).toHaveLength(PEOPLE);
    await lookInto(env, async (store) => {
      expect(await store.shared?.running()).toEqual([]);
      for (const { cookie } of visitors) {
        const address = cookie?.split('=')[1] ?? '';
        const known = await store.personAt({ channel: 'web-chat', account: 'default', address });
        const person = known?.person ?? '';
        const { contribution } = parseSession(await store.session(person));
        expect((await store.parts(contribution ?? '')).map(({ text }) => text)).toEqual(stories);
        const lines = await store.transcript(person, null);
        expect(lines.filter(({ from }) => from === 'person').map(({ text }) => text)).toEqual(said);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      }
    });
  });

  test('P19, fault 17: one conversation in two at the same moment: every message once, one approval, one mail', async () => {
    if (postgres === null) return;
    const before = smtp.received.length;
    const env = await environment(postgres);
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
    await running.until(() => smtp.received.length > before);
    await running.until(() => lookInto(env, async (store) => (await store.peopleWaiting()).length === 0));
    for (const griot of processes) expect(await griot.stop()).toBe(0);
    expect(smtp.received).toHaveLength(before + 1);

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

  test('fault 17: two that are killed, frozen and stopped at random while people on Teams write: nothing lost, in order', async () => {
    if (postgres === null) return;
    const found = await killAtRandom({ postgres, kills: 3, people: 4, seed: 11, freezeMs: 500 });
    expect(found.faults).toEqual([]);
    expect(found.mails).toBe(4);
  });
});
