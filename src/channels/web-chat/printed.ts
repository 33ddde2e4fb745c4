// What stands on the page to print: the bot's own texts, rendered as they are in the conversation.

/** One question, as it is read aloud. */
export interface PrintedQuestion {
  /** Names its lines on the form, e.g. "families"; unique on the page. */
  readonly id: string;
  /** Stands above the lines of the form. */
  readonly name: string;
  /** What is read after the name; null where the name is the question. */
  readonly hints: string | null;
}

/** In one language. A text that is a consent is word for word the one whose hash is kept with the consent. */
export interface Printed {
  /** Who we are, by name and number. */
  readonly who: string;
  readonly withdraw: string;
  readonly keep: string;
  /** Yes, under age, no. */
  readonly keepAnswers: readonly string[];
  readonly call: string;
  readonly topics: readonly PrintedQuestion[];
  /** What is asked after the topics. */
  readonly asks: readonly PrintedQuestion[];
  readonly publication: string;
  /** Each choice, with what is asked on top of it and the question before sending that names it. */
  readonly publicationChoices: readonly {
    readonly label: string;
    readonly sure: string | null;
    readonly send: string;
  }[];
  readonly names: readonly string[];
  readonly languages: readonly string[];
  readonly readBack: readonly string[];
  readonly sendAnswers: readonly string[];
}
