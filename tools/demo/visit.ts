// One person at the web chat: taps and types through the forms of the page, and keeps the lines and files.

import type { WholeLanguage } from '../../src/languages.ts';
import { openBrowser, type Browser } from './browser.ts';
import type { Script } from './script.ts';

const REFERENCE = /GR-[0-9A-Z]{6}/;

export interface VisitOptions {
  /** The URL of the web chat, e.g. "http://127.0.0.1:3978". */
  readonly origin: string;
  readonly language: WholeLanguage;
  readonly script: Script;
}

export class Visit {
  readonly #options: VisitOptions;
  /** Ids of lines that were printed already: the page is drawn whole each time. */
  readonly #known = new Set<string>();
  #browser: Browser;
  #token = '';
  #code: string | null = null;
  /** The bot's lines and choices since the person last did something. */
  heard: readonly string[] = [];
  /** The last one that was named; null before the first. */
  reference: string | null = null;
  /** Downloaded files, by name; the last of each name. */
  readonly files = new Map<string, Uint8Array>();
  /** Cookies and codes: keys to the conversation, which must be stored nowhere else. */
  readonly secrets = new Set<string>();

  constructor(options: VisitOptions) {
    this.#options = options;
    this.#browser = openBrowser(options.origin, options.language);
  }

  /** The cookie's last value, even after it was removed; empty before the first. */
  get token(): string {
    return this.#token;
  }

  /** False while the page is closed and only a code leads back. */
  get isOpen(): boolean {
    return this.#code === null;
  }

  async open(): Promise<void> {
    this.heard = [];
    await this.#look(() => this.#browser.open('/'));
  }

  async say(text: string): Promise<void> {
    await this.#send(text, { text });
  }

  /** By a button's words or its name. */
  async tap(kind: 'choice' | 'command', wanted: string): Promise<void> {
    const { choices, commands } = this.#browser.page;
    const buttons = kind === 'choice' ? choices : commands;
    const button = buttons.find(({ value, label }) => value === wanted || label === wanted);
    if (button === undefined) {
      const there = buttons.map(({ value }) => value).join(', ') || 'none at all';
      throw new Error(`there is no ${kind} "${wanted}" to tap; there are: ${there}`);
    }
    await this.#send(button.label, { text: '', [kind]: button.sent });
  }

  async noteCode(): Promise<void> {
    await this.#browser.open('/code');
    const { code } = await this.#browser.send('/code', {});
    if (code === null) throw new Error('no code was shown');
    this.#code = code;
    this.secrets.add(code);
    this.#options.script.event('a code to come back with is noted on paper, and the page closed');
  }

  /** In another browser, without the cookie of the first. */
  async comeBack(): Promise<void> {
    const code = this.#code;
    if (code === null) throw new Error('no code was noted');
    this.#browser = openBrowser(this.#options.origin, this.#options.language);
    this.heard = [];
    this.#options.script.event('in another browser, the code is given');
    await this.#browser.open('/back');
    await this.#look(() => this.#browser.send('/back', { code }));
    this.#code = null;
  }

  async #send(shown: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const id = this.#browser.page.formId;
    if (id === null) throw new Error('the page has nothing to write in');
    this.heard = [];
    this.#options.script.person(shown);
    await this.#look(() => this.#browser.send('/say', { id, ...fields }));
  }

  /** Loads the page, and prints its new lines. */
  async #look(draw: () => Promise<unknown>): Promise<void> {
    await draw();
    const { page, cookie } = this.#browser;
    if (cookie !== null) this.#token = cookie.slice(cookie.indexOf('=') + 1);
    this.secrets.add(this.#token);
    const lines = page.lines.filter(({ id, from }) => from === 'bot' && !this.#known.has(id));
    const labels = lines.length === 0 ? [] : page.choices.map(({ label }) => label);
    this.heard = [...this.heard, ...lines.flatMap(({ texts }) => texts), ...labels];
    for (const text of this.heard) this.reference = REFERENCE.exec(text)?.[0] ?? this.reference;
    for (const { id, texts, files } of lines) {
      this.#known.add(id);
      this.#options.script.bot(texts);
      for (const path of files) await this.#download(path);
    }
    this.#options.script.choices(labels);
  }

  async #download(path: string): Promise<void> {
    const { searchParams } = new URL(path, this.#options.origin);
    const [kind, format] = [searchParams.get('kind'), searchParams.get('format')];
    // Only the submission will be sent; a preview and a copy keep their names.
    const name = `${kind === 'final' ? 'submission' : kind}.${format}`;
    const bytes = await this.#browser.download(path);
    this.files.set(name, bytes);
    this.#options.script.event(`${name}, ${Math.ceil(bytes.length / 1024)} KB, is saved`);
  }
}
