#!/usr/bin/env node
// The conformance table: what a webhook for the Cloud API answers, row by row, over HTTP. It knows nothing of the program
// behind it.
//
//     griot-graph-api --webhook http://127.0.0.1:3978/whatsapp/webhook --app-secret S --verify-token T [--port 8090] [--quiet 4000]
//
// `--quiet`: milliseconds without a request after which the program under test has said everything.
//
// The program under test sends to http://127.0.0.1:<port>/v24.0/ with the token `only-for-tests`.

import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CloudPerson } from './cloud-person.ts';
import { APP_SECRET, sign, startGraphApi, VERIFY_TOKEN } from './graph-api.ts';
import type { GraphApi } from './graph-shapes.ts';

export interface Subject {
  readonly graph: GraphApi;
  readonly webhook: URL;
  readonly appSecret: string;
  readonly verifyToken: string;
  /** Resolves when nothing more is sent. */
  readonly quiet: () => Promise<void>;
}

export interface Row {
  readonly name: string;
  /** Null: as it should be; else what was wrong. */
  readonly check: (subject: Subject) => Promise<string | null>;
}

let count = 0;

/** Somebody who has never written. */
function somebody({ graph }: Subject, hidden = false): CloudPerson {
  count += 1;
  return new CloudPerson(graph, {
    user: `MX.77${process.pid}${count}`,
    number: hidden ? null : `5215559${10_000 + count}`,
  });
}

async function ask({ webhook }: Subject, query: Readonly<Record<string, string>>) {
  const url = new URL(webhook);
  url.search = new URLSearchParams(query).toString();
  const answer = await fetch(url);
  return { status: answer.status, text: await answer.text() };
}

async function post({ webhook }: Subject, body: string, signature: string | null): Promise<number> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (signature !== null) headers.set('x-hub-signature-256', signature);
  return (await fetch(webhook, { method: 'POST', headers, body })).status;
}

const signed = (subject: Subject, body: unknown) => {
  const text = JSON.stringify(body);
  return post(subject, text, sign(text, subject.appSecret));
};

const is = (what: string, got: unknown, wanted: unknown) =>
  got === wanted ? null : `${what}: ${String(got)} in place of ${String(wanted)}`;

/** A body that is refused, from somebody to whom nothing may be sent afterwards. */
function refused(name: string, how: (subject: Subject, body: string) => Promise<number>): Row {
  return {
    name: `${name}: 401, and nothing runs`,
    async check(subject) {
      const person = somebody(subject);
      const status = await how(subject, JSON.stringify(person.webhook(person.text('hello'))));
      await subject.quiet();
      return is('status', status, 401) ?? is('messages', person.heard.length, 0);
    },
  };
}

/** A body that changes nothing, and must not end the subscription. */
function harmless(name: string, body: (person: CloudPerson, subject: Subject) => unknown): Row {
  return {
    name: `${name}: 200, and nobody is written to`,
    async check(subject) {
      const person = somebody(subject);
      const status = await signed(subject, body(person, subject));
      await subject.quiet();
      return is('status', status, 200) ?? is('messages', person.heard.length, 0);
    },
  };
}

/** A message that is answered, whatever the answer is. */
function answered(name: string, hidden: boolean, message: (person: CloudPerson) => object): Row {
  return {
    name: `${name}: 200, and an answer to whom it came from`,
    async check(subject) {
      const person = somebody(subject, hidden);
      const status = await signed(subject, message(person));
      await subject.quiet();
      return is('status', status, 200) ?? is('an answer', person.heard.length > 0, true);
    },
  };
}

const CHALLENGE = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444' };

export const ROWS: readonly Row[] = [
  {
    name: 'challenge with the right word: it is repeated',
    async check(subject) {
      const { status, text } = await ask(subject, { ...CHALLENGE, 'hub.verify_token': subject.verifyToken });
      return is('status', status, 200) ?? is('body', text, CHALLENGE['hub.challenge']);
    },
  },
  {
    name: 'challenge with a wrong word, or none: 403',
    async check(subject) {
      const wrong = await ask(subject, { ...CHALLENGE, 'hub.verify_token': 'another' });
      const none = await ask(subject, CHALLENGE);
      return is('wrong', wrong.status, 403) ?? is('none', none.status, 403);
    },
  },
  answered('signed body', false, (person) => person.webhook(person.text('hello'))),
  refused('no signature', (subject, body) => post(subject, body, null)),
  refused('signed with another secret', (subject, body) => post(subject, body, sign(body, 'another'))),
  refused('altered after it was signed', (subject, body) =>
    post(subject, body.replace('hello', 'hullo'), sign(body, subject.appSecret)),
  ),
  refused('the signature of nothing', (subject) => post(subject, '', sign('', 'another'))),
  refused('a signature of another kind', (subject, body) => post(subject, body, 'sha1=0123456789abcdef')),
  {
    name: 'the same message twenty times at once, and later: one answer',
    async check(subject) {
      const [once, often] = [somebody(subject), somebody(subject)];
      await signed(subject, once.webhook(once.text('hello')));
      const body = often.webhook(often.text('hello'));
      const statuses = await Promise.all(Array.from({ length: 20 }, () => signed(subject, body)));
      await subject.quiet();
      statuses.push(await signed(subject, body));
      await subject.quiet();
      const all = is('statuses', new Set(statuses).size === 1 && statuses[0] === 200, true);
      return all ?? is('messages', often.heard.length, once.heard.length);
    },
  },
  answered('ten messages in one batch', false, (person) =>
    person.webhook(...Array.from({ length: 10 }, (_, index) => person.text(`line ${index + 1}`))),
  ),
  answered('a business-scoped id without a number', true, (person) => person.webhook(person.text('hello'))),
  answered('a message that WhatsApp does not pass on', false, (person) =>
    person.webhook(
      person.message('unsupported', undefined, { errors: [{ code: 131_051, title: 'Message type unknown' }] }),
    ),
  ),
  answered('a type of message from the future', false, (person) => person.webhook(person.message('hologram', {}))),
  answered('a tap on a button that nobody drew', false, (person) =>
    person.webhook(
      person.message('interactive', { type: 'button_reply', button_reply: { id: 'nobody’s', title: 'Yes' } }),
    ),
  ),
  harmless('a status of a message that is not ours', (_, { graph }) => graph.status('wamid.unknown', 'delivered')),
  harmless('a reaction', (person) =>
    person.webhook(person.message('reaction', { message_id: 'wamid.unknown', emoji: '' })),
  ),
  harmless('another field', (_, { graph }) => graph.bodyOf({ event: 'APPROVED' }, 'message_template_status_update')),
  harmless('for another number', (person) =>
    JSON.parse(
      JSON.stringify(person.webhook(person.text('hello'))).replaceAll(
        /"phone_number_id":"\d+"/g,
        '"phone_number_id":"1"',
      ),
    ),
  ),
  harmless('a body of another shape', () => ({ object: 'page', entry: [] })),
  harmless('a message without a sender', (_, { graph }) =>
    graph.bodyOf({ messages: [{ id: 'wamid.nobody', timestamp: '1', type: 'text', text: { body: 'hello' } }] }),
  ),
  {
    name: 'every message keeps to the limits of the Cloud API',
    async check({ graph }) {
      return Promise.resolve(is('refused messages', graph.refused.join(', '), ''));
    },
  },
];

/** Resolves when nothing was sent for so long (milliseconds). */
export async function quietFor(graph: GraphApi, milliseconds: number): Promise<void> {
  for (let before = -1; before !== graph.asked.length;) {
    before = graph.asked.length;
    await delay(milliseconds);
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      webhook: { type: 'string' },
      'app-secret': { type: 'string', default: APP_SECRET },
      'verify-token': { type: 'string', default: VERIFY_TOKEN },
      port: { type: 'string', default: '8090' },
      quiet: { type: 'string', default: '4000' },
    },
  });
  if (values.webhook === undefined) throw new Error('--webhook is missing');
  const graph = await startGraphApi(Number(values.port));
  const { 'app-secret': appSecret, 'verify-token': verifyToken } = values;
  const quiet = () => quietFor(graph, Number(values.quiet));
  const subject = { graph, webhook: new URL(values.webhook), appSecret, verifyToken, quiet };
  let failed = 0;
  for (const { name, check } of ROWS) {
    const wrong = await check(subject).catch((error: unknown) => String(error));
    failed += wrong === null ? 0 : 1;
    console.log(wrong === null ? `ok      ${name}` : `FAILED  ${name} (${wrong})`);
  }
  await graph.close();
  process.exitCode = failed === 0 ? 0 : 1;
}
