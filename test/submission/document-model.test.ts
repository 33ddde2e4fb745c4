import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Naming, PUBLICATIONS, ROLES } from '../../src/dialog/engine/draft.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { buildModel, linksIn } from '../../src/submission/document-model.ts';
import { builtDocument } from '../../src/submission/file-name.ts';
import { countWords } from '../../src/words.ts';
import { CALLS, DRAFTS, modelIn, textsIn } from './samples.ts';

const FORMS = ['full', 'initials', 'none'] as const;
const story = (...paragraphs: string[]) => [{ slot: 'story', paragraphs }];

describe('the document of a sister who asks for confidentiality', () => {
  const model = modelIn('en');

  it('says first what may be done with it, then what it is, who writes and of whom', () => {
    expect(model.blocks.slice(0, 7).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'publication: CONFIDENTIAL: please publish no part of this document.',
      'title: Submission to: International Independent Expert Mechanism',
      'subtitle: Call for inputs: justice, accountability and redress',
      'byline: Reference: GR-7K3Q9X',
      'byline: Written by: Denise Thompson, a family member or survivor',
      'byline: Person harmed: A. T.',
      'heading1: What we lived through',
    ]);
  });

  it('has a short title of its own above a call that names its body itself', () => {
    const title = 'Call for inputs: report of the International Independent Expert Mechanism';
    const { blocks } = buildModel(DRAFTS.en, { ...CALLS.en, title }, textsIn('en'));
    expect(blocks.slice(1, 4).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'title: Submission GR-7K3Q9X',
      `subtitle: ${title}`,
      'byline: Written by: Denise Thompson, a family member or survivor',
    ]);
  });

  it('puts the points in the order of the call, whatever order they were answered in', () => {
    expect(model.sections.map(({ slot }) => slot)).toEqual([
      'story',
      'topic/investigation',
      'topic/families',
      'asks/government',
      'asks/experts',
      'links',
    ]);
  });

  it('gives links for web addresses only', () => {
    const marks = model.blocks.flatMap((block) => block.marks ?? []).filter((mark) => mark.kind === 'link');
    expect(marks.map(({ href }) => href)).toEqual([
      'https://example.org/reports/2023?page=4',
      'https://example.com/a-law',
    ]);
    const bad = modelIn('en', {
      sections: [
        {
          slot: 'links',
          paragraphs: ['javascript:alert(1) file:///etc/passwd http://me:secret@example.org/ http://nowhere'],
        },
      ],
    });
    expect(bad.blocks.at(-1)?.marks).toEqual([]);
  });

  it('gives links as they were written, with their own brackets, and those without a scheme', () => {
    const text = '(see https://a.example/x_(y)). www.b.example/z, https://josé.example/peña';
    const shown = linksIn(text).map((mark) => [
      text.slice(mark.start, mark.end),
      mark.kind === 'link' ? mark.href : '',
    ]);
    expect(shown).toEqual([
      ['https://a.example/x_(y)', 'https://a.example/x_(y)'],
      ['www.b.example/z', 'https://www.b.example/z'],
      ['https://josé.example/peña', 'https://xn--jos-dma.example/pe%C3%B1a'],
    ]);
  });

  it('shows the read-back the text as it will stand', () => {
    expect(model.sections[0]).toEqual({
      slot: 'story',
      heading: 'What we lived through',
      paragraphs: [
        'My brother A. was 24 years old. He repaired phones, and he sang in our church on Sundays.\nHe was the one who called our mother every night.',
        'He was stopped on the way home from work. What happened then we learned from the news, not from the police. Nobody came to our door.',
      ],
    });
    const built = builtDocument(model, {
      sha256: null,
      recipient: null,
      subject: 'EMLER 2024 Report',
      files: ['docx'],
    });
    expect(built).toMatchObject({ words: model.words, sha256: null, standing: [], files: ['docx'] });
  });
});

describe('every choice of publication and names', () => {
  const combinations = WHOLE_LANGUAGES.flatMap((language) =>
    PUBLICATIONS.flatMap((publication) =>
      FORMS.flatMap((harmed) => FORMS.map((author) => ({ language, publication, harmed, author }))),
    ),
  );

  it.each(combinations)(
    '$language, $publication, harmed $harmed, author $author',
    ({ language, publication, harmed, author }) => {
      const model = modelIn(language, {
        publication,
        harmed: { form: harmed, name: 'Zózimo Quaresma' },
        author: { form: author, name: 'Ivone Xavier' },
        sections: story('Zózimo Quaresma, ZOZIMO, d’Ivone: Xavier’s', 'https://example.org/zozimo-quaresma'),
      });
      const text = model.blocks.map((block) => block.text).join('\n');
      expect(model.blocks[0]).toEqual({ kind: 'publication', text: textsIn(language).publication[publication] });
      expect(model.publicationLine).toBe(model.blocks[0]?.text);
      for (const [form, parts] of [
        [harmed, /z[oó]zimo|quaresma/i],
        [author, /ivone|xavier/i],
      ] as const) {
        expect(parts.test(text)).toBe(form === 'full');
      }
      const fullNames =
        publication === 'public-unnamed' ? [harmed, author].filter((form) => form === 'full').length : 0;
      expect(model.standing.length).toBe(fullNames);
      expect(model.footer.includes(textsIn(language).publicationShort[publication])).toBe(true);
    },
  );
});

describe('what a document tells of the people', () => {
  const byline = (harmed: Naming, author: Naming): readonly string[] =>
    modelIn('pt', { harmed, author, late: false })
      .blocks.filter(({ kind }) => kind === 'byline')
      .map(({ text }) => text)
      .slice(2);

  it('names nobody where no name was given', () => {
    expect(byline({ form: 'none' }, { form: 'full' })).toEqual(['Escrito por: familiar ou sobrevivente']);
  });

  it('says that a name was left out', () => {
    expect(byline({ form: 'none', name: 'João da Silva' }, { form: 'initials', name: 'Maria' })).toEqual([
      'Escrito por: M., familiar ou sobrevivente',
      'Quem sofreu a violência: nome omitido',
    ]);
  });

  it('marks a late text and one that replaces another', () => {
    const texts = modelIn('pt').blocks.map(({ text }) => text);
    expect(texts).toContain(textsIn('pt').late);
    expect(texts).toContain('Este texto substitui a contribuição GR-2M8T4V.');
  });
});

describe('words', () => {
  it('are counted over every paragraph, the foot and its page number', () => {
    for (const language of WHOLE_LANGUAGES) {
      const model = modelIn(language);
      const counted = model.blocks.reduce((sum, { text }) => sum + countWords(text), 0);
      expect(model.words).toBe(counted + countWords(model.footer) + 1);
    }
  });

  it('of a slot hold its heading, and are what the document loses without it', () => {
    const { sections } = DRAFTS.en;
    const without = modelIn('en', { sections: sections.filter(({ slot }) => slot !== 'asks/government') });
    const whole = modelIn('en');
    expect(whole.words - without.words).toBe(whole.wordsBySlot['asks/government']);
  });

  it('lose no word of any section, known to the call or not', () => {
    const slot = fc.constantFrom(
      'story',
      'topic/families',
      'topic/gone',
      'topic/families/lawyer',
      'else',
      'links',
      'x',
    );
    const paragraphs = fc.array(fc.lorem({ maxCount: 4 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.record({ slot, paragraphs }), { maxLength: 6 }), (sections) => {
        const stands = modelIn('es', { sections }).blocks.map(({ text }) => text);
        for (const paragraph of sections.flatMap((section) => section.paragraphs)) expect(stands).toContain(paragraph);
      }),
    );
  });
});

describe('headings', () => {
  it('say so where the wording of the points is our translation', () => {
    expect(modelIn('pt').blocks.map(({ text }) => text)).toContain(textsIn('pt').topicsNote);
    expect(modelIn('en').blocks.map(({ text }) => text)).not.toContain(textsIn('en').topicsNote);
  });

  it('stand only over what was answered', () => {
    const model = buildModel(
      { ...DRAFTS.en, sections: [{ slot: 'else', paragraphs: ['  ', '\u0000'] }] },
      CALLS.en,
      textsIn('en'),
    );
    expect(model.sections).toEqual([]);
    expect(model.blocks.filter(({ kind }) => kind.startsWith('heading'))).toEqual([]);
  });
});

describe('document.json', () => {
  it.each(WHOLE_LANGUAGES)('in %s has all texts, and is not yet reviewed', (language) => {
    const texts = textsIn(language);
    expect(texts.reviewed).toBe(false);
    expect(new Set(ROLES.map((role) => texts.roles[role])).size).toBe(ROLES.length);
    expect(new Set(PUBLICATIONS.map((publication) => texts.publication[publication])).size).toBe(PUBLICATIONS.length);
  });
});
