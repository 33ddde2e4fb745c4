// A message in a messenger that is nothing but a code: the conversation that it opens goes on there. Its words are never
// kept: what is taken in is that it came.

import type { Incoming } from '../channels/channel.ts';
import type { Elsewhere } from '../dialog/engine/event.ts';
import type { Store } from '../store/store.ts';

export interface GoOnHereDeps {
  readonly store: Pick<Store, 'goOnHere'>;
  /** A code as people write it; null where it cannot be one. */
  readonly parseCode: (text: string) => string | null;
  /** Channels on which a code may be written. */
  readonly on: ReadonlySet<string>;
  /** Days for which a code that works once is good. */
  readonly days: number;
  readonly now: () => Date;
}

/** Longer is no code, however it is spaced. */
const LONGEST = 30;

export function buildGoOnHere(deps: GoOnHereDeps): (incoming: Incoming) => Promise<Incoming> {
  const { store, parseCode, on, days, now } = deps;
  return async (incoming) => {
    const { event, from } = incoming;
    if (event.kind !== 'message' || event.text.length > LONGEST || !on.has(from.channel)) return incoming;
    const code = parseCode(event.text);
    if (code === null) return incoming;
    const since = new Date(now().getTime() - days * 86_400_000).toISOString();
    const arrived = await store.goOnHere(code, from, since);
    if (arrived === 'unknown') return incoming;
    const what: Elsewhere = { kind: arrived };
    return { ...incoming, event: { id: event.id, at: event.at, kind: 'elsewhere', what } };
  };
}
