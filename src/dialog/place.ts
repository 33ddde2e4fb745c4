/** Where an organiser goes from inside a turn: its session is put away, another one is opened. */
export type Place =
  | { readonly kind: 'home'; readonly list: boolean }
  | { readonly kind: 'new' }
  /** `then`: a command that is meant for that case. */
  | { readonly kind: 'case'; readonly key: string; readonly then?: 'stop' };
