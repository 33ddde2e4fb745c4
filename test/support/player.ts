// Plays a conversation on the engine alone: fixed clock, seeded ids, the real texts and the real document model.
// The session is written out and read back between any two turns, as it is in life.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { buildCallShelf, type ShelvedCall } from '../../src/calls/call-registry.ts';
import { loadCalls } from './load-calls.ts';
import type { Capabilities, Rendered } from '../../src/channels/channel.ts';
import { render } from '../../src/channels/render.ts';
import { buildDocument, type DocumentBuilder, jointDraft, wordsOfText } from '../../src/conversation/build-document.ts';
import { entered } from '../../src/conversation/open-case.ts';
import type { Effect, Part } from '../../src/dialog/engine/effect.ts';
import type { Event, EventBody } from '../../src/dialog/engine/event.ts';
import { parseIntake } from '../../src/dialog/engine/intake.ts';
import { fingerprintsOf } from '../../src/dialog/engine/paragraphs.ts';
import { isPutAside, partsAfter } from '../../src/dialog/engine/parts.ts';
import type { Reply } from '../../src/dialog/engine/reply.ts';
import { newSession, parseSession, type Session } from '../../src/dialog/engine/session.ts';
import type { ChannelFacts, Facts, Operator, PutAway, World } from '../../src/dialog/engine/world.ts';
import { takeTurn } from '../../src/dialog/take-turn.ts';
import { buildLexicon } from '../../src/dialog/understanding/lexicon.ts';
import { inEvery, type Language } from '../../src/languages.ts';
import { buildMailWriter } from '../../src/mail/outbox/write-mail.ts';
import { earlyFirst } from '../../src/store/turns/parts.ts';
import { borrowedIn, loadCatalogues, LOCALES } from '../../src/texts/catalogues.ts';
import { buildTexts } from '../../src/texts/translate.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const files = loadCatalogues();
export const texts = buildTexts(files.bot, 'UTC');
export const lexicon = buildLexicon(files.words, files.talk);
export const intake = parseIntake(parseYaml(readFileSync(at('dialogs/intake.yaml'), 'utf8')));
export const shelf = buildCallShelf(
  loadCalls(at('dialogs/'), LOCALES),
  () => Promise.resolve(null),
  (call) => texts.addCall(call),
);

export const documents: DocumentBuilder = {
  texts: files.document,
  mail: buildMailWriter({
    fromName: 'Casa Exemplo',
    phone: '+00 000 0100',
    from: 'texts@casa.example',
    mail: files.mail,
    document: files.document,
  }),
  recipientOf: () => Promise.resolve('inputs@body.example'),
};

export const operator: Operator = {
  name: 'Casa Exemplo',
  phone: '+00 000 0100',
  support: [{ name: 'Linha de Apoio', number: '+00 000 0199', checked: '2026-11-01' }],
  trial: false,
  desk: false,
  release: 'person',
  idleDays: 30,
  closedDays: 90,
  windowMinutes: 10,
  takesLate: true,
};

export const NOON = Date.parse('2026-11-23T12:00:00Z');
const CAPABILITIES: Capabilities = { buttons: false, bubble: 600, files: true };

export interface PlayerOptions {
  readonly language?: Language;
  readonly operator?: Partial<Operator>;
  readonly channel?: ChannelFacts;
  readonly call?: ShelvedCall;
}

/** One person's conversation. Times move by one minute a message unless `wait` says otherwise. */
export class Player {
  readonly world: World;
  readonly shelved: ShelvedCall;
  session: Session;
  /** What is kept: also what only *undo* brings back. */
  rows: readonly Part[] = [];
  held: readonly Part[] = [];
  readonly effects: Effect[] = [];
  erased = false;
  mailLeft = false;
  /** References of earlier mails that have not begun to leave. */
  alsoHere: readonly string[] = [];
  /** References of which nothing is kept any more. */
  gone: readonly string[] = [];
  /** The service that translates. */
  translator: (asked: Extract<Effect, { kind: 'translate' }>) => Readonly<Record<string, string>> | null = () => null;
  boot = 'boot-1';
  /** What the program last had of this person when it died; told once. */
  interrupted: NonNullable<Facts['interrupted']> | null = null;
  lastSaid: NonNullable<Facts['interrupted']> | null = null;
  /** Whether what was said last was refused. */
  unheard = false;
  /** Whether the next message is written before what it answers has arrived. */
  early: NonNullable<Facts['early']> | null = null;
  /** Since when this person's other chat is cut off. */
  blocked: string | null = null;
  clock = NOON;
  /** The answers, and what waits to be one. */
  get parts(): readonly Part[] {
    return this.rows.filter((part) => !isPutAside(part));
  }
  /** Of the last event. */
  get lastId(): string {
    return `m${this.#count}`;
  }
  /** An organiser's cases that are not open. */
  putAway: (PutAway & { readonly parts: readonly Part[] })[] = [];
  key = 'session-1';
  #keys = 1;
  #count = 0;
  readonly #channel: ChannelFacts;

  constructor(options: PlayerOptions = {}) {
    this.shelved = options.call ?? shelf.current('emler-2024');
    const counters: Record<string, number> = {};
    this.world = {
      call: this.shelved.call,
      callHash: this.shelved.hash,
      intake,
      lexicon,
      operator: { ...operator, ...options.operator },
      labels: inEvery((language) => files.document[language].withheld),
      ...{ borrowed: borrowedIn(files.gaps), callTexts: this.shelved.catalogues },
      newId: (what) => {
        counters[what] = (counters[what] ?? 0) + 1;
        if (what === 'code') return `TESTCODE${String(counters[what]).padStart(4, '0')}`;
        return what === 'reference' ? `GR-TEST${counters[what]}` : `${what}-${counters[what]}`;
      },
      wordsOf: (session, parts) => wordsOfText(documents, this.shelved, session, parts),
      newCode: (kind) => (kind === 'hand-over' ? 'ABCDE12345' : 'ABCD1234EFGH5678'),
      fingerprint: (text) => `fingerprint of ${text}`,
    };
    this.#channel = options.channel ?? { seenBy: 'network', takesFiles: false };
    this.session = newSession({
      language: options.language ?? 'en',
      call: { id: this.shelved.call.id, hash: this.shelved.hash },
      boot: this.boot,
      lastAt: new Date(this.clock).toISOString(),
    });
  }

  wait(minutes: number): void {
    this.clock += minutes * 60_000;
  }

  async says(text: string): Promise<readonly Reply[]> {
    return this.hears({ kind: 'message', text });
  }

  /** Taps a choice of the bubble that was asked last. */
  async taps(value: string): Promise<readonly Reply[]> {
    const { version, at: position } = this.session;
    const prompt = position.of === undefined ? position.prompt : `${position.prompt}/${position.of}`;
    return this.hears({ kind: 'message', text: value, choice: { prompt, version, value } });
  }

  async hears(body: EventBody): Promise<readonly Reply[]> {
    this.clock += 60_000;
    this.#count += 1;
    let event: Event | null = { id: `m${this.#count}`, at: new Date(this.clock).toISOString(), ...body };
    const replies: Reply[] = [];
    for (let builds = 0; event !== null; builds++) {
      const outcome = this.#take(event);
      this.session = parseSession(JSON.parse(JSON.stringify(outcome.session)));
      replies.push(...outcome.replies);
      this.#apply(outcome.effects);
      event = null;
      const enter = outcome.effects.find((effect) => effect.kind === 'enter');
      if (enter?.kind === 'enter') {
        event = this.#move(enter);
        continue;
      }
      const asked = outcome.effects.find((effect) => effect.kind === 'translate');
      if (asked?.kind === 'translate') {
        const texts = this.translator(asked);
        event = { kind: 'translated', id: `m${this.#count}/translated`, at: new Date(this.clock).toISOString(), texts };
        continue;
      }
      const build = outcome.effects.find((effect) => effect.kind === 'build');
      if (build?.kind !== 'build') continue;
      const { session, rows: parts, shelved } = this;
      const store = {
        parts: (id: string) =>
          Promise.resolve(this.putAway.find((one) => one.session.contribution === id)?.parts ?? []),
        consents: () => Promise.resolve([]),
      };
      const { fingerprint } = this.world;
      const together = await jointDraft({ store, fingerprint }, session, shelved, this.putAway);
      const built = await buildDocument(documents, {
        session,
        parts,
        shelved,
        consents: [],
        ...(session.joint === undefined ? {} : { joint: together }),
        final: build.final,
        file: build.final,
        ...(build.fallback === undefined ? {} : { fallback: build.fallback }),
      });
      event = {
        kind: 'built',
        id: `m${this.#count}/built-${builds}`,
        at: new Date(this.clock).toISOString(),
        document: built.document,
      };
    }
    return replies;
  }

  #take(event: Event) {
    // Nothing waits: whatever is approved next has not left yet.
    if (!this.session.mails.some(({ mail, outcome }) => mail !== 'withdrawal' && outcome === 'waiting'))
      this.mailLeft = false;
    const { boot, mailLeft, alsoHere, gone, interrupted } = this;
    let facts: Facts = {
      boot,
      channel: this.#channel,
      mailLeft,
      alsoHere,
      gone,
      ...(interrupted === null ? {} : { interrupted }),
      ...(this.blocked === null ? {} : { blocked: this.blocked }),
      ...(this.unheard ? { unheard: true as const } : {}),
      ...(this.early === null ? {} : { early: this.early }),
    };
    this.unheard = false;
    this.early = null;
    this.interrupted = null;
    if (event.kind === 'message') this.lastSaid = { at: event.at, text: event.text };
    for (let asked = 0; asked < 4; asked++) {
      const outcome = takeTurn(this.world, facts, this.session, event);
      if (outcome.kind === 'taken') return outcome;
      const { what } = outcome;
      if (what === 'parts') facts = { ...facts, parts: this.rows };
      else if (what === 'held') facts = { ...facts, held: this.held };
      else if (what === 'cases') facts = { ...facts, cases: this.putAway };
      else facts = { ...facts, fingerprints: this.#fingerprints() };
    }
    throw new Error('the same was asked for twice');
  }

  #fingerprints(): NonNullable<Facts['fingerprints']> {
    const { fingerprint } = this.world;
    return this.putAway.map((one) => ({ ...one, fingerprints: fingerprintsOf(one.parts, fingerprint) }));
  }

  /** Puts the open case away and opens another, as the conversation does. */
  #move({ to, drop }: Extract<Effect, { kind: 'enter' }>): Event {
    const { session, rows: parts, key } = this;
    const next = entered(session, to, this.putAway, session.call);
    const opened = typeof next.row === 'object' ? next.row.other : null;
    const found = this.putAway.find((one) => one.key === opened);
    this.putAway = this.putAway.filter((one) => one !== found);
    if (session.gathers === 'case' && drop !== true) this.putAway.push({ key, session, parts });
    this.session = parseSession(JSON.parse(JSON.stringify(next.session)));
    this.rows = found?.parts ?? [];
    this.key = opened ?? `session-${++this.#keys}`;
    const then = to.kind === 'case' && to.then !== undefined ? { then: to.then } : {};
    return { kind: 'entered', id: `m${this.#count}/entered`, at: new Date(this.clock).toISOString(), ...then };
  }

  #apply(effects: readonly Effect[]): void {
    this.effects.push(...effects);
    this.rows = partsAfter(this.rows, effects);
    for (const effect of effects) {
      if (effect.kind === 'hold') this.held = [...this.held, effect.part];
      if (effect.kind === 'held.erase') this.held = this.held.filter(({ id }) => effect.ids?.includes(id) === false);
      if (effect.kind === 'held.use') {
        const used = this.held
          .filter(({ id }) => effect.ids.includes(id))
          .map((part) => ({ ...part, slot: effect.slot }));
        this.rows =
          effect.first === undefined
            ? [...this.rows, ...used]
            : earlyFirst(used, this.rows, effect.first, ({ id }) => id);
        this.held = this.held.filter(({ id }) => !effect.ids.includes(id));
      }
      if (effect.kind === 'erase') {
        this.rows = [];
        if (effect.what === 'person') this.erased = true;
      }
      if (effect.kind === 'close-case') this.rows = [];
    }
  }

  render(reply: Reply, capabilities: Capabilities = CAPABILITIES): Rendered {
    const { call } = this.session;
    const language = reply.language ?? this.session.language;
    return render(reply, language, (ref) => texts.translate(language, ref, call.hash), capabilities);
  }

  /** What a person reads, bubble by bubble. */
  read(replies: readonly Reply[]): string {
    return replies.flatMap((reply) => this.render(reply).bubbles.map(({ text }) => text)).join('\n\n');
  }
}
