// A name that waits to be confirmed: its places in the text, how they would read, and whether they are hidden there already.

import type { TextRef } from '../../engine/reply.ts';
import type { Turn } from '../../engine/turn.ts';
import { peopleIn } from '../../understanding/names/folded.ts';
import { eachOnce, excerpt, hidingIn, type Standing } from '../../understanding/names/settle.ts';
import { labelsOf, placesIn } from './name-places.ts';

export type Who = 'harmed' | 'author';

/** Number of sentences that are shown with a name. */
const SHOWN = 8;

/** The places of the name to confirm, as they would read: one of each sentence. */
export function shownWith(
  turn: Turn,
  who: Who,
  name: string,
): { readonly shown: readonly Standing[]; readonly more: number } {
  const terms = peopleIn(name);
  const all = placesIn(turn, named(turn, who, name)).filter(({ one }) => terms.includes(one.place.sought.term));
  const open = all.filter(({ one }) => one.isOpen);
  const first = [...open, ...all.filter(({ one }) => !one.isOpen)].slice(0, SHOWN);
  return { shown: all.filter((one) => first.includes(one)), more: all.length - first.length };
}

function named(turn: Turn, who: Who, name: string) {
  const { harmed, author, withheld } = turn.session;
  return { harmed, author, withheld, [who]: { form: turn.session[who].form, name } };
}

/** The words of the name to confirm that are hidden in the text, if it is to stand in full. */
export function hiddenIn({ session: { naming, withheld, ...session } }: Turn, who: Who): readonly string[] {
  return naming?.who === who && session[who].form === 'full' ? hidingIn(naming.name, withheld) : [];
}

/** The changes that it would make in the text. */
export function changesOf(turn: Turn, who: Who, name: string): readonly TextRef[] {
  const labels = labelsOf(turn);
  const { shown, more } = shownWith(turn, who, name);
  const lines = (changes: boolean) => {
    const these = eachOnce(shown.filter(({ one }) => one.changes === changes));
    return these.map((standing): TextRef => {
      return { key: 'names.sentence', params: { text: excerpt(standing, changes ? standing.all : [], labels) } };
    });
  };
  const [out, stay] = [lines(true), lines(false)];
  if (out.length === 0 && stay.length === 0) return [{ key: 'names.unchanged' }];
  return [
    ...(out.length === 0 ? [] : [{ key: 'names.reads' }, ...out]),
    ...(stay.length === 0 ? [] : [{ key: 'names.stays' }, ...stay]),
    ...(more === 0 ? [] : [{ key: 'names.more', params: { count: more } }]),
  ];
}
