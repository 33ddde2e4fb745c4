// The whole app for tests: in this process with a clock set by hand, or as the process that operators start.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { openApp, type App } from '../../src/app.ts';
import type { LoadedCalls } from '../../src/calls/load-calls.ts';
import type { Address, Channel, Rendered, Taken } from '../../src/channels/channel.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Role } from '../../src/config/processes.ts';
import type { Deadlines } from '../../src/deadlines.ts';
import type { EventBody } from '../../src/dialog/engine/event.ts';
import type { Language } from '../../src/languages.ts';
import { isPutAside } from '../../src/dialog/engine/parts.ts';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import { openConfiguredStore } from '../../src/app/open-store.ts';
import { makeDataFolder } from './data-folder.ts';

export const NOON = '2026-11-23T12:00:00.000Z';
/** Nobody's: mail goes to a server on loopback that looks nothing up. */
export const RECIPIENT = 'inputs@experts.unbody.int';
export const CALL = 'emler-2024';
export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

/** An operator who sends mail through a server on loopback, at once after SEND. */
export function operatorOn(smtpPort: number): Record<string, string> {
  return {
    OPERATOR_NAME: 'Casa Exemplo',
    OPERATOR_PHONE: '+00 000 0100',
    MAIL_FROM: 'texts@casa-exemplo.org',
    LATE_ACCEPTED_BY: 'a test',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    SEND_WINDOW_MINUTES: '0',
  };
}

export interface Sent {
  readonly to: string;
  readonly reply: Rendered;
  readonly id: string;
}

export interface TestApp {
  readonly app: App;
  readonly dir: string;
  /** Every reply that was handed to the phone's channel, in order. */
  readonly sent: Sent[];
  /** All that was logged, at the loudest level. */
  readonly logged: string[];
  now: Date;
  later(minutes: number): void;
  phone(address: string, language?: Language): Phone;
  /** Closes and opens again on the same data. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly env?: Record<string, string>;
  /** Another app's folder: two processes on the same data. Stays after close(). */
  readonly dir?: string;
  readonly now?: Date;
  readonly deadlines?: Deadlines;
  /** In place of those in dialogs/. */
  readonly calls?: LoadedCalls;
  /** Default: all. */
  readonly roles?: readonly Role[];
}

export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const dir = options.dir ?? (await makeDataFolder('griot-app-'));
  const sent: Sent[] = [];
  const logged: string[] = [];
  const channel: Channel = {
    name: 'phone',
    capabilities: { buttons: false, bubble: 600, files: false },
    send(to, reply, id) {
      sent.push({ to: to.address, reply, id });
      return Promise.resolve({ kind: 'sent' });
    },
  };
  const env = { DATA_DIR: dir, MASTER_KEY, PORT: '0', ...options.env };
  const { config, secrets } = readConfig(env);
  const open = () =>
    openApp({
      config: options.roles === undefined ? config : { ...config, roles: new Set(options.roles) },
      secrets,
      log: pino({ level: 'trace' }, { write: (line) => void logged.push(line) }),
      channels: [{ channel, facts: { seenBy: 'messenger', takesFiles: false } }],
      now: () => new Date(test.now),
      lookEvery: 25,
      ...(options.calls === undefined ? {} : { calls: options.calls }),
      ...(options.deadlines === undefined ? {} : { deadlines: options.deadlines }),
    });
  const test: TestApp & { app: App | null } = {
    app: null as unknown as App,
    dir,
    sent,
    logged,
    now: options.now ?? new Date(NOON),
    later: (minutes) => void (test.now = new Date(test.now.getTime() + minutes * 60_000)),
    phone: (address, language = 'en') => new Phone(test, address, language),
    async reopen() {
      await test.app.close();
      test.app = await open();
    },
    async close() {
      await test.app.close();
      if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
  if (!config.trial) await verifyAddress(env);
  test.app = await open();
  return test;
}

/** What two people of the operator do before mail may leave. */
export async function verifyAddress(env: Record<string, string>): Promise<void> {
  const { config, secrets } = readConfig(env);
  const { store } = await openConfiguredStore(config, secrets, () => new Date(NOON));
  const provenance = { source: 'the official page', verifiedBy: 'Ana and Bea', verifiedAt: NOON };
  await store.recordCallAddresses([{ callId: CALL, address: RECIPIENT, ...provenance, withdrawnAt: null }]);
  await store.close();
}

/** A person who writes from a phone: every message a second later than the one before. */
export class Phone {
  readonly address: Address;
  readonly #test: TestApp;
  readonly #language: Language;
  #count = 0;

  constructor(test: TestApp, address: string, language: Language) {
    this.address = { channel: 'phone', account: 'one', address };
    this.#test = test;
    this.#language = language;
  }

  says(text: string, id?: string): Promise<Taken> {
    return this.hears({ kind: 'message', text }, id);
  }

  async saysAll(texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.says(text);
  }

  async hears(body: EventBody, id = `m${++this.#count}`): Promise<Taken> {
    this.#test.later(1 / 60);
    const event = { id, at: this.#test.now.toISOString(), ...body };
    return this.#test.app.conversation.take({ from: this.address, messageId: id, event, language: this.#language });
  }

  /** The bot's words, from the `from`th reply on that was sent to this phone. */
  async reads(from = 0): Promise<string> {
    await this.#test.app.settle();
    return this.#test.sent
      .filter(({ to }) => to === this.address.address)
      .slice(from)
      .flatMap(({ reply }) => reply.bubbles.map(({ text }) => text))
      .join('\n\n');
  }

  /** What the bot answers to exactly this message. */
  async asks(text: string): Promise<string> {
    await this.#test.app.settle();
    const before = this.#test.sent.filter(({ to }) => to === this.address.address).length;
    const { farewell } = await this.says(text);
    return `${await this.reads(before)}${farewell
      .flatMap(({ bubbles }) => bubbles)
      .map((bubble) => bubble.text)
      .join('\n')}`;
  }

  /** The id behind this phone; null where nobody is. */
  async person(): Promise<string | null> {
    return (await this.#test.app.store.personAt(this.address))?.person ?? null;
  }

  async session(): Promise<Session> {
    return parseSession(await this.#test.app.store.session((await this.person()) ?? ''));
  }

  /** What this person wrote, as it is kept. */
  async kept(): Promise<readonly string[]> {
    const { contribution } = await this.session();
    const parts = contribution === null ? [] : await this.#test.app.store.parts(contribution);
    return parts.filter((part) => !isPutAside(part)).map(({ text }) => text);
  }
}

export const STORY = 'They killed my brother in March. Nobody told us for two days. We asked for the file.';
/** To the story, in every language: the numbers are the same. */
export const BEGIN: readonly string[] = ['hello', '1', '1', '1'];
/** From the story to the question of publication, naming nobody. */
export const ON_TO_PUBLICATION: readonly string[] = ['next', 'skip', 'next', 'skip all', 'next', 'skip all', '4'];
export const TO_SEND: readonly string[] = [...BEGIN, STORY, ...ON_TO_PUBLICATION, '3'];

/** Resolves once it is true. Throws after `seconds`. */
export async function until(what: () => boolean | Promise<boolean>, seconds = 110): Promise<void> {
  const pause = pauses();
  for (const end = performance.now() + seconds * 1000; !(await what()); await pause()) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s for ${what.toString()}`);
  }
}

/** To look again after 5 ms, and the longer it takes the more rarely: what is waited for needs the processor more. */
export function pauses(): () => Promise<void> {
  const since = performance.now();
  return () => {
    const next = Math.min(100, Math.max(5, (performance.now() - since) / 8));
    return new Promise((wake) => setTimeout(wake, next));
  };
}

export interface RunningProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Standard output and standard error, all of it. */
  said(): string;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** As an operator stops it. */
  stop(): Promise<number | null>;
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** `node src/main.ts` with nothing of our own environment but the path. Rejects with what it said where it does not start. */
export async function startProcess(
  env: Record<string, string>,
  account: { readonly uid: number; readonly gid: number } | null = null,
): Promise<RunningProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: { PATH: process.env['PATH'], PORT: '0', MASTER_KEY, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  });
  let said = '';
  const gone = once(child, 'exit');
  // A test that fails must not leave its process behind.
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const port = /^Ready: http:\/\/localhost:(\d+)\/$/m.exec(said)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void gone.then(() => reject(new Error(`the process ended: ${said}`)));
  });
  const url = await ready;
  return {
    url,
    child,
    said: () => said,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
      return child.exitCode;
    },
  };
}

export interface Answer {
  readonly status: number;
  /** The page without its tags. */
  readonly text: string;
  readonly page: string;
}

/** A browser without a script before a running process: keeps its cookie, follows redirects, fills in the last form. */
export class Visitor {
  cookie: string | null = null;
  /** The process may have been started again elsewhere. */
  url: string;
  formId = 'form-id-before-any';
  #page = '';

  constructor(url: string) {
    this.url = url;
  }

  open(path = '/'): Promise<Answer> {
    return this.#fetch(path, {});
  }

  /** `formId`: an earlier form is sent again, as a browser does after a broken line. */
  say(text: string, formId = this.formId): Promise<Answer> {
    return this.post('/say', { id: formId, text });
  }

  /** Presses the button of the choice with this number. */
  tap(number: number, formId = this.formId): Promise<Answer> {
    const buttons = [...this.#page.matchAll(/<button name="choice" value="([^"]*)"/g)];
    return this.post('/say', { id: formId, choice: untagged(buttons[number - 1]?.[1] ?? '') });
  }

  post(path: string, fields: Record<string, string>): Promise<Answer> {
    return this.#fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** A recording, as a file of its form. */
  speak(sound: Uint8Array): Promise<Answer> {
    const form = new FormData();
    form.append('id', this.formId);
    form.append('sound', new Blob([new Uint8Array(sound)]), 'recording');
    return this.#fetch('/speak', { method: 'POST', body: form });
  }

  async #fetch(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers({ 'accept-language': 'en', 'sec-fetch-site': 'same-origin' });
    if (this.cookie !== null) headers.set('cookie', this.cookie);
    const signal = AbortSignal.timeout(20_000);
    const answer = await fetch(new URL(path, this.url), { ...init, headers, signal, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      this.cookie = set.includes('Max-Age=0') ? null : (set.split(';')[0] ?? null);
    }
    const page = await answer.text();
    if (answer.status === 303) return this.#fetch('/', {});
    this.#page = page;
    this.formId = /id="say"[^]*?name="id" value="([\w-]+)"/.exec(page)?.[1] ?? this.formId;
    return { status: answer.status, page, text: untagged(page) };
  }
}

function untagged(page: string): string {
  return page
    .replace(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
