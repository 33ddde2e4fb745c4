// All pieces of the bench and how long each of them takes.

import { documents } from './documents.ts';
import { durableTurns } from './durable-turns.ts';
import type { Figure } from './figure.ts';
import { growth } from './growth.ts';
import { memory } from './memory.ts';
import { pureTurns } from './pure-turns.ts';
import { start } from './start.ts';
import { teams } from './teams.ts';
import { whatsapp } from './whatsapp.ts';

export type Piece = 'pure' | 'durable' | 'growth' | 'memory' | 'documents' | 'start' | 'teams' | 'whatsapp';
type Pieces = Readonly<Record<Piece, () => Promise<readonly Figure[]>>>;

export const WHOLE: Pieces = {
  pure: () => pureTurns({ slices: 7, sliceMs: 500 }),
  durable: () => durableTurns({ rounds: 7, sliceMs: 700 }),
  growth: () => growth({ answers: 1000, samples: 300 }),
  memory: () => memory({ conversations: 10_000, times: 3 }),
  documents: () => documents({ times: 3, runs: 12 }),
  start: () => start({ times: 5 }),
  teams: () => teams({ conversations: 100, rounds: 12 }),
  whatsapp: () =>
    whatsapp({
      crowds: [
        { people: 10, most: { baileys: 6, cloud: 6 } },
        { people: 200, most: { baileys: 60, cloud: 10 } },
      ],
    }),
};

/** The same in seconds: shows that it runs, and little more. */
export const QUICK: Pieces = {
  pure: () => pureTurns({ slices: 3, sliceMs: 100 }),
  durable: () => durableTurns({ rounds: 3, sliceMs: 150 }),
  growth: () => growth({ answers: 100, samples: 20 }),
  memory: () => memory({ conversations: 200, times: 1 }),
  documents: () => documents({ times: 1, runs: 2 }),
  start: () => start({ times: 1 }),
  teams: () => teams({ conversations: 5, rounds: 1 }),
  whatsapp: () => whatsapp({ crowds: [{ people: 1, most: { baileys: 6, cloud: 6 } }] }),
};
