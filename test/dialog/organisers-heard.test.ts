// What organisers say about the work itself: nobody's testimony, and answered or done all the same.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

type In<T> = Readonly<Record<WholeLanguage, T>>;

const STORY: In<string> = {
  en: 'The police took him from the house at night.',
  fr: 'La police l’a emmené de la maison pendant la nuit.',
  es: 'La policía se lo llevó de la casa en la noche.',
  pt: 'A polícia levou ele de dentro de casa de noite.',
};

const EACH: In<readonly string[]> = {
  en: ['one for every mother', 'one x each mum', 'one text per person', 'each mother has her own'],
  fr: ['un par maman', 'un texte par dame', 'un pour chaque famille', '1 par personne'],
  es: ['uno x cada mamá', 'uno por cada madre', 'un texto por señora', 'uno x persona'],
  pt: ['um por mãe', 'um texto por senhora', 'um pra cada família', 'um p cada pessoa'],
};

/** At the question for a person's yes: a yes and an age. */
const YES_AND_AGE: In<readonly string[]> = {
  en: ['yes, I am 41', 'she says yes, the lady is 52 years old', 'yess, 52', 'the lady said yes, she is 60'],
  fr: ['oui, j’ai 41 ans', 'elle dit oui, la dame a 52 ans', 'ouii, 52 ans', 'la dame a dit oui, elle a 60 ans'],
  es: ['si, tengo 41', 'dice q si, la señora tiene 52 años', 'sii, 52', 'la señora dijo que sí, tiene 60'],
  pt: ['sim, tenho 41', 'diz q sim, a senhora tem 52 anos', 'simm, 52', 'a dona disse que sim, tem 60'],
};
/** A yes, and no age. */
const YES_ALONE: In<readonly string[]> = {
  en: ['yess it is fine here', 'the lady says she accepts it', 'yes the lady agrees'],
  fr: ['ouii c’est bon ici', 'la dame dit qu’elle accepte', 'oui la dame accepte'],
  es: ['sii esta bien aqui', 'dice la señora q ella acepta', 'sí la señora acepta'],
  pt: ['simm tá bom aqui', 'a dona diz que ela aceita', 'sim a senhora aceita'],
};
/** What the two of them do now. */
const PROCEDURE: In<readonly string[]> = {
  en: ['wait I am asking her', 'she is reading it right now', 'I will read it to her', 'I’ll be back in a moment'],
  fr: [
    'attends je lui demande',
    'elle est en train de lire',
    'je vais lui lire le message',
    'je reviens tout de suite',
  ],
  es: [
    'espere le estoy preguntando',
    'ella lo esta leyendo ahora',
    'se lo voy a leer primero',
    'ahora ya vuelvo en un rato',
  ],
  pt: [
    'espera tô perguntando pra ela',
    'a dona está pensando ainda',
    'já vou ler pra ela',
    'eu já volto daqui a pouco',
  ],
};
/** Told, though such words are in it. */
const TOLD: In<readonly string[]> = {
  en: ['I was with her when the police came', 'I came back home and he was dead'],
  fr: ['J’étais avec elle quand la police est venue', 'Quand je suis rentrée il était déjà mort'],
  es: ['Yo estaba con ella cuando llegó la policía', 'Cuando regresé a la casa ya estaba muerto'],
  pt: ['Eu estava com ela quando a polícia chegou', 'Quando voltei pra casa ele já estava morto'],
};
const NO_USE: In<readonly string[]> = {
  en: ['no use them', 'no wait, I said do NOT use them'],
  fr: ['non utilisez', 'non attends, j’ai dit de NE PAS les utiliser'],
  es: ['no úselas', 'no espere, dije que NO las use'],
  pt: ['não use elas', 'não, espera, falei pra NÃO usar'],
};

const NAMES: In<readonly string[]> = {
  en: ['what happens to each one’s names?', 'will their names be published?'],
  fr: ['et les noms de chacune ils vont devenir quoi?', 'les noms de chacune seront publiés ?'],
  es: ['¿y los nombres de cada una qué va a pasar con ellos?', 'qué pasa con los nombres de cada una'],
  pt: ['e os nomes de cada uma, o que vai acontecer?', 'o que acontece com os nomes de cada uma?'],
};
const RECORDING: In<readonly string[]> = {
  en: ['are you recording? can the police read it?', 'are you recording me? is this going to the cops'],
  fr: ['vous enregistrez ? la police peut lire ?', 'est-ce que vous enregistrez'],
  es: ['¿están grabando? ¿la policía puede leerlo?', 'me están grabando?'],
  pt: ['vocês estão gravando? a polícia pode ler?', 'tá gravando?'],
};
const POLICE: In<string> = { en: 'the police', fr: 'la police', es: 'la policía', pt: 'polícia' };

const NEXT: In<readonly string[]> = {
  en: ['that’s all for her, next person please', 'that is everything she said. next person', 'done with her, next one'],
  fr: ['c’est tout pour elle, personne suivante', 'elle a fini, on passe à la suivante s’il vous plaît'],
  es: ['eso es todo de ella, siguiente persona por favor', 'ya terminó ella, la siguiente', 'es todo, otra persona'],
  pt: ['é tudo dela, próxima pessoa por favor', 'ela terminou, a próxima', 'é só isso dela, outra pessoa'],
};
const NOT_NEXT: In<readonly string[]> = {
  en: ['They finished with him and went to the next person.', 'The next person they beat was my son.'],
  fr: ['Ils ont fini avec lui et sont passés à la personne suivante.', 'La personne suivante était mon fils.'],
  es: ['Terminaron con él y fueron por la siguiente persona.', 'La siguiente persona fue mi hijo.'],
  pt: ['Acabaram com ele e foram pra próxima pessoa.', 'A próxima pessoa foi meu filho.'],
};

const HELPS: In<string> = {
  en: 'I help several families.',
  fr: 'J’aide plusieurs familles.',
  es: 'Ayudo a varias familias.',
  pt: 'Ajudo várias famílias.',
};
const NEPHEW: In<string> = {
  en: 'They shot my nephew on Tuesday.',
  fr: 'Ils ont tué mon neveu mardi.',
  es: 'Mataron a mi sobrino el martes.',
  pt: 'Mataram meu sobrinho na terça.',
};

const ROLE: In<readonly string[]> = {
  en: ['who is writing should be an organisation', 'the role is wrong, it should be organisation'],
  fr: ['qui écrit devrait être une organisation', 'le rôle est faux, c’est une organisation'],
  es: ['quién escribe debe ser una organización', 'somos una organización, no familia'],
  pt: ['quem escreve deveria ser uma organização', 'sou uma organização, não família'],
};

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);
const textsOf = (player: Player) => player.parts.map(({ text }) => text);
const first = (words: readonly string[] | undefined) => words?.[0] ?? '';

async function atTogether(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of [first(lexicon.words[language].greetings), '1', '1', '1', '4']) await player.says(text);
  expect(player.session.at.prompt).toBe('together');
  return player;
}

async function atConsent(language: WholeLanguage): Promise<Player> {
  const player = await atTogether(language);
  const skip = first(lexicon.words[language].commands.skip);
  for (const text of ['1', skip, 'Lia', String(WHOLE_LANGUAGES.indexOf(language) + 1)]) await player.says(text);
  expect(player.session.at.prompt).toBe('teller-consent');
  return player;
}

async function atStory(language: WholeLanguage): Promise<Player> {
  const player = await atConsent(language);
  for (const text of ['1', STORY[language]]) await player.says(text);
  expect(player.session.at.prompt).toBe('story');
  return player;
}

describe.each(WHOLE_LANGUAGES)('an organiser, in %s', (language) => {
  it.each(EACH[language])('wants a text of each: %s', async (text) => {
    const player = await atTogether(language);
    await player.says(text);
    expect([player.session.together, player.session.at.prompt, player.held]).toEqual([false, 'own-word', []]);
  });

  it.each(YES_AND_AGE[language])('reports a yes and an age: %s', async (text) => {
    const player = await atConsent(language);
    expect(keysOf(await player.says(text))).toContain('gathering.says-both');
    expect([player.session.kept, player.session.adult, player.held]).toEqual([true, true, []]);
  });

  it.each(YES_ALONE[language])('reports a yes, and is asked for the age: %s', async (text) => {
    const player = await atConsent(language);
    await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'teller-consent', of: 'yes' }, kept: false });
    expect(player.held).toEqual([]);
  });

  it.each(PROCEDURE[language])('says what the two of them do, and it is held for no text: %s', async (text) => {
    const player = await atConsent(language);
    expect(keysOf(await player.says(text))).toContain('gathering.waits');
    expect([player.session.at.prompt, player.held]).toEqual(['teller-consent', []]);
  });

  it.each(TOLD[language])('is told something before the yes, and it is held: %s', async (text) => {
    const player = await atConsent(language);
    await player.says(text);
    expect(player.held.map((part) => part.text)).toEqual([text]);
  });

  it.each(NO_USE[language])('uses no held words after a message that begins with no: %s', async (text) => {
    const player = await atConsent(language);
    for (const said of [STORY[language], '1', text]) await player.says(said);
    expect(textsOf(player)).toEqual([]);
  });

  it.each(NAMES[language])('asks for the names of each: %s', async (text) => {
    const player = await atStory(language);
    expect(keysOf(await player.says(text))).toContain('questions.names-each');
    expect(textsOf(player)).toEqual([STORY[language]]);
  });

  it.each(RECORDING[language])('asks whether it is recorded, and hears of the police as well: %s', async (text) => {
    const player = await atStory(language);
    const replies = await player.says(text);
    expect(keysOf(replies)).toContain('questions.recording');
    expect(player.read(replies)).toContain(POLICE[language]);
    expect(textsOf(player)).toEqual([STORY[language]]);
  });

  it.each(NEXT[language])('goes on to the next person in one message: %s', async (text) => {
    const player = await atStory(language);
    await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'teller-name' }, gathers: 'case' });
    expect(player.putAway.map(({ parts }) => parts.map((part) => part.text))).toEqual([[STORY[language]]]);
  });

  it.each(NOT_NEXT[language])('keeps what is told of a next person: %s', async (text) => {
    const player = await atStory(language);
    await player.says(text);
    expect(player.putAway).toEqual([]);
    expect(player.session.teller?.label).toBe('Lia');
  });
});

describe.each(WHOLE_LANGUAGES)('somebody who has not said yet who writes, in %s', (language) => {
  it('loses nothing but the sentence that says that they help others', async () => {
    for (const text of [`${HELPS[language]} ${NEPHEW[language]}`, `${NEPHEW[language]} ${HELPS[language]}`]) {
      for (const before of [0, 3]) {
        const player = new Player({ language });
        const greeting = first(lexicon.words[language].greetings);
        for (const said of [greeting, '1', '1'].slice(0, before)) await player.says(said);
        expect(keysOf(await player.says(text))).toContain('held.organiser');
        expect(player.held.map((part) => part.text)).toEqual([NEPHEW[language]]);
      }
    }
    const player = new Player({ language });
    await player.says(HELPS[language]);
    expect(player.held).toEqual([]);
  });

  it.each(ROLE[language])('changes who writes in words, which is asked back: %s', async (text) => {
    const player = new Player({ language });
    const { greetings, commands } = lexicon.words[language];
    for (const said of [first(greetings), '1', '1', '1', '1', STORY[language], first(commands.review)])
      await player.says(said);
    expect(player.session.at.prompt).toBe('review');
    expect(keysOf(await player.says(text))).toContain('choice.perhaps');
    expect(player.session).toMatchObject({ at: { prompt: 'review-role' }, role: 'family' });
    await player.says('3');
    expect(player.session).toMatchObject({ at: { prompt: 'review' }, role: 'organisation' });
    expect(textsOf(player)).toEqual([STORY[language]]);
  });
});
