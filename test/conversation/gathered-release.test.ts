// Where staff release: an organiser's texts wait for them like everybody's, and what they ask reaches the case it is about.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import type { Act } from '../../src/store/reviews/review-mail.ts';
import { expectSound } from '../support/expect-sound.ts';
import { BEGIN, operatorOn, type Phone, startApp, type TestApp, until } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

/** Some days before the call's deadline. */
const EARLY = new Date('2024-05-20T12:00:00.000Z');
const STORIES = {
  Amina: 'They came at night. Nobody told her where her brother was for two whole days.',
  Carlos: 'He saw the car without plates. He asked for the file three times.',
} as const;
type Name = keyof typeof STORIES;
/** Confidential; and if nobody can release it, it is not sent. */
const TO_AGREED: readonly string[] = [
  'next',
  'next',
  'skip all',
  'next',
  'skip all',
  '4',
  '3',
  '3',
  'R. M.',
  '1',
  '1',
  '1',
];

let smtp: TestSmtp;
let griot: TestApp;
let organiser: Phone;

beforeEach(async () => {
  smtp = await startSmtp();
  griot = await startApp({ env: { ...operatorOn(smtp.port), RELEASE: 'staff' }, now: new Date(EARLY) });
  organiser = griot.phone('organiser');
});
afterEach(async () => {
  await griot.close();
  await smtp.close();
});

const begins = (together: '1' | '2') => organiser.saysAll([...BEGIN, '4', together, 'girasol', 'girasol']);
const tells = (name: Name) => organiser.saysAll([name, 'english', '1', STORIES[name]]);

async function sessionOf(is: (session: Session) => boolean): Promise<Session> {
  const all = await griot.app.store.sessions((await organiser.person()) ?? '');
  const found = all.map(({ session }) => parseSession(session)).find(is);
  if (found === undefined) throw new Error('There is no such case.');
  return found;
}

const named = (name: Name) => (session: Session) => session.teller?.label === name;

/** What a reviewer has before their eyes. */
async function act(session: Session): Promise<Act> {
  const reference = session.reference ?? '';
  const mail = (await griot.app.store.mail(reference)).at(-1);
  expect(mail).toMatchObject({ state: 'review' });
  const reviewer = { id: 'staff-ana', role: 'reviewer' } as const;
  return { reviewer, reference, sha256: mail?.sha256 ?? '', at: griot.now.toISOString() };
}

describe('an organiser where staff release', () => {
  it('sees a document for several wait for staff, and leave once it is released', async () => {
    await begins('2');
    await tells('Amina');
    await organiser.saysAll([...TO_AGREED, 'new']);
    await tells('Carlos');
    await organiser.saysAll([...TO_AGREED, 'together', 'all', '4', '3', 'SEND', 'no']);
    griot.later(60);
    await griot.app.settleMails();
    expect(smtp.received).toHaveLength(0);
    const seen = await act(await sessionOf(({ joint }) => joint !== undefined));
    expect(await griot.app.store.reviews.release(seen)).toMatchObject({ kind: 'done', leaves: true });
    await until(() => smtp.received.length === 1);
    expect(smtp.received[0]?.mail.text).toContain('CONFIDENTIAL');
    await until(async () => (await sessionOf(({ joint }) => joint !== undefined)).mails[0]?.outcome === 'accepted');
    await expectSound(griot.dir);
  });

  it('finds a question of staff in the case it is about, though another case is open', async () => {
    await begins('1');
    await tells('Amina');
    await organiser.saysAll([...TO_AGREED, 'SEND', 'no', 'new']);
    await tells('Carlos');
    const seen = await act(await sessionOf(named('Amina')));
    const question = { kind: 'ready', id: 'unclear' } as const;
    expect(await griot.app.store.reviews.giveBack({ ...seen, question })).toEqual({ kind: 'done' });
    await until(async () => (await sessionOf(named('Amina'))).asked !== undefined);
    expect((await sessionOf(named('Carlos'))).asked).toBeUndefined();

    const told = await organiser.asks('He is still waiting for an answer.');
    expect(told).toContain('There’s news about a text.\nIt’s Amina.');
    expect(told).not.toContain('One part is hard to follow');
    expect(await organiser.kept()).toEqual([STORIES.Carlos, 'He is still waiting for an answer.']);
    expect(await organiser.asks('cases')).toContain('*1* Amina: 0 of 5 points, 15 words, a question waits');
    const asked = await organiser.asks('1');
    expect(asked).toContain('One part is hard to follow');
    expect(asked).not.toContain('There’s news');
    await organiser.saysAll(['1', '1', '1', 'The hospital called her on the third day.', 'next', 'next', '2']);
    // Another text than the one that was agreed: it is read back again before it can be sent.
    await organiser.saysAll(['R. M.', '1', '1', '1', 'SEND', 'no']);
    await griot.app.settleMails();
    expect(smtp.received).toHaveLength(0);
    const again = await act(await sessionOf(named('Amina')));
    expect(again.sha256).not.toBe(seen.sha256);
    expect(await griot.app.store.reviews.release(again)).toMatchObject({ kind: 'done', leaves: true });
    await until(() => smtp.received.length === 1);
    await expectSound(griot.dir);
  });

  it('says nothing twice where the case that is asked about is open', async () => {
    await begins('1');
    await tells('Amina');
    await organiser.saysAll([...TO_AGREED, 'SEND', 'no']);
    const seen = await act(await sessionOf(named('Amina')));
    const question = { kind: 'ready', id: 'unclear' } as const;
    expect(await griot.app.store.reviews.giveBack({ ...seen, question })).toEqual({ kind: 'done' });
    await until(async () => (await sessionOf(named('Amina'))).asked !== undefined);
    const told = await organiser.asks('has it arrived?');
    expect(told).toContain('One part is hard to follow');
    expect(told).not.toContain('There’s news');
  });
});
