// Two processes on one PostgreSQL and people on Teams who write to either, while one of the two is killed, frozen or stopped and started
// again, at random. `npm run -s kills -- 200` does it with 50 people; many-processes.test.ts a few times in every run.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { parseActivity } from '../../src/channels/teams/activity.ts';
import { addressOf } from '../../src/channels/teams/address.ts';
import { buildActivities } from '../../src/channels/teams/teams-channel.ts';
import type { Address } from '../../src/channels/channel.ts';
import { parseRendered } from '../../src/channels/render.ts';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { hashAddress } from '../../src/store/encryption/keys.ts';
import { lookInto } from '../support/invariants.ts';
import type { TempPostgres } from '../support/postgres.ts';
import * as running from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { startTeamsNetwork, type TestNetwork } from '../support/teams-network.ts';
import { keysOfMaster } from '../../src/vault/seal.ts';

export interface KillsOptions {
  readonly postgres: TempPostgres;
  readonly kills: number;
  readonly people: number;
  readonly seed: number;
  /** How long a process is frozen. */
  readonly freezeMs: number;
  readonly say?: (line: string) => void;
}

export interface KillsFound {
  /** `forced`: stopped, and ended by itself only after its 28 seconds. */
  readonly done: Readonly<Record<'killed' | 'frozen' | 'stopped' | 'forced', number>>;
  readonly messages: number;
  readonly replies: number;
  /** Replies that came twice. */
  readonly doubled: number;
  /** Most of them to one person. */
  readonly doubledToOne: number;
  readonly mails: number;
  /** Mails that came twice, each with the same bytes. */
  readonly mailsTwice: number;
  /** Everything that must not be; empty if all is well. */
  readonly faults: readonly string[];
}

/** Messages of nine words, of 2,500 that the call allows. */
const MOST_TOLD = 200;

interface Killed {
  readonly done: { killed: number; frozen: number; stopped: number; forced: number };
  readonly urls: () => readonly string[];
  readonly left: () => number;
  readonly over: Promise<void>;
  /** Stops both, cleanly. */
  end(): Promise<void>;
}

export async function killAtRandom(options: KillsOptions): Promise<KillsFound> {
  const dir = mkdtempSync(join(tmpdir(), 'griot-kills-'));
  const [smtp, net] = [await startSmtp(), await startTeamsNetwork()];
  const env = {
    DATA_DIR: dir,
    MASTER_KEY: running.MASTER_KEY,
    DATABASE_URL: await options.postgres.newDatabase(),
    TEAMS_LOCAL_WITHOUT_SIGN_IN: 'true',
    ...running.operatorOn(smtp.port),
  };
  const db = new pg.Pool({ connectionString: env.DATABASE_URL, max: 5 });
  // A test that comes to no end leaves its connections to a server that is stopped: that is another fault than the one to be told.
  db.on('error', () => undefined);
  try {
    await running.verifyAddress(env);
    const random = running.seeded(options.seed);
    const killed = await keepKilling(env, options, random);
    const people = Array.from({ length: options.people }, (_, i) => new Person(`p${i}`, net, db, killed.urls));
    await Promise.all(people.map((person) => person.tells(killed, Math.floor(random() * options.kills), random)));
    await killed.over;
    await running.until(() => smtp.received.length >= options.people, 600);
    await killed.end();
    return await examine(env, people, { smtp, net, done: killed.done });
  } finally {
    await db.end();
    await Promise.all([smtp.close(), net.close()]);
    rmSync(dir, { recursive: true, force: true });
  }
}

async function keepKilling(env: Record<string, string>, options: KillsOptions, random: () => number): Promise<Killed> {
  const processes = [await running.startProcess(env), await running.startProcess(env)];
  const done = { killed: 0, frozen: 0, stopped: 0, forced: 0 };
  let left = options.kills;
  const one = async (): Promise<void> => {
    const place = random() < 0.5 ? 0 : 1;
    const griot = processes[place];
    const how = random();
    if (how < 0.4) {
      await griot?.kill();
      done.killed += 1;
    } else if (how < 0.7) {
      griot?.child.kill('SIGSTOP');
      await wait(options.freezeMs);
      griot?.child.kill('SIGCONT');
      done.frozen += 1;
      return;
    } else {
      const code = await griot?.stop();
      done[code === 0 ? 'stopped' : 'forced'] += 1;
    }
    processes[place] = await running.startProcess(env);
  };
  const all = async (): Promise<void> => {
    try {
      for (; left > 0; left--) {
        await wait(200 + random() * 1_500);
        await one();
        options.say?.(`${left - 1} left: ${JSON.stringify(done)}`);
      }
    } finally {
      // Whatever fails, the people come to their end.
      left = 0;
    }
    // Everything that was frozen or left is taken over by then.
    await wait(1_000);
  };
  const end = async (): Promise<void> => {
    for (const griot of processes) {
      done[(await griot.stop()) === 0 ? 'stopped' : 'forced'] += 1;
    }
  };
  const over = all();
  over.catch(() => undefined);
  return { done, urls: () => processes.map(({ url }) => url), left: () => left, over, end };
}

class Person {
  readonly name: string;
  readonly said: string[] = [];
  readonly #net: TestNetwork;
  readonly #db: pg.Pool;
  readonly #urls: () => readonly string[];

  constructor(name: string, net: TestNetwork, db: pg.Pool, urls: () => readonly string[]) {
    this.name = name;
    this.#net = net;
    this.#db = db;
    this.#urls = urls;
  }

  /** Tells as long as more than `until` kills are left, and sends then. */
  async tells(killed: Killed, until: number, random: () => number): Promise<void> {
    for (const text of running.BEGIN) await this.#says(text, random);
    do {
      // Who has told all that fits waits for the end: over the limit nothing can be sent.
      if (this.said.length > MOST_TOLD) await wait(1_000);
      else await this.#says(`What happened on day ${this.said.length} they never wrote down.`, random);
    } while (killed.left() > until);
    for (const text of [...running.ON_TO_PUBLICATION, '3', 'SEND']) await this.#says(text, random);
  }

  activity(id = this.said.length): Record<string, unknown> {
    return {
      ...{ type: 'message', id: `${this.name}-${id}`, channelId: 'msteams', serviceUrl: this.#net.origin },
      from: { id: `29:${this.name}`, aadObjectId: `aad-${this.name}` },
      recipient: { id: '28:griot' },
      conversation: { id: this.name, conversationType: 'personal', tenantId: 'tenant' },
      ...{ locale: 'en', text: this.said[id - 1] ?? '', textFormat: 'plain' },
    };
  }

  /** Again at the other one until one has it, as Teams does; then until it is answered and the answer has arrived. */
  async #says(text: string, random: () => number): Promise<void> {
    this.said.push(text);
    const body = JSON.stringify(this.activity());
    for (let place = random() < 0.5 ? 0 : 1; ; place++) {
      const url = `${this.#urls()[place % 2] ?? ''}/api/messages`;
      const signal = AbortSignal.timeout(15_000);
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method: 'POST', body, headers, signal }).catch(() => null);
      if (answer?.status === 200) break;
      await wait(50);
    }
    await running.until(async () => (await this.#waiting()) === 0, 600);
  }

  async #waiting(): Promise<number> {
    const { rows } = await this.#db.query<{ waiting: string }>(
      `select (select count(*) from inbox where person = p.person and aside_at is null)
        + (select count(*) from replies where person = p.person and state = 'waiting') as waiting
       from addresses p where p.mark = $1`,
      [hashAddress(keysOfMaster(Buffer.from(running.MASTER_KEY, 'base64')), this.address())],
    );
    await wait(20);
    return Number(rows[0]?.waiting ?? 1);
  }

  address(): Address {
    const activity = parseActivity(this.activity());
    if (activity === null) throw new Error('no activity');
    return addressOf(activity);
  }
}

interface Seen {
  readonly smtp: TestSmtp;
  readonly net: TestNetwork;
  readonly done: Killed['done'];
}

async function examine(
  env: Record<string, string>,
  people: readonly Person[],
  { smtp, net, done }: Seen,
): Promise<KillsFound> {
  const faults: string[] = [];
  const doubled: number[] = [];
  let [messages, replies] = [0, 0];
  await running.until(() => lookInto(env, async (store) => (await store.figures()).mailDueSince === null), 600);
  await lookInto(env, async (store) => {
    for (const person of people) {
      const { said, name } = person;
      const id = (await store.personAt(person.address()))?.person ?? '';
      const lines = await store.transcript(id, null);
      const heard = lines.filter(({ from }) => from === 'person').map(({ text }) => text);
      if (heard.join('\n') !== said.join('\n'))
        faults.push(`${name}: said ${said.length}, kept ${heard.length}, or in another order`);
      const { contribution } = parseSession(await store.session(id));
      const parts = (await store.parts(contribution ?? '')).map(({ text }) => text);
      const told = said.filter((text) => text.startsWith('What happened'));
      if (parts.join('\n') !== told.join('\n'))
        faults.push(`${name}: told ${told.length}, in the text ${parts.length}`);
      const bodies = lines.filter(({ from }) => from === 'bot').map(({ body }) => parseRendered(body));
      const expected = bodies.map((body) => (body === null ? [] : buildActivities(body, '').map(({ text }) => text)));
      const got = net.sent.filter(({ conversation, text }) => conversation === name && text !== undefined);
      const twice = compare(
        name,
        expected,
        got.map(({ text = '' }) => text),
        faults,
      );
      doubled.push(twice);
      messages += said.length;
      replies += expected.length;
    }
  });
  const sent = Map.groupBy(smtp.received, ({ mail }) => mail.messageId ?? '');
  if (sent.size !== people.length) faults.push(`${people.length} people sent, ${sent.size} mails arrived`);
  const twice = [...sent.values()].filter((all) => all.length > 1);
  for (const [first, ...rest] of twice)
    if (first !== undefined && rest.some(({ raw }) => !Buffer.from(raw).equals(first.raw)))
      faults.push('a mail came twice with other bytes');
  const ended = done.killed + done.frozen + done.forced;
  if (twice.length > ended) faults.push(`${twice.length} mails came twice`);
  if (Math.max(0, ...doubled) > ended) faults.push('somebody got more doubled replies than processes were killed');
  return {
    ...{ done, messages, replies, faults, mails: sent.size, mailsTwice: twice.length },
    doubled: doubled.reduce((sum, one) => sum + one, 0),
    doubledToOne: Math.max(0, ...doubled),
  };
}

/** Every bubble in its order; returns how many replies came twice, which is a fault only if others came between. */
function compare(
  name: string,
  expected: readonly (readonly string[])[],
  got: readonly string[],
  faults: string[],
): number {
  const flat = expected.flatMap((bubbles, reply) => bubbles.map((text) => ({ text, reply })));
  const twice = new Set<number>();
  let at = 0;
  for (const text of got) {
    const next = flat[at];
    if (next?.text === text) {
      at += 1;
      continue;
    }
    // The reply before, or the one that is being sent, from its beginning.
    const again = flat.slice(0, at).findLast((one) => one.text === text);
    if (again === undefined || again.reply < (flat[at - 1]?.reply ?? 0))
      faults.push(`${name}: "${text.slice(0, 60)}" came out of its order`);
    else twice.add(again.reply);
  }
  if (at < flat.length)
    faults.push(`${name}: ${flat.length - at} bubbles never came, first "${flat[at]?.text.slice(0, 60)}"`);
  return twice.size;
}
