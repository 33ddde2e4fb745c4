// *stop* and *delete* at every stage of a sending: what can still be taken back is, and what cannot is said.

import { DatabaseSync } from 'node:sqlite';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { expectSound } from '../support/expect-sound.ts';
import { conditionOf } from '../support/invariants.ts';
import { operatorOn, startApp, TO_SEND, until, type Phone, type TestApp } from '../support/running-app.ts';
import { startSmtp, type Act, type TestSmtp } from '../support/smtp.ts';

let smtp: TestSmtp;
let griot: TestApp;
let phone: Phone;

async function start(script: readonly Act[] = [], windowMinutes = 10): Promise<void> {
  smtp = await startSmtp({ script });
  griot = await startApp({ env: { ...operatorOn(smtp.port), SEND_WINDOW_MINUTES: String(windowMinutes) } });
  phone = griot.phone('+00 000 0111');
}
afterEach(async () => {
  await Promise.all([griot.close(), smtp.close()]);
});

/** Somebody else's mail leaves: by then anything due before it would have left, too. */
async function anotherMailLeaves(): Promise<void> {
  const before = smtp.received.length;
  const other = griot.phone(`+00 000 0999 ${before}`);
  await other.saysAll([...TO_SEND, 'SEND']);
  griot.later(11);
  const { reference } = await other.session();
  await until(() => smtp.received.some(({ raw }) => Buffer.from(raw).includes(reference ?? '-')));
  expect(smtp.received).toHaveLength(before + 1);
}

const mailState = async () => (await griot.app.store.mail((await phone.session()).reference ?? ''))[0]?.state;

describe('stop', () => {
  test('inside its window: nothing leaves, and the approval is used up', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND']);
    griot.later(9);
    expect(await phone.asks('stop')).toContain('doesn’t leave');
    expect(await phone.session()).toMatchObject({ mails: [], built: null, at: { prompt: 'stopped' } });
    await anotherMailLeaves();
    expect(await mailState()).toBe('cancelled');
    await phone.says('SEND');
    await anotherMailLeaves();
  });

  test('then sent again: one mail, newly approved', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND', 'stop', '1', '4', '3', 'SEND']);
    griot.later(11);
    await until(() => smtp.received.length === 1);
    await anotherMailLeaves();
    const { reference } = await phone.session();
    expect((await griot.app.store.mail(reference ?? '')).map(({ state }) => state)).toEqual(['cancelled', 'sent']);
  });

  test('after it has left: told that it has, and by whose server', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND']);
    griot.later(11);
    await until(async () => (await phone.session()).mails[0]?.outcome === 'accepted');
    const answer = await phone.asks('stop');
    expect(answer).toContain('127.0.0.1 accepted it');
    expect(answer).not.toMatch(/received by the UN/i);
    expect((await phone.session()).mails).toHaveLength(1);
  });

  test('while it is being handed over: not promised back (fault 39)', async () => {
    await start([{ do: 'hang', at: 'dot' }]);
    await phone.saysAll([...TO_SEND, 'SEND']);
    griot.later(11);
    await until(() => smtp.received.length === 1);
    const answer = await phone.asks('stop');
    expect(answer).not.toContain('doesn’t leave');
    expect((await phone.session()).mails).toHaveLength(1);
    expect(await mailState()).toBe('sending');
    await smtp.close(); // the line breaks: uncertain
    await until(async () => (await phone.session()).mails[0]?.outcome === 'uncertain');
  });

  test('at the very moment at which the sending begins: never "taken back" of what leaves', async () => {
    await start([{ do: 'hang', at: 'dot' }]);
    await phone.saysAll([...TO_SEND, 'SEND']);
    const { store } = griot.app;
    const saveTurn = store.saveTurn.bind(store);
    // The window closes between the look at the outbox and the commit of the turn.
    store.saveTurn = async (turn) => {
      store.saveTurn = saveTurn;
      griot.later(11);
      await until(() => smtp.received.length === 1);
      return saveTurn(turn);
    };
    const answer = await phone.asks('stop');
    expect(answer).not.toContain('doesn’t leave');
    expect((await phone.session()).mails).toHaveLength(1);
    await smtp.close();
  });

  test('received before a crash, answered after the window: the mail has left by then, or is taken back; never both', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND']);
    // Durable in the inbox, and then the process was gone for half an hour.
    const event = { id: 'm-stop', at: griot.now.toISOString(), kind: 'message', text: 'stop' } as const;
    await griot.app.store.receive({ from: phone.address, messageId: event.id, event });
    await griot.app.close();
    griot.later(30);
    await griot.reopen();
    await until(() => conditionOf(griot.dir).waiting === 0);
    const state = await mailState();
    const takenBack = (await phone.reads()).includes('doesn’t leave');
    await anotherMailLeaves();
    expect(takenBack).toBe(state === 'cancelled');
  });
});

describe('no harm 6: withdraw with a newer text in its window', () => {
  test('all of it: the UN is asked to take the first back, and the second never leaves', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND', '2']);
    griot.later(11);
    await until(async () => (await phone.session()).mails[0]?.outcome === 'accepted');
    await phone.saysAll(['6', ...TO_SEND.slice(2), 'SEND', '2']);
    const [first, second] = (await phone.session()).mails;
    expect(second).toMatchObject({ mail: 'submission', outcome: 'waiting' });
    expect(await phone.asks('WITHDRAW')).toContain('more than one text');
    await phone.saysAll(['3', '1', 'WITHDRAW']);
    await until(() => smtp.received.length === 2);
    expect(Buffer.from(smtp.received[1]?.raw ?? '').toString()).toContain(first?.reference);
    await until(async () => (await griot.app.store.mail(first?.reference ?? '')).length === 0);
    expect(await griot.app.store.mail(second?.reference ?? '')).toEqual([]);
    await anotherMailLeaves();
  });

  test('two that wait are both held, and asked about one after the other', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND', '2', '6', ...TO_SEND.slice(2), 'SEND', '2']);
    const [first, second] = (await phone.session()).mails;
    expect(await phone.asks('wait, do not send it')).toContain(second?.reference ?? '-');
    griot.later(11);
    expect(await phone.asks('1')).toContain(first?.reference ?? '-');
    await anotherMailLeaves();
    await phone.says('1');
    expect((await phone.session()).mails).toEqual([]);
    await anotherMailLeaves();
  });
});

describe('no harm 8: doubt in the window', () => {
  test('holds the mail where it lies, also long after the window', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND', '2']);
    expect(await phone.asks('i changed my mind do not send it')).toContain('nothing leaves now');
    griot.later(60);
    await anotherMailLeaves();
    expect(await mailState()).toBe('waiting');
    expect((await phone.session()).flags).toContain('doubts');
  });

  test('sent after all it leaves after a window of its own', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND', '2', 'wait']);
    griot.later(60);
    await phone.says('2');
    griot.later(11);
    await until(async () => (await mailState()) === 'sent');
    expect(smtp.received).toHaveLength(1);
  });

  test('stopped it never leaves', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND', '2', 'wait', '1']);
    griot.later(60);
    await anotherMailLeaves();
    expect(await mailState()).toBe('cancelled');
  });

  test('frozen and about to be handed over, it is held all the same; a hand-over that began is said', async () => {
    await start();
    await phone.saysAll([...TO_SEND, 'SEND', '2']);
    const { store } = griot.app;
    const { reference } = await phone.session();
    const [mail] = await store.mail(reference ?? '');
    if (mail === undefined) throw new Error('no mail');
    const at = new Date().toISOString();
    expect(await store.freezeMail(mail.id, new TextEncoder().encode('x'), at)).toBe(true);
    await phone.says('wait');
    expect(await store.startSending(mail.id, 'somebody', 0)).toBe(false);
    await phone.says('2');
    expect(await store.startSending(mail.id, 'somebody', 0)).toBe(true);
    expect(await phone.asks('wait')).not.toContain('nothing leaves now');
  });
});

describe('delete', () => {
  const tables = ['persons', 'keys', 'parts', 'lines', 'replies', 'sessions', 'outbox', 'documents', 'document_files'];
  const raw = <T>(look: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(join(griot.dir, 'griot.db'), { readOnly: true });
    try {
      return look(db);
    } finally {
      db.close();
    }
  };
  const keys = () =>
    raw((db) => db.prepare('select wrapped from keys').all()).flatMap(({ wrapped }) =>
      wrapped instanceof Uint8Array ? [Buffer.from(wrapped)] : [],
    );
  const foundInFiles = (bytes: readonly Buffer[]) => {
    const files = readdirSync(griot.dir)
      .filter((name) => name.startsWith('griot.db'))
      .map((name) => readFileSync(join(griot.dir, name)));
    return bytes.filter((one) => files.some((file) => file.includes(one)));
  };

  test('at every stage before it leaves: keys and rows are gone, and nothing leaves later (I5)', async () => {
    await start();
    const way = [...TO_SEND, 'SEND', '2'];
    const stages = way.map((_, index) => way.slice(0, index + 1));
    for (const [index, stage] of stages.entries()) {
      const one = griot.phone(`+00 000 02${index}`);
      await one.saysAll(stage);
      const before = keys();
      expect(foundInFiles(before)).toHaveLength(before.length);
      await one.says('delete');
      await one.says('ERASE');
      expect(await one.person(), stage.at(-1)).toBeNull();
      expect(foundInFiles(before), stage.at(-1)).toEqual([]);
    }
    for (const table of tables) {
      expect(
        raw((db) => db.prepare(`select count(*) as n from ${table}`).get()),
        table,
      ).toEqual({ n: 0 });
    }
    griot.later(30);
    await anotherMailLeaves();
    await griot.reopen();
    await anotherMailLeaves();
    await expectSound(griot.dir);
  });

  test('while nobody knows whether it arrived: no second copy leaves, and that one may have is said first', async () => {
    await start([{ do: 'drop', at: 'dot' }]);
    await phone.saysAll([...TO_SEND, 'SEND']);
    griot.later(11);
    await until(async () => (await phone.session()).mails[0]?.outcome === 'uncertain');
    expect(await phone.asks('delete')).toMatch(/left|sent/i);
    await phone.says('ERASE');
    expect(await phone.person()).toBeNull();
    griot.later(24 * 60);
    await anotherMailLeaves();
    expect(smtp.received).toHaveLength(2);
  });

  test('fault 39: while it is being handed over: the end of the attempt finds nobody, and brings nothing back', async () => {
    await start([{ do: 'hang', at: 'dot' }]);
    await phone.saysAll([...TO_SEND, 'SEND']);
    griot.later(11);
    await until(() => smtp.received.length === 1);
    await phone.saysAll(['delete', 'ERASE']);
    await smtp.close();
    await griot.reopen();
    expect(await phone.person()).toBeNull();
    for (const table of tables) {
      expect(
        raw((db) => db.prepare(`select count(*) as n from ${table}`).get()),
        table,
      ).toEqual({ n: 0 });
    }
    await expectSound(griot.dir);
  });
});
