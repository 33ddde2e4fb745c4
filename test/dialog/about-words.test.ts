// "No, don't put that", "put it back", "leave it", said to a question about words; and a wish to hide something in what is told.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { bringsBack, letsBe } from '../../src/dialog/understanding/about-words.ts';
import { hideWishIn } from '../../src/dialog/understanding/names/hide-wish.ts';
import { lexicon, Player } from '../support/player.ts';

const NUMBER = '55 11 98765 4321';

interface Said {
  readonly told: readonly [string, string];
  /** A question to the bot, which is left out and asked about. */
  readonly asks: string;
  readonly out: readonly string[];
  readonly back: readonly string[];
  readonly be: readonly string[];
  /** They have words of *undo* or of taking out in them, and tell. */
  readonly tells: readonly string[];
  readonly number: string;
  /** Of that number, without its digits. */
  readonly hide: readonly string[];
  /** Tells, and asks to hide the number at its end. */
  readonly long: string;
  /** Somebody else's order, told. */
  readonly reported: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: ['The prosecutor never received us.', 'They shot him in the back while he was running.'],
    asks: 'who will read this?',
    out: [
      "no don't put that",
      "don't add it",
      'dont write that down',
      'no not that',
      'leave that out',
      'keep that out',
    ],
    back: [
      'put it back',
      'oh no, bring it back',
      'put that back in please',
      'give it back',
      'i want it back',
      'restore it',
    ],
    be: ['no leave it', 'never mind', 'nvm', 'leave it', 'forget it'],
    tells: [
      'They took the gun and then put it back on the table.',
      'We begged them to give him back to us.',
      'The officer said put it back, and he hit him.',
      'The sergeant told them to take that out of the report.',
    ],
    number: `You can reach me at ${NUMBER}.`,
    hide: ['just the number, take the number out', 'remove the number', "please don't show that number"],
    long: `They came at night and beat us all, and later they called me on ${NUMBER} to say that I was next, please don't publish the number`,
    reported: ['They told us to hide the number of the bus', 'The officer said, hide the number of the van'],
  },
  fr: {
    told: ['Le procureur ne nous a jamais reçus.', 'Ils lui ont tiré dans le dos pendant qu’il courait.'],
    asks: 'qui va lire ça ?',
    out: ['ne mettez pas ça', 'non mets pas ça', "l'ajoutez pas", 'non pas ça', 'laissez ça de côté', 'ecrivez pas ca'],
    back: [
      'remettez-le',
      'ah non remets ça',
      'remets le svp',
      'rendez-moi ça',
      'remettez ce que j’ai dit',
      'ramenez ca',
    ],
    be: ['non laisse', 'laissez', 'laisse tomber', 'non laissez', 'laisse comme ça'],
    tells: [
      "La police m'a dit : remets ça.",
      'Ils ont pris son arme et l’ont remise sur la table.',
      'Nous les avons suppliés de nous le rendre.',
      "Le gendarme m'a dit de laisser tomber.",
    ],
    number: `Vous pouvez me joindre au ${NUMBER}.`,
    hide: ['juste le numéro, enlevez le numéro', 'pour le numéro, enlevez-le svp', "n'affichez pas ce numéro"],
    long: `Ils sont venus la nuit et nous ont tous frappés, et après ils m'ont appelée au ${NUMBER} pour dire que j'étais la suivante, s'il vous plaît ne publiez pas le numéro`,
    reported: ["La police m'a dit : enlevez le numéro de la porte", "Ils m'ont dit, cachez le numéro de la voiture"],
  },
  es: {
    told: ['El fiscal nunca nos recibió.', 'Le dispararon por la espalda cuando corría.'],
    asks: '¿quién va a leer esto?',
    out: [
      'no eso no lo pongas',
      'eso no lo pongas',
      'quita eso',
      'no lo escriba',
      'eso déjelo fuera',
      'no guardes eso',
    ],
    back: [
      'ay no … devuelvalo',
      'devuélvame eso',
      'póngalo otra vez',
      'ponlo de nuevo por favor',
      'debuelvalo',
      'regréselo',
    ],
    be: ['no déjelo', 'déjalo así', 'olvídelo', 'mejor déjelo', 'no importa'],
    tells: [
      'Me dijeron que lo quitara.',
      'Les rogamos que nos lo devolvieran vivo.',
      'El policía le gritó póngalo otra vez en el suelo.',
      'Quitaron eso del expediente.',
    ],
    number: `Me pueden llamar al ${NUMBER}.`,
    hide: ['solo lo del numero, quite el numero', 'quite el número', 'no ponga ese número por favor'],
    long: `Llegaron de noche y nos golpearon a todos, y después me llamaron al ${NUMBER} para decir que yo seguía, por favor quite el numero que no lo vean`,
    reported: [
      'El comandante me dijo quite el número de la puerta',
      'Me dijeron, quite el número de la puerta o lo mato',
    ],
  },
  pt: {
    told: ['O promotor nunca recebeu a gente.', 'Atiraram nele pelas costas quando ele corria.'],
    asks: 'quem vai ler isso?',
    out: ['não põe isso', 'não coloca isso', 'isso não', 'nao bota isso', 'deixa isso de fora', 'não escreva isso'],
    back: [
      'devolve',
      'ai não, devolve isso',
      'põe de volta',
      'poe de volta por favor',
      'coloca de novo',
      'ponha isso de volta',
    ],
    be: ['não, deixa', 'deixa pra lá', 'deixe assim', 'esquece', 'não deixa'],
    tells: [
      'Mandaram eu tirar isso da minha boca.',
      'A gente implorou pra devolverem o corpo.',
      'O policial gritou devolve o celular agora.',
      'Eles deixaram pra lá o processo.',
    ],
    number: `Podem me ligar no ${NUMBER}.`,
    hide: ['só o número, tira o número', 'tira o número', 'não mostra esse número'],
    long: `Eles vieram de noite e bateram em todo mundo, e depois me ligaram no ${NUMBER} pra dizer que eu era a próxima, por favor não publica o número`,
    reported: ['O policial disse, tira o número da porta', 'Disseram pra gente esconder o número da viatura'],
  },
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { told, asks, out, back, be, tells, number, hide, long, reported } = SAID[language];
  const { commands } = lexicon.words[language];
  const undo = commands.undo[0] ?? '';

  async function after(...more: readonly string[]): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', told[0], ...more]) await player.says(text);
    return player;
  }
  const textsOf = (player: Player) => player.parts.map(({ text }) => text);

  it.each([...out, ...be])('"%s" leaves the words out that are asked about', async (text) => {
    const player = await after(asks, text);
    expect(textsOf(player)).toEqual([told[0]]);
    expect(player.session.doubt).toBeNull();
    expect(player.session.at.prompt).toBe('story');
  });

  it('*undo* asks again about words that were left out so', async () => {
    const player = await after(asks, out[0] ?? '', undo);
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: asks });
  });

  it.each(out)('"%s" takes nothing out of the story, and stops nothing', async (text) => {
    const pause = commands.pause.at(-1) ?? '';
    for (const open of [asks, `${pause} …`]) {
      const player = await after(open, text);
      expect(textsOf(player)).toEqual([told[0]]);
      expect(player.session.paused).not.toBe(true);
    }
  });

  it.each(back)('"%s" does what *undo* does, if something was taken out', async (text) => {
    const player = await after(told[1], out[0] ?? '', '1');
    expect(textsOf(player)).toEqual([told[0]]);
    await player.says(text);
    expect(textsOf(player)).toEqual([told[0], told[1]]);
    expect(player.session.at.prompt).toBe('story');
  });

  it.each(back)('"%s", said to a question about words, puts them in the text or leaves them there', async (text) => {
    expect(textsOf(await after(asks, text))).toEqual([told[0], asks]);
    expect(textsOf(await after(told[1], out[0] ?? '', text))).toEqual([told[0], told[1]]);
    expect(textsOf(await after(told[1], out[0] ?? '', be[0] ?? ''))).toEqual([told[0], told[1]]);
  });

  it.each(tells)('"%s" is told, also after something was taken out', async (text) => {
    expect(bringsBack(lexicon, text)).toBeNull();
    expect(letsBe(lexicon, text)).toBe(false);
    const player = await after(told[1], out[0] ?? '', '1', text);
    expect(textsOf(player)).toEqual([told[0], text]);
  });

  it.each(hide)('"%s" hides the number that was told, and is in no text', async (text) => {
    const player = await after(number, text);
    expect(player.session.doubt).toMatchObject({ kind: 'command', command: 'hide' });
    expect(player.session.withheld).toEqual([]);
    await player.says('1');
    expect(player.session.withheld).toEqual([NUMBER]);
    expect(textsOf(player)).toEqual([told[0], number]);
    await player.says(undo);
    expect(player.session.withheld).toEqual([]);
  });

  it.each(hide)('"%s" is in no text of who goes on telling, and is asked again', async (text) => {
    const player = await after(number, text, told[1]);
    expect(textsOf(player)).toEqual([told[0], number, told[1]]);
    expect(player.session.doubt).toMatchObject({ kind: 'command', command: 'hide', words: 'aside' });
  });

  it('a wish at the end of what is told is asked back, and all of it stays', async () => {
    const player = await after(long);
    expect(textsOf(player)).toEqual([told[0], long]);
    expect(player.session.doubt).toMatchObject({ kind: 'command', command: 'hide', words: 'kept' });
    await player.says('1');
    expect(player.session.withheld).toEqual([NUMBER]);
    expect(textsOf(player)).toEqual([told[0], long]);
  });

  it.each(reported)('"%s" is told', async (text) => {
    expect(hideWishIn(lexicon, text)).toBeNull();
    expect(textsOf(await after(text))).toEqual([told[0], text]);
  });
});
