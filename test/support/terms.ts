// The first call with every use of texts that a call can state: what its body does by itself, and whether an author may
// refuse it.

import type { CallForInputs } from '../../src/calls/call.ts';
import type { ShelvedCall } from '../../src/calls/call-registry.ts';
import { shelf, texts } from './player.ts';

type Publication = CallForInputs['publication'];

const emler = shelf.current('emler-2024');
/** What a body does with texts by itself, each with what its authors may refuse: every value that a call can state. */
const DEFAULTS: readonly Publication['default'][] = [
  'published',
  'only-if-asked',
  'may-be-published',
  'always',
  'never',
  'not-stated',
];
const OPT_OUTS: readonly Publication['opt-out'][] = ['yes', 'no', 'not-stated'];

/** Still open at the time of the player's clock, and its texts are known by a hash of its own. */
export function withTerms(change: Partial<Publication>): ShelvedCall {
  const publication: Publication = { ...emler.call.publication, ...change };
  const call: CallForInputs = {
    ...{ ...emler.call, publication, status: 'open' },
    deadline: { date: '2027-05-24', time: '12:00', zone: 'Europe/London', meaning: 'sent' },
  };
  const hash = Object.values(publication).join(' ');
  const shelved = { ...emler, call, hash };
  if (!texts.hasCall(hash)) texts.addCall(shelved);
  return shelved;
}

/** Each `default` with each `opt-out`, and a refusal that is taken on the body's own form only. */
export const TERMS: readonly ShelvedCall[] = DEFAULTS.flatMap((by) => [
  ...OPT_OUTS.map((optOut) => withTerms({ default: by, 'opt-out': optOut })),
  withTerms({ default: by, 'opt-out': 'yes', 'opt-out-where': 'form' }),
]);
