// The shared parts of the web chat's routes: ports, sessions, limits, and the drawing of a page.

import type { Context } from 'hono';
import type { Language } from '../../languages.ts';
import { loadAsset } from '../../web/toolkit/assets.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { Bubble, Rendered } from '../channel.ts';
import { aloudText, withRendered } from '../render.ts';
import { type Limit, openLimit, type Rate } from './limits.ts';
import { type Assets, type Frame, type NoticeKey, noticePage, type Unsent } from './page/layout.ts';
import type { DocumentFormat, DocumentKind, SaidLine, WebChatDeps } from './ports.ts';
import type { WebSession } from './kept-sessions.ts';
import {
  languageOf,
  quietMinutes,
  rememberedSessions,
  WEB_CHAT,
  webAddress,
  type WebEnv,
  WebSessions,
} from './visitor.ts';

// Transcript → what is drawn. Pure, so that it can be tested without a page.

/** Most lines drawn; older ones stay stored. */
const MOST_LINES = 300;

export type ShownLine =
  | { readonly kind: 'person'; readonly id: string; readonly text: string | null; readonly edited: boolean }
  | {
      readonly kind: 'bot';
      readonly id: string;
      readonly bubbles: readonly Bubble[];
      /** Offered with the newest line of its kind only: all of them lead to the same document. */
      readonly file: DocumentKind | null;
      /** The owner of the document, if one chat has several. */
      readonly contribution?: string;
      /** The text to read aloud; null if it is only shown. */
      readonly aloud: string | null;
      /** Written by staff, not by the bot. */
      readonly by?: 'staff';
    }
  /** "Saved." and the like: small, and only the last of a row. */
  | { readonly kind: 'acknowledgement'; readonly id: string; readonly text: string };

/** The available files of the lines that offer one. */
export type Offers = ReadonlyMap<DocumentKind, readonly DocumentFormat[]>;

/** The present choices and command words: of the last prompt, and those offered since. */
export type Actions = Pick<Rendered, 'choices' | 'commands' | 'prompt'>;

export interface Shown {
  readonly lines: readonly ShownLine[];
  readonly actions: Actions;
  readonly offers: Offers;
  /** Null before the bot has said anything. */
  readonly language: Language | null;
  /** The person has said something in this session. */
  readonly begun: boolean;
  /** An organiser's chat. */
  readonly several: boolean;
  /** The passphrase is asked for: the draft is shown only after it. */
  readonly locked: boolean;
  /** A Word file is asked for. */
  readonly takesFile: boolean;
}

const ASKS_FOR_FILE: readonly string[] = ['import-text', 'import'];

interface Read {
  readonly line: SaidLine;
  readonly rendered: Rendered | null;
}

export function buildShown(said: readonly SaidLine[]): Shown {
  const read = withRendered(said);
  const newest = read.findLast(({ rendered }) => rendered !== null)?.rendered ?? null;
  const actions = actionsOf(read);
  return {
    lines: newestFiles(lastAcknowledgements(read).map(shownLine)).slice(-MOST_LINES),
    actions,
    offers: new Map(),
    language: newest?.language ?? null,
    begun: said.some(({ from }) => from === 'person'),
    several: newest?.several === true,
    locked: newest?.locked === true,
    takesFile: ASKS_FOR_FILE.includes(actions.prompt?.id ?? ''),
  };
}

/** The documents that lines offer, each once. */
export function offered({ lines }: Shown): readonly { readonly kind: DocumentKind; readonly contribution?: string }[] {
  return lines.flatMap((line) => {
    if (line.kind !== 'bot' || line.file === null) return [];
    const { file: kind, contribution } = line;
    return [contribution === undefined ? { kind } : { kind, contribution }];
  });
}

/** An earlier line would lead to the newer document: another version, or in an organiser's chat another person's. */
function newestFiles(lines: readonly ShownLine[]): ShownLine[] {
  const seen = new Set<DocumentKind>();
  const marked = lines.toReversed().map((line): ShownLine => {
    if (line.kind !== 'bot' || line.file === null) return line;
    if (seen.has(line.file)) return { ...line, file: null };
    seen.add(line.file);
    return line;
  });
  return marked.toReversed();
}

/** Drops an acknowledgement if another one follows, with only the person's lines between. */
function lastAcknowledgements(read: readonly Read[]): Read[] {
  const kept: Read[] = [];
  let laterOne = false;
  for (const one of read.toReversed()) {
    const acknowledges = one.rendered?.acknowledgement === true;
    if (!(acknowledges && laterOne)) kept.push(one);
    if (one.line.from !== 'person') laterOne = acknowledges;
  }
  return kept.toReversed();
}

function shownLine({ line, rendered }: Read): ShownLine {
  if (line.from === 'person') return { kind: 'person', id: line.id, text: line.text, edited: line.edited };
  if (rendered === null) {
    return {
      kind: 'bot',
      id: line.id,
      bubbles: line.text === null ? [] : [{ text: line.text, bold: [] }],
      file: null,
      aloud: null,
    };
  }
  const { bubbles } = rendered;
  if (rendered.acknowledgement) {
    return { kind: 'acknowledgement', id: line.id, text: bubbles.map(({ text }) => text).join('\n') };
  }
  const aloud = rendered.aloud === true ? aloudText(rendered) : null;
  const whose = rendered.contribution === undefined ? {} : { contribution: rendered.contribution };
  const shown = { kind: 'bot', id: line.id, bubbles, file: rendered.file, aloud, ...whose } as const;
  return line.from === 'staff' ? { ...shown, by: 'staff' } : shown;
}

function actionsOf(read: readonly Read[]): Actions {
  const replies = read.map(({ rendered }) => rendered).filter((rendered) => rendered !== null);
  const asked = replies.findLastIndex(({ prompt }) => prompt !== null);
  const since = replies.slice(Math.max(0, asked));
  return {
    prompt: replies[asked]?.prompt ?? null,
    choices: replies[asked]?.choices ?? [],
    commands: since.findLast(({ commands }) => commands.length > 0)?.commands ?? [],
  };
}

export type WebContext = Context<WebEnv>;

export interface ChatContext {
  readonly deps: WebChatDeps;
  readonly assets: Assets;
  readonly sessions: WebSessions;
  readonly limits: {
    /** Messages, per conversation. */
    readonly messages: Limit;
    /** Messages, per network address: generous, since many families share one. */
    readonly sender: Limit;
    /** Conversations begun, per network address. */
    readonly beginnings: Limit;
    /** Codes tried, made or ended, per network address. */
    readonly codes: Limit;
  };
}

/** Throws if a file is missing. */
function loadAssets(): Assets {
  const folder = new URL('browser/', import.meta.url);
  return {
    style: loadAsset(folder, '/', 'chat.css'),
    print: loadAsset(folder, '/', 'print.css'),
    script: loadAsset(folder, '/', 'chat.js'),
    typed: loadAsset(folder, '/', 'typed.js'),
    voice: loadAsset(folder, '/', 'voice.js'),
    icon: loadAsset(folder, '/', 'icon.svg'),
  };
}

export function buildChatContext(deps: WebChatDeps): ChatContext {
  const { now, shared } = deps;
  const limit = (name: string, rate: Rate) => openLimit(name, rate, now, shared?.take ?? null);
  return {
    deps,
    assets: loadAssets(),
    sessions: new WebSessions(now, shared?.sessions ?? rememberedSessions()),
    limits: {
      messages: limit('messages', { burst: 60, perMinute: 60 }),
      sender: limit('sender', { burst: 600, perMinute: 600 }),
      beginnings: limit('beginnings', { burst: 60, perMinute: 30 }),
      codes: limit('codes', { burst: 10, perMinute: 1 }),
    },
  };
}

/** `given`: default languageOf(). */
export async function frameOf(c: WebContext, chat: ChatContext, given?: Language): Promise<Frame> {
  const { texts, leaveUrl, trial, takesVoice } = chat.deps;
  const language = given ?? (await languageOf(c, chat.deps, chat.sessions));
  return { language, texts: texts[language], allTexts: texts, assets: chat.assets, leaveUrl, trial, takesVoice };
}

/** A random id for a newly drawn form. */
export function newFormId({ deps }: ChatContext): string {
  return Buffer.from(deps.randomBytes(16)).toString('base64url');
}

/** The person with this cookie, and the running session. */
export interface Visit {
  readonly person: string;
  readonly session: WebSession | null;
}

/** Null if the cookie belongs to nobody. */
async function visitOf({ deps, sessions }: ChatContext, token: string): Promise<Visit | null> {
  const known = await deps.people.personAt(webAddress(token));
  return known === null ? null : { person: known.person, session: await sessions.running(token) };
}

/** The lines that may be shown to this visitor: those of the running session, as far as they are theirs. */
export async function drawn(
  chat: ChatContext,
  token: string,
  known: Visit | null = null,
): Promise<(Visit & { readonly shown: Shown }) | null> {
  const visit = known ?? (await visitOf(chat, token));
  if (visit === null) return null;
  const { person, session } = visit;
  const said = session === null ? [] : await chat.deps.people.transcript(person, session.from, WEB_CHAT);
  const shown = buildShown(said.filter(({ from, at }) => from !== 'person' || at >= (session?.start ?? at)));
  const { language } = shown;
  const quiet = quietMinutes(shown);
  if (session !== null && language !== null && (session.language !== language || session.quiet !== quiet)) {
    await chat.sessions.change(token, session, { language, quiet });
  }
  return { person, session, shown: { ...shown, offers: await offersOf(chat, person, shown) } };
}

async function offersOf({ deps }: ChatContext, person: string, shown: Shown): Promise<Offers> {
  const all = offered(shown);
  const kept = await Promise.all(all.map(({ kind, contribution }) => deps.people.document(person, kind, contribution)));
  return new Map(all.map(({ kind }, i) => [kind, kept[i]?.files.map(({ format }) => format) ?? []]));
}

export type NoticeStatus = 400 | 403 | 404 | 405 | 409 | 413 | 429 | 500 | 503;

export async function notice(
  c: WebContext,
  chat: ChatContext,
  status: NoticeStatus,
  key: NoticeKey,
  unsent: Unsent | null = null,
): Promise<Response> {
  return draw(c, noticePage(await frameOf(c, chat), key, unsent), status);
}

export function draw(c: WebContext, page: Html, status: 200 | NoticeStatus = 200): Response | Promise<Response> {
  return c.html(page, status);
}

/** The language of the last line, else languageOf(). */
export async function languageDrawn(c: WebContext, chat: ChatContext, shown: Shown): Promise<Language> {
  return shown.language ?? (await languageOf(c, chat.deps, chat.sessions));
}
