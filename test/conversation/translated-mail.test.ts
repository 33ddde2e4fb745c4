// A conversation in Kreyòl that ends in a French document: translated by a person at the desk, and by a service.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { docxParagraphs } from '../submission/read-back.ts';
import { operatorOn, type Phone, startApp, type TestApp, until } from '../support/running-app.ts';
import { startSmtp } from '../support/smtp.ts';

const FRENCH: Readonly<Record<string, string>> = {
  'Pitit gason m nan te gen 19 an. Yo pa janm di nou anyen.': 'Mon fils avait 19 ans. On ne nous a rien dit.',
  'Yo fèmen dosye a.': 'Ils ont fermé le dossier.',
};
const [STORY = '', TOPIC = ''] = Object.keys(FRENCH);
const STAFF = '2';
const SERVICE = '3';

/** What somebody hears from the beginning to the question how their readers get to understand it, and the choice. */
async function tells(phone: Phone, how: string): Promise<string> {
  await phone.saysAll(['bonjou', '1', '1', '1', STORY, 'next', 'skip', '3', TOPIC, 'next', 'next', 'skip all', '2']);
  expect((await phone.session()).at.prompt).toBe('translation');
  return phone.asks(how);
}

/** They agree, name nobody, and send. */
async function sends(phone: Phone): Promise<void> {
  await phone.saysAll(['1', 'next', 'skip all', '4', '3', 'VOYE']);
  expect((await phone.session()).mails).toHaveLength(1);
}

async function staffTranslate({ app }: TestApp): Promise<void> {
  const [asked] = await app.store.reviews.toTranslate();
  if (asked === undefined) throw new Error('nobody asks for a translation');
  const parts = (await app.store.parts(asked.contribution)).map(({ id, text }) => {
    return { id, of: text, text: FRENCH[text] ?? '' };
  });
  const given = {
    reviewer: { id: 'ana', role: 'reviewer' } as const,
    contribution: asked.contribution,
    at: '2026-11-23T13:00:00Z',
  };
  expect(await app.store.reviews.giveTranslation({ ...given, parts })).toEqual({ kind: 'done' });
  await app.conversation.recover();
}

test('a person and a service translate; the mail has the French text, and the own words are kept', async () => {
  const asked: unknown[] = [];
  const service = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const sent = JSON.parse(body) as { q: readonly string[] };
      asked.push(sent);
      response.end(JSON.stringify({ translatedText: sent.q.map((text) => FRENCH[text] ?? '') }));
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const smtp = await startSmtp();
  const griot = await startApp({
    env: {
      ...operatorOn(smtp.port),
      TRANSLATED_BY_STAFF: 'ht',
      TRANSLATE_URL: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
      TRANSLATE_KEY: 'a-key',
    },
  });
  const { staff } = griot.app.store;
  const ana = {
    name: 'Ana',
    email: 'ana@casa.example',
    role: 'reviewer',
    language: 'fr',
    signInBy: 'password',
  } as const;
  await staff.finishSetUp((await staff.addAccount(ana)) ?? '', 'JBSWY3DPEHPK3PXP', 0, []);

  const [one, other] = [griot.phone('+00 000 0111', 'ht'), griot.phone('+00 000 0112', 'ht')];
  expect(await tells(one, STAFF)).toContain('Casa Exemplo');
  expect(asked).toEqual([]);
  const before = griot.sent.length;
  await staffTranslate(griot);
  const line = (
    await one.reads(griot.sent.slice(0, before).filter(({ to }) => to === one.address.address).length)
  ).split('\n')[0];
  expect(line).toBe('Gen yon bagay ki pare pou ou isit la.');
  const shown = await one.asks('1');
  for (const [own, french] of Object.entries(FRENCH)) expect(shown).toContain(`${french}\n—\n${own}`);
  await sends(one);

  await tells(other, SERVICE);
  expect(asked).toMatchObject([{ q: [STORY, TOPIC], source: 'ht', target: 'fr', api_key: 'a-key' }]);
  await sends(other);

  await until(async () => {
    await griot.app.settleMails();
    return smtp.received.length === 2;
  });
  const by = ['L’organisation qui envoie le texte l’a traduit', 'Un programme a traduit le texte'];
  for (const [index, { mail }] of smtp.received.entries()) {
    const file = mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
    const paragraphs = (await docxParagraphs(new Uint8Array(file?.content as ArrayBuffer))).map(({ text }) => text);
    const text = paragraphs.join('\n');
    for (const [own, french] of Object.entries(FRENCH)) {
      expect(text).toContain(french);
      expect(text).not.toContain(own);
    }
    expect(text).toContain(by[index]);
  }
  for (const phone of [one, other]) {
    const { contribution } = await phone.session();
    const kept = await griot.app.store.parts(contribution ?? '');
    expect(kept.map(({ text, original }) => [original?.text, text])).toEqual(Object.entries(FRENCH));
  }
  await griot.close();
  await smtp.close();
  service.close();
});
