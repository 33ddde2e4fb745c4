// Reply → what a channel shows: the text in the person's language, its choices as buttons or numbered lines, in bubbles that fit.

import { z } from 'zod';
import type { Param, Params, Reply, TextRef } from '../dialog/engine/reply.ts';
import { type Language, LANGUAGES } from '../languages.ts';
import type { Bubble, Capabilities, Rendered } from './channel.ts';

// The text of a reply that is read aloud: its words without marks, then its choices, then how to answer by voice.

/** "*1* Continue" → "1. Continue."; a choice that is only on a button is read as well. */
export function aloudText({ bubbles, choices, ear }: Pick<Rendered, 'bubbles' | 'choices' | 'ear'>): string {
  const said = bubbles.map(({ text, bold }) =>
    bold.toReversed().reduce((now, [from, to]) => {
      const word = now.slice(from + 1, to - 1);
      return now.slice(0, from) + (/^\d+$/u.test(word) ? `${word}.` : word) + now.slice(to);
    }, text),
  );
  const whole = said.join('\n');
  const unsaid = choices.filter(({ number, label }) => !whole.includes(`${number}. ${label}`));
  const last = ear === undefined ? [] : [ear.replaceAll('*', '')];
  return [whole, ...unsaid.map(({ number, label }) => `${number}. ${label}.`), ...last].join('\n');
}

const renderedSchema = z.object({
  language: z.enum(LANGUAGES),
  bubbles: z.array(z.object({ text: z.string(), bold: z.array(z.tuple([z.number(), z.number()])).default([]) })),
  choices: z.array(z.object({ number: z.number(), value: z.string(), label: z.string() })).default([]),
  commands: z.array(z.object({ command: z.string(), word: z.string() })).default([]),
  prompt: z.object({ id: z.string(), version: z.number() }).nullable().default(null),
  file: z.enum(['preview', 'final', 'copy']).nullable().default(null),
  acknowledgement: z.boolean().default(false),
  aloud: z.literal(true).exactOptional(),
  ear: z.string().exactOptional(),
  secret: z.string().min(1).exactOptional(),
  from: z.literal('staff').exactOptional(),
  several: z.literal(true).exactOptional(),
  locked: z.literal(true).exactOptional(),
  contribution: z.string().min(1).exactOptional(),
  expires: z.number().int().positive().exactOptional(),
});

/** A stored reply as it was rendered; null if it cannot be read, e.g. from an older version. */
export function parseRendered(body: unknown): Rendered | null {
  const parsed = renderedSchema.safeParse(body);
  return parsed.success ? parsed.data : null;
}

/** Lines of a transcript, each with its reply as it was rendered; null for what a person said, and for what cannot be read. */
export function withRendered<L extends { readonly from: string; readonly body: unknown }>(
  lines: readonly L[],
): readonly { readonly line: L; readonly rendered: Rendered | null }[] {
  return lines.map((line) => ({ line, rendered: line.from === 'person' ? null : parseRendered(line.body) }));
}

/** Looks a text up in one language. */
export type Say = (ref: TextRef) => string;

/** Pure: the same reply gives the same bubbles. */
export function render(reply: Reply, language: Language, say: Say, capabilities: Capabilities): Rendered {
  const text = say({
    key: reply.wording ?? reply.text,
    ...(reply.params === undefined ? {} : { params: withOwnStars(reply.params) }),
    ...(reply.call === undefined ? {} : { call: reply.call }),
  });
  const labels = (reply.choices ?? []).map(({ label }) => label).map(say);
  const words = (reply.commands ?? []).map((command) => ({ key: `commands.${command}` })).map(say);
  const shown = reply.brief === true ? briefOf(text) : text;
  const choices = (reply.choices ?? []).map(({ value }, index) => ({
    number: index + 1,
    value,
    label: labels[index] ?? '',
  }));
  const list = choices.map(({ number, label }) => `*${number}* ${label}`).join('\n');
  const whole = capabilities.buttons || list === '' ? shown : `${shown}\n${list}`;
  return {
    language,
    bubbles: bubblesOf(whole, capabilities.bubble),
    choices,
    commands: (reply.commands ?? []).map((command, index) => ({ command, word: words[index] ?? '' })),
    prompt: reply.prompt ?? null,
    file: reply.file ?? null,
    acknowledgement: reply.replaces === 'saved',
    ...(reply.aloud === true ? { aloud: true as const } : {}),
    ...(reply.ear === undefined ? {} : { ear: reply.ear.map(say).join(' ') }),
    ...(reply.secret === undefined ? {} : { secret: reply.secret }),
    ...(reply.from === undefined ? {} : { from: reply.from }),
  };
}

interface Row {
  readonly body: unknown;
  readonly promptId: string | null;
  readonly replaces: string | null;
  readonly quotes?: true;
}

/**
 * The replies of one turn in as few bubbles as the limit allows, in their order. One that is found again by its prompt ends a
 * bubble, and so does one that quotes a person, so that the end of the words is seen; one that is treated differently (a file,
 * a secret, words of staff, …) stays alone.
 */
export function joined<R extends Row>(rows: readonly R[], limit: number): readonly R[] {
  const all: R[] = [];
  for (const row of rows) {
    const before = all.at(-1);
    const body = before === undefined ? null : together(before, row, limit);
    if (body !== null) all.pop();
    all.push(body === null ? row : { ...row, body });
  }
  return all;
}

const BETWEEN = '\n\n';

function together(first: Row, second: Row, limit: number): Rendered | null {
  if (first.promptId !== null || first.quotes === true) return null;
  if (first.replaces !== null || second.replaces !== null) return null;
  const [one, other] = [first.body, second.body].map(parseRendered);
  if (!isPlain(one) || !isPlain(other) || one.prompt !== null || one.language !== other.language) return null;
  const [above, below] = [one.bubbles.at(-1), other.bubbles[0]];
  if (above === undefined || below === undefined) return null;
  const start = above.text.length + BETWEEN.length;
  if (start + below.text.length > limit) return null;
  const bold = below.bold.map(([from, to]) => [from + start, to + start] as const);
  const bubble = { text: `${above.text}${BETWEEN}${below.text}`, bold: [...above.bold, ...bold] };
  return { ...other, bubbles: [...one.bubbles.slice(0, -1), bubble, ...other.bubbles.slice(1)] };
}

const ALONE = ['aloud', 'ear', 'secret', 'from'] as const;

function isPlain(rendered: Rendered | null | undefined): rendered is Rendered {
  if (rendered === null || rendered === undefined) return false;
  return rendered.file === null && !rendered.acknowledgement && ALONE.every((field) => rendered[field] === undefined);
}

/** In characters: a first line this long may be enough without the question. */
const SAYS_ENOUGH = 45;

/** The question in short: the first line, and if that only leads up to a question, also the question. */
function briefOf(text: string): string {
  const [first = text] = text.split('\n');
  if (/[?؟]/u.test(first) || first.length === text.length) return first;
  const asked = /^[^?؟]{0,400}[?؟]/u.exec(text.slice(first.length))?.[0];
  if (asked === undefined) return first.length >= SAYS_ENOUGH ? first : text.split('\n').slice(0, 2).join('\n');
  // Only the sentence that asks, on a separate line.
  const question = asked.split(/[\n.!…]\s*/u).at(-1) ?? asked;
  return `${first}\n${question.trim()}`;
}

/** Cuts between paragraphs first, then lines, sentences, words; inside a word only if it is longer than a bubble. */
export function bubblesOf(text: string, limit: number): readonly Bubble[] {
  return pack(text, limit, [/(?<=\n\n)/u, /(?<=\n)/u, /(?<=[.!?؟…]["”»)]?\s)/u, /(?<=\s)/u]).map((bubble) => ({
    text: bubble.replaceAll(OWN_STAR, '*'),
    bold: [...bubble.matchAll(MARKED)].map(({ index, 0: marked }) => [index, index + marked.length]),
  }));
}

/** Words that the bot asks to write (*next*), and headings. */
const MARKED = /(?<![\p{L}\p{N}*])\*[^*\n]+\*(?![\p{L}\p{N}*])/gu;

/**
 * Placeholder for a person's own asterisk until the marks are found. No text contains it: control characters are
 * cleaned away.
 */
const OWN_STAR = '\u0001';

/** People's words are plain strings in the parameters; refs are the bot's words, with such strings inside. */
function withOwnStars(params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, ownStarsIn(param)]));
}

function ownStarsIn(param: Param): Param {
  if (typeof param === 'string') return param.replaceAll('*', OWN_STAR);
  if (typeof param === 'number' || 'at' in param) return param;
  return 'list' in param ? { ...param, list: param.list.map(ownStarsInRef) } : ownStarsInRef(param);
}

function ownStarsInRef(ref: TextRef): TextRef {
  return ref.params === undefined ? ref : { ...ref, params: withOwnStars(ref.params) };
}

function pack(text: string, limit: number, cuts: readonly RegExp[]): readonly string[] {
  if (text.length <= limit) return text.trim() === '' ? [] : [text.trim()];
  const [cut, ...finer] = cuts;
  if (cut === undefined) {
    const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
    return fill(characters, limit);
  }
  const pieces = text.split(cut);
  return pieces.length === 1
    ? pack(text, limit, finer)
    : fill(
        pieces.flatMap((piece) => (piece.length <= limit ? [piece] : pack(piece, limit, finer))),
        limit,
      );
}

function fill(pieces: readonly string[], limit: number): readonly string[] {
  const bubbles: string[] = [];
  let open = '';
  for (const piece of pieces) {
    if (open !== '' && open.length + piece.length > limit) {
      bubbles.push(open.trim());
      open = '';
    }
    open += piece;
  }
  return [...bubbles, open.trim()].filter((bubble) => bubble !== '');
}
