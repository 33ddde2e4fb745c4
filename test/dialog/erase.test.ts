// At the question whether to erase, its word counts in every natural form; other tries name it again, and join no text.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly erases: readonly string[];
  /** No word that erases. */
  readonly tries: readonly string[];
  readonly refuses: readonly string[];
  /** Goes on telling. */
  readonly tells: string;
  /** Wants all of it erased. */
  readonly wishes: readonly string[];
  /** A yes to "Do you want me to erase everything?" */
  readonly yes: string;
  /** Says why, too. */
  readonly saysWhy: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'We waited for two days and nobody called us.',
    erases: ['ERASE please', 'yeah erase it', 'ok delete it all', 'Erase everything, thank you'],
    tries: ['yes', 'erse', 'do it please'],
    refuses: ["no don't erase it", 'no', 'no thanks'],
    tells: 'The judge closed the file and nobody told our family why they did it.',
    wishes: ['I want you to erase all of it', 'I want everything deleted'],
    yes: 'yes erase it',
    saysWhy: 'yes erase it all I want nothing to stay here',
  },
  fr: {
    told: 'On a attendu deux jours et personne ne nous a appelés.',
    erases: ['DÉTRUIRE svp', 'oui efface', 'oui, effacez tout s’il vous plaît', 'ok supprimez tout'],
    tries: ['oui', 'detrure', 'allez-y'],
    refuses: ["non n'efface pas", 'non', 'non merci'],
    tells: 'Le juge a classé le dossier et personne n’a dit pourquoi à notre famille.',
    wishes: ['je veux que vous effaciez tout'],
    yes: 'oui effacez-le',
    saysWhy: 'oui effacez tout je ne veux pas qu’il reste quelque chose',
  },
  es: {
    told: 'Esperamos dos días y nadie nos llamó.',
    erases: ['ELIMINAR por favor', 'sí, bórralo', 'sí borre todo gracias', 'ok elimínelo'],
    tries: ['sí', 'elimnar', 'hágalo'],
    refuses: ['no, no lo borre', 'no', 'no gracias'],
    tells: 'El juez cerró el expediente y a nuestra familia nadie le dijo la razón.',
    wishes: ['quiero que lo borren todo', 'quiero que borren todo por favor'],
    yes: 'si bórrelo',
    saysWhy: 'si borrelo todo ya no quiero que quede nada',
  },
  pt: {
    told: 'Esperamos dois dias e ninguém ligou para a gente.',
    erases: ['EXCLUIR por favor', 'sim, apaga', 'sim pode apagar tudo obrigada', 'tá bom deleta tudo'],
    tries: ['sim', 'exclir', 'pode fazer'],
    refuses: ['não, não apaga', 'não', 'não obrigado'],
    tells: 'O juiz arquivou o processo e ninguém disse para a nossa família o motivo.',
    wishes: ['quero que apaguem tudo', 'quero que vocês apaguem tudo'],
    yes: 'sim, apaga',
    saysWhy: 'sim apaga tudo eu não quero que fique nada aqui',
  },
};

async function asked(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['👋', '1', '1', '1', '1', SAID[language].told]) await player.says(text);
  await player.says(lexicon.words[language].commands.delete[0] ?? '');
  expect(player.session.at.prompt).toBe('erase');
  return player;
}

/** After SEND; `left`: the mail has left. */
async function sent(language: WholeLanguage, left: boolean): Promise<Player> {
  const player = new Player({ language });
  const { commands, typed } = lexicon.words[language];
  for (const text of ['👋', '1', '1', '1', '1', SAID[language].told]) await player.says(text);
  for (let step = 0; player.session.at.prompt !== 'publication' && step < 30; step++) {
    await player.says(player.session.at.prompt === 'read-back' ? '4' : (commands.next[0] ?? ''));
  }
  for (const text of ['3', typed.send[0] ?? '', '2']) await player.says(text);
  player.mailLeft = left;
  return player;
}

const PLEASE: Readonly<Record<WholeLanguage, string>> = {
  en: 'please',
  fr: 's’il vous plaît',
  es: 'por favor',
  pt: 'por favor',
};

const told = (player: Player) => player.parts.map(({ text }) => text);
const erased = ({ effects }: Player) => effects.filter(({ kind }) => kind === 'erase');

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const [word = ''] = lexicon.words[language].typed.erase;

  it.each(said.erases)('"%s" erases', async (text) => {
    const player = await asked(language);
    await player.says(text);
    expect(erased(player)).toEqual([{ kind: 'erase', what: 'person' }]);
  });

  it.each(said.tries)('"%s" names the word again, up to three times, and joins no text', async (text) => {
    const player = await asked(language);
    for (let tries = 1; tries < 3; tries++) {
      expect(player.read(await player.says(text))).toContain(word.toUpperCase());
      expect(player.session.at.prompt).toBe('erase');
    }
    await player.says(text);
    expect(player.session.at.prompt).toBe('story');
    expect(erased(player)).toEqual([]);
    expect(told(player)).toEqual([said.told]);
    expect(player.session.doubt).toBeNull();
    expect(player.session.eraseTries).toBeUndefined();
  });

  it('after a try the word still erases', async () => {
    const player = await asked(language);
    await player.says(said.tries[0] ?? '');
    await player.says(word);
    expect(erased(player)).toHaveLength(1);
  });

  it.each(said.refuses)('"%s" erases nothing, and goes on', async (text) => {
    const player = await asked(language);
    await player.says(text);
    expect(player.session.at.prompt).toBe('story');
    expect(erased(player)).toEqual([]);
    expect(told(player)).toEqual([said.told]);
  });

  it('a person who goes on telling loses nothing of it', async () => {
    const player = await asked(language);
    await player.says(said.tells);
    expect(told(player)).toEqual([said.told, said.tells]);
    expect(player.session.at.prompt).toBe('story');
  });

  it('the word that withdraws counts with courtesy, too', async () => {
    const withdraw = lexicon.words[language].typed.withdraw[0] ?? '';
    const out = await sent(language, true);
    for (const text of [withdraw, '1', `${withdraw.toUpperCase()} ${PLEASE[language]}`]) await out.says(text);
    expect(out.session.at.prompt).toBe('gone');
    const waits = await sent(language, false);
    for (const text of [withdraw, `${withdraw} ${PLEASE[language]}`]) await waits.says(text);
    expect(waits.session.mails).toEqual([]);
  });

  it.each(said.wishes)('"%s" after *stop* leads to the question that asks for the word', async (text) => {
    const stops = lexicon.words[language].commands.stop[0] ?? '';
    const open = await sent(language, false);
    await open.says(stops);
    expect(open.session.at.prompt).toBe('stopped');
    const early = new Player({ language });
    for (const one of ['👋', '1', '1', '1', '1', said.told, stops]) await early.says(one);
    expect(early.session.at.prompt).toBe('stop');
    for (const player of [open, early]) {
      await player.says(text);
      expect(player.session.at.prompt).toBe('erase');
      expect(erased(player)).toEqual([]);
    }
  });

  it('a yes in the words of it leads there, too, and another sentence with them names the word again', async () => {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', said.told]) await player.says(text);
    player.session = {
      ...player.session,
      doubt: { kind: 'heard', as: 'delete', id: 'm1', text: said.wishes[0] ?? '' },
      at: { prompt: 'doubt' },
      under: [{ prompt: 'story' }],
    };
    await player.says(said.yes);
    expect(player.session.at.prompt).toBe('erase');
    expect(erased(player)).toEqual([]);
    const answer = await player.says(said.saysWhy);
    expect(answer[0]?.text).toBe('erase.needs-word');
    expect(player.session.at.prompt).toBe('erase');
    expect(erased(player)).toEqual([]);
    expect(told(player)).toEqual([said.told]);
  });

  it.each(said.erases)('elsewhere "%s" erases nothing', async (text) => {
    const player = new Player({ language });
    for (const one of ['👋', '1', '1', '1', '1', said.told, text]) await player.says(one);
    expect(erased(player)).toEqual([]);
  });
});
