import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCalls } from '../support/load-calls.ts';
import {
  acceptedFormats,
  acceptedLanguages,
  pageLanguages,
  emailChannelOf,
  limitIsAssumed,
  subjectOf,
  topicsOf,
  withLiveParts,
  wordLimitOf,
} from '../../src/calls/call.ts';
import { parseCall } from '../../src/calls/parse-call.ts';
import { whereInstead, whyNeverServed, whyNotServed } from '../../src/calls/why-not-served.ts';
import type { CallForInputs } from '../../src/calls/call.ts';
import { fixtureCall } from '../fixtures/calls/fixture-call.ts';

const root = join(import.meta.dirname, '..', '..');
const slots = { language: 'en', submitter: '', kind: '', country: '' };

function emler2024(): CallForInputs {
  const call = loadCalls(join(root, 'dialogs'), join(root, 'locales')).calls.find(({ id }) => id === 'emler-2024');
  if (call === undefined) throw new Error('dialogs/emler-2024.yaml is gone');
  return call;
}

describe('EMLER 2024, the first call', () => {
  const call = emler2024();

  test('has the five official topics, in the order of the page', () => {
    expect(topicsOf(call).map(({ id }) => id)).toEqual([
      'investigation',
      'racial-bias',
      'families',
      'oversight',
      'support',
    ]);
  });

  test('asks families and organisations different things, and organisations for links to figures', () => {
    const investigation = topicsOf(call)[0]?.prompts ?? [];
    expect(investigation.filter((prompt) => prompt.for.includes('family')).map(({ id }) => id)).toEqual([
      'investigated-by',
      'where-it-stands',
      'officer-sanctioned',
      'redress-offered',
      'made-harder',
    ]);
    expect(investigation.at(-1)).toEqual({ id: 'cases-to-trial', for: ['organisation'], asks: 'link' });
  });

  test('makes no topic compulsory, and takes anything else', () => {
    expect(call.response).toMatchObject({ compulsory: 'no', 'anything-else': 'yes' });
  });

  test('is served, in four languages, as Word or PDF, within 2,500 words that nobody had to assume', () => {
    expect(whyNotServed(call)).toBeNull();
    expect(whereInstead(call)).toBeNull();
    expect(acceptedLanguages(call)).toEqual(['en', 'fr', 'es', 'pt']);
    expect(acceptedFormats(call)).toEqual(['docx', 'pdf']);
    expect(wordLimitOf(call)).toBe(2500);
    expect(limitIsAssumed(call)).toBe(false);
  });

  test('has its subject to the letter in every language, and no address, because the page leaves it blank', () => {
    for (const language of ['en', 'fr', 'es', 'pt'])
      expect(subjectOf(call, { ...slots, language, submitter: 'Maria' })).toBe('EMLER 2024 Report');
    expect(emailChannelOf(call)).toEqual({ addresses: 'not-stated', provenance: [], verified: false });
  });
});

describe('topics', () => {
  test('a question three deep becomes one topic, its prompts level by level, "if yes" kept as data', () => {
    expect(topicsOf(fixtureCall('invented-nested'))).toEqual([
      {
        id: 'complaints',
        number: '1',
        prompts: [
          { id: 'complained', number: '1.a', for: ['family', 'organisation'] },
          {
            id: 'complained-where',
            number: '1.a.i',
            for: ['family', 'organisation'],
            onlyIf: { question: 'complained', answer: 'yes' },
            under: 'complained',
          },
          {
            id: 'what-made-it-hard',
            number: '1.a.ii',
            for: ['family'],
            onlyIf: { question: 'complained', answer: 'no' },
            under: 'complained',
          },
          { id: 'complaint-figures', number: '1.b', for: ['organisation'], asks: 'link' },
        ],
      },
      { id: 'remedies', number: '2', prompts: [{ id: 'remedies', for: ['family', 'organisation'] }] },
    ]);
  });

  test('what only States are asked is nobody’s topic here', () => {
    expect(topicsOf(fixtureCall('invented-nested')).map(({ id }) => id)).not.toContain('state-law');
  });

  test('paragraphs of a draft, rows of a table, pieces of material and an open letter have the same shape', () => {
    const ids = (fixture: string) =>
      topicsOf(fixtureCall(fixture)).map(({ id, prompts }) => [id, ...prompts.map((p) => p.id)]);
    expect(ids('pfpad-2022-declaration')).toEqual([
      ['scope', 'comment'],
      ['content', 'comment'],
    ]);
    expect(ids('invented-table')).toEqual([
      ['year-2023', 'complaints-made', 'complaints-upheld'],
      ['year-2024', 'complaints-made', 'complaints-upheld'],
    ]);
    expect(ids('iachr-2024-slapps')).toEqual([
      ['answers', 'answers'],
      ['documents', 'documents'],
    ]);
    expect(ids('ohchr-2020-res43-1')).toEqual([['contribution', 'contribution']]);
  });
});

describe('the limit', () => {
  test('pages are turned into words, and that is an assumption', () => {
    const women = fixtureCall('ohchr-2016-women');
    expect(wordLimitOf(women)).toBe(2500);
    expect(limitIsAssumed(women)).toBe(true);
    expect(wordLimitOf({ ...women, limit: { ...women.limit, 'assume-words-per-page': 400 } })).toBe(2000);
  });

  test('a joint submission may have a limit of its own; without one, the common limit holds', () => {
    const upr = fixtureCall('upr-2010-stakeholders');
    expect([wordLimitOf(upr), wordLimitOf(upr, true)]).toEqual([2500, 5000]);
    expect(wordLimitOf(emler2024(), true)).toBe(2500);
  });

  test('of words and pages the stricter counts; none and not stated are no limit', () => {
    const objection = fixtureCall('ohchr-2026-conscientious-objection');
    expect(wordLimitOf(objection)).toBe(1500);
    expect(limitIsAssumed(objection)).toBe(false);
    expect(wordLimitOf({ ...objection, limit: { ...objection.limit, words: 2500 } })).toBe(1500);
    expect(wordLimitOf(fixtureCall('invented-table'))).toBeNull();
    expect(wordLimitOf(fixtureCall('achpr-2019-rules'))).toBeNull();
  });
});

describe('machine values', () => {
  test('a machine-translated copy cannot change them: "Informe 2023" and "Palabra" have no way in', () => {
    const call = fixtureCall('emler-2023');
    for (const language of ['en', 'es']) expect(subjectOf(call, { ...slots, language })).toBe('Report 2023');
    expect(acceptedFormats(call)).toEqual(['docx']);
    expect(parseCall({ ...call, formats: { ...call.formats, accepted: ['Palabra'] } })).toMatchObject({
      ok: false,
      problems: [{ path: 'formats.accepted.0', expected: 'one of: docx, pdf, rtf, odt, txt (found: "Palabra")' }],
    });
  });

  test('a subject in the body’s own words for each language, English where it has none', () => {
    const call = fixtureCall('invented-nested');
    expect(['en', 'fr', 'pt'].map((language) => subjectOf(call, { ...slots, language }))).toEqual([
      'Input',
      'Contribution',
      'Input',
    ]);
  });

  test('a pattern is filled in on one line; an empty place goes with its dash', () => {
    const given = fixtureCall('upr-2010-stakeholders');
    const { subject } = given;
    if (subject.kind !== 'pattern') throw new Error('no pattern');
    const call = { ...given, subject: { ...subject, session: 'April 2008' } };
    const filled = {
      language: 'en',
      submitter: 'Women’s coalition',
      kind: 'joint UPR submission',
      country: 'Brazil',
    };
    expect(subjectOf(call, filled)).toBe('Women’s coalition – joint UPR submission – Brazil – April 2008');
    expect(subjectOf(call, { ...filled, submitter: '' })).toBe('joint UPR submission – Brazil – April 2008');
    const { session: _, ...bare } = subject;
    expect(subjectOf({ ...given, subject: bare }, { ...filled, kind: ' ' })).toBe('Women’s coalition – Brazil');
    expect(subjectOf(given, filled)).toBe('Women’s coalition – joint UPR submission – Brazil – November 2010');
    expect(subjectOf(call, { ...filled, submitter: 'Mães\r\nBcc: someone@example.org', kind: '\u202egpj' })).toBe(
      'Mães Bcc: someone@example.org – gpj – Brazil – April 2008',
    );
  });

  test('no subject is an empty subject', () => {
    expect(subjectOf(fixtureCall('invented-table'), slots)).toBe('');
    expect(subjectOf(fixtureCall('achpr-2019-rules'), slots)).toBe('');
  });

  test('"not PDF" leaves Word; nothing stated leaves both', () => {
    expect(acceptedFormats(fixtureCall('uk-home-affairs-2010'))).toEqual(['docx']);
    expect(acceptedFormats(fixtureCall('achpr-2019-rules'))).toEqual(['docx', 'pdf']);
  });

  test('languages that the body does not state are those of its own page first, and then all that we speak', () => {
    const call = fixtureCall('achpr-2019-rules');
    expect(pageLanguages(call)).toEqual(['en']);
    expect(acceptedLanguages(call)).toEqual(['en', 'fr', 'es', 'pt']);
    expect(acceptedLanguages(fixtureCall('iachr-2024-slapps'))).toEqual(['es', 'en', 'pt']);
  });

  test('two addresses are two, each with where it came from, and not verified until a person has', () => {
    const channel = emailChannelOf(fixtureCall('ohchr-2020-res43-1'));
    expect(channel).toMatchObject({ addresses: ['antiracism1@ohchr.org', 'registry@ohchr.org'], verified: false });
    expect(channel?.provenance[0]).toMatchObject({ 'copied-from': 'https://www.idpad.org/ohchr-report' });
    expect(emailChannelOf(fixtureCall('invented-nested'))?.verified).toBe(true);
    expect(emailChannelOf(fixtureCall('invented-table'))).toBeNull();
    expect(emailChannelOf(fixtureCall('sr-torture-2020'))).toBeNull();
  });
});

describe('a call that cannot be served says why, and where to go', () => {
  test.each([
    [
      'sr-torture-2020',
      'states-only',
      'https://ohchr.org/EN/Issues/Torture/SRTorture/Pages/CFI_Effectiveness_of_States.aspx',
    ],
    ['hrc-ngo-statement', 'accredited-only', 'http://www2.ohchr.org/english/bodies/hrcouncil/guidelines.htm'],
    [
      'eu-have-your-say',
      'web-form',
      'https://ec.europa.eu/info/law/better-regulation/rules-feedback-and-suggestions_en',
    ],
    ['iachr-2024-cuba', 'web-form', 'https://www.oas.org/en/iachr/jsForm/?File=/en/iachr/reports/questionnaires.asp'],
    ['invented-table', 'post', 'Example House, 1 Example Street'],
    ['invented-nested', 'draft', null],
  ])('%s: %s', (id, reason, instead) => {
    expect(whyNotServed(fixtureCall(id))).toBe(reason);
    expect(whereInstead(fixtureCall(id))).toBe(instead);
  });

  test('one change at a time, from a call that is served', () => {
    // Its publication terms are not those of the first call.
    const { publication } = emler2024();
    const call = { ...fixtureCall('ohchr-2026-conscientious-objection'), publication };
    const formats = call.formats;
    const why = (change: Partial<CallForInputs>) => whyNotServed({ ...call, ...change });
    expect(why({})).toBeNull();
    expect(why({ channels: 'not-stated' })).toBe('no-address-kind');
    expect(why({ channels: [{ kind: 'fax', to: '+41' }] })).toBe('fax');
    expect(
      why({
        channels: [
          { kind: 'web-form', url: 'not-stated', account: 'no' },
          { kind: 'email', to: 'not-stated' },
        ],
      }),
    ).toBeNull();
    expect(why({ formats: { ...formats, 'own-form': 'yes' } })).toBe('own-form');
    expect(why({ formats: { ...formats, accepted: ['odt'] } })).toBe('format');
    expect(why({ languages: ['ru', 'zh'] })).toBe('language');
    expect(why({ layout: { ...call.layout, 'executive-summary': 'yes' } })).toBe('executive-summary');
    expect(why({ identity: { asked: 'required', details: ['name', 'country'], where: 'document-top' } })).toBeNull();
    // The operator is the contact, by telephone and e-mail, in the mail.
    expect(why({ identity: { asked: 'required', details: ['telephone'], where: 'mail' } })).toBeNull();
    for (const where of ['document-top', 'form'] as const)
      expect(why({ identity: { asked: 'required', details: ['email'], where } })).toBe('contact-details');
    expect(why({ identity: { asked: 'required', details: ['postal-address'], where: 'mail' } })).toBe(
      'contact-details',
    );
  });
});

test('every reason is known at once, and a draft has those that opening it does not end', () => {
  const parliament = fixtureCall('uk-home-affairs-2010');
  expect(whyNeverServed(parliament)).toEqual(['contact-details', 'executive-summary']);
  const hard: CallForInputs = {
    ...parliament,
    status: 'draft',
    audience: ['states'],
    channels: [{ kind: 'post', to: 'not-stated' }],
    formats: { accepted: ['odt'], refused: [], 'own-form': 'yes' },
    languages: ['de'],
  };
  expect(whyNotServed(hard)).toBe('draft');
  expect(whyNeverServed(hard)).toEqual([
    ...['states-only', 'post', 'own-form', 'format', 'language', 'contact-details', 'executive-summary'],
  ]);
  expect(whyNeverServed({ ...emler2024(), status: 'draft' })).toEqual([]);
});

test('a call is the same text, to be hashed, whatever the order of the keys in its file', () => {
  const call = emler2024();
  const parsed = parseCall(Object.fromEntries(Object.entries(call).reverse()));
  expect(parsed.ok && JSON.stringify(parsed.call)).toBe(JSON.stringify(call));
});

test('a pinned draft keeps its own topics, and learns of an extended deadline', () => {
  const pinned = emler2024();
  const current = { ...pinned, revision: 2, status: 'extended' as const, deadline: 'none' as const, languages: ['en'] };
  expect(withLiveParts(pinned, current)).toEqual({ ...pinned, status: 'extended', deadline: 'none' });
});

test('an "if yes" must name a question that comes before it', () => {
  const call = fixtureCall('invented-nested');
  const questions = [{ id: 'a', questions: [{ id: 'b', 'only-if': { question: 'c', answer: 'yes' } }, { id: 'c' }] }];
  const response = { ...call.response, questionnaires: [{ id: 'q', audience: 'anyone', questions }] };
  expect(parseCall({ ...call, response })).toMatchObject({
    ok: false,
    problems: [{ path: 'response', expected: 'the only-if of b to name an earlier question of topic a; c is none' }],
  });
});

/** A questionnaire of these questions, for anyone. */
function asking(...questions: readonly object[]) {
  const call = fixtureCall('invented-nested');
  return parseCall({
    ...call,
    response: { ...call.response, questionnaires: [{ id: 'q', audience: 'anyone', questions }] },
  });
}

test('a question whose own answer a sub-question depends on is asked first, under its number', () => {
  const sub = { id: 'where', 'only-if': { question: 'complained', answer: 'yes' } };
  const parsed = asking(
    { id: 'complained', questions: [sub] },
    { id: 'told', 'only-if': { question: 'complained', answer: 'no' } },
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const [first, second] = topicsOf(parsed.call);
  expect(first?.prompts.map(({ id, number }) => [id, number])).toEqual([
    ['complained', undefined],
    ['where', '1.a'],
  ]);
  expect(second).toMatchObject({ number: '2', onlyIf: { question: 'complained', answer: 'no' } });
});

test('what depends on a question that comes later, or lies deeper than a document can number, is refused', () => {
  const deep = { id: 'a', questions: [{ id: 'b', questions: [{ id: 'c', questions: [{ id: 'd' }] }] }] };
  expect(asking({ id: 'a', 'only-if': { question: 'b', answer: 'yes' } }, { id: 'b' }, deep)).toMatchObject({
    problems: [
      { expected: 'topic ids that differ; a is used twice' },
      { expected: 'questions that are at most 3 deep; those of a are deeper' },
      { expected: 'the only-if of a to name an earlier question; b is none' },
    ],
  });
});

test('questions are counted through questionnaires of the same people, and from one for others', () => {
  const call = fixtureCall('invented-nested');
  const questionnaires = [
    { id: 'families', audience: ['families'], questions: [{ id: 'a' }, { id: 'b' }] },
    { id: 'organisations', audience: ['civil-society'], questions: [{ id: 'c' }] },
    { id: 'all', audience: 'anyone', questions: [{ id: 'd' }] },
  ];
  const parsed = parseCall({ ...call, response: { ...call.response, questionnaires } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  expect(topicsOf(parsed.call).map(({ number }) => number)).toEqual(['1', '2', '1', '4']);
});

test('whatever is read, parsing answers and never throws', () => {
  const call = emler2024();
  fc.assert(fc.property(fc.jsonValue(), (value) => !parseCall(value).ok));
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(call)), fc.jsonValue(), (key, value) => {
      const parsed = parseCall({ ...call, [key]: value });
      if (!parsed.ok)
        expect(parsed.problems.every(({ path, expected }) => path.startsWith(key) && expected !== '')).toBe(true);
    }),
  );
});
