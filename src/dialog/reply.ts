// What the engine answers: text keys with parameters, never rendered text. Rendering, language and the channel's
// abilities come later (channels/render.ts).

/** A text to be looked up when the reply is rendered, e.g. a topic's name in the person's language. */
export interface TextRef {
  readonly key: string;
  readonly params?: Params;
}
export type Param = string | number | TextRef;
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
  /** Set on the bubble that asks: what a tap on its choices answers. */
  readonly prompt?: PromptRef;
  /** While unsent, a newer reply with the same key takes its place ("Saved."). */
  readonly replaces?: string;
  /** The document as a file, under a neutral name. */
  readonly file?: 'preview' | 'final' | 'copy';
}
