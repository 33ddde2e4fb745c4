// A question at the end of words without a full stop is answered, and the whole message stays in the text.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { Player } from '../support/player.ts';

interface Said {
  readonly asks: readonly (readonly [string, string])[];
  /** Ends in words of a question, and asks the bot nothing. */
  readonly tells: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    asks: [
      ['they kept his phone for months and never gave it back to my mother who is going to read this', 'readers'],
      ['we went to the station every week and they laughed at us will the police see what I write', 'police'],
    ],
    tells: [
      'we kept on asking the officers at the desk every morning where they had taken him and who did it',
      'she told the judge that nobody ever explained to our family what happens to a boy in that cell',
    ],
  },
  fr: {
    asks: [
      ['ils ont gardé son téléphone des mois et ne l’ont jamais rendu à ma mère qui va lire ce que j’écris', 'readers'],
      ['on est allés au poste toutes les semaines et ils rigolaient est-ce que la police va lire ça', 'police'],
    ],
    tells: [
      'on demandait tous les matins aux agents du guichet où ils l’avaient emmené et qui avait fait ça',
      'elle a dit au juge que personne n’a jamais expliqué à notre famille ce qui s’est passé dans cette cellule',
    ],
  },
  es: {
    asks: [
      ['nos tuvieron esperando meses y nunca nos dijeron nada quien va a leer esto', 'readers'],
      ['fuimos a la comisaría cada semana y se reían de nosotros la policía va a leer lo que escribo', 'police'],
    ],
    tells: [
      'cada mañana les preguntábamos a los agentes de la puerta adónde se lo habían llevado y quién había sido',
      'ella le dijo al juez que nadie le explicó nunca a nuestra familia qué pasó en esa celda',
    ],
  },
  pt: {
    asks: [
      ['ficaram meses com o celular dele e nunca devolveram pra minha mãe quem vai ler isso aqui', 'readers'],
      ['a gente ia na delegacia toda semana e eles riam da nossa cara a polícia vai ler o que eu escrevo', 'police'],
    ],
    tells: [
      'toda manhã a gente perguntava pros agentes da porta pra onde tinham levado ele e quem tinha feito aquilo',
      'ela disse pro juiz que ninguém nunca explicou pra nossa família o que aconteceu naquela cela',
    ],
  },
};

async function telling(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['👋', '1', '1', '1', '1']) await player.says(text);
  return player;
}

const told = (player: Player) => player.parts.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { asks, tells } = SAID[language];

  it.each(asks)('"%s" is saved whole, and the question at its end is answered', async (text, question) => {
    const player = await telling(language);
    const replies = await player.says(text);
    expect(replies.map((reply) => reply.text)).toEqual(['saved.plain', `questions.${question}`, 'story.short']);
    expect(told(player)).toEqual([text]);
    expect(player.session.doubt).toBeNull();
  });

  it.each(tells)('"%s" is only saved', async (text) => {
    const player = await telling(language);
    expect((await player.says(text)).map((reply) => reply.text)).toEqual(['saved.plain']);
    expect(told(player)).toEqual([text]);
  });
});
