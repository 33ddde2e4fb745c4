// "They never called us. I want to stop now": what is told stays, the wish joins no text, and it is asked whether to stop.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';
import { atStory } from '../support/at-story.ts';

interface Said {
  readonly told: string;
  /** What is told, and the wish behind it. */
  readonly stops: readonly (readonly [told: string, between: string, wish: string])[];
  readonly rests: readonly (readonly [told: string, between: string, wish: string])[];
  /** The wish has no mark before it. */
  readonly runOn: readonly (readonly [told: string, wish: string])[];
  /** Somebody else's, or told. */
  readonly tells: readonly string[];
  /** Nothing is told before the wish. */
  readonly only: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They hung up on me every week for a year.',
    stops: [
      ['the review people closed the case in 3 weeks never called us', '. ', 'i wanna stop now'],
      ['They left him there', '. ', 'I want to stop.'],
      ['my aunt found out from the radio', ', ', 'can we stop here'],
    ],
    rests: [['they shot him twice in the back', '. ', "that's enough for today"]],
    runOn: [
      ['they closed the case in three weeks and never called us', 'i wanna stop now'],
      ['they never called us', 'i wanna stop now'],
      ['they left him in the road till night', 'can we stop here'],
      ['they never let us see him', 'and i want to stop'],
    ],
    tells: [
      'i told the officer i wanted to stop. he kept hitting me',
      'he was crying and said please. i want to stop this',
      'my brothers stood on the corner and told the officers they want to stop now',
      'We have been to court nine times and we cannot stop here',
      'i told him that day that i wanted to stop',
      'my cousins begged and the officers did not want to stop',
    ],
    only: ["sorry. i can't. i want to take a break", 'it hurts. i need a break'],
  },
  fr: {
    told: 'On a attendu dehors toute la nuit.',
    stops: [
      ['Ils ont classé l’affaire en trois semaines sans nous appeler', '. ', 'Je veux arrêter là.'],
      ['ils l’ont laissé par terre', ', ', 'on arrête là'],
    ],
    rests: [['ils lui ont tiré deux fois dans le dos', '. ', 'je m’arrête là pour aujourd’hui']],
    runOn: [
      ['ils ont classé l’affaire et personne ne nous a jamais appelés', 'je veux arrêter là'],
      ['ils nous ont jamais appelés', 'je veux arrêter maintenant'],
      ['ils l’ont laissé dans la rue', 'on arrête là'],
    ],
    tells: [
      'il disait toujours : je veux arrêter là',
      'j’ai crié au policier d’arrêter. il a continué à frapper',
      'ce jour-là je lui ai dit je veux arrêter là',
    ],
    only: ['c’est trop dur, je fais une pause'],
  },
  es: {
    told: 'No me dejaron verlo hasta los tres días.',
    stops: [
      ['cerraron el caso en tres semanas y nunca nos llamaron', '. ', 'ya quiero parar'],
      ['lo dejaron tirado en la vereda', ', ', 'quiero parar aqui'],
    ],
    rests: [['le dieron dos tiros por la espalda', '. ', 'por hoy ya no mas']],
    runOn: [
      ['cerraron el caso en tres semanas y nunca nos llamaron', 'quiero parar aqui'],
      ['cerraron el caso y no nos llamaron', 'ya quiero parar'],
      ['lo dejaron tirado hasta la noche', 'ya no quiero seguir'],
    ],
    tells: [
      'mi hijo les gritaba que lo soltaran. ya quiero parar, decía',
      'mi hermano les gritaba ya quiero parar',
      'ese día yo le dije al policía quiero parar',
    ],
    only: ['perdón, no puedo. necesito descansar un rato'],
  },
  pt: {
    told: 'Só achamos ele dois dias depois.',
    stops: [
      ['fecharam o caso em três semanas e nunca ligaram pra gente', '. ', 'quero parar agora'],
      ['deixaram ele no chão até de noite', ', ', 'quero parar aqui'],
    ],
    rests: [['deram dois tiros nele pelas costas', '. ', 'quero parar por hoje']],
    runOn: [
      ['fecharam o caso em três semanas e nunca ligaram pra gente', 'quero parar agora'],
      ['nunca ligaram pra gente', 'já quero parar'],
      ['deixaram ele no chão até de noite', 'não quero continuar'],
    ],
    tells: [
      'ele gritava pro policial: quero parar agora',
      'meu filho falou que quer parar agora',
      'naquele dia eu falei pro policial quero parar',
    ],
    only: ['desculpa, tá difícil. vou dar um tempo'],
  },
};

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);
const textsOf = (player: Player) => player.parts.map(({ text }) => text);
const ASKED = ['doubt.plain.stop', 'doubt.plain.pause'];

const telling = atStory((language) => SAID[language].told);

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const { commands } = lexicon.words[language];
  const [undo = '', no = ''] = [commands.undo[0], lexicon.words[language].plain.no[0]];

  it.each(said.stops)('"%s%s%s" keeps what is told, and asks whether to stop', async (told, between, wish) => {
    const player = await telling(language);
    const replies = await player.says(`${told}${between}${wish}`);
    const mark = between.trim() === ',' ? '' : between.trim();
    expect(ASKED).toContain(keysOf(replies).at(-1));
    expect(textsOf(player)).toEqual([said.told, `${told}${mark}`]);
    expect(player.read(replies)).toContain(wish);
    await player.says('1');
    expect(textsOf(player)).toEqual([said.told, `${told}${mark}`]);
    expect([player.session.paused, player.session.at.prompt]).not.toEqual([false, 'story']);
  });

  it('goes on after a no, and *undo* puts the words back', async () => {
    const [[told, between, wish] = ['', '', '']] = said.stops;
    const player = await telling(language);
    for (const text of [`${told}${between}${wish}`, no]) await player.says(text);
    expect([player.session.at.prompt, player.session.doubt]).toEqual(['story', null]);
    await player.says(undo);
    expect(textsOf(player)).toEqual([said.told, `${told}${between}${wish}`]);
  });

  it.each(said.rests)('"%s%s%s" keeps what is told, and rests', async (told, between, wish) => {
    const player = await telling(language);
    await player.says(`${told}${between}${wish}`);
    expect(textsOf(player)).toEqual([said.told, `${told}${between.trim()}`]);
    expect(player.session.paused).toBe(true);
  });

  it.each(said.runOn)('"%s %s" keeps what is told, and asks', async (told, wish) => {
    const player = await telling(language);
    const replies = await player.says(`${told} ${wish}`);
    expect(ASKED).toContain(keysOf(replies).at(-1));
    expect(textsOf(player)).toEqual([said.told, told]);
    expect(player.read(replies)).toContain(wish);
    for (const text of [no, undo]) await player.says(text);
    expect(textsOf(player)).toEqual([said.told, `${told} ${wish}`]);
  });

  it.each(said.tells)('"%s" is told', async (text) => {
    const player = await telling(language);
    await player.says(text);
    expect(textsOf(player)).toEqual([said.told, text]);
  });

  it.each(said.only)('"%s" is a wish as a whole', async (text) => {
    const player = await telling(language);
    await player.says(text);
    expect(textsOf(player)).toEqual([said.told]);
  });
});
