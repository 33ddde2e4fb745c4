// What counts as arrived: the server's silence, its word that comes late, and what waited under another clock than ours.

import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { parseSession, type Session } from '../../../src/dialog/engine/session.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriot, type Griot } from './griot.ts';

const MINUTE = 60_000;

let griot: Griot;
let ana: WhatsAppPerson;
let ours = 0;
let isMoving = false;
afterEach(() => griot.close());

/** Ana stands at the safety step, which has arrived. Our clock stands still unless it is moved. */
async function toSafety(wordMs?: number): Promise<void> {
  ours = Date.now();
  isMoving = false;
  griot = await openGriot({}, 0, {
    now: () => new Date(isMoving ? ours++ : ours),
    ...(wordMs === undefined ? {} : { wordMs }),
  });
  ana = await griot.person('ana');
  for (const [says, hears] of [
    ['hola', /Salir y borrar/u],
    ['1', /Mensajes que desaparecen/u],
  ] as const) {
    await ana.says(says);
    await ana.hears(hears);
    await griot.app().settle();
  }
  while (!(await hasArrived('safety'))) await delay(5);
}

async function anaHere(): Promise<string> {
  const address = { channel: 'whatsapp', account: ACCOUNT, address: `${ana.account.lid}@lid` };
  return (await griot.app().store.personAt(address))?.person ?? '';
}

const asking = async (prompt: string) => griot.app().store.newestAsking(await anaHere(), prompt);

const hasArrived = async (prompt: string) => typeof (await asking(prompt))?.arrivedAt === 'string';

const isMessage = ({ tag }: { readonly tag: string }) => tag === 'message';

const session = async (): Promise<Session> => parseSession(await griot.app().store.session(await anaHere()));

const wasSaid = async (words: RegExp): Promise<boolean> =>
  (await griot.app().store.transcript(await anaHere(), null)).some(({ text }) => words.test(text ?? ''));

/** It waits a moment for the next message of a burst. */
async function saysEarly(): Promise<void> {
  while (!(await wasSaid(/^Quizás escribió esto/u))) await delay(5);
  ours += MINUTE;
  await griot.app().settle();
}

describe('no harm 13: a question has arrived', () => {
  it('not with the silence of the server; with its word, however late', async () => {
    await toSafety(1);
    griot.server.pause(griot.account);
    await ana.says('1');
    while ((await asking('keep'))?.waits !== false) await delay(5);
    expect(await asking('keep')).toEqual({ waits: false, arrivedAt: null });
    ours += MINUTE;
    await ana.says('1');
    await saysEarly();
    expect(await session()).toMatchObject({ at: { prompt: 'keep' }, kept: false });

    griot.server.resume(griot.account);
    await ana.hears(/¿Podemos guardar/u);
    await ana.hears(/^Quizás escribió esto/u);
    await ana.hears(/\*1\*/u);
    while (!(await hasArrived('keep'))) await delay(5);
    await ana.says('1');
    await ana.hears(/Quién escribe/u);
    // The silence was no reason to send anything twice.
    const sent = ana.heard.map(({ id }) => id);
    expect(new Set(sent).size).toBe(sent.length);
  });

  it('with its word while the program stops', async () => {
    await toSafety();
    griot.server.pause(griot.account);
    const before = griot.server.seen.filter(isMessage).length;
    await ana.says('1');
    while (griot.server.seen.filter(isMessage).length < before + 2) await delay(5);
    const stopped = griot.stop();
    griot.server.resume(griot.account);
    await stopped;
    await ana.hears(/¿Podemos guardar/u);
    await griot.start();
    await ana.says('1');
    await ana.hears(/Quién escribe/u);
    expect(await wasSaid(/^Quizás escribió esto/u)).toBe(false);
  });

  it('with its word, though the answer comes right behind it', async () => {
    await toSafety();
    // Every look at the clock is later than the one before.
    isMoving = true;
    griot.server.keepWords(griot.account);
    await ana.says('1');
    await ana.hears(/¿Podemos guardar/u);
    await ana.says('1');
    await ana.hears(/Quién escribe/u);
    expect(await wasSaid(/^Quizás escribió esto/u)).toBe(false);
  });

  it.each([-60, 60])('though the clock of the server goes wrong by %i minutes', async (minutes) => {
    await toSafety();
    griot.server.clock = () => ours + minutes * MINUTE;
    await griot.stop();
    ours += MINUTE;
    // The first answers what she has; the second was written before its question was asked.
    await ana.says('1');
    await ana.says('1');
    ours += MINUTE;
    griot.server.holdBack(griot.account, 1);
    await griot.start();
    await ana.hears(/¿Podemos guardar/u);
    await griot.app().settle();
    expect(await asking('keep')).toMatchObject({ arrivedAt: new Date(ours).toISOString() });
    griot.server.letThrough(griot.account);
    await saysEarly();
    await ana.hears(/^Quizás escribió esto/u);
    expect(await session()).toMatchObject({ at: { prompt: 'keep' }, kept: false });
    await griot.app().settle();
    await ana.says('1');
    await ana.hears(/Quién escribe/u);
  });
});
