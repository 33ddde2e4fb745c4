// Words that stand in no list, where a wrong reading does harm: answers, and cries for help while somebody tells.

import { describe, expect, test } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { playerAt } from '../../tools/understanding/places.ts';

async function at(language: WholeLanguage, place: string) {
  const player = await playerAt(language, place);
  if (player === null) throw new Error(`nobody comes to ${place}`);
  return player;
}

describe('no harm 8: after SEND', () => {
  test.each([
    ['en', 'yes do write to me'],
    ['fr', 'oui écrivez-moi'],
    ['es', 'sí escríbame'],
    ['pt', 'pode escrever sim'],
  ] as const)('%s: "%s" to news holds nothing', async (language, text) => {
    const player = await at(language, 'write-back');
    await player.says(text);
    expect(player.session.mails.filter(({ doubted }) => doubted === true)).toEqual([]);
    expect(player.session.at.prompt).not.toBe('hold');
  });

  test.each([
    ['en', 'amen, thank you so much my dear'],
    ['fr', 'amen, merci beaucoup mon fils'],
    ['es', 'amén, muchas gracias mijo'],
    ['pt', 'amém, obrigada meu filho'],
  ] as const)('%s: thanks ("%s") hold nothing', async (language, text) => {
    const player = await at(language, 'write-back');
    await player.says('2');
    await player.says(text);
    expect(player.session.mails.filter(({ doubted }) => doubted === true)).toEqual([]);
  });

  test.each([
    ['en', 'thank you but please do not send it'],
    ['fr', 'merci mais ne l’envoyez pas'],
    ['es', 'muchas gracias pero ya no lo mande'],
    ['pt', 'obrigada mas não mande'],
  ] as const)('%s: thanks that take back ("%s") hold it', async (language, text) => {
    const player = await at(language, 'write-back');
    await player.says(text);
    expect(player.session.at.prompt).toBe('hold');
  });
});

describe('no harm 8: a text that waits to leave', () => {
  test.each([
    ['en', 'can I read it one more time'],
    ['fr', 'je peux le relire encore une fois'],
    ['es', 'me escriben cuando contesten'],
    ['pt', 'vocês me escrevem quando responderem'],
  ] as const)('%s: "%s" does not hold it', async (language, text) => {
    for (const place of ['window', 'window-after']) {
      const player = await at(language, place);
      await player.says(text);
      expect(
        player.session.mails.filter(({ doubted }) => doubted === true),
        place,
      ).toEqual([]);
    }
  });
});

describe('the secret word', () => {
  test.each([
    ['en', 'maybe tamarind, thats easy for me', 'tamarind'],
    ['fr', 'alors tamarin, je m’en souviendrai', 'tamarin'],
    ['es', 'pongamos tamarindo', 'tamarindo'],
    ['pt', 'pode ser tamarindo, essa eu lembro', 'tamarindo'],
  ] as const)('%s: "%s" may be any of its words, until %s is typed alone', async (language, text, word) => {
    const player = await at(language, 'own-word');
    await player.says(text);
    expect(player.session.ownWord).toBeNull();
    await player.says(word);
    expect(player.session.ownWord).toBe(`fingerprint of ${word}`);
    expect(player.session.wordOnce).toBeUndefined();
    expect(player.effects.filter(({ kind }) => kind === 'redact')).toHaveLength(2);
  });

  test('a word that was not among them binds nothing', async () => {
    const player = await at('en', 'own-word');
    for (const text of ['maybe tamarind, thats easy for me', 'mangrove']) await player.says(text);
    expect(player.session.ownWord).toBeNull();
  });
});

describe('at the last question', () => {
  test.each([
    ['en', 'yes thats fine, you can send it'],
    ['fr', 'oui d’accord, vous pouvez l’envoyer'],
    ['es', 'sí está bien, ya puede mandarlo'],
    ['pt', 'está bem, pode enviar'],
  ] as const)('%s: "%s" is asked for the word, and is no testimony', async (language, text) => {
    const player = await at(language, 'send');
    const parts = player.parts.length;
    await player.says(text);
    expect(player.session.at.prompt).toBe('send');
    expect(player.parts).toHaveLength(parts);
    expect(player.effects.some(({ kind }) => kind === 'approve')).toBe(false);
  });
});

describe('at the choice of readers', () => {
  test.each([
    ['en', 'I want it public with my full name'],
    ['fr', 'je veux que ce soit public avec mon nom'],
    ['es', 'quiero que salga público con mi nombre'],
    ['pt', 'quero público com o meu nome completo'],
  ] as const)('%s: "%s" names the number, and is no wish to delete', async (language, text) => {
    const player = await at(language, 'publication');
    await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'publication' }, doubt: null, publication: null });
  });
});

describe('who writes', () => {
  test.each([
    ['en', 'witness', 'I live opposite the station and filmed it all from my window'],
    ['fr', 'witness', 'j’étais à la fenêtre, j’ai tout filmé avec mon téléphone'],
    ['es', 'witness', 'yo iba pasando en la moto y vi todo'],
    ['pt', 'witness', 'trabalho na loja em frente e vi quando atiraram'],
  ] as const)('%s: a %s is heard in "%s"', async (language, role, text) => {
    const player = await at(language, 'for-whom');
    await player.says(text);
    expect(player.session.role).toBe(role);
  });

  test.each([
    ['en', 'I go house to house and write down what people tell me'],
    ['fr', 'j’écris pour plusieurs mamans du quartier'],
    ['es', 'ando recogiendo los testimonios de las señoras del barrio'],
    ['pt', 'eu junto os relatos das mães aqui da comunidade'],
  ] as const)('%s: who gathers is asked about, and nothing is decided by "%s"', async (language, text) => {
    const player = await at(language, 'for-whom');
    await player.says(text);
    expect(player.session.role).toBeNull();
  });
});

const DANGER: Readonly<Record<WholeLanguage, string>> = {
  en: 'there is a van at the end of our road with its lights off and they keep looking at my window',
  fr: 'il y a une voiture au bout de la rue, phares éteints, ils regardent ma fenêtre depuis une heure',
  es: 'hay una camioneta en la esquina con las luces apagadas y llevan rato mirando mi ventana',
  pt: 'tem uma van na esquina com o farol apagado e eles não param de olhar pra minha janela',
};

const DESPAIR: Readonly<Record<WholeLanguage, string>> = {
  en: 'I put the tablets in a row on the table tonight',
  fr: 'ce soir j’ai posé les comprimés en rang sur la table',
  es: 'esta noche puse las pastillas en fila sobre la mesa',
  pt: 'hoje à noite botei os comprimidos em fila na mesa',
};

const TOLD: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: [
    'that night there was a van at the end of our road with its lights off',
    'my mother put the tablets in a row, and my sister took them away',
  ],
  fr: [
    'cette nuit-là il y avait une voiture au bout de la rue, phares éteints',
    'ma mère avait posé les comprimés en rang, et ma sœur les a enlevés',
  ],
  es: [
    'esa noche había una camioneta en la esquina con las luces apagadas',
    'mi mamá puso las pastillas en fila, y mi hermana se las quitó',
  ],
  pt: [
    'naquela noite tinha uma van na esquina com o farol apagado',
    'minha mãe botou os comprimidos em fila, e minha irmã tirou dela',
  ],
};

describe.each(WHOLE_LANGUAGES)('while telling, in %s', (language) => {
  test.each([
    ['danger.advice', DANGER[language]],
    ['despair.advice', DESPAIR[language]],
  ])('%s: "%s" is answered at once, and kept as told', async (advice, text) => {
    const player = await at(language, 'story');
    const replies = await player.says(text);
    expect(replies.map((reply) => reply.text)).toEqual([advice, 'saved.plain']);
    expect(player.parts.at(-1)?.text).toBe(text);
  });

  test.each(TOLD[language])('"%s" is told of then, or of somebody else, and only saved', async (text) => {
    const player = await at(language, 'story');
    expect((await player.says(text)).map((reply) => reply.text)).toEqual(['saved.plain']);
  });
});
