// Plays one persona: the real app on a free port, a real mail server on loopback, the web chat by its forms.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp, type App } from '../../src/app.ts';
import { webAddress } from '../../src/channels/web-chat/visitor.ts';
import { openLog } from '../../src/log.ts';
import { openExpectation, type Expectation } from './expectation.ts';
import { startMailServer, type MailServer } from './mail-server.ts';
import { ADDRESS, demoConfig, MAIL_SERVER } from './operator.ts';
import type { Persona, PersonaStep } from './persona.ts';
import { openScript, type Script } from './script.ts';
import { Visit } from './visit.ts';

const CALL = 'emler-2024';
/** Milliseconds for a mail to arrive once its time has come. */
const PATIENCE = 10_000;
/** States of a mail that has not ended. */
const OPEN = ['waiting', 'frozen', 'sending'];

export interface PlayOptions {
  readonly persona: Persona;
  /** For the files; made if it is missing. */
  readonly outDir: string;
  /** The app's data; made if it is missing. */
  readonly dataDir: string;
  readonly print: (lines: string) => void;
  readonly coloured: boolean;
}

export interface Played {
  /** The last reference that the bot named; null if there was none. */
  readonly reference: string | null;
  /** Number of the person's messages up to the first SEND; all of them if nothing was sent. */
  readonly messages: number;
  readonly messagesInAll: number;
  /** Before the first testimony; null if none was given. */
  readonly beforeStory: number | null;
  /** Words of the document, as the bot counted them; null if nothing was sent. */
  readonly words: number | null;
  /** The recipients, one per mail. */
  readonly recipients: readonly string[];
  /** Names of the files in `outDir`. */
  readonly files: readonly string[];
  /** Cookies and codes that the person had: they must be stored nowhere. */
  readonly secrets: readonly string[];
  /** False if the store contains none of the person's text any more. */
  readonly kept: boolean;
}

/** The persona could not go on: names the step, and what was said there. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}

/** Stops everything at the end, even if it throws. */
export async function playPersona(options: PlayOptions): Promise<Played> {
  const { persona, dataDir } = options;
  const mails = await startMailServer(MAIL_SERVER);
  const { config, secrets } = demoConfig(dataDir, mails.port);
  // Begins in the past, so that it ends today: time passes only if the persona says so.
  let behind = persona.steps.reduce((sum, { waits = 0 }) => sum + waits, 0) * 60_000;
  const now = () => new Date(Date.now() - behind);
  const pass = (minutes: number) => {
    behind -= minutes * 60_000;
  };
  try {
    const app = await openApp({ config, secrets, log: openLog(config.logLevel), now, lookEvery: 50 });
    try {
      await app.store.recordCallAddresses([{ ...ADDRESS, callId: CALL, verifiedAt: now().toISOString() }]);
      const { port } = await app.listen();
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
  readonly #pass: (minutes: number) => void;
  readonly #script: Script;
  readonly #visit: Visit;
  readonly #expectation: Expectation;
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
    this.#pass = pass;
    this.#script = openScript(options.print, options.coloured);
    this.#visit = new Visit({ origin, language, script: this.#script });
    this.#expectation = openExpectation(language);
  }

  async run(): Promise<Played> {
    await this.#visit.open();
    let files: readonly string[];
    try {
      for (const [index, step] of this.#options.persona.steps.entries()) await this.#takeOrTell(step, index + 1);
    } finally {
      files = this.#writeFiles();
    }
    return {
      reference: this.#visit.reference,
      messages: this.#untilSent ?? this.#messages,
      messagesInAll: this.#messages,
      beforeStory: this.#beforeStory,
      words: this.#words,
      recipients: this.#mails.arrived.flatMap(({ to }) => to),
      files,
      secrets: [...this.#visit.secrets],
      kept: await this.#isKept(),
    };
  }

  async #takeOrTell(step: PersonaStep, number: number): Promise<void> {
    try {
      await this.#take(step);
      for (const wanted of step.expects ?? []) {
        if (!this.#expectation.isSaid(wanted, this.#visit.heard)) throw new Error(`"${wanted}" was not said`);
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const place = `${this.#options.persona.name}, step ${number} (${JSON.stringify(step).slice(0, 100)})`;
      throw new DemoError(`${place}: ${why}\nWhat was said there:\n${this.#visit.heard.join('\n')}`, { cause: error });
    }
  }

  async #take(step: PersonaStep): Promise<void> {
    const { says, tells, chooses, presses, waits, mail, code } = step;
    if (tells !== undefined) this.#beforeStory ??= this.#messages;
    const typed = tells ?? says;
    if (typed !== undefined) await this.#count(() => this.#visit.say(typed));
    if (chooses !== undefined) await this.#count(() => this.#visit.tap('choice', chooses));
    if (presses !== undefined) await this.#count(() => this.#visit.tap('command', presses));
    if (waits !== undefined) await this.#wait(waits);
    if (mail !== undefined) await this.#awaitMail();
    if (code === 'noted') await this.#visit.noteCode();
    if (code === 'given') await this.#visit.comeBack();
  }

  async #count(send: () => Promise<void>): Promise<void> {
    this.#messages += 1;
    await send();
    const { heard } = this.#visit;
    const words = this.#expectation.placeIn('send.ask', 'words', heard);
    if (words !== null) this.#words = Number(words);
    if (this.#expectation.isSaid('sent.waiting', heard)) this.#untilSent ??= this.#messages;
  }

  async #wait(minutes: number): Promise<void> {
    this.#pass(minutes);
    this.#script.event(`${durationInWords(minutes)} later`);
    if (this.#visit.isOpen) await this.#visit.open();
  }

  async #awaitMail(): Promise<void> {
    const number = this.#mailsSeen + 1;
    await until(() => this.#mails.arrived.length >= number, 'no mail arrived');
    this.#mailsSeen = number;
    const isOver = async () => {
      const mails = await this.#app.store.mail(this.#visit.reference ?? '');
      return mails.every(({ state }) => !OPEN.includes(state));
    };
    await until(isOver, 'the end of the mail was not written down');
    // The outcome is in the person's inbox: the turn over it erases, after a withdrawal.
    const person = await this.#person();
    if (person !== null) await this.#app.conversation.settle(person);
    const mail = this.#mails.arrived[number - 1];
    this.#script.event(`mail ${number} has arrived at ${mail?.to.join(', ') ?? ''}, ${mail?.bytes.length ?? 0} bytes`);
  }

  async #isKept(): Promise<boolean> {
    const { reference } = this.#visit;
    if (reference !== null) return (await this.#app.store.transcriptByReference(reference)) !== null;
    return (await this.#person()) !== null;
  }

  /** Null if the cookie belongs to nobody any more. */
  async #person(): Promise<string | null> {
    return (await this.#app.store.personAt(webAddress(this.#visit.token)))?.person ?? null;
  }

  /** Also for a conversation that failed: its transcript shows the place. */
  #writeFiles(): readonly string[] {
    const { outDir } = this.#options;
    const mails = this.#mails.arrived.map(
      ({ bytes }, i) => [`message${i === 0 ? '' : `-${i + 1}`}.eml`, bytes] as const,
    );
    const files = new Map<string, Uint8Array | string>([
      ...this.#visit.files,
      ...mails,
      ['transcript.txt', `${this.#script.text}\n`],
    ]);
    mkdirSync(outDir, { recursive: true, mode: 0o700 });
    for (const [name, content] of files) writeFileSync(join(outDir, name), content, { mode: 0o600 });
    return [...files.keys()];
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
