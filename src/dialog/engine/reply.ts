// What the engine answers: text keys with parameters, never rendered text. Rendering, language and the channel's
// abilities come later (channels/render.ts).

import type { Language } from '../../languages.ts';

/** A text to be looked up when the reply is rendered, e.g. a topic's name in the person's language. */
export interface TextRef {
  readonly key: string;
  readonly params?: Params;
}
/** A moment, shown in the person's language; `at` is ISO 8601 UTC. */
export interface Moment {
  readonly at: string;
  readonly show: 'date' | 'time';
}
/** `list`: refs joined by line breaks or commas as the text needs. */
export type Param =
  string | number | TextRef | Moment | { readonly list: readonly TextRef[]; readonly by: 'line' | 'comma' };
export type Params = Readonly<Record<string, Param>>;

/** A numbered choice. `value` is stable; `label` is a text key; words that also say it stand in the lexicon. */
export interface Choice {
  readonly value: string;
  readonly label: TextRef;
}

export interface PromptRef {
  readonly id: string;
  readonly version: number;
}

/** One bubble. `text` is a key in bot.json or in the call's catalogue ("call:topics.investigation.short"). */
export interface Reply {
  readonly text: string;
  readonly params?: Params;
  readonly choices?: readonly Choice[];
  /** Command words worth a button where the channel has buttons, e.g. next, skip, pause. */
  readonly commands?: readonly string[];
  /** Asked again: the first line of its text will do, and the choices. */
  readonly brief?: true;
  /** Set on the bubble that asks: what a tap on its choices answers. */
  readonly prompt?: PromptRef;
  /** Shows what was written down of this recording: it can be taken back. */
  readonly about?: string;
  /** While unsent, a newer reply with the same key takes its place ("Saved."). */
  readonly replaces?: string;
  /** These characters stand in the text for the person only: whoever reads the transcript later sees none of them. */
  readonly secret?: string;
  /** In this language instead of the conversation's: it is to be read aloud. */
  readonly language?: Language;
  /** To be heard as well as read. */
  readonly aloud?: true;
  /** Said after it where it is heard: how to answer by voice. */
  readonly ear?: readonly TextRef[];
  /** Words of a person of the operator, not the program's. */
  readonly from?: 'staff';
  /** The document as a file, under a neutral name. */
  readonly file?: 'preview' | 'final' | 'copy';
}

// A person's own sentences or messages as they stand on a numbered list.

const VALUE = 'number:';

export function numbered(listed: readonly { readonly text: string }[]): readonly Choice[] {
  return listed.map(({ text }, index) => ({
    value: `${VALUE}${index + 1}`,
    label: { key: 'spoken.sentence', params: { said: text.trim() } },
  }));
}

/** The number of such a choice, as it is written; null for any other. */
export function numberOf(value: string): string | null {
  return value.startsWith(VALUE) ? value.slice(VALUE.length) : null;
}
