// A conversation behind the web chat's ports, in memory and by script: what the pages need, and nothing of the engine.

import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import type { Address, Inbox, Incoming, Rendered } from '../../src/channels/channel.ts';
import { bubblesOf } from '../../src/channels/render.ts';
import type { KeptDocument, People, SaidLine } from '../../src/channels/web-chat/ports.ts';
import type { WebEnv } from '../../src/channels/web-chat/visitor.ts';
import { openChanges } from '../../src/channels/web-chat/web-chat-channel.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { buildWeb, type WebDeps } from '../../src/web/server.ts';
import { printed } from '../support/printed.ts';

export function reply(text: string, rest: Partial<Rendered> = {}): Rendered {
  return {
    language: 'pt',
    bubbles: text.split('\n\n').flatMap((bubble) => bubblesOf(bubble, 600)),
    choices: [],
    commands: [],
    prompt: null,
    file: null,
    acknowledgement: false,
    ...rest,
  };
}

/** What the bot answers to an event, in order; `farewell` is never kept. */
export type Script = (incoming: Incoming) => {
  readonly said: readonly Rendered[];
  readonly farewell?: readonly Rendered[];
};

export const greeting: Script = ({ event, language = 'en' }) => {
  switch (event.kind) {
    case 'opened':
      return {
        said: [
          reply('Olá. Sou um programa automático.', {
            language,
            prompt: { id: 'hello', version: 1 },
            choices: [
              { number: 1, value: 'go', label: 'continuar' },
              { number: 2, value: 'person', label: 'falar com uma pessoa' },
            ],
          }),
        ],
      };
    case 'message':
      return event.text === 'apagar'
        ? { said: [], farewell: [reply('Tudo foi apagado.', { language })] }
        : { said: [reply('Guardado.', { language, acknowledgement: true })] };
    default:
      return { said: [] };
  }
};

export interface ScriptedChat {
  readonly app: Hono<WebEnv>;
  readonly deps: WebDeps;
  readonly people: People;
  /** Everything taken, repeats left out. */
  readonly taken: Incoming[];
  readonly documents: Map<string, KeptDocument>;
  /** The clock stands still until it is moved. */
  readonly pass: (minutes: number) => void;
  /** The bot says something of its own accord. */
  readonly say: (person: string, rendered: Rendered) => void;
}

const key = ({ channel, account, address }: Address) => [channel, account, address].join(' ');

/** `real`: the clock runs (browser tests). */
export function scriptedChat(script: Script = greeting, changed: Partial<WebDeps> = {}, real = false): ScriptedChat {
  let clock = Date.parse('2026-03-02T09:00:00Z');
  // A millisecond passes with every look, so that what comes later has a later time.
  const now = () => (real ? new Date() : new Date((clock += 1)));
  const owners = new Map<string, string>();
  const seen = new Set<string>();
  const transcripts = new Map<string, SaidLine[]>();
  const documents = new Map<string, KeptDocument>();
  const taken: Incoming[] = [];
  let people = 0;
  let replies = 0;

  const linesOf = (person: string) => {
    const mine = transcripts.get(person) ?? [];
    transcripts.set(person, mine);
    return mine;
  };
  const say = (person: string, rendered: Rendered) => {
    replies += 1;
    const text = rendered.bubbles.map((bubble) => bubble.text).join('\n');
    const body: unknown = JSON.parse(JSON.stringify(rendered));
    linesOf(person).push({ at: now().toISOString(), from: 'bot', id: `reply-${replies}`, text, edited: false, body });
    changes.notify(person);
  };

  const changes = openChanges();
  const inbox: Inbox = {
    take(incoming) {
      const known = owners.get(key(incoming.from));
      const person = known ?? `person-${(people += 1)}`;
      owners.set(key(incoming.from), person);
      const messageKey = `${key(incoming.from)} ${incoming.messageId}`;
      if (seen.has(messageKey)) return Promise.resolve({ person, new: false, farewell: [] });
      seen.add(messageKey);
      taken.push(incoming);
      const { event } = incoming;
      if (event.kind === 'message') {
        linesOf(person).push({
          at: now().toISOString(),
          from: 'person',
          id: event.id,
          text: event.text,
          edited: false,
          body: null,
        });
      }
      const { said, farewell = [] } = script(incoming);
      if (farewell.length > 0) {
        for (const [address, owner] of [...owners]) if (owner === person) owners.delete(address);
        transcripts.delete(person);
      }
      for (const rendered of said) say(person, rendered);
      return Promise.resolve({ person, new: true, farewell });
    },
  };
  const store: People = {
    personAt(address) {
      const person = owners.get(key(address));
      return Promise.resolve(person === undefined ? null : { person });
    },
    transcript: (person, since) => Promise.resolve(linesOf(person).filter(({ at }) => since === null || at >= since)),
    document: (person, kind, contribution) =>
      Promise.resolve(documents.get([person, kind, contribution].filter((one) => one !== undefined).join(' ')) ?? null),
    addAlias: (person, address) => Promise.resolve(void owners.set(key(address), person)),
    removeAddress: (address) => Promise.resolve(void owners.delete(key(address))),
    resumeAt(code, to) {
      const owner = owners.get(key({ channel: 'code', account: 'default', address: code }));
      if (owner !== undefined) owners.set(key(to), owner);
      return Promise.resolve(owner !== undefined);
    },
  };
  const deps: WebDeps = {
    inbox,
    people: store,
    changes,
    overview: () => Promise.resolve(null),
    shared: null,
    texts: loadCatalogue('web'),
    printed: printed(),
    now,
    randomBytes: (count) => randomBytes(count),
    publicUrl: new URL('http://127.0.0.1:8080'),
    codeDays: 30,
    callState: () => 'unknown',
    leaveUrl: new URL('https://www.wikipedia.org/'),
    sourceUrl: new URL('https://source.example/griot'),
    trial: false,
    takesVoice: false,
    soundsKept: () => Promise.resolve({ bytes: 0, count: 0, saidYes: true, beforeYesOfAll: 0 }),
    speak: null,
    trustProxy: false,
    isCommand: (text) => ['apagar', 'parar', 'ajuda', 'help', 'stop', 'delete'].includes(text.toLowerCase()),
    onFault: () => undefined,
    ping: () => Promise.resolve(),
    ...changed,
  };
  return {
    app: buildWeb(deps),
    deps,
    people: store,
    taken,
    documents,
    pass: (minutes) => void (clock += minutes * 60_000),
    say,
  };
}
