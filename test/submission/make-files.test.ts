import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildModel, type DocumentModel } from '../../src/submission/document-model.ts';
import { writeDocx } from '../../src/submission/docx/docx.ts';
import { FileMaker, LIMITS } from '../../src/submission/make-files.ts';
import { sha256 } from '../../src/submission/manifest.ts';
import { writePdf } from '../../src/submission/pdf/pdf.ts';
import { docxParagraphs, isInstalled, pdfText } from './read-back.ts';
import { CALLS, DRAFTS, modelIn, textsIn } from './samples.ts';

const poppler = isInstalled('pdftotext', '-v');
const told = (text: string, slot = 'story'): DocumentModel =>
  modelIn('en', { sections: [{ slot, paragraphs: [text] }] });
/** The limits of the program, except of time: a slow machine is no fault. */
const PATIENT = { ...LIMITS, timeMs: 280_000 };
const patient = new FileMaker(PATIENT);
const makeFiles = (model: DocumentModel, formats: readonly ('docx' | 'pdf')[]) =>
  patient.make({ model, formats, only: null });
const bytesOf = async (model: DocumentModel, format: 'docx' | 'pdf') => (await makeFiles(model, [format]))[0]?.bytes;

/** Every kind of text that the flood and fuzz tests send, each as long as one message can nearly be. */
const SHAPES: readonly (readonly [string, string, string?])[] = [
  ['one unbroken word', 'abcdefghij'.repeat(6_000)],
  ['a picture as base64', Buffer.from(Array.from({ length: 45_000 }, (_, i) => (i * 7919) % 251)).toString('base64')],
  [
    'three links',
    Array.from({ length: 3 }, (_, n) => `https://example.org/${n}${'a/b?c='.repeat(10_000)}`).join('\n'),
    'links',
  ],
  ['links in a story', `See https://example.org/${'x'.repeat(60_000)} and www.example.org/${'y'.repeat(60_000)}`],
  ['no-break spaces', 'a\u00A0'.repeat(30_000)],
  ['word joiners', 'a\u2060'.repeat(30_000)],
  ['soft hyphens', 'a\u00AD'.repeat(30_000)],
  ['accents', `a${'\u0301'.repeat(60_000)}`],
  ['line feeds', 'a\n'.repeat(30_000)],
  ['short words', 'a '.repeat(30_000)],
  ['addresses', 'x@'.repeat(30_000)],
  ['a wall of emoji', '😢 '.repeat(2_500)],
  ['emoji without an end', '👩‍👩‍👧‍👦'.repeat(2_500)],
  ['Han', '人'.repeat(60_000)],
  ['Arabic', 'قتلوا ابني '.repeat(5_000)],
];

describe('no harm A: a document of whatever was written', () => {
  it.each(SHAPES)('is made of %s, or said not to be: as a file, in bounded memory', async (_, text, slot = 'story') => {
    const [docx, pdf] = await makeFiles(told(text ?? '', slot), ['docx', 'pdf']);
    expect(docx?.bytes?.subarray(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
    if (pdf?.bytes === null) expect(pdf.why).toBe('missing-glyphs');
    else expect(Buffer.from(pdf?.bytes.subarray(0, 5) ?? []).toString()).toBe('%PDF-');
  });

  it('fault 23: is made of any text that a fuzz test can send, by the next Worker as by the first', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        'x'.repeat(3_000),
        'W'.repeat(500),
        '\u0301'.repeat(200),
        'https://a.example/',
        '\u202A',
        ' ',
        '\n',
        '#',
        '﷽',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const draft = { ...DRAFTS.en, sections: [{ slot: 'story', paragraphs: [pieces.join('')] }] };
        const made = await makeFiles(buildModel(draft, CALLS.en, textsIn('en')), ['docx', 'pdf']);
        for (const one of made) expect(one.bytes === null && one.why).not.toBe('too-much');
      }),
      { numRuns: 60 },
    );
  });

  it.skipIf(!poppler)(
    'holds a word without an end: broken for the eye in the PDF, whole without the marks',
    async () => {
      const word = 'abcdefghij'.repeat(6_000);
      const model = told(`Before ${word} after.`);
      const pdf = await bytesOf(model, 'pdf');
      const text = pdfText(pdf ?? new Uint8Array());
      expect(text).toContain('↩\n');
      const feet = new RegExp(`${model.footer.replace(/[()]/g, String.raw`\$&`)}\\s+\\d+\\s`, 'g');
      const whole = text.replace(feet, '').replace(/↩\s+/g, '').replace(/\s+/g, ' ');
      expect(whole.includes(`Before ${word} after.`)).toBe(true);
      const docx = await docxParagraphs((await bytesOf(model, 'docx')) ?? new Uint8Array());
      expect(docx.some(({ text: paragraph }) => paragraph === `Before ${word} after.`)).toBe(true);
    },
  );

  it('fault 38: that takes too much is a value, and the next one is made', async () => {
    const maker = new FileMaker({ ...PATIENT, memoryMb: 48, atOnce: 1 });
    const large = told('ab\n'.repeat(900_000));
    const [failed] = await maker.make({ model: large, formats: ['docx'], only: null });
    expect(failed).toEqual({ format: 'docx', bytes: null, why: 'too-much', characters: [] });
    const [made] = await maker.make({ model: modelIn('en'), formats: ['docx'], only: null });
    expect(made?.bytes).not.toBe(null);
  });

  it('that takes too long, or is too long, is a value; the text is named as the cause only if a word has no end', async () => {
    const unmade = (why: string) => [{ format: 'pdf', bytes: null, why, characters: [] }];
    const wanted = { model: modelIn('en'), formats: ['pdf'], only: null } as const;
    const hurried = () => new FileMaker({ ...LIMITS, timeMs: 0 });
    expect(await hurried().make(wanted)).toEqual(unmade('too-slow'));
    const pasted = told(`Before ${'abcdefghij'.repeat(6_000)} after.`);
    expect(await hurried().make({ ...wanted, model: pasted })).toEqual(unmade('too-much'));
    expect(await new FileMaker({ ...PATIENT, length: 10 }).make(wanted)).toEqual(unmade('too-much'));
  });

  it('a fault of ours is thrown, no matter of size, and the next one is made', async () => {
    const maker = new FileMaker({ ...PATIENT, atOnce: 1 });
    // Numbers where there are texts.
    const broken = { ...modelIn('en'), reference: 7, footer: 7, language: 7, title: 7 } as unknown as DocumentModel;
    await expect(maker.make({ model: broken, formats: ['docx'], only: null })).rejects.toThrow();
    const [made] = await maker.make({ model: modelIn('en'), formats: ['docx'], only: null });
    expect(made?.bytes).not.toBe(null);
  });

  it('is the same bytes as in this process, and several at once do not mix', async () => {
    const models = (['en', 'fr', 'es', 'pt'] as const).map((language) => modelIn(language));
    const made = await Promise.all(models.map((model) => makeFiles(model, ['docx', 'pdf'])));
    for (const [index, model] of models.entries()) {
      const here = [await writeDocx(model), await writePdf(model)];
      expect(made[index]?.map(({ bytes }) => sha256(bytes ?? ''))).toEqual(
        here.map((bytes) => sha256(bytes instanceof Uint8Array ? bytes : '')),
      );
    }
  });
});

describe("no harm 16: nobody's text changes another one's file", () => {
  const TEXTS = [
    'All of us called him Amadou.',
    'À la maison, A et Á. Àll of us.',
    'ﬁlho, filho, ﬂor, flor, ﬃ, ffi.',
    'E\u0323\u0301 Ẹ kú àárọ̀ Ọ O Đ D ǆ dž Ĳ IJ',
    'A\u0300 a\u0300 I\u0307 İ ½ 1/2 ² 2',
  ];

  it('whatever was made before, in whatever order', async () => {
    const hash = async (text: string) => {
      const pdf = await writePdf(told(text));
      return pdf instanceof Uint8Array ? sha256(pdf) : pdf.characters;
    };
    const alone = new Map<string, unknown>();
    for (const text of TEXTS) alone.set(text, await hash(text));
    for (const order of [
      TEXTS.toReversed(),
      [...TEXTS.slice(2), ...TEXTS.slice(0, 2)],
      TEXTS.flatMap((one) => [one, one]),
    ]) {
      for (const text of order) expect(await hash(text), text).toEqual(alone.get(text));
      for (const text of order) expect(sha256((await bytesOf(told(text), 'pdf')) ?? '')).toEqual(alone.get(text));
    }
  });

  it.skipIf(!poppler).each(TEXTS.slice(0, 3))(
    'and within one file each letter is copied as it was written: %s',
    async (text) => {
      for (const all of [
        `${text} ${TEXTS.slice(0, 3).join(' ')}`,
        `${TEXTS.slice(0, 3).toReversed().join(' ')} ${text}`,
      ]) {
        const read = pdfText((await bytesOf(told(all), 'pdf')) ?? new Uint8Array()).replace(/\s+/g, ' ');
        expect(read).toContain(all);
      }
    },
  );
});
