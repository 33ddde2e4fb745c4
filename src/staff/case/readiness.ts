// Who has been warned in this session that hard words follow. In memory: after a restart they are warned once more.

const MOST = 10_000;

export class Readiness {
  readonly #ready = new Set<string>();

  /** `session`: a value that only this session has. */
  isReady(session: string): boolean {
    return this.#ready.has(session);
  }

  makeReady(session: string): void {
    if (this.#ready.size >= MOST) this.#ready.clear();
    this.#ready.add(session);
  }
}
