// The calls that somebody can begin a text for, at a given time. The first one is for people who name none.

import { type CallForInputs, isPast } from './call.ts';
import { whyNotServed } from './why-not-served.ts';
import type { CallCatalogue } from './catalogue.ts';
import { inEvery, type Language } from '../languages.ts';

export interface OpenCall {
  readonly id: string;
  readonly hash: string;
  readonly short: Readonly<Record<Language, string>>;
  /** Begins it, as a message; its id does, too. */
  readonly word: string | null;
}

interface Known {
  readonly hash: string;
  readonly call: CallForInputs;
  readonly catalogues: Readonly<Record<Language, CallCatalogue>>;
}

export interface ServedCalls {
  readonly first: string;
  /**
   * All that can be begun at a time. The first one is among them even if it is over: who names none is told so. Null:
   * there is only one.
   */
  readonly several: ((time: string) => readonly OpenCall[]) | null;
  stateOf(id: string, time: string): 'open' | 'over' | 'unknown';
}

/** `ids`: all calls that can be read. `named`: those of the configuration. `takesLate`: these also after their end. */
export function buildServedCalls(
  calls: { find(id: string): Known | null; current(id: string): Known },
  {
    ids,
    named,
    takesLate,
  }: { readonly ids: readonly string[]; readonly named: readonly string[]; readonly takesLate: boolean },
): ServedCalls {
  const [first = ''] = named;
  const others = ids.filter((id) => id !== first);
  const isOver = (call: CallForInputs, time: string) =>
    (call.status === 'closed' || isPast(call, time)) && !(takesLate && named.includes(call.id));
  const stateOf = (id: string, time: string) => {
    const call = calls.find(id)?.call;
    if (call === undefined || whyNotServed(call) !== null) return 'unknown';
    return isOver(call, time) ? 'over' : 'open';
  };
  const several = (time: string) =>
    [first, ...others.filter((id) => stateOf(id, time) === 'open')].map((id) => {
      const { call, catalogues, hash } = calls.current(id);
      return { id, hash, short: inEvery((language) => catalogues[language].short), word: call.word ?? null };
    });
  return { first, stateOf, several: others.length === 0 ? null : several };
}
