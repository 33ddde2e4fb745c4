// Plays one persona: the real app on a free port, a real mail server on loopback, the web chat by its forms.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp, type App } from '../../app.ts';
import { webAddress } from '../../channels/web-chat/ports.ts';
import { openLog } from '../../log.ts';
import { openBrowser, type Browser } from './browser.ts';
import { openExpectation, type Expectation } from './expectation.ts';
import { startMailServer, type MailServer } from './mail-server.ts';
import { ADDRESS, demoConfig, MAIL_SERVER } from './operator.ts';
import type { Persona, PersonaStep } from './persona.ts';
import { openScript, type Script } from './script.ts';

const CALL = 'emler-2024';
const REFERENCE = /GR-[0-9A-Z]{6}/;
/** Milliseconds for a mail to arrive once its time has come. */
const PATIENCE = 10_000;

export interface PlayOptions {
  readonly persona: Persona;
  /** Takes the files; made where it is missing. */
  readonly outDir: string;
  /** Where the app keeps its data; made where it is missing. */
  readonly dataDir: string;
  readonly print: (lines: string) => void;
  readonly coloured: boolean;
}

export interface Played {
  /** The last reference that was told; null where none was. */
  readonly reference: string | null;
  /** The person's messages up to the word that sends first; all of them where nothing was sent. */
  readonly messages: number;
  readonly messagesInAll: number;
  /** Before the first piece of testimony; null where none was given. */
  readonly beforeStory: number | null;
  /** Of the document, as the bot counted them; null where nothing was sent. */
  readonly words: number | null;
  readonly server: string;
  readonly recipients: readonly string[];
  /** Names of the files in `outDir`. */
  readonly files: readonly string[];
  /** Cookies and codes that the person held: they must stand nowhere. */
  readonly secrets: readonly string[];
  /** False where nothing of the person's text is left in the store. */
  readonly kept: boolean;
}

/** The persona could not go on: says at which step, and what was said there. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}

/** Ends with everything stopped, also where it throws. */
export async function playPersona(options: PlayOptions): Promise<Played> {
  const { persona, dataDir } = options;
  const mails = await startMailServer(MAIL_SERVER);
  const { config, secrets } = demoConfig(dataDir, mails.port);
  // Begun in the past, so that it ends today: time passes only where the persona says so.
  let behind = persona.steps.reduce((sum, { waits = 0 }) => sum + waits, 0) * 60_000;
  const now = () => new Date(Date.now() - behind);
  try {
    const app = await openApp({ config, secrets, log: openLog(config.logLevel), now, lookEvery: 50 });
    try {
      await app.store.setCallAddress({ ...ADDRESS, callId: CALL, verifiedAt: now().toISOString() });
      const { port } = await app.listen();
      const pass = (minutes: number) => {
        behind -= minutes * 60_000;
      };
      return await new Play(options, app, mails, `http://127.0.0.1:${port}`, pass).run();
    } finally {
      await app.close();
    }
  } finally {
    await mails.close();
  }
}

class Play {
  readonly #options: PlayOptions;
  readonly #app: App;
  readonly #mails: MailServer;
  readonly #origin: string;
  readonly #pass: (minutes: number) => void;
  readonly #script: Script;
  readonly #expectation: Expectation;
  readonly #known = new Set<string>();
  readonly #secrets = new Set<string>();
  readonly #files = new Map<string, Uint8Array>();
  #browser: Browser;
  /** What the bot has said since the person last did something. */
  #heard: string[] = [];
  #code = '';
  #token = '';
  #reference: string | null = null;
  #words: number | null = null;
  #messages = 0;
  #untilSent: number | null = null;
  #beforeStory: number | null = null;
  #mailsSeen = 0;

  constructor(options: PlayOptions, app: App, mails: MailServer, origin: string, pass: (minutes: number) => void) {
    const { language } = options.persona;
    this.#options = options;
    this.#app = app;
    this.#mails = mails;
    this.#origin = origin;
    this.#pass = pass;
    this.#script = openScript(options.print, options.coloured);
    this.#expectation = openExpectation(language);
    this.#browser = openBrowser(origin, language);
  }

  async run(): Promise<Played> {
    const { steps, name } = this.#options.persona;
    await this.#look(() => this.#browser.open('/'));
    for (const [index, step] of steps.entries()) {
      try {
        await this.#take(step);
        this.#check(step);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new DemoError(
          `${name}, step ${index + 1} (${JSON.stringify(step).slice(0, 100)}): ${why}\nWhat was said there:\n${this.#heard.join('\n')}`,
          { cause: error },
        );
      }
    }
    this.#keepMails();
    return {
      reference: this.#reference,
      messages: this.#untilSent ?? this.#messages,
      messagesInAll: this.#messages,
      beforeStory: this.#beforeStory,
      words: this.#words,
      server: this.#mails.name,
      recipients: this.#mails.arrived.flatMap(({ to }) => to),
      files: this.#writeFiles(),
      secrets: [...this.#secrets],
      kept: await this.#isKept(),
    };
  }

  async #isKept(): Promise<boolean> {
    if (this.#reference !== null) return (await this.#app.store.transcriptByReference(this.#reference)) !== null;
    return (await this.#person()) !== null;
  }

  /** Of the last cookie; null where nobody is behind it any more. */
  async #person(): Promise<string | null> {
    return (await this.#app.store.personAt(webAddress(this.#token)))?.person ?? null;
  }

  async #take(step: PersonaStep): Promise<void> {
    const { says, tells, chooses, presses, waits, mail, code } = step;
    if (tells !== undefined) this.#beforeStory ??= this.#messages;
    const typed = tells ?? says;
    if (typed !== undefined) await this.#say(typed, { text: typed });
    if (chooses !== undefined) await this.#tap('choice', chooses);
    if (presses !== undefined) await this.#tap('command', presses);
    if (waits !== undefined) await this.#wait(waits);
    if (mail !== undefined) await this.#awaitMail();
    if (code === 'noted') await this.#noteCode();
    if (code === 'given') await this.#comeBack();
  }

  #check({ expects = [] }: PersonaStep): void {
    for (const wanted of expects) {
      if (!this.#expectation.isSaid(wanted, this.#heard)) throw new Error(`"${wanted}" was not said`);
    }
  }

  async #tap(kind: 'choice' | 'command', wanted: string): Promise<void> {
    const { choices, commands } = this.#browser.page;
    const buttons = kind === 'choice' ? choices : commands;
    const button = buttons.find(({ value, label }) => value === wanted || label === wanted);
    if (button === undefined) {
      const there = buttons.map(({ value }) => value).join(', ') || 'none at all';
      throw new Error(`there is no ${kind} "${wanted}" to tap; there are: ${there}`);
    }
    await this.#say(button.label, { text: '', [kind]: button.sent });
  }

  async #say(shown: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const id = this.#browser.page.formId;
    if (id === null) throw new Error('the page has nothing to write in');
    this.#messages += 1;
    this.#heard = [];
    this.#script.person(shown);
    await this.#look(() => this.#browser.send('/say', { id, ...fields }));
    if (this.#expectation.isSaid('sent.waiting', this.#heard)) this.#untilSent ??= this.#messages;
  }

  /** Draws the page, and tells what is new on it. */
  async #look(draw: () => Promise<unknown>): Promise<void> {
    await draw();
    const { page, cookie } = this.#browser;
    if (cookie !== null) this.#token = cookie.slice(cookie.indexOf('=') + 1);
    this.#secrets.add(this.#token);
    const lines = page.lines.filter(({ id, from }) => from === 'bot' && !this.#known.has(id));
    for (const { id, texts, files } of lines) {
      this.#known.add(id);
      this.#heard.push(...texts);
      this.#script.bot(texts);
      for (const path of files) await this.#download(path);
    }
    if (lines.length > 0) this.#offer(page.choices.map(({ label }) => label));
    for (const text of this.#heard) this.#reference = REFERENCE.exec(text)?.[0] ?? this.#reference;
    const words = this.#expectation.placeIn('send.ask', 'words', this.#heard);
    if (words !== null) this.#words = Number(words);
  }

  #offer(choices: readonly string[]): void {
    this.#heard.push(...choices);
    this.#script.choices(choices);
  }

  /** What will be sent, as the page offers it; the last one counts. */
  async #download(path: string): Promise<void> {
    const { searchParams } = new URL(path, this.#origin);
    const format = searchParams.get('format') ?? '';
    const name =
      searchParams.get('kind') === 'final' ? `submission.${format}` : `${searchParams.get('kind')}.${format}`;
    const bytes = await this.#browser.download(path);
    this.#files.set(name, bytes);
    this.#script.event(`${name}, ${Math.ceil(bytes.length / 1024)} KB, is saved`);
  }

  async #wait(minutes: number): Promise<void> {
    this.#pass(minutes);
    this.#heard = [];
    this.#script.event(`${durationInWords(minutes)} later`);
    if (this.#code === '') await this.#look(() => this.#browser.open('/'));
  }

  async #awaitMail(): Promise<void> {
    const wanted = this.#mailsSeen + 1;
    await until(() => this.#mails.arrived.length >= wanted, 'no mail arrived');
    this.#mailsSeen = wanted;
    const reference = this.#reference ?? '';
    const open = ['waiting', 'frozen', 'sending'];
    await until(
      async () => (await this.#app.store.mail(reference)).every(({ state }) => !open.includes(state)),
      'no end',
    );
    // The outcome lies in the person's inbox: taking it is what erases, after a withdrawal.
    const person = await this.#person();
    if (person !== null) await this.#app.conversation.settle(person);
    const mail = this.#mails.arrived[wanted - 1];
    this.#script.event(`mail ${wanted} has arrived at ${mail?.to.join(', ') ?? ''}, ${mail?.bytes.length ?? 0} bytes`);
  }

  async #noteCode(): Promise<void> {
    await this.#browser.open('/code');
    const { code } = await this.#browser.send('/code', {});
    if (code === null) throw new Error('no code was shown');
    this.#code = code;
    this.#secrets.add(code).add(code.replaceAll('-', ''));
    this.#script.event('a code to come back with is noted on paper, and the page closed');
  }

  /** Another browser, without the cookie of the first. */
  async #comeBack(): Promise<void> {
    if (this.#code === '') throw new Error('no code was noted');
    this.#browser = openBrowser(this.#origin, this.#options.persona.language);
    this.#heard = [];
    this.#script.event('in another browser, the code is given');
    await this.#browser.open('/back');
    await this.#look(() => this.#browser.send('/back', { code: this.#code }));
    this.#code = '';
  }

  #keepMails(): void {
    for (const [index, { bytes }] of this.#mails.arrived.entries()) {
      this.#files.set(index === 0 ? 'message.eml' : `message-${index + 1}.eml`, bytes);
    }
  }

  #writeFiles(): readonly string[] {
    const { outDir } = this.#options;
    mkdirSync(outDir, { recursive: true, mode: 0o700 });
    for (const [name, bytes] of this.#files) writeFileSync(join(outDir, name), bytes, { mode: 0o600 });
    writeFileSync(join(outDir, 'transcript.txt'), `${this.#script.text}\n`, { mode: 0o600 });
    return [...this.#files.keys(), 'transcript.txt'];
  }
}

function durationInWords(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440} days`;
  return minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`;
}

async function until(isSo: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`${otherwise} within ${PATIENCE / 1000} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
