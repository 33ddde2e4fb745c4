import type { Publication } from './publication.ts';

/** Where an organiser goes from inside a turn: its session is put away, another one is opened. */
export type Place =
  | { readonly kind: 'home'; readonly at: 'home' | 'cases' | 'joint' }
  | { readonly kind: 'new' }
  /** `then`: a command that is meant for that case. */
  | { readonly kind: 'case'; readonly key: string; readonly then?: Then }
  | { readonly kind: 'joint'; readonly members: readonly string[]; readonly publication: Publication };

export type Then =
  | { readonly kind: 'stop' | 'hold' | 'stricter' | 'shorten' | 'review' }
  /** As staff suggested for a document in which this text stands. */
  | { readonly kind: 'withhold'; readonly words: string };
