// Reply → what a channel shows: the text in the person's language, its choices as buttons or numbered lines, in bubbles that fit.

import type { Language } from '../dialog/language.ts';
import type { Reply, TextRef } from '../dialog/reply.ts';
import type { Bubble, Capabilities, Rendered } from './channel.ts';

/** Looks a text up in one language. */
export type Say = (ref: TextRef) => string;

/** Pure: the same reply gives the same bubbles. */
export function render(reply: Reply, language: Language, say: Say, capabilities: Capabilities): Rendered {
  const text = say({ key: reply.text, ...(reply.params === undefined ? {} : { params: reply.params }) });
  const shown = reply.brief === true ? (text.split('\n')[0] ?? text) : text;
  const choices = (reply.choices ?? []).map(({ value, label }, index) => ({
    number: index + 1,
    value,
    label: say(label),
  }));
  const list = choices.map(({ number, label }) => `*${number}* ${label}`).join('\n');
  const whole = capabilities.buttons || list === '' ? shown : `${shown}\n${list}`;
  return {
    language,
    bubbles: bubblesOf(whole, capabilities.bubble),
    choices,
    commands: (reply.commands ?? []).map((command) => ({ command, word: say({ key: `commands.${command}` }) })),
    prompt: reply.prompt ?? null,
    file: reply.file ?? null,
    acknowledgement: reply.replaces === 'saved',
  };
}

/** Cuts between paragraphs first, then lines, sentences, words; inside a word only where it is longer than a bubble. */
export function bubblesOf(text: string, limit: number): readonly Bubble[] {
  return pack(text, limit, [/(?<=\n\n)/u, /(?<=\n)/u, /(?<=[.!?…]["”»)]?\s)/u, /(?<=\s)/u]).map((bubble) => ({
    text: bubble,
  }));
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
