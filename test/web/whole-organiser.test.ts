// An organiser with five people in three languages, over the real web chat and a real mail server: one takes their text
// back before the end, one takes theirs over in a browser of their own and sends it from there.

import mammoth from 'mammoth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { operatorOn, until } from '../support/running-app.ts';
import { startSmtp, type ReceivedMail, type TestSmtp } from '../support/smtp.ts';
import { HAND_OVER, pageOf, WITHDRAWAL, type AtPage } from './at-page.ts';
import { openWhole, type WholeApp } from './whole-app.ts';

/** Invented people; every sentence is in one text only. */
const PEOPLE = {
  Amina: {
    tells: ['english'],
    story: 'They came at night with torches. Nobody told her where her brother was for two whole days.',
    readIn: '1',
    choice: ['1', 'PUBLISH'],
    first: 'The author agrees to full publication',
  },
  Carlos: {
    tells: ['spanish', 'spanish'],
    story: 'Vio el coche sin placas en la esquina. Pidió el expediente tres veces y nadie respondió.',
    readIn: '3',
    choice: ['3'],
    first: 'CONFIDEN',
  },
  Dina: {
    tells: ['portuguese', 'portuguese'],
    story: 'Ela foi à delegacia todas as manhãs. O guarda disse que não havia nenhuma queixa.',
    readIn: '4',
    choice: ['2'],
    first: 'PUBLI',
  },
  Edu: {
    tells: ['spanish', 'english'],
    story: 'He waited in front of the hospital until noon. A doctor whom he knew let him in.',
    readIn: '3',
    choice: ['3'],
    first: 'CONFIDENTIAL',
  },
  Flor: {
    tells: ['english'],
    story: 'She heard four shots behind the market. The street was closed until the evening.',
    readIn: '1',
    choice: ['3'],
    first: 'CONFIDENTIAL',
  },
} as const;
type Name = keyof typeof PEOPLE;
const NAMES = Object.keys(PEOPLE) as readonly Name[];
const sentencesOf = (name: Name) => PEOPLE[name].story.split(/(?<=\.) /u);

let smtp: TestSmtp;
let whole: WholeApp;
let organiser: AtPage;

beforeEach(async () => {
  smtp = await startSmtp();
  whole = await openWhole(operatorOn(smtp.port));
  organiser = await pageOf(whole, 'en');
  await organiser.saysAll(['1', '1', '1', '4', '1', 'girasol', 'girasol']);
});
afterEach(async () => {
  expect(whole.faults).toEqual([]);
  await whole.close();
  await smtp.close();
});

/** Yes, story; the first begins by itself. */
async function begins(name: Name): Promise<void> {
  const { tells, story } = PEOPLE[name];
  await organiser.saysAll([...(name === 'Amina' ? [] : ['new']), name, ...tells, '1', story]);
}

/** To the agreed text; the person's own code. */
async function agrees(name: Name): Promise<string> {
  const { choice, readIn } = PEOPLE[name];
  await organiser.saysAll(['next', 'next', 'skip all', 'next', 'skip all', '4', ...choice, 'R. M.', '1', readIn]);
  return WITHDRAWAL.exec(await organiser.asks('1'))?.[0] ?? '';
}

/** Everything that a mail says and carries, as its reader reads it. */
async function allOf({ mail }: ReceivedMail): Promise<string> {
  const words = mail.attachments.filter(({ filename }) => filename?.endsWith('.docx') === true);
  const read = words.map(async ({ content }) => {
    if (typeof content === 'string') throw new Error('the Word file came as text');
    return (await mammoth.extractRawText({ buffer: Buffer.from(new Uint8Array(content)) })).value;
  });
  const names = mail.attachments.map(({ filename }) => filename ?? '');
  return [mail.subject ?? '', mail.text ?? '', ...names, ...(await Promise.all(read))].join('\n');
}

/** Of the page with the list: what each row says. */
function rowsIn(page: string): readonly (readonly string[])[] {
  const rows = page.match(/<li>.*?<\/li>/gsu) ?? [];
  return rows.map((row) => [...row.matchAll(/<(?:bdi|p)[^>]*>([^<]*)</gu)].map(([, text = '']) => text.trim()));
}

function formIn(page: string): { readonly id: string; readonly keys: readonly string[] } {
  return {
    id: /name="id" value="([^"]+)"/u.exec(page)?.[1] ?? '',
    keys: [...page.matchAll(/name="open"\s+value="([^"]+)"/gu)].map(([, key = '']) => key),
  };
}

describe('an organiser with five people on the web', () => {
  it('sends each text as its own person chose, without one sentence of another', async () => {
    for (const name of ['Amina', 'Edu', 'Dina', 'Flor'] as const) {
      await begins(name);
      if (name !== 'Flor') {
        expect(await agrees(name), name).not.toBe('');
        await organiser.saysAll(['SEND', '2', 'cases']);
      }
    }
    const own = await agrees('Flor');
    await begins('Carlos');

    // Carlos gets his text by a code, in a browser of his own, changes it and sends it from there.
    await organiser.says('hand over');
    const code = HAND_OVER.exec(await organiser.asks('1'))?.[0] ?? '';
    const carlos = await pageOf(whole, 'es');
    await carlos.saysAll([code, '1', '1', '1']);
    await carlos.says('1');
    const his = 'Y mi hermana también lo vio desde la ventana.';
    await carlos.saysAll(['2', his]);
    for (const sentence of NAMES.filter((name) => name !== 'Carlos').flatMap(sentencesOf)) {
      expect(await carlos.reads()).not.toContain(sentence);
    }
    await carlos.saysAll(['siguiente', 'saltar', 'siguiente', 'saltar todo', 'siguiente', 'saltar todo', '4', '3']);
    await carlos.saysAll(['ENVIAR', '2']);

    // Flor takes hers back by herself.
    const flor = await pageOf(whole, 'en');
    await flor.saysAll([own, 'WITHDRAW']);
    await whole.app.conversation.recover();
    await until(() => smtp.received.length === 4);
    const list = await organiser.asks('cases');
    expect(list).toContain('A person has taken their text back');
    expect(list).toContain('Someone took over a text that you handed over.');
    expect(list).toMatch(/Amina: .*\n.*Edu: .*\n.*Dina: /u);
    expect(list).not.toMatch(/\*\d\* (?:Flor|Carlos)/u);

    const mails = await Promise.all(smtp.received.map(allOf));
    expect(mails.join('\n')).not.toContain('R. M.');
    expect(mails.join('\n')).not.toContain('girasol');
    for (const name of NAMES) {
      const with_ = mails.filter((mail) => sentencesOf(name).some((sentence) => mail.includes(sentence)));
      if (name === 'Flor') {
        expect(with_).toEqual([]);
        continue;
      }
      expect(with_, name).toHaveLength(1);
      const [mail = ''] = with_;
      for (const sentence of sentencesOf(name)) expect(mail).toContain(sentence);
      for (const other of NAMES.filter((one) => one !== name).flatMap(sentencesOf)) expect(mail).not.toContain(other);
      expect(mail).toContain(PEOPLE[name].first);
      expect(mail.includes(his)).toBe(name === 'Carlos');
      for (const label of NAMES) expect(mail, `${name}: ${label}`).not.toContain(label);
    }
  });

  it('asks for the own word after five quiet minutes, before a name or a text is shown', async () => {
    await begins('Amina');
    await begins('Dina');
    whole.later(4);
    expect(await organiser.asks('cases')).toContain('Amina');
    whole.later(6);
    const asked = await organiser.asks('cases');
    expect(asked).toContain('Please write your secret word first.');
    for (const name of ['Amina', 'Dina'] as const) {
      expect(asked).not.toContain(name);
      expect(await organiser.asks('tulip')).not.toContain(name);
    }
    expect(await organiser.asks('girasol')).toMatch(/Amina.*\n.*Dina/u);
  });

  it('has a page with the facts of the list, from which a text is opened as in the conversation', async () => {
    await begins('Amina');
    await agrees('Amina');
    await begins('Dina');
    expect((await organiser.asks('cases')).split('\n').slice(-2)).toEqual([
      '*1* Amina: 0 of 5 points, 17 words, read back and agreed',
      '*2* Dina: 0 of 5 points, 15 words, not read back yet, to come: the names, who may read it',
    ]);
    const page = await organiser.opens('/cases');
    expect(rowsIn(page)).toEqual([
      ['Amina', '0 of 5 points · 17 words · read back and agreed'],
      ['Dina', '0 of 5 points · 15 words · not read back yet', 'to come: the names, who may read it'],
    ]);
    expect(page).toContain('read back and agreed: 1 · not read back yet: 1');
    for (const name of ['Amina', 'Dina'] as const) {
      for (const sentence of sentencesOf(name)) expect(page).not.toContain(sentence);
    }
    const form = formIn(page);
    await organiser.sends('/cases', { id: form.id, open: 'nobody' });
    expect(await organiser.reads()).not.toContain('Now open:');
    await organiser.sends('/cases', { id: form.id, open: form.keys[1] ?? '' });
    expect(await organiser.reads()).toMatch(/Now open:\nDina/u);
    expect(await organiser.asks('O guarda riu dela na porta.')).toMatch(/Saved[^\n]*\nDina/u);
    // Out of the middle of a text, too.
    await organiser.sends('/cases', { id: formIn(await organiser.opens('/cases')).id, open: form.keys[0] ?? '' });
    expect(await organiser.reads()).toMatch(/Now open:\nAmina/u);
  });

  it('hides that page after five quiet minutes, until the own word was given in the conversation', async () => {
    await begins('Amina');
    const { id, keys } = formIn(await organiser.opens('/cases'));
    whole.later(4);
    expect(await organiser.opens('/cases')).toContain('Amina');
    whole.later(2);
    const isHidden = async () => {
      const page = await organiser.opens('/cases');
      expect(page).toContain('The list is hidden now.');
      expect(page).not.toContain('Amina');
      expect(page).not.toContain('words');
    };
    // It was looked at two minutes ago; written was nothing for six.
    await isHidden();
    await organiser.sends('/cases', { id, open: keys[0] ?? '' });
    expect(await organiser.reads()).not.toContain('Now open:');
    whole.later(6);
    await isHidden();
    expect(await organiser.reads()).toContain('Please write your secret word first.');
    await isHidden();
    await organiser.says('tulip');
    await isHidden();
    await organiser.says('girasol');
    expect(await organiser.opens('/cases')).toContain('Amina');
  });

  it('shows numbers on that page as long as there is no own word, and nothing to others', async () => {
    const other = await pageOf(whole, 'en');
    await other.saysAll(['1', '1', '1', '4', '1', 'skip', 'Amina', 'english', '1', 'He came home late.']);
    const page = await other.opens('/cases');
    expect(page).toContain('Only numbers are shown');
    expect(rowsIn(page).map(([name]) => name)).toEqual(['Person 1']);
    whole.later(6);
    expect(await other.opens('/cases')).toContain('The list is hidden now.');
    // Whoever writes for themselves is led to the conversation.
    const author = await pageOf(whole, 'en');
    await author.saysAll(['1', '1', '1', '1', 'He came home late.']);
    expect(await author.opens('/cases')).toContain('id="say"');
  });

  it.each(LANGUAGES)('shows that page in the language of the conversation: %s', async (language) => {
    await begins('Amina');
    const web = loadCatalogue('web')[language];
    const { standing, missing } = loadCatalogue('bot')[language].gathering;
    if (language !== 'en') await organiser.says(web.languageWord);
    const page = await organiser.opens('/cases');
    expect(page).toContain(`<html lang="${language}"`);
    expect(page).toContain(`<h1>${web.cases.heading}</h1>`);
    const [[name, facts = '', toCome = ''] = []] = rowsIn(page);
    expect(name).toBe('Amina');
    expect(facts).toContain(standing.open);
    expect(toCome).toContain(missing.publication);
  });

  it('asks for the own word once, in whichever text it was asked for', async () => {
    await begins('Amina');
    await begins('Dina');
    whole.later(6);
    expect(await organiser.reads()).toContain('Please write your secret word first.');
    await organiser.says('cases');
    await organiser.says('girasol');
    const opened = await organiser.asks('dina');
    expect(opened).toContain('Now open:\nDina');
    expect(opened).not.toContain('Please write your secret word first.');
    expect(await organiser.asks('O guarda riu dela na porta.')).toMatch(/Saved[^\n]*\nDina/u);
  });
});
