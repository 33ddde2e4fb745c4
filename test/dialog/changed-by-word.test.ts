// "Cambia X por Y" where the text is looked at, and messages that are taken out by numbers in words, with a reason behind them.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { rangesIn, rangesWithReason } from '../../src/dialog/understanding/ranges.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: readonly string[];
  readonly change: readonly string[];
  readonly changed: string;
  readonly absent: string;
  /** No order to change a word. */
  readonly other: string;
  readonly lastTwo: readonly string[];
  readonly firstTwo: string;
  readonly reason: readonly string[];
  /** The words behind the number may change it. */
  readonly doubtful: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: ['My nephew was shot near Dinoes.', 'Nobody told us.', 'We waited outside all night.'],
    change: ['change Dinoes to Diroes', 'please change dinoes to Diroes', 'replace Dinoes with Diroes, please'],
    changed: 'My nephew was shot near Diroes.',
    absent: 'change Lima to Cusco',
    other: 'change something',
    lastTwo: ['take out the last two', 'the last 2', 'remove last two messages'],
    firstTwo: 'take out the first two',
    reason: ['take out 2 to 3 they aint my story', 'remove 2 and 3 because I wrote them to you'],
    doubtful: ['take out 2 but not 3', 'take out 2 and 3, no, keep them', '2 and 3 they are mine'],
  },
  fr: {
    told: ['On a tué mon neveu près de Dinoes.', 'Personne ne nous a rien dit.', 'On a attendu dehors toute la nuit.'],
    change: ['change Dinoes par Diroes', 'remplacez Dinoes par Diroes', 'vous pouvez changer Dinoes en Diroes svp'],
    changed: 'On a tué mon neveu près de Diroes.',
    absent: 'remplace Lima par Cusco',
    other: 'changer quelque chose',
    lastTwo: ['enlevez les deux derniers', 'les 2 derniers', 'supprimez les deux derniers messages'],
    firstTwo: 'enlevez les deux premiers',
    reason: ['enlevez 2 et 3 ce n’est pas mon histoire', 'supprimez 2 et 3 je les ai écrits pour vous'],
    doubtful: ['enlevez 2 mais pas 3', 'enlevez tout sauf 2'],
  },
  es: {
    told: ['Mataron a mi sobrino cerca de la Dinoes.', 'Nadie nos dijo nada.', 'Esperamos afuera toda la noche.'],
    change: [
      'cambia Dinoes por Diroes',
      'cambie la Dinoes por la Diroes por favor',
      'quiero cambiar Dinoes por Diroes',
    ],
    changed: 'Mataron a mi sobrino cerca de la Diroes.',
    absent: 'cambia Lima por Cusco',
    other: 'cambiar algo',
    lastTwo: ['quitar los últimos dos', 'los 2 últimos', 'borre los dos últimos mensajes'],
    firstTwo: 'quite los primeros dos',
    reason: ['quiero borrar el 2 y 3 q son mios', 'quite 2 y 3 porque eso lo escribí yo'],
    doubtful: ['quite 2 pero no 3', 'borre todo menos el 2'],
  },
  pt: {
    told: [
      'Mataram meu sobrinho perto da Dinoes.',
      'Ninguém falou nada pra gente.',
      'A gente esperou lá fora a noite toda.',
    ],
    change: ['troca Dinoes por Diroes', 'muda Dinoes pra Diroes por favor', 'quero trocar Dinoes por Diroes'],
    changed: 'Mataram meu sobrinho perto da Diroes.',
    absent: 'troca Lima por Cusco',
    other: 'mudar alguma coisa',
    lastTwo: ['tirar os dois últimos', 'as 2 últimas', 'apaga as duas últimas mensagens'],
    firstTwo: 'tira os dois primeiros',
    reason: ['quero apagar o 2 e 3 que são meus', 'tira 2 e 3 porque fui eu que escrevi'],
    doubtful: ['tira 2 mas não o 3', 'apaga tudo menos o 2'],
  },
};

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);
const textsOf = (player: Player) => player.parts.map(({ text }) => text);
const PLACES = ['review', 'review-part', 'review-remove', 'read-back-check'] as const;

async function at(language: WholeLanguage, prompt: (typeof PLACES)[number]): Promise<Player> {
  const player = new Player({ language });
  player.session = { ...player.session, language };
  for (const one of ['1', '1', '1', '1', '1', ...SAID[language].told]) await player.says(one);
  if (prompt === 'read-back-check') {
    player.session = { ...player.session, at: { prompt: 'read-back' }, under: [] };
    await player.says('1');
  } else await player.says(lexicon.words[language].commands.review[0] ?? '');
  if (prompt === 'review-part' || prompt === 'review-remove') await player.says('1');
  if (prompt === 'review-remove') await player.says('2');
  expect(player.session.at.prompt).toBe(prompt);
  return player;
}

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const [first = '', second = '', third = ''] = said.told;
  const undo = lexicon.words[language].commands.undo[0] ?? '';

  it.each(said.change)('"%s" changes the word, says both, and *undo* restores it', async (text) => {
    for (const prompt of PLACES) {
      const player = await at(language, prompt);
      const replies = await player.says(text);
      expect([prompt, keysOf(replies)[0]]).toEqual([prompt, 'review.changed']);
      expect(textsOf(player)).toEqual([said.changed, second, third]);
      expect(player.read(replies.slice(0, 1))).toMatch(/Dinoes.*→.*Diroes/iu);
      await player.says(undo);
      expect(textsOf(player)).toEqual(said.told);
    }
  });

  it('changes nothing that is not there, and says how else', async () => {
    for (const prompt of PLACES) {
      const player = await at(language, prompt);
      expect(keysOf(await player.says(said.absent))[0], prompt).toBe('review.not-there');
      expect([player.session.at.prompt, textsOf(player)]).toEqual([prompt, said.told]);
      expect(keysOf(await player.says(said.other))[0], prompt).not.toBe('review.not-there');
    }
  });

  it('takes messages out by numbers in words', async () => {
    for (const text of said.lastTwo) {
      const player = await at(language, 'review-remove');
      await player.says(text);
      expect([text, textsOf(player)]).toEqual([text, [first]]);
    }
    const player = await at(language, 'review-remove');
    await player.says(said.firstTwo);
    expect(textsOf(player)).toEqual([third]);
    expect(rangesIn(lexicon, said.lastTwo[0] ?? '', 1)).toEqual({ kind: 'out-of-range' });
  });

  it.each(said.reason)('"%s" takes them out; at the part their numbers are shown first', async (text) => {
    const player = await at(language, 'review-remove');
    await player.says(text);
    expect(textsOf(player)).toEqual([first]);
    const part = await at(language, 'review-part');
    await part.says(text);
    expect([part.session.at.prompt, part.session.doubt, textsOf(part)]).toEqual(['review-remove', null, said.told]);
  });

  it.each(said.doubtful)('"%s" takes nothing out by itself', (text) => {
    const found = rangesIn(lexicon, text, 3) ?? rangesWithReason(lexicon, text, 3);
    expect(found?.kind === 'numbers' ? found.numbers : null).toBeNull();
  });
});
