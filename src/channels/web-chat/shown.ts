// From what was said to what is drawn: pure, so that it can be read and tested without a page.

import type { Language } from '../../languages.ts';
import type { Bubble, Rendered } from '../channel.ts';
import { aloudText, withRendered } from '../render.ts';
import type { DocumentFormat, DocumentKind, SaidLine } from './ports.ts';

/** Lines drawn at most; what is older scrolls out of a very long session, and stays kept. */
const MOST_LINES = 300;

export type ShownLine =
  | { readonly kind: 'person'; readonly id: string; readonly text: string | null; readonly edited: boolean }
  | {
      readonly kind: 'bot';
      readonly id: string;
      readonly bubbles: readonly Bubble[];
      /** Offered with the newest line of its kind only: there is one document behind all of them. */
      readonly file: DocumentKind | null;
      /** Whose document, where one chat has several. */
      readonly contribution?: string;
      /** What is to be heard of it; null where it is only read. */
      readonly aloud: string | null;
      /** Words of a person of the operator, not the program's. */
      readonly by?: 'staff';
    }
  /** "Saved." and its like: small, and only the last of a row. */
  | { readonly kind: 'acknowledgement'; readonly id: string; readonly text: string };

/** The files that are there behind the lines that offer one. */
export type Offers = ReadonlyMap<DocumentKind, readonly DocumentFormat[]>;

/** What can be tapped now: the choices of the last prompt, and the command words offered since. */
export type Actions = Pick<Rendered, 'choices' | 'commands' | 'prompt'>;

export interface Shown {
  readonly lines: readonly ShownLine[];
  readonly actions: Actions;
  readonly offers: Offers;
  /** Null before the bot has said anything. */
  readonly language: Language | null;
  /** The person has said something in this session. */
  readonly begun: boolean;
  /** Several people's words are in this chat. */
  readonly several: boolean;
  /** The word of their own is asked for: what was typed before waits for it. */
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

/** The documents that some line offers, each once. */
export function offered({ lines }: Shown): readonly { readonly kind: DocumentKind; readonly contribution?: string }[] {
  return lines.flatMap((line) => {
    if (line.kind !== 'bot' || line.file === null) return [];
    const { file: kind, contribution } = line;
    return [contribution === undefined ? { kind } : { kind, contribution }];
  });
}

/** An earlier line would lead to the newer document: another version, or, with many texts in one chat, another person's. */
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

/** Drops an acknowledgement after which comes another, with only the person's lines between. */
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
