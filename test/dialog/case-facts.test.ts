// The facts that an organiser is told of a text, in the list and on its page: above all what is still to come before it can be sent.

import { describe, expect, it } from 'vitest';
import type { CallForInputs } from '../../src/calls/call.ts';
import type { Param, TextRef } from '../../src/dialog/engine/reply.ts';
import { newSession, type Session } from '../../src/dialog/engine/session.ts';
import { factsOfCases, lineOf } from '../../src/dialog/organiser/case-facts.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { fixtureCall } from '../fixtures/calls/fixture-call.ts';
import { shelf, texts } from '../support/player.ts';

const AT = '2026-03-01T12:00:00.000Z';
const { call: FIRST, hash: HASH } = shelf.current('emler-2024');
const COMPULSORY = fixtureCall('uk-home-affairs-2010');
const ASKS_COUNTRY: CallForInputs = { ...FIRST, scope: { ...FIRST.scope, countries: 'one-per-submission' } };

const READ_BACK = { by: 'R. M.', how: 'aloud', language: 'en', at: AT, of: 'a fingerprint' } as const;
const TELLER = { number: 1, label: 'Amina', since: AT, told: 'en' };

function text(change: Partial<Session>): Session {
  return {
    ...newSession({ language: 'en', call: { id: FIRST.id, hash: HASH }, boot: 'boot', lastAt: AT }),
    ...{ gathers: 'case', kept: true, adult: true, role: 'organiser', contribution: 'c', teller: TELLER },
    at: { prompt: 'story' },
    ...change,
  };
}

const factsOf = (session: Session, call: CallForInputs) =>
  factsOfCases([{ key: 'one', session }], { call, at: AT, nameOf: () => 'Amina' })[0];

/** What is to come, by the names of the texts that say it. */
function toCome(session: Session, call = FIRST): readonly string[] {
  const what: Param | undefined = factsOf(session, call)?.toCome?.params?.['what'];
  const listed: readonly TextRef[] = typeof what === 'object' && 'list' in what ? what.list : [];
  return listed.map(({ key, params = {} }) => {
    const count = params['required'];
    return `${key.split('.').at(-1) ?? ''}${typeof count === 'number' ? ` ${count}` : ''}`;
  });
}

const TOLD = { story: { parts: 1, words: 40 } };
const ONE_OF_FOUR = { ...TOLD, 'topic/crime-panels': { parts: 1, words: 9 } };
const SENT = { reference: 'GR-1', mail: 'submission', leavesAt: AT, outcome: 'accepted' } as const;

describe('what is still to come', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a text that was just begun', toCome(text({})), ['story', 'names', 'publication']],
    ['a text that is told', toCome(text({ counts: TOLD })), ['names', 'publication']],
    [
      'the same, while something else is asked in between',
      toCome(text({ counts: TOLD, at: { prompt: 'doubt' }, under: [{ prompt: 'topics' }] })),
      ['names', 'publication'],
    ],
    ['after the names', toCome(text({ counts: TOLD, at: { prompt: 'read-back' } })), ['publication']],
    [
      'after the choice who may read it',
      toCome(text({ counts: TOLD, at: { prompt: 'reader-name' }, publication: 'confidential' })),
      [],
    ],
    [
      'a text that was read back, whose readers are to be chosen again',
      toCome(text({ counts: TOLD, at: { prompt: 'after' }, teller: { ...TELLER, readBack: READ_BACK } })),
      ['publication'],
    ],
    [
      'answers that the call wants',
      toCome(text({ counts: TOLD, publication: 'confidential', at: { prompt: 'read-back' } }), COMPULSORY),
      ['points 4'],
    ],
    [
      'the same, after one of them',
      toCome(text({ counts: ONE_OF_FOUR, publication: 'confidential', at: { prompt: 'read-back' } }), COMPULSORY),
      ['points 3'],
    ],
    [
      'the country, if the call asks for it',
      toCome(text({ counts: TOLD, at: { prompt: 'read-back' } }), ASKS_COUNTRY),
      ['country', 'publication'],
    ],
    [
      'the same, if it is known',
      toCome(text({ counts: TOLD, at: { prompt: 'read-back' }, country: 'Benin' }), ASKS_COUNTRY),
      ['publication'],
    ],
    ['nothing of a text that was sent', toCome(text({ counts: TOLD, mails: [SENT] })), []],
    ['nothing before the yes', toCome(text({ kept: false })), []],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it.each(WHOLE_LANGUAGES)('is one line of the list, without a place left open: %s', (language) => {
    const facts = factsOf(text({ at: { prompt: 'topics' } }), { ...COMPULSORY, scope: ASKS_COUNTRY.scope });
    if (facts === undefined) throw new Error('no facts');
    const line = texts.translate(language, lineOf(facts), HASH);
    expect(line).toMatch(/^Amina\u{a0}?: /u);
    expect(line).toContain('4');
    expect(line).not.toMatch(/[{}\n*]/u);
    expect(line.split(', ').length).toBeGreaterThanOrEqual(7);
  });
});
