// The body that asks, in other texts' sentences: how a name joins the word before it, in each language.

import { describe, expect, it } from 'vitest';
import { buildCallShelf } from '../../src/calls/call-registry.ts';
import { inEvery, WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { bodyFiller, isOfBody, withBody } from '../../src/texts/body.ts';
import { buildTexts } from '../../src/texts/translate.ts';
import { shelf } from '../support/player.ts';

const emler = shelf.current('emler-2024');

function said(language: WholeLanguage, template: string, name: string, readers = name): string {
  const body = { name, readers, 'some-readers': readers, purpose: name };
  return bodyFiller(language, { issuer: 'An issuer', short: 'A call', body })(template);
}

describe('a name joins the word before it', () => {
  it.each([
    ['en', 'the website of {{body}}', 'the UN', 'the website of the UN'],
    ['fr', 'le site de {{body}}', "l'ONU", "le site de l'ONU"],
    ['fr', 'le site de {{body}}', 'la Commission', 'le site de la Commission'],
    ['fr', 'le site de {{body}}', 'le Parlement', 'le site du Parlement'],
    ['fr', 'écrire à {{body}}', 'le Parlement', 'écrire au Parlement'],
    ['fr', 'À {{body}} de dire', 'le Parlement', 'Au Parlement de dire'],
    ['fr', 'écrire à {{readers}}', 'les membres', 'écrire aux membres'],
    ['fr', 'la part de {{readers}}', 'les membres', 'la part des membres'],
    ['fr', 'un texte de {{someReaders}}', 'des experts', 'un texte d’experts'],
    ['fr', 'un texte de {{someReaders}}', 'des membres', 'un texte de membres'],
    ['fr', 'pour que {{body}} lise', 'une commission', 'pour qu’une commission lise'],
    ['fr', 'ni {{body}} ni la police', 'le Parlement', 'ni le Parlement ni la police'],
    ['es', 'el sitio de {{body}}', 'el Parlamento', 'el sitio del Parlamento'],
    ['es', 'escribir a {{body}}', 'el Parlamento', 'escribir al Parlamento'],
    ['es', 'escribir a {{body}}', 'la ONU', 'escribir a la ONU'],
    ['es', 'de {{someReaders}}', 'expertos de la ONU', 'de expertos de la ONU'],
    ['pt', 'o site de {{body}}', 'a ONU', 'o site da ONU'],
    ['pt', 'pedir a {{body}}', 'a ONU', 'pedir à ONU'],
    ['pt', 'pedir a {{body}}', 'o Parlamento', 'pedir ao Parlamento'],
    ['pt', 'alguém em {{body}}', 'o Parlamento', 'alguém no Parlamento'],
    ['pt', 'por {{readers}}', 'as delegadas', 'pelas delegadas'],
    ['pt', 'a {{readers}}', 'os membros', 'aos membros'],
    ['pt', 'a {{someReaders}}', 'membros da Comissão', 'a membros da Comissão'],
  ] as const)('%s: %s, of %s', (language, template, name, whole) => {
    expect(said(language, template, name)).toBe(whole);
  });

  it('and begins a sentence with a capital', () => {
    for (const language of WHOLE_LANGUAGES) expect(said(language, '.\n{{Body}} x', 'à b')).toBe('.\nÀ b x');
  });

  it('and a sentence that a call does not have leaves no gap', () => {
    expect(said('en', 'Safe.\n{{reprisals}} Go on, {{body}}.', 'X')).toBe('Safe.\nGo on, X.');
  });

  it('and other places stay, and a value is not read again', () => {
    expect(said('fr', 'de {{org}} à {{body}}', '$1 {x}')).toBe('de {{org}} à $1 {x}');
    expect(isOfBody('org')).toBe(false);
  });

  it('in lists and groups of a tree, too', () => {
    const tree = { reviewed: false, lines: ['a {{body}}', 'b'], deep: { one: 'de {{body}}' } };
    const body = { name: 'o X', readers: 'os Y', 'some-readers': 'Y', purpose: 'Z' };
    expect(withBody(tree, 'pt', { issuer: 'I', short: 'S', body })).toEqual({
      ...{ reviewed: false, lines: ['ao X', 'b'] },
      deep: { one: 'do X' },
    });
  });
});

describe('a call that was archived without its body in sentences', () => {
  const old = inEvery((language) => {
    const { body: _, ...rest } = emler.catalogues[language];
    return rest;
  });
  const textsOf = async (id: string, served: typeof emler | null) => {
    const archive = JSON.stringify({ call: { ...emler.call, id }, catalogues: old });
    const catalogues = inEvery((language) => ({ ...(served && { [id]: served.catalogues[language] }) }));
    const loaded = { calls: served === null ? [] : [{ ...served.call, id }], catalogues };
    const pinned = await buildCallShelf(
      loaded,
      () => Promise.resolve(archive),
      () => undefined,
    ).pinned('old');
    if (pinned === null) throw new Error('it does not load');
    expect(pinned.hash).toBe('old');
    const tree = { hello: 'Not {{body}}. {{Readers}} read for {{purpose}}: {{someReaders}}.' };
    const texts = buildTexts(
      inEvery(() => tree),
      'UTC',
    );
    texts.addCall(pinned);
    return (language: WholeLanguage) => texts.translate(language, { key: 'hello' }, pinned.hash);
  };

  it('has it from today’s files, if it is still there', async () => {
    const text = await textsOf('emler-2024', emler);
    expect(text('en')).toBe('Not the UN. The experts read for their report to the UN: experts of the UN.');
  });

  it('has it from its issuer, if it is not', async () => {
    const text = await textsOf('emler-2019', null);
    for (const language of WHOLE_LANGUAGES) {
      expect(text(language)).toContain(emler.catalogues[language].issuer);
      expect(text(language)).not.toMatch(/\b(?:UN|ONU)\b|…|\{\{|undefined/u);
    }
  });
});

it('no text that names the body is shown without a call', () => {
  const texts = buildTexts(
    inEvery(() => ({ hello: 'Not {{body}}.', plain: 'Hello.' })),
    'UTC',
  );
  expect(texts.translate('en', { key: 'plain' }, '')).toBe('Hello.');
  expect(() => texts.translate('en', { key: 'hello' }, '')).toThrow('without a call');
});
