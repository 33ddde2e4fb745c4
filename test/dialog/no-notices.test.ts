// A no to "may I write here when there's news?", with its reason: the approved text leaves all the same.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';
import { untilPublication } from '../support/until-send.ts';

type In = Readonly<Record<WholeLanguage, readonly string[]>>;

const NO_NOTICES: In = {
  en: ['no, nobody may see it', 'no, somebody could see it', 'better not, my husband checks this phone'],
  fr: ['non, personne ne doit le voir', 'non mon mari regarde mon téléphone', 'non, quelqu’un pourrait le lire'],
  es: ['no, nadie puede verlo', 'no porque mi marido revisa mi teléfono', 'no, alguien lo puede leer'],
  pt: ['não, ninguém pode ver', 'não, meu marido mexe no meu celular', 'não, alguém pode ver'],
};
/** Said of the text, or a stop. */
const OF_TEXT: In = {
  en: ["no, don't send it", 'no, nobody may read my text', 'no, wait, nobody may see it'],
  fr: ["non, ne l'envoyez pas", 'non, personne ne doit voir mon récit', 'non, attendez, personne ne doit le voir'],
  es: ['no, no lo mande', 'no, nadie puede ver mi texto', 'no, espere, nadie puede verlo'],
  pt: ['não, não manda', 'não, ninguém pode ver o texto, não manda', 'não, espera, ninguém pode ver'],
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  async function sent(): Promise<Player> {
    const player = new Player({ language });
    await untilPublication(player);
    for (const text of ['3', lexicon.words[language].typed.send[0] ?? '']) await player.says(text);
    expect(player.session.at.prompt).toBe('write-back');
    player.effects.length = 0;
    return player;
  }

  it.each(NO_NOTICES[language])('"%s" is a no to notices, and holds no text', async (text) => {
    const player = await sent();
    expect((await player.says(text)).map((reply) => reply.text)).toContain('write-back.no');
    expect(player.session).toMatchObject({ at: { prompt: 'after' }, writeBack: false, doubt: null });
    expect(player.session.mails.map(({ doubted }) => doubted)).toEqual([undefined]);
    expect(player.effects.filter(({ kind }) => kind === 'doubt-mail')).toEqual([]);
  });

  it.each(OF_TEXT[language])('"%s" holds the text, as before', async (text) => {
    const player = await sent();
    await player.says(text);
    expect(player.session.mails.map(({ doubted }) => doubted)).toEqual([true]);
  });
});
