// What Meta refuses, and when: the 24 hours, limits of speed, a token that ran out. Nothing is lost, and the order stays.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CloudApp, openCloudApp } from '../../support/cloud-app.ts';
import { CloudPerson } from '../../support/graph-api/cloud-person.ts';
import { operatorOn, until } from '../../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';

let smtp: TestSmtp;
let cloud: CloudApp;
beforeAll(async () => {
  smtp = await startSmtp();
  cloud = await openCloudApp({ ...operatorOn(smtp.port), STAFF_EMAIL: 'staff@casa-exemplo.org' });
});
afterAll(async () => {
  await cloud.close();
  await smtp.close();
});
beforeEach(() => {
  cloud.graph.faults.length = 0;
});

const wordsOf = (person: CloudPerson) => person.heard.map((one) => CloudPerson.textOf(one));

/** Greeted; the next "1" is answered with her safety, the one after it with the question of keeping. */
async function begins(count: number): Promise<CloudPerson> {
  const person = cloud.person(count);
  await person.says('hola');
  await person.hears(/Salir y borrar/u);
  await cloud.settle();
  return person;
}

const timesOf = (person: CloudPerson, pattern: RegExp) => wordsOf(person).filter((text) => pattern.test(text)).length;

describe('after 24 hours', () => {
  it('an answer that an outage delayed is held, and told in its place with the next message', async () => {
    const person = await begins(1);
    cloud.graph.faults.push({ status: 429, code: 130_429 });
    await person.says('1');
    await cloud.settle();
    cloud.pass(25 * 60);
    await cloud.settle();
    expect(timesOf(person, /Quien tenga este teléfono/u)).toBe(0);
    await person.says('ayuda');
    await person.hears(/Quien tenga este teléfono/u);
    await cloud.settle();
    expect(person.heard.length).toBeGreaterThan(2);
    expect(cloud.graph.refused).toEqual([]);
  });

  it('it also waits if only Meta knows that the window is closed', async () => {
    const person = await begins(2);
    cloud.graph.faults.push({ status: 400, code: 131_047 });
    await person.says('1');
    await cloud.settle();
    cloud.pass(60);
    await cloud.settle();
    expect(timesOf(person, /Quien tenga este teléfono/u)).toBe(0);
    await person.says('ayuda');
    await person.hears(/Quien tenga este teléfono/u);
  });

  it('a message that Meta took and then refused is sent again, once the person has written', async () => {
    const person = await begins(3);
    await person.says('1');
    const sent = await person.hears(/Quien tenga este teléfono/u);
    await cloud.settle();
    await cloud.graph.deliver(cloud.graph.status(sent.id, 'failed', 131_047));
    await cloud.settle();
    expect(timesOf(person, /Quien tenga este teléfono/u)).toBe(1);
    await person.says('ayuda');
    await person.hears(/Quien tenga este teléfono/u);
  });
});

describe('with an approved template', () => {
  it('it goes once, without content, and the words follow the person’s own', async () => {
    const own = await openCloudApp({ WHATSAPP_CLOUD_TEMPLATE: 'there_is_news' });
    try {
      const person = own.person(1);
      await person.says('hola');
      await person.hears(/Salir y borrar/u);
      await own.settle();
      own.graph.faults.push({ status: 429, code: 130_429 });
      await person.says('1');
      await own.settle();
      own.pass(25 * 60);
      await own.settle();
      own.pass(60);
      await own.settle();
      const templates = person.heard.filter(({ type }) => type === 'template');
      expect(templates.map(({ message }) => message['template'])).toEqual([
        { name: 'there_is_news', language: { code: 'es' } },
      ]);
      expect(timesOf(person, /Quien tenga este teléfono/u)).toBe(0);
      await person.says('sí');
      await person.hears(/Quien tenga este teléfono/u);
    } finally {
      await own.close();
    }
  });
});

describe('a limit of speed', () => {
  it.each([
    [429, 130_429, 10],
    [400, 131_056, 11],
    [400, 80_007, 12],
    [500, 131_016, 13],
  ])('status %i, code %i: later, and in order', async (status, code, count) => {
    const person = await begins(count);
    cloud.graph.faults.push({ status, code });
    await person.says('1');
    await cloud.settle();
    await person.says('1');
    await cloud.settle();
    expect(timesOf(person, /Quien tenga este teléfono/u)).toBe(0);
    cloud.pass(1);
    await cloud.settle();
    await person.hears(/Quien tenga este teléfono/u);
    expect(person.heard.length).toBeGreaterThan(2);
  });
});

describe('a token that ran out', () => {
  it('is shown, staff are told once, and nothing is lost', async () => {
    const person = await begins(20);
    const mails = smtp.received.length;
    cloud.graph.tokenIsValid = false;
    await person.says('1');
    await cloud.settle();
    await until(async () => JSON.stringify(await cloud.health()).includes('"whatsapp-cloud":"cloud-token"'));
    await until(() => smtp.received.length > mails);
    cloud.pass(1);
    await cloud.settle();
    cloud.graph.tokenIsValid = true;
    cloud.pass(60);
    await cloud.settle();
    expect(await cloud.said(person)).toContain('1');
    await until(async () => JSON.stringify(await cloud.health()).includes('"whatsapp-cloud":"ready"'));
    expect(smtp.received).toHaveLength(mails + 1);
    expect(String(smtp.received.at(-1)?.mail.text)).toMatch(/WhatsApp/u);
  });
});

describe('a status', () => {
  it('counts as the latest, in whatever order they come, and one of nobody’s changes nothing', async () => {
    const person = await begins(30);
    const { whatsapp } = cloud.app().store;
    await whatsapp.noteSent('wamid.one', `${(await cloud.personId(person)) ?? ''}.1.0`, 0);
    const known = async () => (await whatsapp.statusesOf(`${(await cloud.personId(person)) ?? ''}.1.0`)).at(-1)?.status;
    for (const [status, then] of [
      ['delivered', 'delivered'],
      ['sent', 'delivered'],
      ['read', 'read'],
      ['failed', 'read'],
      ['delivered', 'read'],
    ] as const) {
      await cloud.graph.deliver(cloud.graph.status('wamid.one', status, status === 'failed' ? 131_026 : undefined));
      expect(await known()).toBe(then);
    }
  });

  it('of a message that can never arrive says that it was not heard', async () => {
    const person = await begins(31);
    await person.says('1');
    const sent = await person.hears(/Quien tenga este teléfono/u);
    await cloud.settle();
    await cloud.graph.deliver(cloud.graph.status(sent.id, 'failed', 131_026));
    expect(await cloud.app().store.isUnheard((await cloud.personId(person)) ?? '')).toBe(true);
  });
});

describe('an answer that got lost after Meta took the message', () => {
  it('costs one bubble twice at most, and no bubble is missing', async () => {
    const person = await begins(40);
    cloud.graph.faults.push({ status: 503, code: null, after: true });
    await person.says('1');
    await cloud.settle();
    cloud.pass(1);
    await cloud.settle();
    expect(timesOf(person, /^No soy tribunal/u)).toBe(2);
  });
});
