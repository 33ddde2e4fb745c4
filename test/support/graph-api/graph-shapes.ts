// What the stand-in of the Graph API holds, and can do.

export interface SentMessage {
  readonly id: string;
  readonly to: string;
  readonly type: string;
  /** As it was posted. */
  readonly message: Readonly<Record<string, unknown>>;
}

/** An answer in place of the usual one. `after`: the message is accepted nevertheless. */
export interface Fault {
  readonly status: number;
  readonly code: number | null;
  readonly after?: true;
}

export interface StoredFile {
  readonly bytes: Buffer;
  readonly type: string;
  readonly name: string;
  /** In place of the file. */
  readonly lies?: Partial<{
    readonly url: string;
    readonly status: number;
    readonly location: string;
    readonly sha256: string;
    readonly size: number;
    readonly delayMs: number;
  }>;
}

/** Somebody to whom messages go. */
export interface Phone {
  readonly user: string | null;
  readonly number: string | null;
  readonly wroteAt: number | null;
  hear(message: SentMessage): void;
}

export interface GraphApi {
  /** The last one with a name has it. */
  readonly people: Phone[];
  /** Ends with the version. */
  readonly base: URL;
  readonly sent: SentMessage[];
  readonly files: Map<string, StoredFile>;
  /** For the next messages, one each. */
  readonly faults: Fault[];
  /** The field for business-scoped ids: Meta's own pages and others disagree. */
  userField: 'recipient' | 'to';
  tokenIsValid: boolean;
  /** Milliseconds that the clock runs ahead. */
  ahead: number;
  /** The address that is called; null: nobody. */
  webhook: URL | null;
  /** After each accepted message: sent and delivered. */
  tellsStatuses: boolean;
  /** Messages that broke a limit, by what was wrong. */
  readonly refused: string[];
  /** Requests by path, in order. */
  readonly asked: string[];
  /** Uploads get no answer before this. */
  uploads: Promise<unknown>;
  /** Signs and posts once; the status of the answer. */
  post(body: unknown, secret?: string): Promise<number>;
  /** Posts until it is taken, as Meta does, with shorter pauses. */
  deliver(body: unknown): Promise<void>;
  /** One webhook body of these. */
  bodyOf(value: Readonly<Record<string, unknown>>, field?: string): object;
  status(messageId: string, status: string, code?: number): object;
  now(): number;
  close(): Promise<void>;
}
