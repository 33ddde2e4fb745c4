// All pieces of the bench and how long each of them takes.

import { documents } from './documents.ts';
import { durableTurns } from './durable-turns.ts';
import type { Figure } from './figure.ts';
import { growth } from './growth.ts';
import { memory } from './memory.ts';
import { processes } from './processes.ts';
import { pureTurns } from './pure-turns.ts';
import { start } from './start.ts';
import { stock } from './stock.ts';
import { storm } from './storm.ts';
import { teams } from './teams.ts';
import { whatsapp } from './whatsapp.ts';

export type Piece =
  | 'pure'
  | 'durable'
  | 'growth'
  | 'memory'
  | 'documents'
  | 'start'
  | 'teams'
  | 'whatsapp'
  | 'stock'
  | 'processes'
  | 'storm';

/** Measured only if they are named: they take minutes. */
export const LONG: readonly Piece[] = ['stock', 'processes', 'storm'];
/** `people`: in the storm; by default so many as the machine has processors for. */
export interface Chosen {
  readonly people?: number;
}
type Pieces = Readonly<Record<Piece, (chosen?: Chosen) => Promise<readonly Figure[]>>>;

export const WHOLE: Pieces = {
  pure: () => pureTurns({ slices: 7, sliceMs: 500 }),
  durable: () => durableTurns({ rounds: 7, sliceMs: 700 }),
  growth: () => growth({ answers: 700, samples: 200 }),
  memory: () => memory({ conversations: 10_000, times: 3 }),
  documents: () => documents({ times: 3, runs: 12, office: 12 }),
  start: () => start({ times: 5 }),
  teams: () => teams({ conversations: 100, rounds: 12 }),
  whatsapp: () =>
    whatsapp({
      crowds: [
        { people: 10, most: { baileys: 6, cloud: 6 } },
        { people: 200, most: { baileys: 60, cloud: 10 } },
      ],
    }),
  stock: () => stock({ rounds: 5, sliceMs: 700 }),
  processes: () => processes({ processes: [1, 2, 4], conversations: [1, 64, 512], rounds: 5, sliceMs: 1_000 }),
  storm: (chosen) => storm(chosen),
};

/** The same in seconds: shows that it runs, and little more. */
export const QUICK: Pieces = {
  pure: () => pureTurns({ slices: 3, sliceMs: 100 }),
  durable: () => durableTurns({ rounds: 3, sliceMs: 150 }),
  growth: () => growth({ answers: 100, samples: 20 }),
  memory: () => memory({ conversations: 200, times: 1 }),
  documents: () => documents({ times: 1, runs: 2, office: 0 }),
  start: () => start({ times: 1 }),
  teams: () => teams({ conversations: 5, rounds: 1 }),
  whatsapp: () => whatsapp({ crowds: [{ people: 1, most: { baileys: 6, cloud: 6 } }] }),
  stock: () => stock({ rounds: 1, sliceMs: 50 }),
  processes: () => processes({ processes: [1], conversations: [2], rounds: 1, sliceMs: 100 }),
  storm: () => storm({ people: 2 }),
};
