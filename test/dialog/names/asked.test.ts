// What becomes of what people write where a name is asked for.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../../src/languages.ts';
import { lexicon, Player } from '../../support/player.ts';

const STORY: Readonly<Record<WholeLanguage, string>> = {
  en: 'My brother Will went out. They will not answer. The Okafors saw it in May, said N. Okafor.',
  fr: 'Mon frère Pierre est sorti. Une pierre est tombée. La famille Okafor a tout vu, en mai.',
  es: 'Mi hermano Julio salió. El domingo 4 de julio la policía no respondió. Moreno lo vio, por ser moreno.',
  pt: 'Meu irmão Domingos saiu. A polícia não respondeu no domingo. Moreno viu tudo, por ser moreno.',
};

/** Sixty characters. */
const LONG = 'María de la Cruz Fernández de los Ángeles Inventada Okafor O';

async function atName(language: WholeLanguage, form = '3', story = STORY[language]): Promise<Player> {
  const player = new Player({ language });
  const { commands, greetings } = lexicon.words[language];
  const [next = '', skip = '', all = ''] = [commands.next[0], commands.skip[0], commands['skip-all'][0]];
  for (const text of [greetings[0] ?? '', '1', '1', '1', story, next, skip, next, all, next, form])
    await player.says(text);
  expect(player.session.at.prompt).toBe('harmed-name');
  return player;
}

const read = async (player: Player, text: string) => player.read(await player.says(text));

describe('no harm 3: names asked for', () => {
  it.each([
    ['en', 'no'],
    ['en', 'no thanks'],
    ['en', "I'd rather not"],
    ['fr', 'non merci'],
    ['fr', 'je préfère pas'],
    ['es', 'no'],
    ['es', 'prefiero no'],
    ['es', 'no gracias'],
    ['en', "I don't know his name"],
    ['fr', 'inconnu'],
    ['es', 'no me acuerdo'],
    ['pt', 'não lembro'],
    ['pt', 'não quero'],
    ['pt', 'não obrigada'],
  ] as const)('in %s %j is a refusal', async (language, text) => {
    for (const form of ['1', '2', '3']) {
      const player = await atName(language, form);
      await player.says(text);
      expect(player.session.harmed).toEqual({ form: 'none' });
      expect(player.session.at.prompt).toBe('author-form');
    }
  });

  it.each([
    ['en', 'what do you mean?'],
    ['fr', 'quel nom ?'],
    ['es', 'no entiendo'],
    ['pt', 'não entendi'],
    ['pt', 'como assim?'],
  ] as const)('in %s %j is a question, and is answered', async (language, text) => {
    const player = await atName(language);
    const answer = await read(player, text);
    expect(answer.length).toBeGreaterThan(80);
    expect(player.session.at.prompt).toBe('harmed-name');
    expect(player.session.harmed).toEqual({ form: 'none' });
  });

  it.each([
    ['en', 'I forgot to say that the officer was drunk'],
    ['fr', "j'ai oublié de dire que le policier était ivre"],
    ['es', 'se me olvidó decir que el policía estaba borracho'],
    ['pt', 'esqueci de dizer que o policial estava bêbado'],
  ] as const)('in %s %j goes to the story', async (language, text) => {
    for (const form of ['1', '2']) {
      const player = await atName(language, form);
      await player.says(text);
      expect(player.session.doubt).toMatchObject({ kind: 'stray', text });
      await player.says('1');
      expect(player.parts.map((part) => part.text)).toContain(text);
      expect(player.session.at.prompt).toBe('harmed-name');
      expect(JSON.stringify([player.session.harmed, player.session.naming])).not.toContain(text);
    }
  });

  it.each([
    ['en', 'officer was drunk'],
    ['fr', 'il était ivre'],
    ['es', 'estaba borracho'],
    ['pt', 'tava bêbado'],
  ] as const)('in %s %j in small letters is asked about', async (language, text) => {
    const player = await atName(language);
    await player.says(text);
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text });
    expect(player.session.naming).toBeUndefined();
  });

  it.each([
    ['en', 'my son'],
    ['en', 'thank you'],
    ['fr', 'mon fils'],
    ['es', 'soy la mamá'],
    ['pt', 'meu filho'],
  ] as const)('in %s %j is no name, and is asked again', async (language, text) => {
    const player = await atName(language);
    await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'harmed-name' }, doubt: null });
    expect(player.session.naming).toBeUndefined();
  });

  it.each(['3', '12345', '😢', 'A', 'SEND', 'ERASE', 'initials', 'yes'])('%j is no name', async (text) => {
    const player = await atName('en', '1');
    await player.says(text);
    expect(player.session.naming).toBeUndefined();
    expect(player.session.harmed.name).toBeUndefined();
  });

  it.each([
    ['en', 'His name was Samuel Invented.', 'Samuel Invented'],
    ['en', 'you can call me Rosa', 'Rosa'],
    ['en', 'yes, his name was Will May', 'Will May'],
    ['en', 'no: Will May', 'Will May'],
    ['en', 'my brother Will May', 'Will May'],
    ['en', "he's called will may", 'will may'],
    ['en', 'my brother was called Will May', 'Will May'],
    ['fr', "mon fils s'appelait modou ndiaye", 'modou ndiaye'],
    ['fr', 'son prénom Modou', 'Modou'],
    ['es', 'mi hijo se llamaba julio paz', 'julio paz'],
    ['es', 'le llaman Julio', 'Julio'],
    ['pt', 'ele chama samuel inventado', 'samuel inventado'],
    ['pt', 'meu filho se chamava samuel inventado', 'samuel inventado'],
    ['en', 'Will May (my brother)', 'Will May'],
    ['en', 'their names were Ada and Bola Obi', 'Ada and Bola Obi'],
    ['en', 'Mrs Okafor', 'Mrs Okafor'],
    ['en', 'Ada Obi 😢', 'Ada Obi'],
    ['en', 'J. R.', 'J. R.'],
    ['en', 'محمد أحمد', 'محمد أحمد'],
    ['fr', 'Il s’appelait Samuel Inventé', 'Samuel Inventé'],
    ['fr', 'ils s’appelaient Awa et Modou Ndiaye', 'Awa et Modou Ndiaye'],
    ['fr', 'on l’appelait Modou', 'Modou'],
    ['fr', 'mon fils Modou', 'Modou'],
    ['fr', 'oui, Awa N’Diaye', 'Awa N’Diaye'],
    ['es', 'Se llamaba Samuel Inventado', 'Samuel Inventado'],
    ['es', 'se llamaban Julio y Ana Paz', 'Julio y Ana Paz'],
    ['es', 'su nombre era Julio Paz y Ana Paz', 'Julio Paz y Ana Paz'],
    ['es', 'mi hijo Julio', 'Julio'],
    ['es', 'Don Julio', 'Don Julio'],
    ['es', 'me llamo Rosario de los Ángeles', 'Rosario de los Ángeles'],
    ['pt', 'Ele se chamava Samuel Inventado.', 'Samuel Inventado'],
    ['pt', 'se chamavam João e Ana', 'João e Ana'],
    ['pt', 'o nome dele: João da Silva', 'João da Silva'],
    ['pt', 'sou a Dona Maria', 'Dona Maria'],
    ['pt', 'meu filho João', 'João'],
    ...WHOLE_LANGUAGES.map((language) => [language, LONG, LONG] as const),
  ] as const)('in %s %j says %j', async (language, text, name) => {
    const player = await atName(language, '1');
    await player.says(text);
    expect(player.session.naming?.name).toBe(name);
  });
});

describe('no harm 3: names said back', () => {
  it.each([
    ['1', 'It will appear like this: Will May'],
    ['2', 'Only these initials will appear in the document: W. M.'],
    ['3', 'This name won’t appear in the document: Will May'],
  ])('as they will stand (%s), and binding only then', async (form, words) => {
    const player = await atName('en', form);
    expect(await read(player, 'Will May')).toContain(words);
    expect(player.session.harmed.name).toBeUndefined();
    await player.says('no');
    expect(player.session).toMatchObject({ at: { prompt: 'harmed-name' } });
    expect(player.session.harmed.name).toBeUndefined();
    await player.says('Bill May');
    await player.says('Will May');
    expect(player.session.naming?.name).toBe('Will May');
    await player.says('yes');
    expect(player.session.harmed.name).toBe('Will May');
    expect(player.session.naming).toBeUndefined();
  });

  it('with the sentences in which they would change something', async () => {
    const player = await atName('en', '2');
    const said = await read(player, 'Will May');
    expect(said).toContain('My brother W. went out.');
    expect(said).toContain('They will not answer.');
    expect(said).not.toContain('They W.');
    expect(said).toContain('These stay as you wrote them:\n· ');
  });

  it('and each place can be turned around before anything is sent', async () => {
    const player = await atName('en', '2');
    await player.says('Will May');
    await player.says('2');
    expect(player.session.at.prompt).toBe('names-where');
    const lines = await read(player, 'none');
    expect(lines).toContain('“Will” stays');
    expect(lines).toContain('“May” stays');
    expect(await read(player, '1')).toContain('“Will” becomes W.');
    await player.says('next');
    expect(player.session.at.prompt).toBe('author-form');
    await player.says('skip all');
    const text = await read(player, '1');
    expect(text).toContain('My brother W. went out. They will not answer.');
    expect(text).toContain('in May');
  });

  it.each([
    ['es', 'Julio Domingo Cruz Paz', 'El domingo 4 de julio'],
    ['es', 'Moreno', 'por ser moreno'],
    ['pt', 'Moreno', 'por ser moreno'],
    ['fr', 'Pierre Mai', 'Une pierre est tombée'],
  ] as const)('in %s %j leaves %j', async (language, name, stays) => {
    const player = await atName(language, '2');
    await player.says(name);
    await player.says('1');
    for (const text of [lexicon.words[language].commands['skip-all'][0] ?? '']) await player.says(text);
    expect(await read(player, '1')).toContain(stays);
  });

  it('asks about what was written since, before it is read back', async () => {
    const player = await atName('en', '3');
    for (const text of ['Ngozi Okafor', '1', 'skip all']) await player.says(text);
    expect(player.session.at.prompt).toBe('read-back');
    for (const text of ['review', '1', '1']) await player.says(text);
    for (const text of ['The Okafors came to us once more.', 'next']) await player.says(text);
    await player.says('next');
    expect(player.session.at.prompt).toBe('names-where');
    await player.says('next');
    expect(await read(player, '1')).toContain('The [name withheld] came to us once more.');
  });
});

describe('no harm 3: *review* lists and changes them', () => {
  it.each(WHOLE_LANGUAGES)('names, role and withheld words, in %s', async (language) => {
    const player = await atName(language, '1');
    const { commands } = lexicon.words[language];
    for (const text of ['Ngozi Inventada', '1', commands['skip-all'][0] ?? '']) await player.says(text);
    const lines = (await player.says(commands.review[0] ?? '')).at(-1)?.choices ?? [];
    const numberOf = (line: string) => `${lines.findIndex(({ value }) => value === line) + 1}`;
    expect(player.session.at.prompt).toBe('review');
    for (const text of [numberOf('name:harmed'), '2']) await player.says(text);
    expect(player.session.at.prompt).toBe('harmed-check');
    await player.says('1');
    expect(player.session).toMatchObject({
      at: { prompt: 'review' },
      harmed: { form: 'initials', name: 'Ngozi Inventada' },
    });
    for (const text of [numberOf('role'), '2']) await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'review' }, role: 'witness' });
    for (const text of [numberOf('words'), 'Okafor', 'Moreno', 'Will', 'Julio']) await player.says(text);
    expect(player.session.withheld.length).toBeGreaterThan(0);
    await player.says(commands.next[0] ?? '');
    expect(player.session.at.prompt).toBe('review');
    const before = player.session.withheld.length;
    const [withheld = ''] = player.session.withheld;
    expect(player.read(await player.says(commands.repeat[0] ?? ''))).toContain(withheld);
    const listed = (await player.says(numberOf('words'))).at(-1)?.choices ?? [];
    // Typed again it stays hidden; its number shows it.
    await player.says(withheld);
    expect(player.session.withheld).toHaveLength(before);
    await player.says(`${listed.findIndex(({ value }) => value.includes(withheld)) + 1}`);
    expect(player.session.withheld).toHaveLength(before - 1);
    await player.says(commands.undo[0] ?? '');
    expect(player.session.withheld).toHaveLength(before);
  });

  it('also in a correction', async () => {
    const player = await atName('en', '3');
    for (const text of ['skip', 'skip', '4', '3', 'SEND', 'no']) await player.says(text);
    player.mailLeft = true;
    const lines = (await player.says('2')).at(-1)?.choices ?? [];
    const harmed = lines.findIndex(({ value }) => value === 'name:harmed') + 1;
    for (const text of [`${harmed}`, '3', 'Ngozi Okafor', '1']) await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'review' }, harmed: { form: 'none', name: 'Ngozi Okafor' } });
  });
});

describe('how a name shall appear, said in a sentence', () => {
  it.each([
    ['en', "I want everybody to know my son's full name"],
    ['fr', 'je veux que tout le monde connaisse le nom complet de mon fils'],
    ['es', 'quiero que se sepa como se llamaba mi hijo con su nombre completo'],
    ['pt', 'quero que todo mundo saiba o nome completo do meu filho'],
  ] as const)('in %s "%s" is asked for by its number', async (language, text) => {
    const player = await atName(language);
    await player.says(lexicon.words[language].commands.back[0] ?? '');
    expect(player.session.at.prompt).toBe('harmed-form');
    const answer = await player.says(text);
    expect(answer[0]).toMatchObject({ text: 'choice.perhaps', params: { choice: { key: 'choices.full' }, number: 1 } });
    expect(player.session.at.prompt).toBe('harmed-form');
    expect(player.parts).toHaveLength(1);
  });
});
