// kill -9 at every step of a batch: each message is taken once, in order, and answered; no word, number or key is printed.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { withRendered } from '../../../src/channels/render.ts';
import { type CloudApp, openCloudApp } from '../../support/cloud-app.ts';
import { TOKEN } from '../../support/graph-api/graph-api.ts';
import { startCloudProcess } from './start-cloud-process.ts';

let cloud: CloudApp;

beforeAll(async () => {
  cloud = await openCloudApp();
});
afterAll(async () => {
  await cloud.close();
});

const STEPS = ['keep', 'kept', 'turn-1', 'turn-2', 'turn-3', 'drop-1', 'drop-3', 'send-1', 'sent-1'] as const;

/** Before the first answer leaves; at the others one may be on its way. */
const SENDS_NOTHING: ReadonlySet<string> = new Set(['keep', 'kept', 'turn-1', 'send-1']);

it.each(STEPS)('fault 1: kill -9 at %s: nothing is lost, nothing is taken twice', async (step) => {
  const person = cloud.person(50 + STEPS.indexOf(step));
  const lines = [1, 2, 3].map((index) => `renglón ${index} de ${step}`);
  await cloud.stop();
  const doomed = await startCloudProcess(cloud, { step });
  const messages = lines.map((text, index) => person.text(text, { timestamp: String(1_700_000_000 + index) }));
  const delivering = cloud.graph.deliver(person.webhook(...messages.toReversed()));
  await doomed.ended;
  await cloud.start();
  await delivering;
  await person.hears(/Salir y borrar|Leave and erase/u);
  await cloud.settle();
  expect(await cloud.said(person)).toEqual(lines);
  const known = (await cloud.personId(person)) ?? '';
  const replies = withRendered(await cloud.app().store.transcript(known, null));
  const bubbles = replies.flatMap(({ rendered }) => rendered?.bubbles ?? []).length;
  // Meta had taken one message at most of which nothing was noted.
  const twice = person.heard.length - bubbles;
  if (step.startsWith('sent')) expect(twice).toBe(1);
  else if (SENDS_NOTHING.has(step)) expect(twice).toBe(0);
  else expect([0, 1]).toContain(twice);
  for (const secret of ['renglón', person.number ?? '', person.user ?? '', TOKEN])
    expect(doomed.printed()).not.toContain(secret);
});
