// A text that reviewers release before it leaves, through the whole app and a real mail server: they ask, the person
// mends, two release, it leaves; and whatever waits, the person's own word is stronger.

import { afterEach, describe, expect, test } from 'vitest';
import type { Act, Reviewer } from '../../src/store/reviews/review-mail.ts';
import { expectSound } from '../support/expect-sound.ts';
import { operatorOn, type Phone, startApp, type TestApp, TO_SEND, until } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const ANA: Reviewer = { id: 'staff-ana', role: 'reviewer' };
const BEA: Reviewer = { id: 'staff-bea', role: 'reviewer' };
/** Four days and some hours before the call's deadline, 2024-05-24 at 21:59 UTC. */
const EARLY = new Date('2024-05-20T12:00:00.000Z');
const DEADLINE = Date.parse('2024-05-24T21:59:59.000Z');
const HOUR = 60;

let smtp: TestSmtp;
const open: TestApp[] = [];
let griot: TestApp;
let phone: Phone;

async function start(release: 'staff' | 'two', more: Record<string, string> = {}): Promise<void> {
  smtp = await startSmtp();
  griot = await startApp({ env: { ...operatorOn(smtp.port), RELEASE: release, ...more }, now: new Date(EARLY) });
  open.push(griot);
  phone = griot.phone('+00 000 0111');
}
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
  await smtp.close();
});

const reviews = () => griot.app.store.reviews;
const reference = async () => (await phone.session()).reference ?? '';
const decided = async () => (await reviews().stateOf(await reference()))?.decided;
const newest = async () => (await griot.app.store.mail(await reference())).at(-1);

async function act(reviewer: Reviewer): Promise<Act> {
  return {
    reviewer,
    reference: await reference(),
    sha256: (await newest())?.sha256 ?? '',
    at: griot.now.toISOString(),
  };
}

/** `choice`: 1 keep it here, 2 confidential, 3 do not send. `publication`: public with names unless said otherwise. */
async function sendWith(choice: '1' | '2' | '3', publication = ['1', 'PUBLISH']): Promise<void> {
  await phone.saysAll([...TO_SEND.slice(0, -1), ...publication, choice, 'SEND', 'no']);
  expect(await newest()).toMatchObject({ state: 'review' });
}

/** Everything that is due to leave has been tried, by every process. */
async function settleMails(): Promise<void> {
  for (const one of open) await one.app.settleMails();
}

function toDeadline(minutesBefore: number): void {
  griot.now = new Date(DEADLINE - minutesBefore * 60_000);
}

describe('a text under review', () => {
  test('is given back, mended, sent again, released by two, and leaves once', async () => {
    await start('two');
    await sendWith('3');
    griot.later(3 * HOUR);
    await reviews().release(await act(ANA));
    await settleMails();
    expect(smtp.received).toHaveLength(0);

    const seen = await act(BEA);
    expect(await reviews().giveBack({ ...seen, question: { kind: 'ready', id: 'unclear' } })).toEqual({ kind: 'done' });
    await settleMails();
    // They did not allow us to write: nothing is said before their next message.
    expect(await phone.asks('has it arrived?')).toContain('One part is hard to follow');
    expect(await newest()).toMatchObject({ state: 'cancelled' });
    expect(await reviews().release(seen)).toEqual({ kind: 'taken-back' });
    await phone.saysAll(['1', '1', '1', 'The hospital called us on the third day.', 'next', 'next', '2', 'SEND', 'no']);
    const again = await act(BEA);
    expect(again.sha256).not.toBe(seen.sha256);
    expect(await reviews().release(seen)).toEqual({ kind: 'changed', sha256: again.sha256 });
    expect(await reviews().release(again)).toMatchObject({ given: 1, leaves: false });
    expect(await reviews().release(again)).toEqual({ kind: 'already' });
    await griot.reopen();
    await settleMails();
    expect(smtp.received).toHaveLength(0);
    expect(await reviews().release(await act(ANA))).toMatchObject({ given: 2, leaves: true });
    await until(() => smtp.received.length === 1);
    await until(async () => (await newest())?.state === 'sent');
    await griot.reopen();
    await settleMails();
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]?.to).toEqual(['inputs@experts.unbody.int']);
    await expectSound(griot.dir);
  });

  test('is never said to be sent while its release can be taken back, and waits again after that', async () => {
    await start('staff', { SEND_WINDOW_MINUTES: '0' });
    await sendWith('3');
    griot.later(1);
    const until = new Date(griot.now.getTime() + 60_000).toISOString();
    const given = await act(ANA);
    expect(await reviews().release({ ...given, leavesFrom: until })).toMatchObject({ leaves: true });
    await griot.reopen();
    await settleMails();
    expect(smtp.received).toHaveLength(0);
    const about = await phone.asks('has it arrived?');
    expect(about).toContain('Not sent yet.\nIt leaves in ');
    expect(await reviews().takeReleaseBack(given)).toEqual({ kind: 'done' });
    griot.later(10);
    await settleMails();
    expect(smtp.received).toHaveLength(0);
    expect(await phone.asks('has it arrived?')).toContain('It hasn’t left yet.');
    expect(await reviews().release(await act(BEA))).toMatchObject({ leaves: true });
    await settleMails();
    expect(smtp.received).toHaveLength(1);
    await expectSound(griot.dir);
  });

  test('says before SEND that a person reads it, and what was chosen', async () => {
    await start('staff');
    await phone.saysAll([...TO_SEND.slice(0, -1), '1', 'PUBLISH']);
    const asked = await phone.asks('2');
    expect(asked).toContain('Someone at Casa Exemplo reads it. It leaves only when that person releases it.');
    expect(asked).toContain('the same text leaves as confidential');
    expect(asked).toContain('CONFIDENTIAL: please publish no part of this document.');
  });

  test('words of staff come at once only to who allowed it, and stand in the transcript as a person’s', async () => {
    await start('staff');
    await sendWith('3');
    const say = { reviewer: ANA, to: { reference: await reference() }, at: griot.now.toISOString() };
    await reviews().say({ ...say, text: 'We have read it with care.' });
    await settleMails();
    expect(await phone.reads()).not.toContain('with care');
    expect(await phone.asks('has it arrived?')).toContain('not the program:\nWe have read it with care.');
    await phone.saysAll(['person']);
    const person = (await phone.person()) ?? '';
    const lines = await griot.app.store.transcript(person, null);
    expect(lines.filter(({ from }) => from === 'staff').map(({ text }) => text)).toEqual([
      expect.stringContaining('We have read it with care.'),
    ]);
    await expectSound(griot.dir);
  });
});

describe('the person’s word is stronger while it waits', () => {
  test('stop, hours after its window: nothing leaves, whatever is released then', async () => {
    await start('staff');
    await sendWith('2');
    griot.later(5 * HOUR);
    const seen = await act(ANA);
    expect(await phone.asks('stop')).toContain('doesn’t leave');
    expect(await reviews().release(seen)).toEqual({ kind: 'taken-back' });
    toDeadline(1);
    await settleMails();
    expect(smtp.received).toHaveLength(0);
    expect(await phone.session()).toMatchObject({ at: { prompt: 'stopped' }, mails: [] });
  });

  test('stop against a release in the same moment: it is taken back, or told that it left, never both', async () => {
    await start('staff');
    await sendWith('3');
    const seen = await act(ANA);
    const before = (await phone.reads()).length;
    const [released] = await Promise.all([reviews().release(seen), phone.says('stop')]);
    await settleMails();
    const left = smtp.received.length;
    expect(left).toBe((await newest())?.state === 'cancelled' ? 0 : 1);
    if (released.kind === 'taken-back') expect(left).toBe(0);
    const said = (await phone.reads()).slice(before);
    expect(said.includes('doesn’t leave')).toBe(left === 0);
    await expectSound(griot.dir);
  });

  test('delete: text, reviews and what reviewers wrote are gone, and nothing leaves', async () => {
    await start('staff');
    await sendWith('2');
    const seen = await act(ANA);
    await reviews().hold({ ...seen, reason: 'ask the lawyer', tell: null });
    const asked = await phone.asks('delete');
    expect(asked).not.toContain('has already left');
    await phone.says('ERASE');
    expect(await reviews().release(seen)).toEqual({ kind: 'unknown' });
    expect(await reviews().reviewsOf(seen.reference)).toEqual([]);
    toDeadline(1);
    await settleMails();
    expect(smtp.received).toHaveLength(0);
    await expectSound(griot.dir);
  });

  test('withdraw: it is held, and not sent; nothing is asked of the UN, because nothing had left', async () => {
    await start('staff');
    await sendWith('2');
    const ref = await reference();
    expect(await phone.asks('3')).toContain('Held: nothing leaves now');
    expect(await phone.asks('1')).toContain(`${ref} doesn’t leave`);
    toDeadline(1);
    await settleMails();
    expect(smtp.received).toHaveLength(0);
    expect((await griot.app.store.mail(ref)).filter(({ state }) => state === 'waiting')).toEqual([]);
    await phone.says('delete');
    await phone.says('ERASE');
    expect(await griot.app.store.mail(ref)).toEqual([]);
  });

  test('correct: the text that waits is taken back, and sent again under the same reference', async () => {
    await start('staff');
    await sendWith('3');
    const seen = await act(ANA);
    expect(await phone.asks('2')).toContain('doesn’t leave');
    expect(await reviews().release(seen)).toEqual({ kind: 'taken-back' });
    expect(await phone.session()).toMatchObject({ replaces: null, reference: seen.reference });
  });
});

describe('at the deadline', () => {
  test.each([
    ['1', 'review', 0, 'hasn’t left. A person may still send it late'],
    ['2', 'sent', 1, 'As you chose, it leaves as confidential'],
    ['3', 'cancelled', 0, 'It isn’t sent. Your text is kept here'],
  ] as const)('nobody attended, choice %s: %s', async (choice, state, left, said) => {
    await start('two', { STAFF_EMAIL: 'desk@casa-exemplo.org' });
    await sendWith(choice);
    const toBody = () => smtp.received.filter(({ to }) => to[0] !== 'desk@casa-exemplo.org');
    const toStaff = () => smtp.received.filter(({ to }) => to[0] === 'desk@casa-exemplo.org');
    toDeadline(HOUR);
    await until(async () => (await reviews().stateOf(await reference()))?.alarmed === true);
    await until(() => toStaff().some(({ mail }) => mail.text?.includes('less than two hours away') === true));
    toDeadline(0);
    await until(async () => (await newest())?.state === state && (await decided()) !== null);
    await until(() => toStaff().some(({ mail }) => mail.text?.includes('before the deadline') === true));
    await griot.reopen();
    await settleMails();
    expect(toBody()).toHaveLength(left);
    if (left === 1) expect(toBody()[0]?.mail.text).toContain('CONFIDENTIAL');
    expect(toStaff().filter(({ mail }) => mail.text?.includes('before the deadline'))).toHaveLength(1);
    expect(await phone.asks('has it arrived?')).toContain(said);
    await expectSound(griot.dir);
  });

  const STAFF = { STAFF_EMAIL: 'desk@casa-exemplo.org' };
  const toDesk = (words: string) =>
    smtp.received.filter(({ to, mail }) => to[0] === 'desk@casa-exemplo.org' && mail.text?.includes(words) === true);

  test('no harm 8: held by its person’s doubt it leaves by no deadline, and they and the staff are told before', async () => {
    await start('staff', STAFF);
    await phone.saysAll([...TO_SEND.slice(0, -1), '1', 'PUBLISH', '2', 'SEND', 'yes', 'wait']);
    expect(await phone.session()).toMatchObject({ at: { prompt: 'hold' }, writeBack: true });
    const before = griot.sent.length;
    const said = () => griot.sent.slice(before).flatMap(({ reply }) => reply.bubbles.map(({ text }) => text));
    const reminded = () => said().filter((text) => text.includes('before the deadline or after it')).length;
    toDeadline(25 * HOUR);
    await settleMails();
    expect(reminded()).toBe(0);
    toDeadline(23 * HOUR);
    await settleMails();
    // Another digest may have left at that moment: with a text that is held by doubt the next one comes ten minutes later.
    griot.later(11);
    await until(() => toDesk('not sure any more').length === 1 && reminded() === 1);
    toDeadline(11 * HOUR);
    await settleMails();
    expect(reminded()).toBe(1);
    toDeadline(HOUR);
    await settleMails();
    griot.later(11);
    await until(() => toDesk('not sure any more').length === 2 && reminded() === 2);
    toDeadline(9);
    await settleMails();
    expect(await decided()).toBeNull();
    toDeadline(0);
    await until(async () => (await decided()) === 'withheld');
    await griot.reopen();
    await settleMails();
    await until(() => said().some((text) => text.startsWith('The deadline is over.')));
    expect(said().join()).not.toContain('Nobody at');
    expect(smtp.received.filter(({ to }) => to[0] !== 'desk@casa-exemplo.org')).toEqual([]);
    expect(reminded()).toBe(2);
    // Released meanwhile, it stays until its person says so.
    await reviews().release(await act(ANA));
    griot.later(30);
    await settleMails();
    expect(smtp.received.filter(({ to }) => to[0] !== 'desk@casa-exemplo.org')).toEqual([]);
    await expectSound(griot.dir);
  });

  test('no harm 8: whoever did not allow us to write is written to by nobody, and reads it with the next message', async () => {
    await start('staff', STAFF);
    await sendWith('2');
    await phone.says('wait');
    await griot.app.settle();
    const before = griot.sent.length;
    toDeadline(HOUR);
    await until(() => toDesk('not sure any more').length === 1);
    await settleMails();
    expect(griot.sent).toHaveLength(before);
    expect(await phone.asks('hello')).toContain('before the deadline or after it');
  });

  test('no harm 8: held by staff, with the person’s doubt or without: nothing leaves at the deadline', async () => {
    for (const doubts of [false, true]) {
      await start('staff');
      await sendWith('2');
      await reviews().hold({ ...(await act(ANA)), reason: 'ask the lawyer', tell: null });
      if (doubts) await phone.says('wait');
      toDeadline(0);
      await until(async () => (await decided()) === 'withheld');
      await settleMails();
      expect(smtp.received).toEqual([]);
      if (!doubts) await smtp.close();
    }
  });

  test('no harm 8: sent after all before the deadline, what its person chose for it happens again', async () => {
    await start('staff');
    await sendWith('2');
    await phone.says('wait');
    toDeadline(HOUR);
    // Hours later a bare number answers nothing before it was asked again.
    await phone.saysAll(['hello', '2']);
    toDeadline(1);
    await until(() => smtp.received.length === 1);
    expect(smtp.received[0]?.mail.text).toContain('CONFIDENTIAL');
  });

  test('one of two has released, and the other cannot: what its person chose happens all the same', async () => {
    await start('two', { STAFF_EMAIL: 'desk@casa-exemplo.org' });
    await sendWith('3');
    await reviews().release(await act(ANA));
    toDeadline(HOUR);
    await settleMails();
    expect((await reviews().stateOf(await reference()))?.alarmed).toBe(false);
    toDeadline(0);
    await until(async () => (await newest())?.state === 'cancelled');
  });

  test('given back, and no answer: confidential leaves in time', async () => {
    await start('staff');
    await sendWith('2');
    await reviews().giveBack({ ...(await act(ANA)), question: { kind: 'ready', id: 'unclear' } });
    toDeadline(9);
    await settleMails();
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]?.mail.text).toContain('CONFIDENTIAL');
  });

  test('given back, and the person wrote: nothing leaves without SEND', async () => {
    await start('staff');
    await sendWith('2');
    await reviews().giveBack({ ...(await act(ANA)), question: { kind: 'ready', id: 'unclear' } });
    await settleMails();
    await phone.says('has it arrived?');
    toDeadline(1);
    await settleMails();
    expect(smtp.received).toHaveLength(0);
    expect(await newest()).toMatchObject({ state: 'cancelled' });
  });

  test('fault 20: two processes decide once, and one mail leaves', async () => {
    await start('staff');
    await sendWith('2');
    const other = await startApp({
      env: { ...operatorOn(smtp.port), RELEASE: 'staff' },
      dir: griot.dir,
      now: new Date(DEADLINE - 60_000),
    });
    open.push(other);
    toDeadline(1);
    await until(() => smtp.received.length > 0);
    await settleMails();
    expect(smtp.received).toHaveLength(1);
    expect((await reviews().stateOf(await reference()))?.decided).toBe('confidential');
  });

  test('without a deadline ahead nothing is asked, nothing is decided, and after a day the alarm rings', async () => {
    await start('staff', { STAFF_EMAIL: 'desk@casa-exemplo.org' });
    griot.now = new Date('2026-11-23T12:00:00.000Z');
    await phone.saysAll([...TO_SEND, 'SEND', 'no']);
    expect(await newest()).toMatchObject({ state: 'review' });
    griot.later(25 * HOUR);
    await until(() => smtp.received.length > 0);
    // Another digest may have left at that moment.
    griot.later(HOUR + 1);
    await until(() => toDesk('for a day').length === 1);
    await reviews().release(await act(ANA));
    await until(() => smtp.received.some(({ to }) => to[0] === 'inputs@experts.unbody.int'));
  });
});
