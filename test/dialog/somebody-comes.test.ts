// "They never called us. Somebody's at the door now": the screen is emptied first, what is told is kept, and danger is answered.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';
import { atStory } from '../support/at-story.ts';

interface Said {
  readonly told: string;
  /** What is told, and what is said to the bot behind it. */
  readonly behind: readonly (readonly [told: string, comes: string])[];
  /** Kept whole: without a mark before it, or in the middle. */
  readonly whole: readonly string[];
  /** Told of another time, or said by somebody else. */
  readonly tells: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They hung up on me every week for a year.',
    behind: [
      ['they closed the case and they never called us.', 'someone’s at the door now'],
      ['they shot him in the back.', 'wait someone’s coming. i’ll write later'],
      ['they shot him in the back.', 'i gotta go my husband just walked in'],
    ],
    whole: [
      'they closed the case and never called us someone’s at the door',
      'they shot him in the back. wait somebody’s coming. my mother has not slept since',
    ],
    tells: [
      'he said someone’s at the door and then they broke it down',
      'they came that night. someone was at the door. he opened and they shot him',
      'we were all asleep that night. they came in',
      'we waited by the phone all night. somebody came',
    ],
  },
  fr: {
    told: 'On a attendu dehors toute la nuit.',
    behind: [
      ['ils ont classé l’affaire sans nous appeler.', 'y a quelqu’un à la porte là'],
      ['ils lui ont tiré dans le dos.', 'attends, mon mari arrive. je continue après'],
    ],
    whole: ['ils ont classé l’affaire sans nous appeler attends quelqu’un arrive'],
    tells: [
      'ce soir-là il y avait quelqu’un à la porte. mon fils a ouvert',
      'il disait : attends, quelqu’un arrive',
      'on dormait tous cette nuit-là. ils sont entrés',
    ],
  },
  es: {
    told: 'No me dejaron verlo hasta los tres días.',
    behind: [
      ['cerraron el caso y nunca nos llamaron.', 'hay alguien en la puerta ahora'],
      ['le dispararon por la espalda.', 'espera viene mi marido. luego sigo'],
    ],
    whole: ['cerraron el caso y nunca nos llamaron ya viene alguien'],
    tells: [
      'esa noche había alguien en la puerta. mi hijo abrió y le dispararon',
      'mi vecina gritaba ya viene alguien',
      'cada domingo hacemos la misa. viene gente de todo el barrio',
    ],
  },
  pt: {
    told: 'Só achamos ele dois dias depois.',
    behind: [
      ['fecharam o caso e nunca ligaram pra gente.', 'tem alguém na porta agora'],
      ['atiraram nele pelas costas.', 'para, tem gente chegando. depois eu continuo'],
    ],
    whole: ['fecharam o caso e nunca ligaram pra gente peraí tá chegando gente'],
    tells: [
      'naquela noite tinha alguém na porta. meu filho abriu e atiraram nele',
      'minha vizinha gritava tem gente chegando',
      'a gente dormia naquela noite. eles entraram',
    ],
  },
};

const textsOf = (player: Player) => player.parts.map(({ text }) => text);

const telling = atStory((language) => SAID[language].told);

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const undo = lexicon.words[language].commands.undo[0] ?? '';

  it.each(said.behind)('"%s %s" keeps what is told, and *undo* puts the words back', async (told, comes) => {
    const player = await telling(language);
    const replies = (await player.says(`${told} ${comes}`)).map(({ text }) => text);
    expect(replies[0]).toBe('pause.hidden');
    expect(replies).toContain('danger.advice');
    expect(textsOf(player)).toEqual([said.told, told]);
    expect(player.session.paused).toBe(true);
    await player.says(undo);
    expect(textsOf(player)).toEqual([said.told, `${told} ${comes}`]);
  });

  it.each(said.whole)('"%s" is kept whole', async (text) => {
    const player = await telling(language);
    const replies = (await player.says(text)).map((one) => one.text);
    expect(replies[0]).toBe('pause.hidden');
    expect(replies).toContain('danger.advice');
    expect(textsOf(player)).toEqual([said.told, text]);
  });

  it.each(said.tells)('"%s" is told', async (text) => {
    const player = await telling(language);
    const replies = (await player.says(text)).map((one) => one.text);
    expect(replies).not.toContain('pause.hidden');
    expect(textsOf(player)).toEqual([said.told, text]);
    expect(player.session.paused).toBe(false);
  });
});
