// The flags of a row: those of the person or the program, and those that follow from its other columns. Pure.

import type { Flag } from '../../dialog/engine/effect.ts';
import { type QueueFacts, type QueueReview, withdrawalOf } from '../../store/desk/queue-row.ts';
import { stateOf } from './next-step.ts';

export type ShownFlag =
  | Flag
  | 'withdrawal'
  | 'alarm'
  | 'mail-refused'
  | 'mail-uncertain'
  | 'mail-bounced'
  | 'mail-held'
  | 'came-back'
  | 'recording';

const OF_PERSON: readonly Flag[] = ['in-danger', 'under-age', 'wants-contact', 'asks-for-person', 'wrote-back'];
const URGENT: readonly Flag[] = [...OF_PERSON, 'doubts', 'threat'];

export function flagsOf(row: QueueFacts & { readonly changed: boolean }, review: QueueReview | null) {
  const state = stateOf(row, review);
  const flags = row.flags.map(({ flag }) => flag);
  const seen: readonly (readonly [ShownFlag, boolean])[] = [
    ['alarm', review?.alarmed === true && review.state === 'waiting'],
    ['changed', row.changed],
    ['mail-refused', state === 'refused'],
    ['mail-bounced', state === 'bounced'],
    ['mail-uncertain', state === 'uncertain'],
    ['mail-held', state === 'held'],
    ['withdrawal', withdrawalOf(row) !== null],
    ['came-back', row.cameBack !== null],
    ['recording', row.recordings !== null],
  ];
  const first: readonly ShownFlag[] = URGENT.filter((flag) => flags.includes(flag));
  return [...new Set([...first, ...seen.flatMap(([flag, is]) => (is ? [flag] : [])), ...flags])];
}
