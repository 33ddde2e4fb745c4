// "I can't go on today" is a wish to rest: the rest begins, it is said until when all is kept, and the words are in no text. Without
// "today", or with more than that, it is despair. "Stop, somebody is coming" stops, too.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly rests: readonly string[];
  readonly despairs: readonly string[];
  /** Somebody who may see the screen. */
  readonly comes: readonly string[];
  readonly tells: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They took my brother away at night and never told us where.',
    rests: [
      "I can't go on today",
      "sorry I can't do any more today",
      "that's all I can manage for today",
      'enough for today',
    ],
    despairs: ["I can't go on", "I can't go on today, I want to die", "I can't go on. I want to kill myself today"],
    comes: ['stop, somebody is coming', 'wait my husband is here'],
    tells: [
      'They shouted stop, somebody is coming, and then they ran to the car',
      'That day my mother said she could not go on any more today or ever with these officers at her door',
    ],
  },
  fr: {
    told: 'Ils ont emmené mon frère la nuit et ne nous ont jamais dit où.',
    rests: ["je n'en peux plus pour aujourd'hui", "je peux plus continuer aujourd'hui", "c'est trop pour aujourd'hui"],
    despairs: ["je n'en peux plus", "je n'en peux plus aujourd'hui je veux mourir"],
    comes: ["attendez, quelqu'un arrive", 'stop il y a du monde qui arrive'],
    tells: [
      'Ils ont crié attendez, quelqu’un arrive, et puis ils ont couru vers la voiture',
      "Ce jour-là ma mère a dit au juge qu'elle n'en pouvait plus et qu'aujourd'hui encore elle attend",
    ],
  },
  es: {
    told: 'Se llevaron a mi hermano de noche y nunca nos dijeron adónde.',
    rests: ['ya no puedo seguir hoy', 'hoy ya no puedo más', 'por hoy no puedo más', 'ya no puedo contar más por hoy'],
    despairs: ['ya no puedo seguir', 'ya no puedo seguir hoy quiero morirme'],
    comes: ['espere, viene gente', 'para, mi marido llegó'],
    tells: [
      'Gritaron espere, viene gente, y después corrieron hacia el carro',
      'Ese día mi madre le dijo al fiscal que ya no podía seguir y que hasta hoy sigue esperando',
    ],
  },
  pt: {
    told: 'Levaram meu irmão de noite e nunca nos disseram para onde.',
    rests: ['não consigo mais hoje', 'hoje não consigo continuar', 'não consigo contar mais hoje', 'por hoje chega'],
    despairs: ['não aguento mais viver', 'não consigo mais hoje, quero morrer'],
    comes: ['para, tem gente chegando', 'espera, meu marido chegou'],
    tells: [
      'Gritaram para, tem gente chegando, e depois correram para o carro',
      'Naquele dia minha mãe disse ao juiz que não conseguia mais e até hoje ela espera',
    ],
  },
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { told, rests, despairs, comes, tells } = SAID[language];
  const next = lexicon.words[language].commands.next[0] ?? '';

  async function telling(): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', told]) await player.says(text);
    return player;
  }

  it.each(rests)('"%s" rests at once, in the story and at a list of choices', async (text) => {
    const story = await telling();
    const choices = await telling();
    for (let step = 0; choices.session.at.prompt !== 'publication' && step < 40; step++) await choices.says(next);
    expect(choices.session.at.prompt).toBe('publication');
    for (const player of [story, choices]) {
      const { prompt } = player.session.at;
      const answer = await player.says(text);
      expect(answer.map((reply) => reply.text)).toEqual(['pause.done']);
      expect(player.session).toMatchObject({ paused: true, at: { prompt } });
      expect(player.session.flags).not.toContain('in-danger');
      expect(player.parts.map((part) => part.text)).toEqual([told]);
      expect(player.session.undo?.before.doubt).toMatchObject({ text });
    }
  });

  it.each(despairs)('"%s" is despair', async (text) => {
    const player = await telling();
    expect((await player.says(text))[0]?.text).toBe('despair.advice');
    expect(player.session.flags).toContain('in-danger');
  });

  it.each(comes)('"%s" stops, says how to hide it, and is in no text', async (text) => {
    const player = await telling();
    expect((await player.says(text))[0]?.text).toBe('pause.hidden');
    expect(player.session.paused).toBe(true);
    expect(player.parts.map((part) => part.text)).toEqual([told]);
    expect(player.session.undo?.before.doubt).toMatchObject({ text });
  });

  it.each(tells)('"%s" is told', async (text) => {
    const player = await telling();
    await player.says(text);
    expect(player.session.paused).toBe(false);
    expect(player.parts.map((part) => part.text)).toEqual([told, text]);
  });
});
