// Griot as a process of its own, to be killed: node cloud-process.ts DATA_DIR GRAPH [STEP [SETTINGS]]

import { openApp } from '../../../src/app.ts';
import { Incoming } from '../../../src/channels/whatsapp-cloud/incoming.ts';
import { readConfig } from '../../../src/config/config.ts';
import { Conversation } from '../../../src/conversation/conversation.ts';
import { DEADLINES } from '../../../src/deadlines.ts';
import { openLog } from '../../../src/log.ts';
import { CLOUD_ENV } from '../../support/cloud-app.ts';
import { twoCalls } from '../../support/two-calls.ts';

const [dir = '', graph = '', step = '', settings] = process.argv.slice(2);
const base = new URL(graph);
const die = () => process.kill(process.pid, 'SIGKILL') as never;

/** At the `count`th time. */
function atThe(count: number, then: () => never): () => void {
  let times = 0;
  return () => {
    times += 1;
    if (times === count) then();
  };
}

const keep = Reflect.get(Incoming.prototype, 'take');
const drop = Reflect.get(Incoming.prototype, 'drop');
const post = globalThis.fetch;
const isMessage = (url: unknown) => String(url instanceof URL ? url.href : url).endsWith('/messages');
const [name = '', number = '1'] = step.split('-');
let deadlines = DEADLINES;
const now = atThe(Number(number), die);
switch (name) {
  case 'keep':
    Incoming.prototype.take = () => die();
    break;
  case 'kept':
    Incoming.prototype.take = async function (messages) {
      await keep.call(this, messages);
      die();
    };
    break;
  case 'turn': {
    const original = Reflect.get(Conversation.prototype, 'take');
    Conversation.prototype.take = function (incoming) {
      now();
      return original.call(this, incoming);
    };
    break;
  }
  case 'drop':
    Incoming.prototype.drop = function (id) {
      now();
      return drop.call(this, id);
    };
    break;
  case 'send':
    globalThis.fetch = (url, init) => {
      if (isMessage(url)) now();
      return post(url, init);
    };
    break;
  case 'sent':
    globalThis.fetch = async (url, init) => {
      const answer = await post(url, init);
      if (isMessage(url)) now();
      return answer;
    };
    break;
  case 'uploads':
    // They may hang for as long as the test lasts, and no text waits for them.
    deadlines = { ...DEADLINES, bubble: 10 * 60_000, rest: 20 };
    break;
  default:
}

const more = settings === undefined ? {} : (JSON.parse(settings) as Record<string, string>);
const app = await openApp({
  ...readConfig({ DATA_DIR: dir, PORT: '0', ...CLOUD_ENV, ...more }),
  ...(settings === undefined ? {} : { calls: twoCalls() }),
  log: openLog('trace'),
  deadlines,
  cloud: { place: { base, isMedia: ({ origin }) => origin === base.origin }, gathers: 50 },
});
const { port } = await app.listen();
console.log(`started ${port}`);
