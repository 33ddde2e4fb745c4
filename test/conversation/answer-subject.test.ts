// The subject of a mail that answers an earlier one: as the body asks for it, otherwise with "Re:".

import { expect, it } from 'vitest';
import { asAnswer } from '../../src/conversation/build-document.ts';
import { callFacts } from '../../src/staff/call-facts.ts';
import { shelf } from '../support/player.ts';

const { call, catalogues, ...rest } = shelf.current('emler-2024');
const TITLE = catalogues.en.title;

it.each([
  [{ kind: 'not-stated' }, TITLE, `Re: ${TITLE}`],
  [{ kind: 'none' }, `Re: ${TITLE}`, `Re: ${TITLE}`],
  [{ kind: 'literal', text: 'EMLER 2024 Report' }, 'EMLER 2024 Report', 'EMLER 2024 Report'],
] as const)('of a call with the subject %j', (subject, of, answer) => {
  const changed = { ...rest, catalogues, call: { ...call, subject } };
  expect(asAnswer(of, changed)).toBe(answer);
  expect(callFacts(changed).isSubject(answer, 'en', '')).toBe(true);
});
