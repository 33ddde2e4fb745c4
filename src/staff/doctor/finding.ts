// The findings about an installation, of the command and of the desk.

import type { StaffTexts } from '../../texts/catalogues.ts';

/** The worst first. */
export const STANDINGS = [
  /** The program does not start, or can keep nothing. */
  'stops',
  'to-do',
  /** Good to know; nobody must do anything now. */
  'note',
  'fine',
] as const;

export type Standing = (typeof STANDINGS)[number];

/** The parts that are looked at. The desk has a name for each. */
export type Check = keyof StaffTexts['doctor']['checks'];

export interface Finding {
  readonly check: Check;
  readonly standing: Standing;
  readonly says: string;
  /** The remedy; absent if there is nothing to do. */
  readonly mend?: string;
}

export interface Looked {
  /** ISO 8601. */
  readonly at: string;
  readonly findings: readonly Finding[];
}
