// People write while the bot is away; it comes back, and in the middle of what the server hands over the line is cut, the
// program stops, or the process is killed. Whatever their phones show with two ticks stands in their story.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { freeLease, isBackAfter, openGriot, toStory, until, type Griot } from './griot.ts';

const PROGRAM = fileURLToPath(new URL('griot-process.ts', import.meta.url));
const COUNT = 60;
/** Of the inbox, until what it has is in the story; a message that is lost never comes. */
const LOOKS = 1_500;

let griot: Griot;
let ana: WhatsAppPerson;
let round = 0;
let child: ChildProcess | null = null;

beforeAll(async () => {
  griot = await openGriot();
  ana = await griot.person('ana');
  await toStory(ana);
  await griot.app().settle();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await griot.close();
});

const device = () => {
  const [one] = griot.account.devices;
  if (one === undefined) throw new Error('not linked');
  return one;
};

/** She writes while nobody is there; the words, in order. */
async function writesWhileAway(): Promise<readonly string[]> {
  round += 1;
  const words = Array.from({ length: COUNT }, (_, at) => `Ronda ${round}, frase ${at + 1} de lo que pasó ese día.`);
  for (const one of words) await ana.says(one);
  await until(() => device().unconfirmed.length === COUNT);
  return words;
}

async function personOf(): Promise<string> {
  const { store } = griot.app();
  const known = await store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${ana.account.lid}@lid` });
  return known?.person ?? '';
}

async function parts(): Promise<readonly string[]> {
  const { store } = griot.app();
  const session = (await store.session(await personOf())) as { contribution: string };
  return (await store.parts(session.contribution)).map(({ text }) => text);
}

/** Once each, and in the order in which she wrote them. */
async function expectAll(words: readonly string[]): Promise<void> {
  await until(() => device().unconfirmed.length === 0);
  // Receipted and durable; the turns may still be under way.
  while ((await griot.app().store.whatsapp.waitingRaw(ACCOUNT)).length > 0) await setTimeout(5);
  await griot.app().settle();
  const kept = await parts();
  expect(kept.filter((text) => words.includes(text))).toEqual(words);
}

/** What has two ticks and stands nowhere: in no story, and in nothing that the next start takes. */
async function missing(words: readonly string[], waiting: number): Promise<readonly string[]> {
  const ticked = words.slice(0, COUNT - waiting);
  const raw = (await griot.app().store.whatsapp.waitingRaw(ACCOUNT)).map((one) => one.raw).join('\n');
  const lost = async () => {
    const kept = await parts();
    return ticked.filter((text) => !kept.includes(text) && !raw.includes(text));
  };
  // What the inbox has by now is not lost: its turns may still be under way, or not even have begun.
  for (let looks = 0; looks < LOOKS && (await lost()).length > 0; looks++) {
    await griot.app().conversation.settle(await personOf());
    await setTimeout(20);
  }
  return lost();
}

const TENTHS = [0, 10, 20, 30, 40, 50, 60];

describe('no harm 12: what has two ticks is kept', () => {
  it.each(TENTHS)('when the line is cut after %i of sixty', async (given) => {
    await griot.stop();
    const words = await writesWhileAway();
    griot.server.holdBack(griot.account, given);
    await griot.start();
    await until(() => device().unconfirmed.length === COUNT - given);
    await isBackAfter(griot, () => {
      device().drop();
      griot.server.letThrough(griot.account);
    });
    await expectAll(words);
  });

  it.each([20, 60])('when the line is cut while %i of sixty are on their way', async (given) => {
    await griot.stop();
    const words = await writesWhileAway();
    griot.server.holdBack(griot.account, given);
    await griot.start();
    // Somewhere in the middle: as soon as the first receipt is there.
    await until(() => given === 0 || device().unconfirmed.length < COUNT);
    device().drop();
    griot.server.letThrough(griot.account);
    await expectAll(words);
  });

  it.each(TENTHS)('when the program stops after %i of sixty', async (given) => {
    await griot.stop();
    const words = await writesWhileAway();
    griot.server.holdBack(griot.account, given);
    await griot.start();
    await until(() => device().unconfirmed.length === COUNT - given);
    await griot.stop();
    const waiting = device().unconfirmed.length;
    await griot.start();
    expect(await missing(words, waiting)).toEqual([]);
    griot.server.letThrough(griot.account);
    await expectAll(words);
  });

  it.each(TENTHS)('when the process is killed after %i of sixty', async (given) => {
    await griot.stop();
    const words = await writesWhileAway();
    griot.server.holdBack(griot.account, given);
    const process = await run();
    await until(() => device().unconfirmed.length <= COUNT - Math.max(given - 3, 0));
    await kill(process);
    const waiting = device().unconfirmed.length;
    await freeLease(griot);
    await griot.start();
    expect(await missing(words, waiting)).toEqual([]);
    griot.server.letThrough(griot.account);
    await expectAll(words);
  });
});

async function run(): Promise<ChildProcess> {
  const args = ['--disable-warning=ExperimentalWarning', PROGRAM, griot.dir, griot.server.url];
  const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  child = started;
  await new Promise<void>((resolve, reject) => {
    started.stdout.on('data', (data: Buffer) => data.includes('started') && resolve());
    started.once('exit', () => reject(new Error('ended before it started')));
  });
  return started;
}

async function kill(one: ChildProcess): Promise<void> {
  one.kill('SIGKILL');
  if (one.exitCode === null && one.signalCode === null) await once(one, 'exit');
}
