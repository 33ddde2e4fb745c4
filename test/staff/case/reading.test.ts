// What a reviewer is shown of a document, computed from what is kept.

import { describe, expect, it } from 'vitest';
import { inEvery } from '../../../src/languages.ts';
import type { Part } from '../../../src/dialog/engine/effect.ts';
import { newSession } from '../../../src/dialog/engine/session.ts';
import type { CallFacts } from '../../../src/staff/call-facts.ts';
import { stretchesIn } from '../../../src/staff/case/case-page.ts';
import { checklist, type ToCheck } from '../../../src/staff/case/case-view.ts';
import { anchorOf, maskOf, traceBlocks } from '../../../src/staff/case/mask.ts';
import { readDocument, type ReadDocument } from '../../../src/staff/case/read-document.ts';
import type { StoredDocument } from '../../../src/store/turns/documents.ts';
import type { ConsentRow } from '../../../src/store/turns/turn-work.ts';
import { buildManifest } from '../../../src/submission/manifest.ts';
import { DRAFTS, modelIn } from '../../submission/samples.ts';

const AT = '2026-03-01T12:00:00.000Z';
const consent = (purpose: ConsentRow['purpose'], value: string): ConsentRow => ({
  ...({ purpose, value, subject: 'author', wordingHash: 'h', language: 'pt', messageId: 'm', at: AT } as const),
});

function stored(change: Parameters<typeof modelIn>[1] = {}): StoredDocument {
  const model = modelIn('pt', { late: false, publication: 'confidential', ...change });
  const files = [{ format: 'docx' as const, name: 'text.docx', bytes: Buffer.from('a file') }];
  const about = { body: 'corpo', recipient: 'un@experts.int', subject: 'EMLER 2024 Report', late: false };
  const { sha256, text } = buildManifest({ model, files, ...about, consents: [] });
  return { id: 'd', kind: 'final', reference: model.reference, sha256, manifest: text, files };
}

function read(document = stored()): ReadDocument {
  const found = readDocument(document);
  if (found === null) throw new Error('It cannot be read.');
  return found;
}

describe('a stored document', () => {
  it('is read back from its manifest, and known to be whole', () => {
    expect(read()).toMatchObject({ isWhole: true, recipient: 'un@experts.int', formats: ['docx'] });
    expect(
      read({ ...stored(), files: [{ format: 'docx', name: 'text.docx', bytes: Buffer.from('other') }] }).isWhole,
    ).toBe(false);
    expect(read({ ...stored(), sha256: 'f'.repeat(64) }).isWhole).toBe(false);
  });

  it('is none where it could not be approved, or cannot be understood', () => {
    expect(readDocument({ ...stored(), sha256: null, manifest: null })).toBeNull();
    expect(readDocument({ ...stored(), manifest: 'not json' })).toBeNull();
    expect(readDocument({ ...stored(), manifest: '{"version":2}' })).toBeNull();
  });
});

describe('a paragraph', () => {
  const parts: readonly Part[] = DRAFTS.pt.sections.flatMap(({ slot, paragraphs }) =>
    paragraphs.map((text, index) => ({ id: `${slot}-${index}`, slot, text, words: 1 })),
  );

  it('leads to the message that it was', () => {
    const { blocks } = read().model;
    const { messages, changed } = traceBlocks(blocks, parts);
    const traced = blocks.flatMap(({ text }, index) =>
      typeof messages[index] === 'string' ? [[messages[index], text.slice(0, 12)]] : [],
    );
    expect(changed).toBe(false);
    expect(traced).toEqual([
      ['story-0', 'Meu filho Jo'],
      ['story-1', 'Fui eu, M., '],
      ['topic/investigation-0', 'O inquérito '],
      ['asks/government-0', 'Que peçam de'],
      ['asks/government-1', 'Que a períci'],
    ]);
  });

  it('leads nowhere rather than to the wrong message, once a message of its answer is gone', () => {
    const { blocks } = read().model;
    const { messages, changed } = traceBlocks(blocks, parts.slice(1));
    expect(changed).toBe(true);
    expect(messages).not.toContain('story-0');
    // Changed by withholding, it is not the same text any more.
    expect(messages).not.toContain('story-1');
    expect(messages).toContain('topic/investigation-0');
  });

  it('has a place on the page that tells nothing of the message', () => {
    expect(anchorOf('c', '5571987654321@s.whatsapp.net/ABC')).toMatch(/^m-[0-9a-f]{12}$/);
  });

  it('is cut into what to look at, each stretch once, nothing lost', () => {
    const text = 'O sargento Lima e o Lima pai: [nome retido], 71 98765-4321.';
    const pieces = stretchesIn(
      text,
      [
        { kind: 'officer', text: 'sargento Lima' },
        { kind: 'person', text: 'Lima' },
        { kind: 'phone', text: '71 98765-4321' },
      ],
      ['[nome retido]', ''],
    );
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.flatMap(({ found, text: words }) => (found === null ? [] : [[found, words]]))).toEqual([
      ['officer', 'sargento Lima'],
      ['person', 'Lima'],
      ['withheld', '[nome retido]'],
      ['phone', '71 98765-4321'],
    ]);
  });
});

describe('a mark', () => {
  it.each([
    ['19 ans, puis 9 ans', '9 ans', ['9 ans']],
    ['Ana não é a Mariana, nem a Anabela: Ana', 'Ana', ['Ana', 'Ana']],
    ['de 1.19 años', '19 años', ['19 años']],
  ])('in %s: only the whole words', (text, what, marked) => {
    const pieces = stretchesIn(text, [{ kind: 'child', text: what }], []);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.flatMap(({ found, text: words }) => (found === null ? [] : [words]))).toEqual(marked);
    expect(pieces.findLast(({ found }) => found !== null)?.text).toBe(what);
  });
});

describe('the checklist', () => {
  const document = read();
  const facts: CallFacts = {
    ...{
      id: 'emler',
      title: inEvery(() => ''),
      limit: 2500,
      limitIsAssumed: false,
      languages: ['pt'],
    },
    ...{ formats: ['docx', 'pdf'], isSubject: (subject: string) => subject === 'EMLER 2024 Report' },
    stated: [],
    deadline: { instant: '2026-03-02T12:00:00Z', assumed: true, date: '2026-03-02' },
    terms: {
      publishes: 'published',
      wish: 'granted',
      where: 'not-stated',
      received: 'yes',
      remove: 'not-stated',
      partial: 'not-stated',
    },
  };
  const good: ToCheck = {
    document,
    call: facts,
    verified: 'un@experts.int',
    approvals: [document.sha256],
    consents: [
      consent('keep', 'yes'),
      consent('adult', 'yes'),
      consent('publication', 'confidential'),
      consent('approve', document.sha256),
    ],
    found: [],
    now: new Date(AT),
  };
  const wrong = (change: Partial<ToCheck>) =>
    checklist({ ...good, ...change }).flatMap(({ id, verdict }) => (verdict === 'ok' ? [] : [`${id}: ${verdict}`]));

  it('has nothing to say about what is right', () => expect(wrong({})).toEqual([]));

  it.each<[string, Partial<ToCheck>]>([
    ['words: wrong', { call: { ...facts, limit: document.model.words - 1 } }],
    ['language: wrong', { call: { ...facts, languages: ['en'] } }],
    ['formats: wrong', { call: { ...facts, formats: ['pdf'] } }],
    ['subject: wrong', { call: { ...facts, isSubject: () => false } }],
    ['address: wrong', { verified: null }],
    ['address: wrong', { verified: 'other@experts.int' }],
    ['deadline: wrong', { now: new Date('2026-03-02T12:00:01Z') }],
    ['deadline: look', { now: new Date('2026-03-02T12:00:01Z'), document: { ...document, late: true } }],
    ['consents: wrong', { consents: good.consents.slice(0, 3) }],
    ['consents: wrong', { consents: [...good.consents, consent('publication', 'public-named')] }],
    ['names: look', { found: ['person'] }],
    ['names: wrong', { document: { ...document, model: { ...document.model, standing: ['Lima'] } } }],
    ['approval: wrong', { approvals: [] }],
    ['approval: wrong', { document: { ...document, isWhole: false } }],
  ])('%s', (expected, change) => expect(wrong(change)).toEqual([expected]));

  it('leaves to a person what it cannot know of a call that is gone', () => {
    expect(wrong({ call: null })).toEqual([
      'words: look',
      'language: look',
      'formats: look',
      'subject: look',
      'deadline: look',
    ]);
  });

  it('finds a link that is none', () => {
    const broken = read(
      stored({ sections: [{ slot: 'links', paragraphs: ['https://example.org/a', 'somewhere on the net'] }] }),
    );
    expect(
      wrong({
        document: broken,
        approvals: [broken.sha256],
        consents: [...good.consents, consent('approve', broken.sha256)],
      }),
    ).toEqual(['links: wrong']);
  });
});

describe('the mask over what was said', () => {
  const session = {
    ...newSession({ language: 'pt', call: { id: 'c', hash: 'h' }, boot: 'b', lastAt: AT }),
    withheld: ['sargento Lima'],
    harmed: { form: 'none' as const, name: 'Davi Exemplo' },
    author: { form: 'full' as const, name: 'Rosa Exemplo' },
  };

  it('hides what was to be withheld and the names that were refused, and nothing else', () => {
    const mask = maskOf(session, '[hidden]');
    expect([mask.kind, mask.hides]).toEqual(['masked', true]);
    expect(mask.apply('O Sargento Lima levou o Davi. Eu sou a Rosa Exemplo.')).toBe(
      'O [hidden] levou o [hidden]. Eu sou a Rosa Exemplo.',
    );
  });

  it.each([
    ['nobody keeps any more', null],
    ['another version kept', { v: 0, withheld: ['Davi'] }],
  ])('hides everything where the words to hide are what %s', (_, kept) => {
    const mask = maskOf(kept, '[hidden]');
    expect([mask.kind, mask.hides, mask.apply('O Davi.')]).toEqual(['unknown', true, '[hidden]']);
  });
});
