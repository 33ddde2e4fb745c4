// Next to what a bot has that is built as Microsoft's documentation begins: a waterfall of botbuilder-dialogs that asks one thing after
// the other, with its state in memory, or in a storage that commits each turn.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  type ConversationReference,
  ConversationState,
  MemoryStorage,
  type ResourceResponse,
  type Storage,
  type StoreItems,
  TurnContext,
} from 'botbuilder';
import { recordConversation, replay, TELLING } from './conversation.ts';
import { figure, type Figure, median } from './figure.ts';
import { slice, type Slice, talker, timesOf } from './talkers.ts';
import { openTempApp } from './temp-app.ts';

const SOME = 64;
const LIBRARY = 'botbuilder-dialogs';

/** What is used of botbuilder-dialogs, whose own types are not made for strict compilers. */
interface Dialogs {
  readonly DialogSet: new (state: unknown) => DialogSet;
  readonly TextPrompt: new (id: string) => object;
  readonly WaterfallDialog: new (id: string, steps: readonly ((step: Step) => Promise<unknown>)[]) => object;
}
interface DialogSet {
  add(dialog: object): DialogSet;
  createContext(context: TurnContext): Promise<{
    continueDialog(): Promise<{ readonly status: string }>;
    beginDialog(id: string): Promise<unknown>;
  }>;
}
interface Step {
  prompt(id: string, text: string): Promise<unknown>;
}

type Say = (person: string, text: string) => Promise<void>;

export async function stock({ rounds, sliceMs }: { rounds: number; sliceMs: number }): Promise<readonly Figure[]> {
  const recorded = await recordConversation();
  const dir = mkdtempSync(join(tmpdir(), 'griot-bench-stock-'));
  const temp = await openTempApp();
  const kept = new OnDisk(join(dir, 'stock.db'));
  const ours: Say = (person, text) => temp.say('web-chat', person, text);
  const crowd = (say: Say, name: string, size: number) =>
    Array.from({ length: size }, (_, at) => talker(say, name, at));
  const dialogs = await loadDialogs();
  const waterfall = openWaterfall(dialogs, kept);
  const crowds = {
    memory: crowd(openWaterfall(dialogs, new MemoryStorage()), 'memory', 1),
    disk: crowd(waterfall, 'one', 1),
    diskSome: crowd(waterfall, 'some', SOME),
    ours: crowd(ours, 'one', 1),
    oursSome: crowd(ours, 'some', SOME),
  };
  const kinds = Object.keys(crowds) as (keyof typeof crowds)[];
  const found: Record<keyof typeof crowds, Slice[]> = { memory: [], disk: [], diskSome: [], ours: [], oursSome: [] };
  const pure: number[] = [];
  try {
    for (let round = -1; round < rounds; round++) {
      const engine = engineRate(() => replay(recorded), recorded.messages, sliceMs);
      if (round >= 0) pure.push(engine); // the first round warms up
      for (const kind of kinds) {
        const measured = await slice(crowds[kind], sliceMs);
        if (round >= 0) found[kind].push(measured);
      }
    }
  } finally {
    await temp.close();
    kept.close();
    rmSync(dir, { recursive: true, force: true });
  }
  const rates = (kind: keyof typeof crowds) => found[kind].map(({ perSecond }) => perSecond);
  const ratio = (one: readonly number[], other: readonly number[]) =>
    median(one.map((rate, round) => rate / (other[round] ?? rate)));
  const beside = (one: 'ours' | 'oursSome', other: 'disk' | 'diskSome') => ({
    turns: median(rates(one)),
    stock: median(rates(other)),
    ...timesOf(found[one]),
    stockP50Ms: timesOf(found[other]).p50Ms,
    stockP99Ms: timesOf(found[other]).p99Ms,
  });
  return [
    figure('the engine over a stock waterfall in memory', ratio(pure, rates('memory')), 'ratio', null, {
      turns: median(pure),
      stock: median(rates('memory')),
    }),
    figure(
      'durable turns over those of a stock waterfall that commits each, 1 conversation',
      ratio(rates('ours'), rates('disk')),
      'ratio',
      null,
      beside('ours', 'disk'),
    ),
    figure(
      `durable turns over those of a stock waterfall that commits each, ${SOME} conversations`,
      ratio(rates('oursSome'), rates('diskSome')),
      'ratio',
      null,
      beside('oursSome', 'diskSome'),
    ),
  ];
}

/** Not among our packages, which need none of its 40 MB: its install script fetches another package. */
async function loadDialogs(): Promise<Dialogs> {
  if (!hasDialogs()) throw new Error('first: npm install --no-save --ignore-scripts botbuilder-dialogs@4.23.3');
  const library: string = LIBRARY;
  return (await import(library)) as Dialogs;
}

export function hasDialogs(): boolean {
  return existsSync(new URL(`../../node_modules/${LIBRARY}`, import.meta.url));
}

function engineRate(run: () => void, messages: number, ms: number): number {
  const start = performance.now();
  let turns = 0;
  while (performance.now() < start + ms) {
    run();
    turns += messages;
  }
  return (turns * 1000) / (performance.now() - start);
}

/** Says nothing to anybody: neither do our replies leave the process. */
class Silent extends BotAdapter {
  override sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return Promise.resolve(activities.map((_, at) => ({ id: String(at) })));
  }
  override updateActivity(): Promise<void> {
    return Promise.resolve();
  }
  override deleteActivity(): Promise<void> {
    return Promise.resolve();
  }
  override continueConversation(): Promise<void> {
    return Promise.resolve();
  }
  run(activity: Partial<Activity>, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.runMiddleware(new TurnContext(this, activity), logic);
  }
}

function openWaterfall({ DialogSet, TextPrompt, WaterfallDialog }: Dialogs, storage: Storage): Say {
  const state = new ConversationState(storage);
  const dialogs = new DialogSet(state.createProperty('dialogs'));
  const steps = TELLING.map((_, at) => (step: Step) => step.prompt('text', `Question ${at + 1}`));
  dialogs.add(new TextPrompt('text')).add(new WaterfallDialog('telling', steps));
  const adapter = new Silent();
  let count = 0;
  return (person, text) => {
    const reference: Partial<ConversationReference> = {
      channelId: 'bench',
      conversation: { id: person, isGroup: false, conversationType: 'personal', name: person },
    };
    const from = { id: person, name: person };
    const activity = { ...reference, from, type: ActivityTypes.Message, id: `m${++count}`, text };
    return adapter.run(activity, async (context) => {
      const dialog = await dialogs.createContext(context);
      const { status } = await dialog.continueDialog();
      if (status === 'empty' || status === 'complete') await dialog.beginDialog('telling');
      await state.saveChanges(context);
    });
  };
}

/** The state of each conversation as one row; one durable commit for each turn, with the pragmas of our store. */
class OnDisk implements Storage {
  readonly #db: DatabaseSync;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = full');
    this.#db.exec('create table states (key text primary key, value text not null)');
  }

  read(keys: string[]): Promise<StoreItems> {
    const select = this.#db.prepare('select value from states where key = ?');
    const found = keys.flatMap((key) => {
      const value = select.get(key)?.['value'];
      return typeof value === 'string' ? [[key, JSON.parse(value) as unknown] as const] : [];
    });
    return Promise.resolve(Object.fromEntries(found));
  }

  write(changes: StoreItems): Promise<void> {
    const put = this.#db.prepare(
      'insert into states (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
    );
    for (const [key, value] of Object.entries(changes)) put.run(key, JSON.stringify(value));
    return Promise.resolve();
  }

  delete(keys: string[]): Promise<void> {
    for (const key of keys) this.#db.prepare('delete from states where key = ?').run(key);
    return Promise.resolve();
  }

  close(): void {
    this.#db.close();
  }
}
