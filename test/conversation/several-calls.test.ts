// Several calls are served by one app: each text is for the call that its writer came for, and nothing of it reaches another.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import {
  BEGIN,
  CALL,
  NOON,
  ON_TO_PUBLICATION,
  operatorOn,
  RECIPIENT,
  startApp,
  STORY,
  type TestApp,
  TO_SEND,
  Visitor,
} from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { OTHER, OTHER_ADDRESS, OTHER_SUBJECT, twoCalls, WORD } from '../support/two-calls.ts';

let smtp: TestSmtp;
let test: TestApp;

beforeEach(async () => {
  smtp = await startSmtp();
  test = await open();
});

afterEach(async () => {
  await test.close();
  await smtp.close();
});

async function open(change: Parameters<typeof twoCalls>[0] = {}, env: Record<string, string> = {}): Promise<TestApp> {
  const app = await startApp({ env: { ...operatorOn(smtp.port), ...env }, calls: twoCalls(change) });
  const provenance = { source: 'its page', verifiedBy: 'Ana and Bea', verifiedAt: NOON, withdrawnAt: null };
  await app.app.store.recordCallAddresses([{ callId: OTHER, address: OTHER_ADDRESS, ...provenance }]);
  return app;
}

/** From the opened story to SEND, whatever the call asks. */
async function toSend(phone: ReturnType<TestApp['phone']>): Promise<void> {
  for (let said = 0; (await phone.session()).at.prompt !== 'publication'; said++) {
    if (said > 40) throw new Error(`stays at ${(await phone.session()).at.prompt}`);
    const { prompt } = (await phone.session()).at;
    await phone.says(prompt === 'story' || prompt === 'topics' ? 'next' : 'skip');
  }
  await phone.saysAll(['3', 'SEND']);
}

describe('a first message', () => {
  it.each([WORD, WORD.toLowerCase(), ` ${WORD}. `, OTHER])('begins the call whose word it is: %j', async (said) => {
    const mother = test.phone('mother');
    expect(await mother.asks(said)).toContain('This conversation is about: achpr 2019 rules.');
    expect((await mother.session()).call.id).toBe(OTHER);
    expect((await mother.session()).held.parts).toBe(0);
  });

  it.each(['hello', `${WORD} is what it says here`, 'emler'])('begins the default otherwise: %j', async (said) => {
    const mother = test.phone('mother');
    expect(await mother.asks(said)).toContain('about: Justice after police violence');
    expect((await mother.session()).call.id).toBe(CALL);
  });

  it.each(WHOLE_LANGUAGES)('is answered on the first line by nothing about the call, in %s', async (language) => {
    const mother = test.phone('mother', language);
    const read = await mother.asks(WORD);
    expect(read).toContain('achpr 2019 rules');
    expect(read.split('\n')[0]).not.toContain('achpr');
  });
});

describe('a text of one call', () => {
  it('goes to the address of its call, with its subject; a text of the other one to the other', async () => {
    const [mother, brother] = [test.phone('mother'), test.phone('brother')];
    await mother.saysAll([...TO_SEND, 'SEND']);
    await brother.saysAll([WORD, ...BEGIN.slice(1), STORY]);
    await toSend(brother);
    await test.app.settleMails();
    const mails = smtp.received.map(({ to, mail }) => ({ to, subject: mail.subject }));
    expect(mails).toEqual([
      { to: [RECIPIENT], subject: expect.not.stringContaining(OTHER_SUBJECT) as string },
      { to: [OTHER_ADDRESS], subject: expect.stringContaining(OTHER_SUBJECT) as string },
    ]);
  });

  it('can be followed by one for another call once it has left, with its own consent', async () => {
    const mother = test.phone('mother');
    await mother.saysAll([...TO_SEND, 'SEND']);
    await test.app.settleMails();
    const first = (await mother.session()).case;
    const read = await mother.asks(WORD);
    expect(read).toContain('What you sent before stays as it is.');
    expect(read).toContain('This conversation is about: achpr 2019 rules.');
    expect(await mother.session()).toMatchObject({ kept: false, adult: false, case: null, at: { prompt: 'hello' } });
    await mother.saysAll([...BEGIN.slice(1), STORY]);
    const second = await mother.session();
    expect([second.call.id, second.case === first]).toEqual([OTHER, false]);
    await toSend(mother);
    await test.app.settleMails();
    expect(smtp.received.map(({ to }) => to)).toEqual([[RECIPIENT], [OTHER_ADDRESS]]);
  });

  it('is withdrawn at its own body while one for another call is being written', async () => {
    const mother = test.phone('mother');
    await mother.saysAll([...TO_SEND, 'SEND']);
    await test.app.settleMails();
    await mother.saysAll([WORD, ...BEGIN.slice(1), STORY]);
    expect((await mother.session()).call.id).toBe(OTHER);
    expect(await mother.asks('withdraw')).toContain('What should we ask the UN?');
    expect(await mother.asks('1')).toContain('We would ask the UN to withdraw the text');
    expect(await mother.asks('WITHDRAW')).toContain('We’re asking the UN to withdraw');
    await test.app.settleMails();
    expect(smtp.received.map(({ to }) => to)).toEqual([[RECIPIENT], [RECIPIENT]]);
    expect(smtp.received[1]?.mail.subject).not.toContain(OTHER_SUBJECT);
    const told = await mother.asks('thank you');
    expect(told).toContain('The mail with your request to the UN has left.');
    expect((await mother.session()).call.id).toBe(OTHER);
  });

  it('begins with what was said before the yes, if the call changes before it', async () => {
    const mother = test.phone('mother');
    await mother.saysAll(['hello', 'They killed my brother in the month of March.']);
    await mother.says(WORD);
    expect(await mother.session()).toMatchObject({ call: { id: OTHER }, held: { parts: 1 } });
  });
});

describe('an organiser', () => {
  const GATHER = [...BEGIN.slice(1), '4', '1', 'girasol', 'girasol', 'Amina', 'english', '1'];

  it('who came for one call gathers for it, and hears what to do for another', async () => {
    const organiser = test.phone('organiser');
    await organiser.saysAll([WORD, ...GATHER, STORY, 'new']);
    const second = await organiser.session();
    expect([second.gathers, second.call.id, second.case]).toEqual(['case', OTHER, null]);
    await organiser.saysAll(['Carlos', 'english', '1', STORY]);
    const before = await organiser.session();
    expect(await organiser.asks(CALL)).toContain('Here you gather texts for another call: achpr 2019 rules.');
    const after = await organiser.session();
    expect([after.call, after.case, after.counts]).toEqual([before.call, before.case, before.counts]);
  });
});

describe('a call that ends', () => {
  it('cannot be begun from its last second on; its drafts go on being told', async () => {
    const mother = test.phone('mother');
    await mother.saysAll([WORD, ...BEGIN.slice(1), STORY]);
    test.now = new Date('2027-05-24T11:00:01.000Z');
    await test.phone('late').says(WORD);
    expect((await test.phone('late').session()).call.id).toBe(CALL);
    await mother.says('They came back in May.');
    expect(await mother.kept()).toEqual([STORY, 'They came back in May.']);
    expect((await mother.session()).call.id).toBe(OTHER);
  });

  it.each([
    [`${CALL},${OTHER}`, OTHER],
    [CALL, CALL],
  ])('can still be begun if CALL names it and late texts are taken: CALL=%s', async (named, begun) => {
    await test.close();
    test = await open({ status: 'closed' }, { CALL: named });
    const mother = test.phone('mother');
    await mother.says(WORD);
    expect((await mother.session()).call.id).toBe(begun);
  });
});

describe('the link of a call', () => {
  async function visitor(): Promise<Visitor> {
    const { port } = await test.app.listen();
    return new Visitor(`http://127.0.0.1:${port}`);
  }

  it.each([
    [CALL, 'about: Justice after police violence (UN, 2024).'],
    [OTHER, 'about: achpr 2019 rules.'],
  ])('begins %s', async (id, said) => {
    const mother = await visitor();
    expect((await mother.open(`/c/${id}`)).text).toContain(said);
    expect((await mother.open('/')).text.match(/This conversation is about/g)).toHaveLength(1);
  });

  it('has an honest page for a call that is not here or is over, and begins nothing', async () => {
    await test.close();
    test = await open({ status: 'closed' });
    const mother = await visitor();
    const unknown = await mother.open('/c/no-such-call');
    expect([unknown.status, unknown.text]).toEqual([404, expect.stringContaining('No such call here')]);
    const over = await mother.open(`/c/${OTHER}`);
    expect([over.status, over.text]).toEqual([404, expect.stringContaining('This call is over')]);
    expect(mother.cookie).toBeNull();
  });
});

it('says nothing about which call it is if only one is open', async () => {
  await test.close();
  test = await open({ status: 'closed' });
  const mother = test.phone('mother');
  expect(await mother.asks(WORD)).not.toContain('This conversation is about');
  expect((await mother.session()).call.id).toBe(CALL);
  await mother.saysAll([...BEGIN.slice(1), STORY, ...ON_TO_PUBLICATION]);
  expect((await mother.session()).at.prompt).toBe('publication');
});
