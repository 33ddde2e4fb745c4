// Facts that a turn is taken without, until something in it asks for them: most turns need none of them.

import type { Needed } from './world.ts';

/** Thrown when a prompt or a stage reads facts that are not loaded; takeTurn() returns a request for them. */
export class NeedsError extends Error {
  override readonly name = 'NeedsError';
  readonly what: Needed;

  constructor(what: Needed) {
    super(`needs ${what}`);
    this.what = what;
  }
}

/** Made once: a new error would look through the whole stack. */
export const NEEDS: Readonly<Record<Needed, NeedsError>> = {
  parts: new NeedsError('parts'),
  held: new NeedsError('held'),
  cases: new NeedsError('cases'),
  fingerprints: new NeedsError('fingerprints'),
};
