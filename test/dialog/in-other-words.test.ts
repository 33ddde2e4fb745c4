// Answers in words that stand in no list, at the questions where a wrong reading does harm.

import { describe, expect, test } from 'vitest';
import type { WholeLanguage } from '../../src/languages.ts';
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
