// The first call with an invented one beside it, both open: the same questions of a fixture, another body, address, subject.

import type { CallForInputs } from '../../src/calls/call.ts';
import type { LoadedCalls } from '../../src/calls/load-calls.ts';
import { inEvery } from '../../src/languages.ts';
import { withTexts } from '../fixtures/calls/fixture-call.ts';
import { servedFixture } from './forms.ts';
import { shelf } from './player.ts';

export const OTHER = 'achpr-2019-rules';
/** On its leaflets. */
export const WORD = 'STAKES';
export const OTHER_SUBJECT = 'Stakeholder text';
export const OTHER_ADDRESS = 'stakeholders@other.unbody.int';

const first = shelf.current('emler-2024');

/** `change`: of the other call. */
export function twoCalls(change: Partial<CallForInputs> = {}): LoadedCalls {
  const { call } = servedFixture(OTHER, { subject: { kind: 'literal', text: OTHER_SUBJECT } });
  const other = withTexts({ ...call, word: WORD, ...change });
  const opened: CallForInputs = {
    ...first.call,
    status: 'extended',
    deadline: { date: '2027-03-01', time: '23:59', zone: 'Europe/Zurich', meaning: 'sent' },
  };
  return {
    calls: [opened, other.call],
    catalogues: inEvery((language) => ({
      [opened.id]: first.catalogues[language],
      [other.call.id]: other.catalogues[language],
    })),
    broken: [],
  };
}
