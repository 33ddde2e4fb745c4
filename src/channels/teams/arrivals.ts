// Teams waits for an answer, and gives up after 15 seconds; a turn can wait a moment. So while messages arrive, they are stored, and
// their turns are begun and their replies sent afterwards, with rounds of the event loop before each: what arrives meanwhile is heard
// between two of them. Those that arrive in one round share a commit, for which the whole process waits.

import { severalRounds } from '../../event-loop.ts';

/** Milliseconds after which a turn or a reply begins although messages still arrive. */
const LONGEST = 1_000;

interface Waiting {
  readonly until: number;
  readonly go: () => void;
}

export class Arrivals {
  #unanswered = 0;
  readonly #waiting: Waiting[] = [];
  #pumping = false;
  #late: NodeJS.Timeout | undefined;
  #round: Promise<void> | null = null;

  /** `work` ends with an answer to Teams. */
  async answering<T>(work: () => Promise<T>): Promise<T> {
    this.#unanswered += 1;
    try {
      return await work();
    } finally {
      this.#unanswered -= 1;
      this.#pump();
    }
  }

  /** Resolves for all who wait in this round of the event loop at the same moment: what they store then is one commit. */
  together(): Promise<void> {
    this.#round ??= new Promise((go) => {
      setImmediate(() => {
        this.#round = null;
        go();
      });
    });
    return this.#round;
  }

  /** Resolves when a turn may begin, or a reply may be sent. */
  quiet(): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ until: performance.now() + LONGEST, go });
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    // Requests that have come meanwhile are read first.
    void severalRounds().then(() => {
      this.#pumping = false;
      clearTimeout(this.#late);
      const [next] = this.#waiting;
      if (next === undefined) return;
      const left = next.until - performance.now();
      if (this.#unanswered > 0 && left > 0) {
        this.#late = setTimeout(() => this.#pump(), left);
        return;
      }
      this.#waiting.shift();
      next.go();
      this.#pump();
    });
  }
}
