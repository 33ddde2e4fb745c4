// Makes a document's files in Workers with limits of time and memory: a text that exceeds them gets an error message,
// and affects nobody else (docs/decisions/0141).

import { Worker } from 'node:worker_threads';
import { apart, watchTime } from '../apart.ts';
import type { Unmade } from '../dialog/engine/event.ts';
import type { DocumentModel } from './document-model.ts';

export interface Wanted {
  readonly model: DocumentModel;
  readonly formats: readonly ('docx' | 'pdf')[];
  /** 'check': whether they could be made, without making them; 'pages': their length. Their bytes are then empty. */
  readonly only: 'check' | 'pages' | null;
}

/** In the order in which they were requested. */
export type MadeFile =
  | { readonly format: 'docx' | 'pdf'; readonly bytes: Uint8Array; readonly pages?: number }
  | ({ readonly bytes: null } & Unmade);

export interface Limits {
  readonly memoryMb: number;
  /** Of the processor. */
  readonly timeMs: number;
  /** Documents made at once; more of them wait, first in, first out. */
  readonly atOnce: number;
  /** UTF-16 units of all text in a document. */
  readonly length: number;
}

/** 2,500 words take a tenth of a second and 60 MB. */
export const LIMITS: Limits = { memoryMb: 512, timeMs: 30_000, atOnce: 2, length: 4_000_000 };

/** Memory is exceeded by a text; time by one, or by a machine that is busy for minutes. */
type Exceeded = Exclude<Unmade['why'], 'missing-glyphs'>;

/** A word that no person writes: a pasted picture. */
const UNBROKEN = /\S{2000}/u;

export class FileMaker {
  readonly #limits: Limits;
  readonly #idle: FileWorker[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * A file that exceeds the limits is not made, and the next one is tried. Rejects with the Worker's error, which is a
   * fault in the program.
   */
  async make(wanted: Wanted): Promise<readonly MadeFile[]> {
    const { formats, model } = wanted;
    const unmade = (why: Exceeded) => formats.map((format): MadeFile => ({ format, bytes: null, why, characters: [] }));
    if (formats.length === 0) return [];
    if (model.blocks.reduce((sum, { text }) => sum + text.length, 0) > this.#limits.length) return unmade('too-much');
    if (this.#busy === this.#limits.atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#busy++;
    try {
      const made = await this.#inWorker(wanted);
      if (typeof made !== 'string') return made;
      // The time of a text without such a word passed for another reason, which its person cannot mend.
      return unmade(model.blocks.some(({ text }) => UNBROKEN.test(text)) ? 'too-much' : made);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#busy--;
      else next();
    }
  }

  /** Says which limit it exceeded; that Worker has ended then. */
  async #inWorker(wanted: Wanted): Promise<readonly MadeFile[] | Exceeded> {
    const rested = this.#idle.pop();
    const worker = rested === undefined || rested.isGone ? new FileWorker(this.#limits) : rested;
    const made = await worker.make(wanted, this.#limits.timeMs);
    if (typeof made !== 'string') this.#idle.push(worker);
    return made;
  }
}

/** Reused: starting a Worker with its libraries takes longer than making a document. */
class FileWorker {
  readonly #worker: Worker;
  isGone = false;
  #end: (made: readonly MadeFile[] | Error | Exceeded) => void = () => undefined;

  constructor({ memoryMb }: Limits) {
    this.#worker = new Worker(new URL('document-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 },
      ...apart(),
    });
    this.#worker.on('message', (made: readonly MadeFile[]) => this.#end(made));
    this.#worker.on('error', (error: NodeJS.ErrnoException) =>
      this.#end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-much' : error),
    );
    this.#worker.on('exit', () => {
      this.isGone = true;
      this.#end(new Error('a Worker ended before its document was made'));
    });
  }

  /** One at a time; after a limit or an error the Worker has ended. */
  make(wanted: Wanted, timeMs: number): Promise<readonly MadeFile[] | Exceeded> {
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      const endWatch = watchTime(this.#worker, timeMs, () => this.#end('too-slow'));
      this.#end = (made) => {
        endWatch();
        this.#end = () => undefined;
        if (Array.isArray(made)) this.#worker.unref();
        else void this.#worker.terminate();
        if (made instanceof Error) reject(made);
        else resolve(made);
      };
      this.#worker.postMessage(wanted);
    });
  }
}

const maker = new FileMaker(LIMITS);

/** In the Workers of this process. */
export function makeFiles(
  model: DocumentModel,
  formats: Wanted['formats'],
  only: Wanted['only'] = null,
): Promise<readonly MadeFile[]> {
  return maker.make({ model, formats, only });
}
