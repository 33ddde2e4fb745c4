// Two questions are asked again until they are answered: whether to hide a name, and whether to take a message out. A person who
// goes on telling meanwhile is saved as always. docs/decisions/0175-it-listens.md.

import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import { leaveOutOrder } from './second-thoughts.ts';

type Doubt = NonNullable<Session['doubt']>;
type PutOff = Extract<Doubt, { readonly kind: 'command' | 'take-out' }>;

/** A new answer that is kept together with an earlier one loses nothing if nobody says more about it. */
export function canBePutOff(doubt: Session['doubt']): doubt is PutOff {
  return (doubt?.kind === 'take-out' && doubt.id !== '') || (doubt?.kind === 'command' && doubt.command === 'hide');
}

/** The words of a wish to hide a name are in the text from now on, unless they were said at a prompt that takes none. */
export function putOff(turn: Turn, doubt: PutOff): void {
  const later: PutOff =
    doubt.kind === 'take-out' ? { ...doubt, again: true } : { ...doubt, words: doubt.words ?? 'kept' };
  turn.change({ putOff: [...(turn.session.putOff ?? []), later] });
}

/** The first that can still be asked; the others wait on. A message that is no longer in the text is not asked about. */
export function nextPutOff(turn: Turn): PutOff | null {
  const { putOff: all = [], ...rest } = turn.session;
  const texts = new Map(turn.parts().map(({ id, text }) => [id, text]));
  const open = all.flatMap((doubt): readonly PutOff[] => {
    if (!canBePutOff(doubt)) return [];
    if (doubt.kind === 'command') return [doubt];
    const text = texts.get(doubt.part.id);
    if (text === undefined) leaveOutOrder(turn, doubt);
    return text === undefined ? [] : [{ ...doubt, part: { ...doubt.part, text } }];
  });
  const [first, ...later] = open;
  turn.session = later.length === 0 ? rest : { ...rest, putOff: later };
  return first ?? null;
}

/** The text is no longer being written. */
export function dropPutOff(turn: Turn): void {
  const { putOff: _, ...rest } = turn.session;
  turn.session = rest;
}

/** Their message was edited, or deleted if `text` is null. */
export function changePutOff(turn: Turn, target: string, text: string | null): void {
  const { putOff: all, doubt, ...rest } = turn.session;
  const open = doubt !== null && isKept(doubt) ? changed(doubt, target, text) : doubt;
  const left = (all ?? []).flatMap((one) => changed(one, target, text) ?? []);
  turn.session = left.length === 0 ? { ...rest, doubt: open } : { ...rest, doubt: open, putOff: left };
}

/** Its words are in the text. */
export function isKept(doubt: Doubt): boolean {
  return doubt.kind === 'command' && doubt.words === 'kept';
}

function changed(doubt: Doubt, target: string, text: string | null): Doubt | null {
  if (doubt.id !== target) return doubt;
  return text === null ? null : { ...doubt, text };
}
