// What the webhook answers, row by row, over HTTP: the table that others can run as well, and what only this program
// can be asked.

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDocx } from '../whatsapp/a-docx.ts';
import { type CloudApp, openCloudApp } from '../../support/cloud-app.ts';
import { CloudPerson } from '../../support/graph-api/cloud-person.ts';
import { ROWS, type Subject } from '../../support/graph-api/conformance.ts';
import { APP_SECRET, VERIFY_TOKEN } from '../../support/graph-api/graph-api.ts';
import type { StoredFile } from '../../support/graph-api/graph-shapes.ts';
import { until } from '../../support/running-app.ts';

let cloud: CloudApp;
beforeAll(async () => {
  cloud = await openCloudApp();
});
afterAll(() => cloud.close());

/** Everything that was stored was taken, and everything that is due was sent. */
async function quiet(): Promise<void> {
  const { store } = cloud.app();
  await until(async () => (await store.whatsapp.waitingRaw('whatsapp-cloud')).length === 0);
  await until(async () => (await store.peopleWaiting()).length === 0);
  await delay(60);
  await cloud.app().settle();
}

describe('the table for everybody', () => {
  it.each(ROWS)('$name', async ({ check }) => {
    const { graph } = cloud;
    if (graph.webhook === null) throw new Error('not started');
    const subject: Subject = {
      ...{ graph, webhook: graph.webhook, appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN },
      quiet,
    };
    expect(await check(subject)).toBeNull();
  });
});

const wordsOf = (person: CloudPerson) => person.heard.map((one) => CloudPerson.textOf(one));

describe('a batch', () => {
  it('of ten messages in any order is taken in the order of time', async () => {
    const person = cloud.person(20);
    const lines = Array.from({ length: 10 }, (_, index) => `renglón ${index + 1}`);
    const messages = lines.map((text, index) => person.text(text, { timestamp: String(1_700_000_000 + index) }));
    await cloud.graph.deliver(person.webhook(...messages.toReversed()));
    await quiet();
    expect(await cloud.said(person)).toEqual(lines);
  });

  it('that is larger than the limit: 413, and nothing runs', async () => {
    const person = cloud.person(21);
    expect(await cloud.graph.post(person.webhook(person.text('x'.repeat(3 * 1024 * 1024))))).toBe(413);
    expect(await cloud.personId(person)).toBeNull();
  });
});

describe('a message', () => {
  it('fault 14: twice, also after a restart, is one turn', async () => {
    const person = cloud.person(22);
    const body = person.webhook(person.text('hola'));
    await cloud.graph.deliver(body);
    await quiet();
    await cloud.stop();
    await cloud.start();
    await cloud.graph.deliver(body);
    await quiet();
    expect(await cloud.said(person)).toEqual(['hola']);
  });

  it('that WhatsApp did not pass on gets an honest word', async () => {
    const person = cloud.person(23);
    await person.sends(person.message('unsupported', undefined, { errors: [{ code: 131_051 }] }));
    await quiet();
    expect(wordsOf(person).join('\n')).toMatch(/Llegó algo que la mensajería no me pasó/u);
  });

  it('that was edited or deleted where WhatsApp says so changes what is kept', async () => {
    const person = cloud.person(24);
    await toStory(person);
    const id = await person.says('Fue un martes.');
    await person.hears(/^Guardado/u);
    await person.sends(
      person.message('edit', { original_message_id: id, message: { type: 'text', text: { body: 'Fue un jueves.' } } }),
    );
    await quiet();
    expect(await partsOf(person)).toEqual(['Fue un jueves.']);
    await person.sends(person.message('revoke', { original_message_id: id }));
    await quiet();
    expect(await partsOf(person)).toEqual([]);
  });
});

async function toStory(person: CloudPerson): Promise<void> {
  for (const [says, hears] of [
    ['hola', /Salir y borrar/u],
    ['1', /Quien tenga este teléfono/u],
    ['1', /¿Podemos guardar/u],
    ['1', /Quién escribe/u],
    ['soy la mamá', /./u],
  ] as const) {
    await person.says(says);
    await person.hears(hears);
    await quiet();
  }
}

async function partsOf(person: CloudPerson): Promise<readonly string[]> {
  const { contribution } = await cloud.session(person);
  return (await cloud.app().store.parts(contribution ?? '')).map(({ text }) => text);
}

describe('a person', () => {
  it('known by number, who comes with a business-scoped id, is one person', async () => {
    const known = new CloudPerson(cloud.graph, { user: null, number: '5215550100077' });
    await known.says('hola');
    await quiet();
    const now = new CloudPerson(cloud.graph, { user: 'MX.77', number: '5215550100077' });
    await now.says('1');
    await quiet();
    expect(await cloud.said(now)).toEqual(['hola', '1']);
    const hidden = new CloudPerson(cloud.graph, { user: 'MX.77', number: null });
    await hidden.says('1');
    await quiet();
    expect(await cloud.said(hidden)).toEqual(['hola', '1', '1']);
    expect(await cloud.personId(known)).toBe(await cloud.personId(hidden));
  });

  it('who changed her number goes on with the new one; the old one leads to nobody', async () => {
    const before = new CloudPerson(cloud.graph, { user: 'MX.88', number: '5215550100088' });
    await before.says('hola');
    await quiet();
    const id = await cloud.personId(before);
    await before.sends(before.message('system', { type: 'user_changed_number', wa_id: '5215550100089', body: 'x' }));
    await quiet();
    expect(await cloud.personId(before)).toBeNull();
    const after = new CloudPerson(cloud.graph, { user: 'MX.89', number: '5215550100089' });
    await after.says('1');
    await quiet();
    expect(await cloud.personId(after)).toBe(id);
    expect(await cloud.said(after)).toEqual(['hola', '1']);
  });

  it('to whom ids go in another field than expected is written to all the same', async () => {
    const hidden = new CloudPerson(cloud.graph, { user: 'MX.99', number: null });
    cloud.graph.userField = 'to';
    try {
      await hidden.says('hola');
      await hidden.hears(/Salir y borrar|Leave and erase/u);
    } finally {
      cloud.graph.userField = 'recipient';
    }
  });
});

describe('a tap', () => {
  it('is an answer; the same one later is not', async () => {
    const person = cloud.person(30);
    await person.says('hola');
    const hello = await person.hears(/Salir y borrar/u);
    await quiet();
    await person.taps(hello, 1);
    await person.hears(/Quien tenga este teléfono/u);
    await quiet();
    const before = (await cloud.session(person)).at.prompt;
    await person.taps(hello, 4);
    await quiet();
    expect((await cloud.session(person)).at.prompt).toBe(before);
    const again = person.heard.at(-1);
    if (again === undefined) throw new Error('nothing was asked again');
    await person.taps(again, 1);
    await person.hears(/¿Podemos guardar/u);
  });
});

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const bytes = aDocx('El expediente tiene un número equivocado.');
const file = (lies: StoredFile['lies'] = {}): StoredFile => ({ bytes, type: DOCX, name: 'carta.docx', lies });

describe('a file', () => {
  it('that is right is read', async () => {
    const person = cloud.person(40);
    await toStory(person);
    await person.sendsFile('document', file(), { filename: 'carta.docx', caption: 'Mi carta.' });
    await person.hears(/El expediente tiene un número equivocado/u);
    await quiet();
    expect(await cloud.said(person)).toContain('Mi carta.');
  });

  it.each([
    ['of another host', file({ url: 'http://127.0.0.1:9/files/x' }), /No puedo usar este archivo/u],
    ['that redirects', file({ location: 'http://127.0.0.1:9/' }), /No puedo usar este archivo/u],
    ['that is not there', file({ status: 404 }), /No puedo usar este archivo/u],
    ['that was changed on the way', file({ sha256: '0'.repeat(64) }), /No puedo usar este archivo/u],
    ['that says it is too large', file({ size: 6 * 1024 * 1024 }), /demasiado grande/u],
    ['that lies about its size', { ...file({ size: 10 }), bytes: Buffer.alloc(6 * 1024 * 1024) }, /demasiado grande/u],
    ['that lies about its type', { ...file(), bytes: Buffer.from('%PDF-1.7 x') }, /PDF/u],
  ] as const)('%s gets an honest word, and nothing is kept', async (_, given, word) => {
    const person = cloud.person(41);
    await person.sendsFile('document', given, { filename: 'carta.docx' });
    await person.hears(word);
    await quiet();
    expect(cloud.logged.join('')).not.toContain('carta');
  });

  it('of which Meta knows nothing gets an honest word', async () => {
    const person = cloud.person(42);
    await person.sends(person.message('document', { id: '404', filename: 'x.docx', mime_type: DOCX }));
    await person.hears(/No puedo usar este archivo/u);
  });
});
