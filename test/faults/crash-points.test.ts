// A crash at every boundary of a write: just before the store does it, and just after it is done but nobody knows.
// From then on the dead app reaches its database no more, and nobody hears it; another one is started on what it left.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../src/store/open.ts';
import { comparable, conditionOf, replay, SOUND } from '../support/invariants.ts';
import * as running from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

type Written = 'receive' | 'saveTurn' | 'replySent' | 'freezeMail' | 'startSending' | 'endAttempt';

/** Dies at the `nth` call of `method`; null: lives. */
interface Crash {
  readonly method: Written;
  readonly when: 'before' | 'after';
  readonly nth: number;
}

/** One run of the app, until it dies. */
interface Life {
  isDead: boolean;
  /** The replies that it marked as sent, or began to. */
  readonly marked: string[];
  /** Mails that it perhaps handed over, while what came of them is not written down. */
  mails: number;
}

interface Plan {
  crash: Crash | null;
  calls: number;
  life: Life;
  /** Number of replies that had been sent when it died. */
  sentAtDeath: number;
  /** The replies among them that it had not marked: nobody can know that they left. */
  unmarked: readonly string[];
  mailsAtDeath: number;
}

const plan = vi.hoisted((): Plan => {
  const life = { isDead: false, marked: [], mails: 0 };
  return { crash: null, calls: 0, life, sentAtDeath: 0, unmarked: [], mailsAtDeath: 0 };
});

vi.mock('../../src/app/open-store.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/app/open-store.ts')>();
  const openConfiguredStore: typeof original.openConfiguredStore = async (...given) => {
    // The dead app has ended by now; what it handed over after its death never left.
    if (plan.life.isDead) griot.sent.splice(plan.sentAtDeath);
    plan.life = { isDead: false, marked: [], mails: 0 };
    const opened = await original.openConfiguredStore(...given);
    return { ...opened, store: mortal(opened.store, plan.life) };
  };
  return { ...original, openConfiguredStore };
});

function die(life: Life): void {
  life.isDead = true;
  plan.sentAtDeath = griot.sent.length;
  plan.mailsAtDeath = life.mails;
  plan.unmarked = griot.sent.map(({ id }) => id).filter((id) => !life.marked.includes(id));
}

function expectAlive({ isDead }: Life): void {
  if (isDead) throw new Error('dead');
}

/** The same store, until it dies; then only close() works, as the end of a process closes its files. */
function mortal(store: Store, life: Life): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      const method = found.bind(target) as (...given: unknown[]) => Promise<unknown>;
      if (name === 'close') return method;
      return async (...given: unknown[]) => {
        const { crash } = plan;
        expectAlive(life);
        const here = crash?.method === name && ++plan.calls === crash.nth;
        if (here && crash.when === 'before') die(life);
        expectAlive(life);
        if (name === 'replySent') life.marked.push(String(given[0]));
        if (name === 'startSending') life.mails += 1;
        if (name === 'endAttempt') life.mails -= 1;
        const result = await method(...given);
        if (here) die(life);
        expectAlive(life);
        return result;
      };
    },
  });
}

let smtp: TestSmtp;
let griot: running.TestApp;
beforeEach(async () => {
  Object.assign(plan, { crash: null, calls: 0, unmarked: [], mailsAtDeath: 0 });
  smtp = await startSmtp();
  griot = await running.startApp({ env: running.operatorOn(smtp.port) });
});
afterEach(async () => {
  await griot.close();
  await smtp.close();
});

const SAID = [...running.TO_SEND, 'SEND', '2'];

/** How often each is called on the way; the matrix takes the first, one in the middle and the last of them. */
const POINTS: readonly (readonly [Written, readonly number[]])[] = [
  ['receive', [1, 5, 14]],
  ['saveTurn', [1, 5, 13, 14]],
  ['replySent', [1, 20]],
  ['freezeMail', [1]],
  ['startSending', [1]],
  ['endAttempt', [1]],
];
const matrix = POINTS.flatMap(([method, places]) =>
  places.flatMap((nth) => (['before', 'after'] as const).map((when) => ({ method, when, nth }))),
);

describe('fault 1: a crash at each write', () => {
  test.each(matrix)('$when $method no. $nth', async (crash) => {
    const phone = griot.phone('+00 000 0111');
    plan.crash = crash;
    for (const [index, text] of SAID.entries()) {
      await phone.says(text, `m${index}`).catch(() => null);
      await griot.app.settle();
      if (!plan.life.isDead) continue;
      await startAgain();
      // The channel got no answer, so it delivers again; where the turn was saved, that is a repeat.
      await phone.says(text, `m${index}`);
    }
    await running.until(async () => plan.life.isDead || (await phone.session()).mails[0]?.outcome === 'accepted');
    if (plan.life.isDead) await startAgain();
    await running.until(async () => (await phone.session()).mails[0]?.outcome === 'accepted');
    await griot.app.settle();

    expect(plan.calls, 'the crash came').toBeGreaterThanOrEqual(crash.nth);
    const person = (await phone.person()) ?? '';
    const transcript = await griot.app.store.transcript(person, null);
    expect(transcript.filter(({ from }) => from === 'person').map(({ text }) => text)).toEqual(SAID); // I1
    const expected = await replay(SAID.map((text) => ({ kind: 'message', text })));
    expect({ ...comparable(await phone.session()), mails: [], news: 0 }).toEqual({
      ...expected.session,
      mails: [],
      news: 0,
    }); // I2
    expect(await phone.kept()).toEqual(expected.parts);
    // I3: at least once, the same bytes each time.
    const [first, ...again] = smtp.received.map(({ raw }) => Buffer.from(raw));
    expect(first).toBeDefined();
    for (const bytes of again) expect(bytes.equals(first ?? Buffer.alloc(0))).toBe(true);
    expect(again.length).toBeLessThanOrEqual(plan.mailsAtDeath);
    expect(conditionOf(griot.dir)).toEqual(SOUND); // I4, I6
    // Every reply reached the phone once. Only the one that had left when it died, and was not marked yet, came twice, under the same id.
    const ids = griot.sent.map(({ id }) => id);
    const said = transcript.filter(({ from }) => from === 'bot').map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set(said));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual(plan.unmarked);
    expect(plan.unmarked.length).toBeLessThanOrEqual(1);
    if (crash.method === 'replySent') expect(plan.unmarked).toHaveLength(crash.when === 'before' ? 1 : 0);
  });
});

async function startAgain(): Promise<void> {
  plan.crash = null;
  await griot.reopen();
}
