// The last minutes before a deadline: everybody writes at once, each a whole journey to SEND, and every mail must leave. The clock of the
// program is set by hand, from ten minutes before the deadline to half a minute before it; the waits are of this machine.

import { cpus } from 'node:os';
import * as running from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { figure, type Figure, percentile } from './figure.ts';

/** That of the call, as its body set it. */
const DEADLINE = Date.parse('2024-05-24T23:59:00+02:00');
const FIRST_MS = 10 * 60_000;
const LAST_MS = 30_000;
const PATIENCE_SECONDS = 3 * 3_600;
const SAID = [...running.TO_SEND, 'SEND', '2'];
/** For each processor, by default. */
const PEOPLE = 50;

export async function storm({ people = PEOPLE * cpus().length }: { people?: number } = {}): Promise<readonly Figure[]> {
  const smtp = await startSmtp();
  const env = running.operatorOn(smtp.port);
  const griot = await running.startApp({ env, now: new Date(DEADLINE - FIRST_MS) });
  try {
    const begun = performance.now();
    const waits = await tellAll(griot, people);
    const told = performance.now();
    await griot.app.settle();
    await running.until(() => smtp.received.length >= people, PATIENCE_SECONDS);
    const left = performance.now();
    await griot.app.settleMails();
    const seconds = (from: number, to: number) => (to - from) / 1000;
    return [
      figure(`a storm of ${people} people: the longest wait for an answer`, Math.max(...waits) / 1000, 's', null, {
        p50Seconds: percentile(waits, 50) / 1000,
        p99Seconds: percentile(waits, 99) / 1000,
        messagesPerSecond: waits.length / seconds(begun, told),
      }),
      figure('… from the first hello until the last mail left', seconds(begun, left), 's', null, {
        afterTheLastSend: seconds(told, left),
        people,
      }),
      ...(await lookForFaults(griot, smtp, people)),
    ];
  } finally {
    await griot.close();
    await smtp.close();
  }
}

/** Everybody says the next thing as soon as the last one is answered. Returns the milliseconds of all waits. */
async function tellAll(griot: running.TestApp, people: number): Promise<readonly number[]> {
  const waits: number[] = [];
  const one = async (phone: running.Phone) => {
    for (const text of SAID) {
      const done = waits.length / (people * SAID.length);
      griot.now = new Date(DEADLINE - FIRST_MS + done * (FIRST_MS - LAST_MS));
      const from = performance.now();
      await phone.says(text);
      waits.push(performance.now() - from);
    }
  };
  await Promise.all(phonesOf(griot, people).map(one));
  return waits;
}

function phonesOf(griot: running.TestApp, people: number): readonly running.Phone[] {
  return Array.from({ length: people }, (_, index) => griot.phone(`+00 ${index}`));
}

/** Everything that was said is kept once and in order, every answer was sent once, and everybody's mail left once, before the deadline. */
async function lookForFaults(
  griot: running.TestApp,
  { received }: TestSmtp,
  people: number,
): Promise<readonly Figure[]> {
  const none = { at: 'most', value: 0 } as const;
  const sent = Map.groupBy(griot.sent, ({ id }) => id);
  let [lost, unanswered, late] = [0, 0, 0];
  for (const phone of phonesOf(griot, people)) {
    const lines = await griot.app.store.transcript((await phone.person()) ?? '', null);
    const said = lines.filter(({ from }) => from === 'person').map(({ text }) => text);
    lost += said.join('\n') === SAID.join('\n') ? 0 : 1;
    unanswered += lines.filter(({ from, id }) => from === 'bot' && !sent.has(id)).length;
    const { outcome, leavesAt } = (await phone.session()).mails[0] ?? { outcome: null, leavesAt: '' };
    late += outcome === 'accepted' && Date.parse(leavesAt) <= DEADLINE ? 0 : 1;
  }
  const mails = new Set(received.map(({ mail }) => mail.messageId));
  return [
    figure('… people of whom something was lost, or in another order', lost, 'people', none),
    figure('… answers that were sent twice', griot.sent.length - sent.size, 'answers', none),
    figure('… answers that were not sent', unanswered, 'answers', none),
    figure('… mails that left twice', received.length - mails.size, 'mails', none),
    figure('… people whose mail did not leave in time', late, 'people', none),
  ];
}
