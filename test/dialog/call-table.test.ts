// Everything that real calls were seen to say, and a call in test/fixtures/calls that says it. A row without a call fails.

import { describe, expect, test } from 'vitest';
import { whyNotServed } from '../../src/calls/why-not-served.ts';
import type { CallForInputs } from '../../src/calls/call.ts';
import { FIXTURE_IDS, fixtureCall } from '../fixtures/calls/fixture-call.ts';

const calls = FIXTURE_IDS.map(fixtureCall);

/** Every value found at a dotted path; * goes into each entry of a list. */
function valuesAt(call: CallForInputs, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>(
    (values, key) =>
      values.flatMap((value): unknown[] => {
        if (key === '*') return Array.isArray(value) ? value : [];
        return typeof value === 'object' && value !== null && key in value ? [Reflect.get(value, key)] : [];
      }),
    [call],
  );
}

const any = Symbol('any value');
const list = Symbol('a list');
const several = Symbol('a list of several');

const TABLE: readonly (readonly [row: string, path: string, values: readonly unknown[]])[] = [
  ['identity: status', 'status', ['draft', 'open', 'extended', 'closed']],
  ['identity: sources, official or not, in several languages', 'sources.*.official', [true, false]],
  ['identity: languages of sources', 'sources.*.language', ['en', 'es', 'pt']],
  ['issuer: one, or several jointly', 'issuers', [list, several]],
  ['audience', 'audience', ['anyone', 'not-stated', list]],
  [
    'audience: groups',
    'audience.*',
    [
      'families',
      'survivors',
      'civil-society',
      'institutions',
      'academics',
      'states',
      'accredited-ngos',
      'international-organisations',
    ],
  ],
  ['audience: a questionnaire for each', 'response.questionnaires', [list, several]],
  ['response kind', 'response.kind', ['topics', 'questionnaire', 'comments', 'material', 'table', 'open-letter']],
  ['response: three deep', 'response.questionnaires.*.questions.*.questions.*.questions.*.id', [any]],
  [
    'response: if yes, if no',
    'response.questionnaires.*.questions.*.questions.*.questions.*.only-if.answer',
    ['yes', 'no'],
  ],
  ['response: compulsory', 'response.compulsory', ['yes', 'no', 'not-stated']],
  ['response: anything else', 'response.anything-else', ['yes', 'no', 'not-stated']],
  ['scope: countries', 'scope.countries', ['all', 'one-per-submission', 'not-stated', list]],
  ['scope: period', 'scope.period', ['none', 'not-stated']],
  ['scope: a reference period', 'scope.period.from', [any]],
  ['scope: outside the mandate', 'scope.outside-considered', ['yes', 'not-stated']],
  ['scope: single cases', 'scope.individual-cases', ['yes', 'no', 'not-stated']],
  ['limit: words', 'limit.words', [1500, 2500, 10000, 'none', 'not-stated']],
  ['limit: pages', 'limit.pages', [3, 5, 'none', 'not-stated']],
  ['limit: joint', 'limit.joint.pages', [10]],
  ['limit: what counts', 'limit.counts', ['main-text', 'not-stated']],
  ['languages', 'languages', ['not-stated', list]],
  ['languages: the six of the UN', 'languages.*', ['en', 'fr', 'es', 'ar', 'ru', 'zh', 'pt']],
  ['formats', 'formats.accepted', ['not-stated', list]],
  ['formats: which', 'formats.accepted.*', ['docx', 'pdf', 'rtf', 'odt', 'txt']],
  ['formats: not PDF', 'formats.refused.*', ['pdf']],
  ['formats: own form', 'formats.own-form', ['yes', 'no', 'not-stated']],
  ['channel: none named', 'channels', ['not-stated', several]],
  ['channel', 'channels.*.kind', ['email', 'web-form', 'post', 'fax']],
  ['channel: address blank or hidden; one; two', 'channels.*.to', ['not-stated', list, several]],
  ['channel: verified or not', 'channels.*.to.*.verified', ['no']],
  ['channel: verified by whom', 'channels.*.to.*.verified.by', [any]],
  ['channel: account for the form', 'channels.*.account', ['yes', 'not-stated']],
  ['subject', 'subject.kind', ['literal', 'by-language', 'pattern', 'none', 'not-stated']],
  ['deadline', 'deadline', ['none', 'not-stated']],
  [
    'deadline: no hour; noon; 23:30; 23:59; midnight',
    'deadline.time',
    ['not-stated', '12:00', '23:30', '23:59', '24:00'],
  ],
  ['deadline: zone', 'deadline.zone', ['not-stated', 'Europe/Zurich', 'Europe/Brussels', 'EST']],
  ['deadline: meaning', 'deadline.meaning', ['sent', 'received', 'not-stated']],
  ['deadline: extended', 'deadline.extended.*.date', [any]],
  [
    'publication',
    'publication.default',
    ['published', 'only-if-asked', 'may-be-published', 'always', 'never', 'not-stated'],
  ],
  ['publication: as received', 'publication.as-received', ['yes', 'no', 'not-stated']],
  ['publication: opting out', 'publication.opt-out', ['yes', 'no', 'not-stated']],
  ['publication: where to say it', 'publication.opt-out-where', ['subject', 'form', 'not-stated']],
  ['publication: in part', 'publication.partial', ['yes', 'no', 'not-stated']],
  ['publication: remove personal data yourself', 'publication.remove-personal-data', ['yes', 'no', 'not-stated']],
  ['who you are', 'identity.asked', ['none', 'optional', 'required', 'not-stated']],
  ['who you are: where', 'identity.where', ['document-top', 'mail', 'form', 'not-stated']],
  [
    'who you are: what',
    'identity.details.*',
    ['name', 'organisation', 'status', 'country', 'email', 'telephone', 'postal-address', 'not-stated'],
  ],
  ['joint submissions', 'joint.allowed', ['yes', 'no', 'not-stated']],
  ['joint submissions: all names at the top', 'joint.names-at-top', ['yes', 'no', 'not-stated']],
  ['links', 'links', ['accepted', 'refused', 'not-stated']],
  ['attachments', 'attachments.allowed', ['yes', 'no', 'not-stated']],
  ['attachments: reports of others', 'attachments.reports-of-others', ['no', 'not-stated']],
  ['layout: font', 'layout.font', ['Times New Roman', 'not-stated']],
  ['layout: size', 'layout.font-size', [12, 'not-stated']],
  ['layout: numbered paragraphs', 'layout.numbered-paragraphs', ['yes', 'not-stated']],
  ['layout: executive summary', 'layout.executive-summary', ['yes', 'no', 'not-stated']],
  ['afterwards: confirmation', 'afterwards.confirmation', ['yes', 'no', 'not-stated']],
  ['afterwards: reuse', 'afterwards.reuse', ['free', 'restricted', 'not-stated']],
  ['afterwards: unpublished only', 'afterwards.unpublished-only', ['yes', 'no', 'not-stated']],
];

function says(found: unknown, wanted: unknown): boolean {
  if (wanted === any) return found !== undefined;
  if (wanted === list) return Array.isArray(found);
  if (wanted === several) return Array.isArray(found) && found.length > 1;
  return found === wanted;
}

describe('every row of what real calls hold is said by a call', () => {
  test.each(TABLE)('%s', (_row, path, wanted) => {
    const found = calls.flatMap((call) => valuesAt(call, path));
    expect(wanted.filter((value) => !found.some((each) => says(each, value)))).toEqual([]);
  });

  test('no property of a call is missing from the table', () => {
    const named = new Set(TABLE.map(([, path]) => path.split('.')[0]));
    const properties = Object.keys(calls[0] ?? {}).filter((key) => !['id', 'revision'].includes(key));
    expect(properties.filter((key) => !named.has(key))).toEqual([]);
  });
});

test('of the calls, some are served and some are not, and none throws', () => {
  const of = (...reasons: (string | null)[]) =>
    calls.filter((call) => reasons.includes(whyNotServed(call))).map(({ id }) => id);
  expect(of(null)).toEqual([
    'achpr-2019-rules',
    'emler-2023',
    'iachr-2024-slapps',
    'joint-covid-2020',
    'ohchr-2015-forum',
    'ohchr-2016-women',
    'ohchr-2020-res43-1',
    'ohchr-2026-conscientious-objection',
    'pfpad-2022-declaration',
    'upr-2010-stakeholders',
  ]);
});
