// Node takes one new connection in each round of its event loop. So if every round is long, whoever knocks waits for as many of them
// as others have come before. Between two pieces of long work some rounds pass that are almost empty, and cost next to nothing.

import { setImmediate as aRound } from 'node:timers/promises';

/** A hundred people at once are a burst for one process. */
const SEVERAL = 64;

/** Resolves when whatever has come meanwhile was heard. */
export async function severalRounds(): Promise<void> {
  for (let round = 0; round < SEVERAL; round++) await aRound();
}
