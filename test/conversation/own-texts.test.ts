// One person writes a text for each of two calls in one chat: whatever they do, no word of one text reaches the other.

import fc from 'fast-check';
import mammoth from 'mammoth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { expectSound } from '../support/expect-sound.ts';
import {
  BEGIN,
  CALL,
  NOON,
  ON_TO_PUBLICATION,
  operatorOn,
  type Phone,
  RECIPIENT,
  startApp,
  STORY,
  type TestApp,
  Visitor,
} from '../support/running-app.ts';
import { type ReceivedMail, startSmtp, type TestSmtp } from '../support/smtp.ts';
import { OTHER, OTHER_ADDRESS, twoCalls, WORD } from '../support/two-calls.ts';

const FIRST = 'Justice after police violence (UN, 2024)';
const SECOND = 'achpr 2019 rules';
const GREETING = { en: 'hello', fr: 'bonjour', es: 'hola', pt: 'bom dia' };
const OF_SECOND = 'The commission should hear my aunt. She waited for nine years.';

let smtp: TestSmtp;
let test: TestApp;

beforeEach(async () => {
  smtp = await startSmtp();
  test = await startApp({ env: operatorOn(smtp.port), calls: twoCalls() });
  const provenance = { source: 'its page', verifiedBy: 'Ana and Bea', verifiedAt: NOON, withdrawnAt: null };
  await test.app.store.recordCallAddresses([{ callId: OTHER, address: OTHER_ADDRESS, ...provenance }]);
});

afterEach(async () => {
  await expectSound(test.dir);
  await test.close();
  await smtp.close();
});

async function sessions(of: Phone): Promise<readonly Session[]> {
  const all = await test.app.store.sessions((await of.person()) ?? '');
  return all.map(({ session }) => parseSession(session));
}

async function textsOf(of: Phone, call: string): Promise<readonly string[]> {
  const contribution = (await sessions(of)).find((one) => one.call.id === call)?.contribution ?? null;
  const parts = contribution === null ? [] : await test.app.store.parts(contribution);
  return parts.map(({ text }) => text);
}

/** A story for each call; the second one is open. */
async function both(language: WholeLanguage = 'en'): Promise<Phone> {
  const mother = test.phone('mother', language);
  await mother.saysAll([GREETING[language], ...BEGIN.slice(1), STORY, WORD, ...BEGIN.slice(1), OF_SECOND]);
  return mother;
}

/** Of its Word file. */
async function wordsOf({ mail }: ReceivedMail): Promise<string> {
  const file = mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
  if (file === undefined || typeof file.content === 'string') throw new Error('a mail without its Word file');
  return (await mammoth.extractRawText({ buffer: Buffer.from(new Uint8Array(file.content)) })).value;
}

/** From the story to SEND, whatever the call asks. */
async function sends(phone: Phone): Promise<string> {
  for (let said = 0; (await phone.session()).at.prompt !== 'publication'; said++) {
    if (said > 40) throw new Error(`stays at ${(await phone.session()).at.prompt}`);
    const { prompt } = (await phone.session()).at;
    await phone.says(prompt === 'story' || prompt === 'topics' ? 'next' : 'skip');
  }
  await phone.says('3');
  return phone.asks('SEND');
}

describe('another call’s word in the middle of a text', () => {
  it.each(WHOLE_LANGUAGES)('begins a text for it; the other stays; the way back is said: %s', async (language) => {
    const { drafts } = loadCatalogue('bot')[language] as unknown as { drafts: Record<string, string> };
    const mother = test.phone('mother', language);
    await mother.saysAll([GREETING[language], ...BEGIN.slice(1), STORY]);
    const read = await mother.asks(WORD);
    const [neutral = '', told = ''] = (drafts['begun'] ?? '').split('\n');
    expect(read.split('\n')[0]).toBe(neutral);
    expect(read).toContain(told.slice(0, told.indexOf('{{')));
    expect(read).toContain(SECOND);
    expect(read).toContain(CALL);
    expect(await mother.session()).toMatchObject({ call: { id: OTHER }, kept: false, adult: false, counts: {} });
    expect(await textsOf(mother, CALL)).toEqual([STORY]);
    await mother.saysAll([...BEGIN.slice(1), OF_SECOND]);
    expect(await textsOf(mother, OTHER)).toEqual([OF_SECOND]);
    const back = await mother.asks(CALL);
    const [again = '', opened = ''] = (drafts['opened'] ?? '').split('\n');
    expect(back).toContain(`${again}\n${opened.slice(0, opened.indexOf('{{'))}`);
    await mother.says('They came back in May.');
    expect(await textsOf(mother, CALL)).toEqual([STORY, 'They came back in May.']);
    expect(await textsOf(mother, OTHER)).toEqual([OF_SECOND]);
  });

  it('gives each text its own case, consent and reference', async () => {
    const mother = await both();
    const [one, other] = await sessions(mother);
    expect(one?.case).not.toBe(other?.case);
    expect([one?.kept, other?.kept]).toEqual([true, true]);
    for (const session of [one, other]) {
      const given = await test.app.store.consents(session?.contribution ?? '');
      expect(given.filter(({ purpose }) => purpose === 'keep')).toHaveLength(1);
    }
    const { transcript, transcriptOfContribution } = test.app.store;
    const person = (await mother.person()) ?? '';
    expect((await transcript(person, null)).length).toBeGreaterThan(8);
    const told = (await transcriptOfContribution(person, other?.contribution ?? '')).map(({ text }) => text);
    const isSecond = other?.call.id === OTHER;
    expect(told).toContain(isSecond ? OF_SECOND : STORY);
    expect(told).not.toContain(isSecond ? STORY : OF_SECOND);
  });

  it('can be taken back by undo before anything is agreed to, and nothing is left of it', async () => {
    const mother = test.phone('mother');
    await mother.saysAll([...BEGIN, STORY, WORD]);
    expect(await mother.asks('undo')).toContain(`Open now: ${FIRST}`);
    expect(await sessions(mother)).toHaveLength(1);
    expect((await mother.session()).call.id).toBe(CALL);
    await mother.says('They came back in May.');
    expect(await mother.kept()).toEqual([STORY, 'They came back in May.']);
  });

  it('can be taken back by undo right after an old text was opened; later, undo is about what was written', async () => {
    const mother = await both();
    await mother.saysAll([CALL, 'undo']);
    expect((await mother.session()).call.id).toBe(OTHER);
    await mother.saysAll([CALL, 'They came back in May.', 'undo']);
    expect((await mother.session()).call.id).toBe(CALL);
    expect(await textsOf(mother, OTHER)).toEqual([OF_SECOND]);
  });

  it('keeps what was said before the second yes for that text', async () => {
    const mother = test.phone('mother');
    await mother.saysAll([...BEGIN, STORY, WORD, OF_SECOND, CALL]);
    expect(await mother.kept()).toEqual([STORY]);
    await mother.saysAll([WORD, ...BEGIN.slice(1)]);
    expect(await mother.session()).toMatchObject({ call: { id: OTHER }, held: { parts: 1 } });
  });

  it('a no to the second text keeps nothing of it, and erases nothing of the first', async () => {
    const mother = test.phone('mother');
    await mother.saysAll([...BEGIN, STORY, WORD, '1', '1']);
    expect(await mother.asks('3')).toContain('Your other texts stay as they are.');
    expect((await sessions(mother)).map(({ call }) => call.id)).toEqual([CALL]);
    expect(await mother.kept()).toEqual([STORY]);
  });

  it('is asked about once the word of one’s own is given, and says nothing of the other before', async () => {
    const mother = test.phone('mother');
    await mother.saysAll([...BEGIN, STORY, 'next', 'girasol', 'girasol']);
    test.later(60 * 24);
    await mother.says('hello');
    const read = await mother.asks(WORD);
    expect(read).toContain('secret word');
    expect(read).not.toContain(SECOND);
    expect(await mother.kept()).toEqual([STORY]);
  });

  it('said again in its own text is no testimony', async () => {
    const mother = await both();
    expect(await mother.asks(WORD)).toContain(`Open now: ${SECOND}`);
    expect(await mother.kept()).toEqual([OF_SECOND]);
  });
});

describe('the list of one’s own texts', () => {
  it.each(WHOLE_LANGUAGES)('names each with its words, and opens it by its number: %s', async (language) => {
    const mother = await both(language);
    const my = { en: 'my texts', fr: 'mes textes', es: 'mis textos', pt: 'meus textos' }[language];
    const list = await mother.asks(my);
    expect(list).toContain(SECOND);
    const lines = list.split('\n').filter((line) => /^\*?\d/u.test(line));
    expect(lines).toHaveLength(2);
    const second = lines.findIndex((line) => line.includes(SECOND));
    await mother.says(`${2 - second}`);
    expect((await mother.session()).call.id).toBe(CALL);
    await mother.saysAll([my, `${second + 1}`]);
    expect((await mother.session()).call.id).toBe(OTHER);
  });

  it('keeps no words that are written while no text is open, and goes back by its command', async () => {
    const mother = await both();
    await mother.says('my texts');
    expect(await mother.asks('They came back in May, at night.')).toContain('I haven’t kept that: no text is open.');
    await mother.says('back');
    expect((await mother.session()).call.id).toBe(OTHER);
    expect([await textsOf(mother, CALL), await textsOf(mother, OTHER)]).toEqual([[STORY], [OF_SECOND]]);
  });

  it('is nobody’s word before there are two texts', async () => {
    const mother = test.phone('mother');
    await mother.saysAll([...BEGIN, STORY, 'my texts were all burnt.']);
    expect(await sessions(mother)).toHaveLength(1);
  });

  it('review and progress name the text', async () => {
    const mother = await both();
    for (const command of ['review', 'progress']) expect(await mother.asks(command)).toContain(`about:\n${SECOND}`);
    await mother.says(CALL);
    expect(await mother.asks('progress')).toContain(`about:\n${FIRST}`);
  });
});

describe('each text goes its own way', () => {
  it('to the address of its own body, with its own words only', async () => {
    const mother = await both();
    await sends(mother);
    await mother.says(CALL);
    await sends(mother);
    await test.app.settleMails();
    expect(smtp.received.map(({ to }) => to)).toEqual([[OTHER_ADDRESS], [RECIPIENT]]);
    const [second, first] = await Promise.all(smtp.received.map(wordsOf));
    expect([second?.includes('nine years'), second?.includes('two days')]).toEqual([true, false]);
    expect([first?.includes('nine years'), first?.includes('two days')]).toEqual([false, true]);
    const references = (await sessions(mother)).map(({ reference }) => reference);
    expect(new Set(references).size).toBe(2);
  });

  it('what became of a text is told in the other one, by its name, and read in its own', async () => {
    const mother = await both();
    await sends(mother);
    await mother.says(CALL);
    await test.app.settleMails();
    const told = await mother.asks('They came back in May.');
    expect(told).toContain(`It’s the one for: ${SECOND}`);
    expect(await mother.kept()).toEqual([STORY, 'They came back in May.']);
    expect(await mother.asks('And in June.')).not.toContain('There’s news');
    expect(await mother.asks(WORD)).toContain('accepted it on 23 November 2026');
  });

  it('stop stops the text that is being sent, whichever is open, and says which', async () => {
    await test.close();
    test = await startApp({ env: { ...operatorOn(smtp.port), SEND_WINDOW_MINUTES: '30' }, calls: twoCalls() });
    const provenance = { source: 'its page', verifiedBy: 'Ana and Bea', verifiedAt: NOON, withdrawnAt: null };
    await test.app.store.recordCallAddresses([{ callId: OTHER, address: OTHER_ADDRESS, ...provenance }]);
    const mother = await both();
    await sends(mother);
    await mother.says(CALL);
    await sends(mother);
    const first = await mother.asks('stop');
    expect(first).toContain(`still being sent.\nIt’s the one for: ${SECOND}`);
    const second = await mother.asks('stop');
    expect(second).toContain(SECOND);
    test.later(60);
    await test.app.settleMails();
    expect(smtp.received).toEqual([]);
    expect(await textsOf(mother, OTHER)).toEqual([OF_SECOND]);
  });

  it('delete asks which, and destroys only that one', async () => {
    const mother = await both();
    const asked = await mother.asks('delete');
    expect(asked).toContain('What should be erased?');
    const lines = asked.split('\n').filter((line) => line.startsWith('*'));
    expect(lines).toHaveLength(3);
    const first = lines.findIndex((line) => line.includes(FIRST));
    expect(await mother.asks(`${first + 1}`)).toContain(`It’s the one for: ${FIRST}`);
    await mother.says('ERASE');
    expect((await sessions(mother)).map(({ call }) => call.id)).toEqual([OTHER]);
    await mother.says('1');
    expect(await mother.kept()).toEqual([OF_SECOND]);
    expect(await mother.asks('delete')).toContain('Erase everything?');
  });

  it('everything can be erased from any of them', async () => {
    const mother = await both();
    await mother.saysAll(['delete', '3', 'ERASE']);
    expect(await mother.person()).toBeNull();
  });

  it('withdraw asks which was meant, and asks that body only', async () => {
    const mother = await both();
    await sends(mother);
    await mother.says(CALL);
    await sends(mother);
    await test.app.settleMails();
    const which = await mother.asks('WITHDRAW');
    expect(which).toContain('There’s more than one text.');
    const lines = which.split('\n').filter((line) => line.startsWith('*'));
    const second = lines.findIndex((line) => line.includes(SECOND));
    await mother.saysAll([`${second + 1}`, '1', 'WITHDRAW']);
    await test.app.settleMails();
    expect(smtp.received.map(({ to }) => to)).toEqual([[OTHER_ADDRESS], [RECIPIENT], [OTHER_ADDRESS]]);
    await mother.says('hello');
    expect((await sessions(mother)).map(({ call }) => call.id)).toEqual([CALL]);
  });

  it('words of staff about one text are told by its name, and read in it', async () => {
    const mother = await both();
    const of = (await sessions(mother)).find(({ call }) => call.id === CALL);
    const reviewer = { id: 'staff-ana', role: 'reviewer' } as const;
    const to = { contribution: of?.contribution ?? '' };
    await test.app.store.reviews.say({ reviewer, to, text: 'Did you see the file?', at: test.now.toISOString() });
    await test.app.conversation.recover();
    const told = await mother.asks('She died in June.');
    expect(told).toContain(`It’s the one for: ${FIRST}`);
    expect(told).not.toContain('Did you see the file?');
    const read = await mother.asks(CALL);
    expect(read).toContain(FIRST);
    expect(read).toContain('Did you see the file?');
    expect([await textsOf(mother, CALL), await textsOf(mother, OTHER)]).toEqual([
      [STORY],
      [OF_SECOND, 'She died in June.'],
    ]);
  });

  it('a message that is edited or deleted belongs to its own text, whichever is open', async () => {
    const mother = test.phone('mother');
    await mother.saysAll(BEGIN);
    await mother.says(STORY, 'told');
    await mother.saysAll([WORD, ...BEGIN.slice(1), OF_SECOND]);
    await mother.hears({ kind: 'edit', target: 'told', text: 'They killed my brother in April.' });
    expect(await textsOf(mother, CALL)).toEqual(['They killed my brother in April.']);
    expect((await mother.session()).call.id).toBe(OTHER);
    expect(await textsOf(mother, OTHER)).toEqual([OF_SECOND]);
  });
});

it('after the open text was erased for its person, the others are listed, and nothing is written into one unasked', async () => {
  const mother = await both();
  await test.app.store.eraseCase((await mother.session()).case ?? '');
  const told = await mother.asks('They came back in May, at night.');
  expect(told).toContain('I haven’t kept that: no text is open.');
  expect(told).toContain(FIRST);
  expect(await textsOf(mother, CALL)).toEqual([STORY]);
  await mother.saysAll(['1', 'And in June.']);
  expect(await mother.kept()).toEqual([STORY, 'And in June.']);
  await test.app.store.eraseCase((await mother.session()).case ?? '');
  expect(await mother.asks('hello')).toContain('There’s no text of yours here now.');
  await mother.saysAll(['next', ...BEGIN.slice(1), STORY]);
  expect(await mother.kept()).toEqual([STORY]);
});

it('a text whose call is over is opened by its word, and told so', async () => {
  const mother = await both();
  await mother.says(CALL);
  test.now = new Date('2027-05-24T11:00:01.000Z');
  await mother.says('hello');
  expect(await mother.asks(WORD)).toContain(`Now open: ${SECOND}`);
  expect((await mother.session()).call.id).toBe(OTHER);
});

it('whoever writes for themselves does not gather for others in the same chat', async () => {
  const mother = test.phone('mother');
  await mother.saysAll([...BEGIN, STORY, WORD, ...BEGIN.slice(1)]);
  expect(await mother.asks('4')).toContain('begin in another chat or browser');
  expect((await mother.session()).gathers).toBeUndefined();
});

it('on the page, the link of another call opens a text for it, and the first link the first', async () => {
  const { port } = await test.app.listen();
  const mother = new Visitor(`http://127.0.0.1:${port}`);
  await mother.open(`/c/${CALL}`);
  for (const text of [...BEGIN.slice(1), STORY]) await mother.say(text);
  expect((await mother.open(`/c/${OTHER}`)).text).toContain(`The one you began stays as it is: ${FIRST}`);
  for (const text of [...BEGIN.slice(1), OF_SECOND]) await mother.say(text);
  expect((await mother.open(`/c/${CALL}`)).text).toContain(`Now open: ${FIRST}`);
  expect((await mother.say('They came back in May.')).text).toContain('They came back in May.');
});

it('a message that arrives twice opens, begins and adds once', async () => {
  const mother = test.phone('mother');
  await mother.saysAll([...BEGIN, STORY]);
  for (const id of ['a', 'a']) await mother.says(WORD, id);
  await mother.saysAll(BEGIN.slice(1));
  for (const id of ['b', 'b']) await mother.says(OF_SECOND, id);
  await test.reopen();
  for (const id of ['c', 'c', 'a', 'b']) await mother.says(id === 'c' ? CALL : 'again', id);
  expect(await sessions(mother)).toHaveLength(2);
  expect([await textsOf(mother, CALL), await textsOf(mother, OTHER)]).toEqual([[STORY], [OF_SECOND]]);
  expect((await mother.session()).call.id).toBe(CALL);
});

// — whatever the order —

const SENTENCE = /sentence\d+ was told to one body alone\./gu;
const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant('write' as const) },
  { weight: 4, arbitrary: fc.constantFrom(WORD, CALL) },
  { weight: 2, arbitrary: fc.constantFrom('my texts', '1', '2', 'undo', 'back', 'next') },
  { weight: 1, arbitrary: fc.constantFrom('delete', 'stop', 'WITHDRAW', 'ERASE', 'review', 'SEND', 'hello') },
  { weight: 1, arbitrary: fc.constantFrom('send' as const, 'restart' as const, 'twice' as const) },
);

/** In its text, transcript and mail: of the call that was open when it was told. */
async function expectApart(mother: Phone, told: ReadonlyMap<string, string>): Promise<void> {
  const person = await mother.person();
  for (const { call, contribution } of person === null ? [] : await sessions(mother)) {
    if (contribution === null) continue;
    const parts = (await test.app.store.parts(contribution)).map(({ text }) => text);
    const lines = await test.app.store.transcriptOfContribution(person ?? '', contribution);
    const said = [...parts, ...lines.map(({ text }) => text ?? '')].join('\n');
    for (const [sentence] of said.matchAll(SENTENCE)) expect(told.get(sentence), sentence).toBe(call.id);
  }
  for (const mail of smtp.received) {
    const of = mail.to.includes(RECIPIENT) ? CALL : OTHER;
    if (!mail.mail.attachments.some(({ filename }) => filename?.endsWith('.docx') === true)) continue;
    for (const [sentence] of (await wordsOf(mail)).matchAll(SENTENCE)) expect(told.get(sentence), sentence).toBe(of);
  }
}

it(
  'no sentence of one text ever reaches another, in any order, over restarts and repeats',
  { timeout: 240_000 },
  async () => {
    let kept = 0;
    let run = 0;
    const told = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 18 }), async (steps) => {
        const mother = test.phone(`mother${++run}`);
        let count = 0;
        const write = async (times: number) => {
          const person = await mother.person();
          const open = person === null ? null : await test.app.store.session(person);
          const sentence = `sentence${run}${String(++count).padStart(3, '0')} was told to one body alone.`;
          if (open !== null) told.set(sentence, parseSession(open).call.id);
          for (let time = 0; time < times; time += 1) await mother.says(sentence, `${run}/${count}`);
        };
        await mother.saysAll(BEGIN);
        await write(1);
        await mother.saysAll([WORD, ...BEGIN.slice(1)]);
        await write(1);
        for (const one of steps) {
          if (one === 'write') await write(1);
          else if (one === 'twice') await write(2);
          else if (one === 'restart') await test.reopen();
          else if (one === 'send') await mother.saysAll([...ON_TO_PUBLICATION, '3', 'SEND']);
          else await mother.says(one);
        }
        await test.app.settleMails();
        await expectApart(mother, told);
        expect(await mother.reads()).not.toContain('Something went wrong on our side.');
        kept += (await mother.person()) === null ? 0 : (await sessions(mother)).length;
      }),
      { numRuns: 8 },
    );
    expect(kept).toBeGreaterThan(0);
  },
);
