// The replies of the engine: text keys with parameters. Language and the channel's abilities are applied by
// channels/render.ts.

import type { Language } from '../../languages.ts';

/** A text that is looked up when the reply is rendered, e.g. a topic's name in the person's language. */
export interface TextRef {
  readonly key: string;
  readonly params?: Params;
  /** The hash of its call, if it is another one than the conversation's. */
  readonly call?: string;
}
/** A time, shown in the person's language; `at` is ISO 8601 UTC. */
export interface Moment {
  readonly at: string;
  readonly show: 'date' | 'time';
  /** The clocks to show it by, which are then named; without it, those of the operator. */
  readonly zone?: string;
}
/** `list`: refs joined by line breaks or commas as the text needs. */
export type Param =
  string | number | TextRef | Moment | { readonly list: readonly TextRef[]; readonly by: 'line' | 'comma' };
export type Params = Readonly<Record<string, Param>>;

/** A numbered choice. `value` is stable; `label` is a text key; the lexicon holds the words that select it. */
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
  /** As in TextRef. */
  readonly call?: string;
  /** Key of other words that are shown instead of those of `text` (wordings.ts). */
  readonly wording?: string;
  readonly choices?: readonly Choice[];
  /** Command words to show as buttons if the channel has buttons, e.g. next, skip, pause. */
  readonly commands?: readonly string[];
  /** Asked again: only the first line of its text, and the choices. */
  readonly brief?: true;
  /** Set on the bubble that asks: the prompt that a tap on its choices answers. */
  readonly prompt?: PromptRef;
  /** Shows the transcription of this recording, so that it can be redacted. */
  readonly about?: string;
  /** While unsent, a newer reply with the same key replaces it ("Saved."). */
  readonly replaces?: string;
  /** These characters are shown to the person only; the transcript hides them. */
  readonly secret?: string;
  /** Instead of the conversation's language: to be read aloud. */
  readonly language?: Language;
  /** Also to be read aloud. */
  readonly aloud?: true;
  /** Read aloud after it: how to answer by voice. */
  readonly ear?: readonly TextRef[];
  /** Written by staff, not by the bot. */
  readonly from?: 'staff';
  /** The document as a file, under a neutral name. */
  readonly file?: 'preview' | 'final' | 'copy';
}

// A person's own sentences or messages as a numbered list.

const VALUE = 'number:';

export function numbered(listed: readonly { readonly text: string }[]): readonly Choice[] {
  return listed.map(({ text }, index) => ({
    value: `${VALUE}${index + 1}`,
    label: { key: 'spoken.sentence', params: { said: text.trim() } },
  }));
}

/** The number of such a choice, as text; null for any other choice. */
export function numberOf(value: string): string | null {
  return value.startsWith(VALUE) ? value.slice(VALUE.length) : null;
}
