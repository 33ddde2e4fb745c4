// How long people wait on WhatsApp who say "hola" at once: to the first message, and to the question that they can answer. Over
// Baileys and over the Cloud API, at the pace of a real account, against the servers for tests.

import { CloudPerson } from '../support/graph-api/cloud-person.ts';
import { startGraphApi } from '../support/graph-api/graph-api.ts';
import type { GraphApi } from '../support/graph-api/graph-shapes.ts';
import type { Account } from '../support/whatsapp-server/account.ts';
import { openPerson, type WhatsAppPerson } from '../support/whatsapp-server/whatsapp-person.ts';
import { WhatsAppServer } from '../support/whatsapp-server/whatsapp-server.ts';
import { ended, forkChild, portOf } from './child.ts';
import { type Aim, figure, type Figure, median, percentile } from './figure.ts';

const PATIENCE_S = 1_800;
/** Devices that are linked at once, before anything is measured. */
const LINKED_AT_ONCE = 8;
const QUESTION = /Salir y borrar/u;

interface Crowd {
  readonly people: number;
  /** Seconds. */
  readonly most: { readonly baileys: number; readonly cloud: number };
}

export async function whatsapp({ crowds }: { crowds: readonly Crowd[] }): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { people, most } of crowds) {
    const server = await WhatsAppServer.start();
    const graph = await startGraphApi();
    const account = server.account('15550100000', '900000000000');
    const child = forkChild('./whatsapp-child.ts', [server.url, graph.base.href]);
    try {
      const port = await portOf(child, (qr) => server.scan(account, qr));
      graph.webhook = new URL(`http://127.0.0.1:${port}/whatsapp/webhook`);
      figures.push(...figuresOf('Baileys', people, most.baileys, await overBaileys(server, account, people)));
      figures.push(...figuresOf('the Cloud API', people, most.cloud, await overTheCloud(graph, people)));
    } finally {
      await ended(child);
      await server.close();
      await graph.close();
    }
  }
  return figures;
}

interface Waited {
  /** Milliseconds. */
  readonly first: number;
  readonly question: number;
}

function figuresOf(way: string, people: number, most: number, waited: readonly Waited[]): readonly Figure[] {
  const name = `${people} people at once over ${way}`;
  const questions = waited.map(({ question }) => question / 1000);
  const aim: Aim = { at: 'most', value: most };
  const firsts = waited.map(({ first }) => first / 1000);
  return [
    figure(`${name}: to the question, p95`, percentile(questions, 95), 's', aim, {
      p50: median(questions),
      longest: Math.max(...questions),
      firstP50: median(firsts),
      firstP95: percentile(firsts, 95),
    }),
  ];
}

async function overBaileys(server: WhatsAppServer, account: Account, count: number): Promise<readonly Waited[]> {
  const people: WhatsAppPerson[] = [];
  const accounts = Array.from({ length: count }, (_, i) =>
    server.account(`5215559${10_000 + i}`, `9100000${10_000 + i}`),
  );
  while (people.length < count) {
    const next = accounts.slice(people.length, people.length + LINKED_AT_ONCE);
    people.push(...(await Promise.all(next.map((one) => openPerson(server, one, account)))));
  }
  try {
    return await Promise.all(people.map(waitOf));
  } finally {
    for (const person of people) person.close();
  }
}

async function overTheCloud(graph: GraphApi, count: number): Promise<readonly Waited[]> {
  const people = Array.from(
    { length: count },
    (_, i) => new CloudPerson(graph, { user: `MX.${70_000 + i}`, number: `5215558${10_000 + i}` }),
  );
  return Promise.all(people.map(waitOf));
}

/** From "hola" to the first bubble, and to the question that can be answered. */
async function waitOf(person: WhatsAppPerson | CloudPerson): Promise<Waited> {
  const begun = performance.now();
  await person.says('hola');
  await first(() => person.heard.length > 0);
  const heard = performance.now() - begun;
  await person.hears(QUESTION, PATIENCE_S);
  return { first: heard, question: performance.now() - begun };
}

async function first(isSo: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_S * 1000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('nothing was heard');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
