import { describe, expect, it } from 'vitest';
import { PUBLICATIONS } from '../../src/dialog/engine/draft.ts';
import { fileName, previewFileName } from '../../src/submission/file-name.ts';
import { buildManifest } from '../../src/submission/manifest.ts';
import type { ManifestContent } from '../../src/submission/manifest.ts';
import { modelIn } from './samples.ts';

const content: ManifestContent = {
  model: modelIn('pt'),
  files: [{ name: 'submission-GR-7K3Q9X.docx', bytes: Buffer.from('file') }],
  body: 'Prezadas e prezados,',
  recipient: 'inputs@example.org',
  subject: 'Report',
  consents: [{ purpose: 'publication', subject: 'author', value: 'public-named', wordingHash: 'ab' }],
  late: true,
};

describe('the manifest', () => {
  it('is one text for one content, whatever the order of its keys', () => {
    const again = Object.fromEntries(Object.entries(content).reverse()) as unknown as ManifestContent;
    expect(buildManifest(again)).toEqual(buildManifest({ ...content }));
    expect(buildManifest(content).sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Partial<ManifestContent>]>([
    ['a word of the text', { model: modelIn('pt', { sections: [{ slot: 'story', paragraphs: ['Outra.'] }] }) }],
    ['a byte of a file', { files: [{ name: 'submission-GR-7K3Q9X.docx', bytes: Buffer.from('filE') }] }],
    ['the name of a file', { files: [{ name: 'submission-GR-7K3Q9X-confidential.docx', bytes: Buffer.from('file') }] }],
    ['the mail’s text', { body: 'Prezadas e prezados.' }],
    ['who it goes to', { recipient: 'input@example.org' }],
    ['the subject', { subject: 'Report 2' }],
    ['a consent', { consents: [] }],
    ['the late mark', { late: false }],
  ])('is another one when %s changes', (_, change) => {
    expect(buildManifest({ ...content, ...change }).sha256).not.toBe(buildManifest(content).sha256);
  });

  it('holds no more of a consent than what was agreed to', () => {
    const row = {
      purpose: 'keep',
      subject: 'author',
      value: 'yes',
      wordingHash: 'cd',
      messageId: 'wa-123',
      at: '2024-05-01',
    } as const;
    expect(buildManifest({ ...content, consents: [row] }).text).not.toContain('wa-123');
  });
});

describe('file names', () => {
  it('say what may be done with the file, and nothing of anybody', () => {
    expect(PUBLICATIONS.map((publication) => fileName({ reference: 'GR-7K3Q9X', publication }, 'docx'))).toEqual([
      'submission-GR-7K3Q9X.docx',
      'submission-GR-7K3Q9X-without-names.docx',
      'submission-GR-7K3Q9X-confidential.docx',
    ]);
    expect(previewFileName('pdf')).toBe('text.pdf');
  });

  it.each(['../GR', 'GR 1', 'João', '', 'GR\r\n1'])('are never made from %j (faults 24, 31–33)', (reference) => {
    expect(() => fileName({ reference, publication: 'confidential' }, 'pdf')).toThrow('reference');
  });
});
