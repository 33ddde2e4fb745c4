// What is withheld is called by its kind, and who speaks by their own word: said back in the chat, and the same in the
// document and in the count of its words.

import { describe, expect, it, test } from 'vitest';
import { documentCall } from '../../src/conversation/document-call.ts';
import { draftFrom } from '../../src/dialog/engine/draft-from.ts';
import { ownRoleIn } from '../../src/dialog/understanding/names/own-role.ts';
import { kindByForm, WITHHELD_KINDS } from '../../src/dialog/understanding/names/withheld-kind.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { buildModel, type DocumentModel } from '../../src/submission/document-model.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { lexicon, Player, texts } from '../support/player.ts';

const documentTexts = loadCatalogue('document');
const word = (language: WholeLanguage, command: 'next' | 'skip' | 'undo' | 'review') =>
  texts.translate(language, { key: `commands.${command}` }, '');

function modelOf({ session, rows, shelved }: Player): DocumentModel {
  const draft = draftFrom(session, rows, shelved.call);
  const own = documentTexts[draft.language];
  return buildModel(draft, documentCall(shelved, draft.language, own), own);
}

/** As it leaves. */
const leaves = (player: Player): string =>
  modelOf(player)
    .blocks.map(({ text }) => text)
    .join('\n');

async function until(player: Player, language: WholeLanguage, prompt: string): Promise<void> {
  for (let left = 30; left > 0 && player.session.at.prompt !== prompt; left--) {
    const { prompt: here } = player.session.at;
    const goesOn = ['story', 'topics', 'others', 'names-where'].includes(here);
    await player.says(word(language, goesOn ? 'next' : 'skip'));
  }
  expect(player.session.at.prompt).toBe(prompt);
}

/** `who`: the answer to who writes. */
async function told(language: WholeLanguage, story: string, who = '1'): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['1', '1', '1', '1', who, story]) await player.says(text);
  return player;
}

const STORY = {
  en: 'Kauã was taken at 12 Baker Street. The officer used +55 21 99999-1234. Write to maria@example.org, see www.example.org/maria. His friend has the bakery, car ABC-1D23.',
  fr: 'Kauã a été emmené au 12 rue des Lilas. L’agent utilisait le +55 21 99999-1234. Écrivez à maria@example.org, voir www.example.org/maria. Son ami a la boulangerie, voiture ABC-1D23.',
  es: 'A Kauã se lo llevaron en la calle Lima 12. El agente usaba el +55 21 99999-1234. Escriban a maria@example.org, vean www.example.org/maria. Su amigo tiene la panadería, carro ABC-1D23.',
  pt: 'Kauã foi levado na rua Lima 12. O policial usava +55 21 99999-1234. Escrevam a maria@example.org, vejam www.example.org/maria. O amigo dele tem a padaria, carro ABC-1D23.',
} as const;
const NUMBER = {
  en: ['my phone', 'my number', 'the phone number', 'hide my phone number'],
  fr: ['mon téléphone', 'mon numero', 'le numéro de téléphone', 'masquez mon numéro'],
  es: ['mi telefono', 'el numero de telefono', 'mi número', 'oculte mi teléfono'],
  pt: ['meu telefone', 'meu numero', 'o número de telefone', 'oculte meu número'],
} as const;
const BAKERY = { en: 'the bakery', fr: 'la boulangerie', es: 'la panadería', pt: 'a padaria' } as const;
const ADDRESS = { en: '12 Baker Street', fr: '12 rue des Lilas', es: 'calle Lima 12', pt: 'rua Lima 12' } as const;

describe.each(WHOLE_LANGUAGES)('what is withheld, in %s', (language) => {
  const labels = documentTexts[language].withheld;

  it('is called by its kind, which is said back at once and is in the document and in its count', async () => {
    const player = await told(language, STORY[language]);
    await until(player, language, 'others');
    for (const [typed, becomes] of [
      ['Kauã', labels.name],
      ['+55 21 99999-1234', labels.phone],
      ['maria@example.org', labels.email],
      ['www.example.org/maria', labels.link],
      ['ABC-1D23', labels.number],
      [ADDRESS[language], labels.address],
    ] as const) {
      expect(player.read(await player.says(typed))).toContain(becomes);
      expect(leaves(player)).toContain(becomes);
      expect(leaves(player)).not.toContain(typed);
    }
    const model = modelOf(player);
    expect(player.world.wordsOf(player.session, player.rows)).toBe(model.counted ?? model.words);
  });

  it('is the number, and not the words, if a phone number is named', async () => {
    for (const typed of NUMBER[language]) {
      const player = await told(language, `${STORY[language]} (${NUMBER[language][0]})`);
      await until(player, language, 'others');
      await player.says(typed);
      expect(player.session.withheld, typed).toEqual(['+55 21 99999-1234']);
    }
  });

  it('is asked about once if its form does not say it', async () => {
    const player = await told(language, STORY[language]);
    await until(player, language, 'others');
    const typed = BAKERY[language];
    const asked = player.read(await player.says(typed));
    expect(player.session.at.prompt).toBe('withheld-kind');
    expect(asked).toContain(typed);
    expect(player.read(await player.says('2'))).toContain(labels.place);
    expect(player.session.at.prompt).toBe('others');
    expect(leaves(player)).toContain(labels.place);
    await player.says(word(language, 'undo'));
    expect(player.session.withheld).toEqual([]);
    expect(leaves(player)).toContain(typed);
  });

  it('is plain words if nobody says what it is', async () => {
    const player = await told(language, STORY[language]);
    await until(player, language, 'others');
    for (const text of [BAKERY[language], word(language, 'skip')]) await player.says(text);
    expect(player.session.at.prompt).toBe('others');
    expect(leaves(player)).toContain(labels.words);
  });
});

test('a session of before, whose words have no kind, is asked at the read-back', async () => {
  const player = await told('en', STORY.en);
  await until(player, 'en', 'others');
  await player.says('Kauã');
  player.session = { ...player.session, withheld: ['Kauã', 'the bakery'], withheldAs: {} };
  await until(player, 'en', 'withheld-kind');
  await player.says('3');
  expect(player.session).toMatchObject({
    at: { prompt: 'read-back' },
    withheldAs: { Kauã: 'name', 'the bakery': 'words' },
  });
});

test('the form says a number, an address of the internet and a name on it, and nothing of other words', () => {
  const kinds = {
    phone: ['+33 6 12 34 56 78', '(21) 99999-1234', '0612345678', '٠٦١٢٣٤٥٦٧٨'],
    number: ['2021/118', 'ABC-1D23', '12/03/2021', '123.456.789-00', '4711'],
    email: ['maria@example.org'],
    link: ['https://example.org/maria', 'www.example.org'],
    name: ['@maria', '#JustiçaPorKauã'],
  } as const;
  for (const [kind, all] of Object.entries(kinds))
    for (const one of all) expect([one, kindByForm(one)]).toEqual([one, kind]);
  for (const one of ['Kauã', 'the bakery', '12 Baker Street', 'tel 0612345678']) expect(kindByForm(one)).toBeNull();
});

test('each kind has its own words in every language, and never those of another', () => {
  for (const { withheld } of Object.values(documentTexts)) {
    const labels = WITHHELD_KINDS.map((kind) => withheld[kind]);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.every((label) => /^\[[^\]]+\]$/u.test(label))).toBe(true);
  }
});

const SPEAKS: Readonly<Record<WholeLanguage, readonly (readonly [said: string, own: string | null])[]>> = {
  en: [
    ['his aunt', 'his aunt'],
    ["Hello. I'm his aunt. They took him in May.", 'his aunt'],
    ['I am the mother of Kauã da Silva and they killed him', 'the mother of Kauã da Silva'],
    ['mother', 'mother'],
    ['I am his older sister', 'his older sister'],
    ['neighbour', 'neighbour'],
    ['My aunt', null],
    ['They killed his brother in May', null],
    ['family', null],
    ['my son', null],
    ['1', null],
  ],
  fr: [
    ['sa tante', 'sa tante'],
    ['Je suis la mère d’Amadou. On l’a tué.', 'la mère d’Amadou'],
    ["c'est sa grand-mère", 'sa grand-mère'],
    ['mon fils', null],
    ['famille', null],
  ],
  es: [
    ['tía de él', 'tía de él'],
    ['Hola, soy la hermana de Daniel Reyes', 'la hermana de Daniel Reyes'],
    ['soy vecina', 'vecina'],
    ['mi hijo', null],
    ['Mataron a mi hermano', null],
  ],
  pt: [
    ['tia dele', 'tia dele'],
    ['Sou a mãe do João, ele tinha 17 anos', 'a mãe do João'],
    ['vizinha', 'vizinha'],
    ['meu filho', null],
    ['família', null],
  ],
};

describe.each(WHOLE_LANGUAGES)('who speaks, in %s', (language) => {
  it.each(SPEAKS[language])('%s', (said, own) => {
    expect(ownRoleIn(lexicon, language, said)).toBe(own);
  });

  const [[said, own]] = SPEAKS[language] as readonly [readonly [string, string]];

  it('is in their own word in the document, at the read-back and in the check, and changed by its number', async () => {
    const player = await told(language, STORY[language], said);
    expect(leaves(player)).toContain(`${documentTexts[language].author} ${own}`);
    await until(player, language, 'read-back');
    const replies = await player.says(word(language, 'review'));
    expect(player.read(replies)).toContain(own);
    const lines = replies.at(-1)?.choices?.map(({ value }) => value) ?? [];
    await player.says(`${lines.indexOf('role') + 1}`);
    expect(player.read(await player.says('Xyz Abc'))).toContain('Xyz Abc');
    expect(leaves(player)).toContain(`${documentTexts[language].author} Xyz Abc`);
    await player.says(word(language, 'undo'));
    expect(leaves(player)).toContain(`${documentTexts[language].author} ${own}`);
    const again = (await player.says(word(language, 'review'))).at(-1)?.choices ?? [];
    await player.says(`${again.findIndex(({ value }) => value === 'role') + 1}`);
    await player.says('2');
    expect(leaves(player)).toContain(`${documentTexts[language].author} ${documentTexts[language].roles.witness}`);
  });
});

test('a name in it is withheld like everywhere, and a document in another language has the usual words', async () => {
  const player = await told('es', STORY.es, 'Soy la tía de Kauã');
  player.session = { ...player.session, withheld: ['Kauã'], withheldAs: { Kauã: 'name' } };
  expect(leaves(player)).toContain('Escrito por: la tía de [nombre omitido]');
  player.session = { ...player.session, submissionLanguage: 'fr' };
  expect(leaves(player)).toContain(`${documentTexts.fr.author} ${documentTexts.fr.roles.family}`);
});
