// What asks for nothing is answered like that: thanks, goodbyes, anger, "it is too much"; a day of mourning is only saved.

import { describe, expect, it } from 'vitest';
import { soundsLikeTalk } from '../../src/dialog/engine/talk-in-text.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, operator, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly thanks: readonly string[];
  /** Thanks that also tell something. */
  readonly longThanks: string;
  readonly tooMuch: readonly string[];
  readonly anger: readonly string[];
  readonly mourning: readonly string[];
  readonly goodbye: readonly string[];
  readonly back: string;
  readonly sorry: string;
  readonly plain: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'We waited for two days and nobody called us.',
    thanks: ['thank you', 'thank you so much'],
    longThanks: 'thank you for listening, nobody has listened to us in years',
    tooMuch: ['this is too much for me right now', 'I need a moment, I am crying'],
    anger: ['this is bullshit', 'your questions make me sick'],
    mourning: [
      'the funeral is tomorrow',
      'Today is his birthday.',
      'It is two years today.',
      'We buried her on a Sunday.',
    ],
    goodbye: ['bye', 'ok thanks bye', 'good night', 'thank you, see you'],
    back: 'hello',
    sorry: 'sorry',
    plain: 'ok',
  },
  fr: {
    told: 'On a attendu deux jours et personne ne nous a appelés.',
    thanks: ['merci', 'merci beaucoup'],
    longThanks: 'merci de nous écouter, depuis des années personne ne nous écoute',
    tooMuch: ["c'est trop pour moi", "je n'y arrive pas"],
    anger: ['vous êtes nuls, ça ne sert à rien', 'machine stupide'],
    mourning: [
      "l'enterrement est demain",
      "Aujourd'hui c'est son anniversaire.",
      "Aujourd'hui cela fait deux ans.",
      "On l'a enterrée un dimanche.",
    ],
    goodbye: ['au revoir', 'merci, au revoir', 'bonne nuit', 'à bientôt'],
    back: 'bonjour',
    sorry: 'pardon',
    plain: "d'accord",
  },
  es: {
    told: 'Esperamos dos días y nadie nos llamó.',
    thanks: ['gracias', 'muchas gracias'],
    longThanks: 'muchas gracias de verdad por escucharme hoy, nadie nos escucha',
    tooMuch: ['es demasiado para mí', 'estoy llorando, necesito un momento'],
    anger: ['esta máquina no entiende nada', 'este bot no sirve'],
    mourning: ['el entierro es mañana', 'Hoy es su cumpleaños.', 'Hoy hace dos años.', 'La enterramos un domingo.'],
    goodbye: ['adiós', 'gracias, adiós', 'hasta luego', 'que le vaya bien'],
    back: 'hola',
    sorry: 'perdón',
    plain: 'está bien',
  },
  pt: {
    told: 'Esperamos dois dias e ninguém ligou para a gente.',
    thanks: ['obrigada', 'muito obrigado'],
    longThanks: 'muito obrigada mesmo por me ouvir hoje, ninguém ouve a gente',
    tooMuch: ['é demais para mim', 'estou chorando, preciso de um momento'],
    anger: ['vocês não servem para nada', 'máquina burra'],
    mourning: [
      'o enterro é amanhã',
      'Hoje é o aniversário dele.',
      'Hoje faz dois anos.',
      'Enterramos ela num domingo.',
    ],
    goodbye: ['tchau', 'obrigada, tchau', 'até logo', 'fica com Deus'],
    back: 'bom dia',
    sorry: 'desculpa',
    plain: 'tá bom',
  },
};

const SUPPORT = operator.support[0]?.number ?? '';

async function telling(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['👋', '1', '1', '1', '1', SAID[language].told]) await player.says(text);
  return player;
}

/** After SEND; the question whether the bot may write is answered unless `at` says otherwise. */
async function sent(language: WholeLanguage, at: 'write-back' | 'after' = 'after'): Promise<Player> {
  const { commands, typed } = lexicon.words[language];
  const [next, skip, all] = [commands.next[0] ?? '', commands.skip[0] ?? '', commands['skip-all'][0] ?? ''];
  const player = await telling(language);
  for (const text of [next, skip, next, all, next, all, '4', '3', typed.send[0] ?? '']) await player.says(text);
  expect(player.session.at.prompt).toBe('write-back');
  if (at === 'after') await player.says('2');
  return player;
}

/** Answered, and its place asked about: a question is open then. */
const OPEN: Readonly<Record<WholeLanguage, string>> = {
  en: 'who will read this?',
  fr: 'qui va lire ça ?',
  es: '¿quién va a leer esto?',
  pt: 'quem vai ler isso?',
};

const keysOf = (replies: Awaited<ReturnType<Player['says']>>) => replies.map(({ text }) => text);
const asks = (replies: Awaited<ReturnType<Player['says']>>) => replies.some(({ prompt }) => prompt !== undefined);
const told = (player: Player) => player.parts.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('while telling, in %s', (language) => {
  const said = SAID[language];

  it.each(said.thanks)('"%s" is answered, asks for nothing, and stays out of the text', async (text) => {
    const player = await telling(language);
    const replies = await player.says(text);
    expect(keysOf(replies)).toEqual(['talk.thanks']);
    expect(told(player)).toEqual([said.told]);
    const back = await player.says(lexicon.words[language].commands.undo[0] ?? '');
    expect(player.read(back)).toContain(text);
  });

  it.each(said.tooMuch)('"%s" is met with a pause and support, not with a question; the words stay', async (text) => {
    const player = await telling(language);
    const replies = await player.says(text);
    expect(keysOf(replies)).toEqual(['talk.overwhelmed']);
    expect(player.read(replies)).toContain(`*${lexicon.words[language].commands.pause[0] ?? ''}*`);
    expect(player.read(replies)).toContain(SUPPORT);
    expect(told(player)).toEqual([said.told, text]);
    const again = player.read(await player.says(`${text} …`));
    expect(again).not.toBe(player.read(replies));
    expect(again).not.toBe('');
  });

  it('"it is too much" while a question is open leaves none of its choices behind, and is answered once', async () => {
    const player = await telling(language);
    await player.says(OPEN[language]);
    expect(player.session.at.prompt).toBe('doubt');
    const replies = await player.says(said.tooMuch[0] ?? '');
    expect(player.session.at.prompt).toBe('story');
    expect(replies.at(-1)?.prompt?.id).toBe('story');
    expect(replies.at(-1)?.choices).toEqual([]);
    expect(keysOf(replies).filter((key) => /^(?:talk|danger|despair)\./u.test(key))).toHaveLength(1);
  });

  it.each(said.anger)('"%s" is answered calmly, with a person', async (text) => {
    const player = await telling(language);
    const replies = await player.says(text);
    expect(keysOf(replies)).toEqual(['talk.anger']);
    expect(player.read(replies)).toMatch(/\*(?:person|persona|humain|pessoa)\*/u);
    expect(told(player)).toEqual([said.told, text]);
  });

  it.each(said.mourning)('"%s" is testimony, and only saved', async (text) => {
    const player = await telling(language);
    expect(keysOf(await player.says(text))).toEqual(['saved.plain']);
    expect(told(player)).toEqual([said.told, text]);
  });

  it('an apology and a plain "ok" are answered, and stay out of the text', async () => {
    const player = await telling(language);
    expect(keysOf(await player.says(said.sorry))).toEqual(['talk.sorry']);
    expect(keysOf(await player.says(said.plain))).toEqual(['talk.greeting']);
    expect(told(player)).toEqual([said.told]);
  });

  it('the same thanks again are answered again, in other words', async () => {
    const player = await telling(language);
    const [thanks = ''] = said.thanks;
    const first = await player.says(thanks);
    const second = await player.says(thanks);
    expect(keysOf(second)).toEqual(['talk.thanks']);
    expect(player.read(second)).not.toBe(player.read(first));
    expect(told(player)).toEqual([said.told]);
  });

  it('a day of mourning is not listed before the read-back as perhaps meant for the bot', async () => {
    const player = await telling(language);
    for (const text of said.mourning) await player.says(text);
    for (const { text, slot } of player.parts) {
      expect(soundsLikeTalk(lexicon, language, text, slot), text).toBe(false);
    }
  });

  it('long thanks stay in the text, and are never asked about', async () => {
    const player = await telling(language);
    const replies = await player.says(said.longThanks);
    expect(asks(replies)).toBe(false);
    expect(told(player)).toEqual([said.told, said.longThanks]);
  });

  it.each(said.goodbye)('"%s" is a rest, with support', async (text) => {
    const player = await telling(language);
    const replies = await player.says(text);
    expect(keysOf(replies)).toEqual(['ending.meanwhile', 'pause.done']);
    expect(player.read(replies)).toContain(SUPPORT);
    expect(player.session.paused).toBe(true);
    expect(told(player)).toEqual([said.told]);
  });

  it('a second goodbye is no return', async () => {
    const player = await telling(language);
    for (const text of said.goodbye.slice(0, 2)) await player.says(text);
    const replies = await player.says(said.goodbye[2] ?? '');
    expect(keysOf(replies)).toEqual(['ending.meanwhile']);
    expect(player.session.paused).toBe(true);
  });

  it('who paused because it was too much is welcomed back, and asked nothing', async () => {
    const player = await telling(language);
    await player.says(said.tooMuch[0] ?? '');
    await player.says(lexicon.words[language].commands.pause[0] ?? '');
    player.wait(600);
    const replies = await player.says(said.back);
    expect(keysOf(replies)).toEqual(['welcome-back.gently']);
    expect(keysOf(await player.says(said.told))).toEqual(['saved.plain']);
  });

  it('who paused for another reason is welcomed back as usual', async () => {
    const player = await telling(language);
    await player.says(lexicon.words[language].commands.pause[0] ?? '');
    player.wait(600);
    const replies = await player.says(said.back);
    expect(keysOf(replies)[0]).toBe('welcome-back.answers');
    expect(asks(replies)).toBe(true);
  });
});

describe.each(WHOLE_LANGUAGES)('at a list of choices, in %s', (language) => {
  const said = SAID[language];

  async function atNames(): Promise<Player> {
    const player = await telling(language);
    const { commands } = lexicon.words[language];
    const [next, skip, all] = [commands.next[0] ?? '', commands.skip[0] ?? '', commands['skip-all'][0] ?? ''];
    for (const text of [next, skip, next, all, next]) await player.says(text);
    expect(player.session.at.prompt).toBe('harmed-form');
    return player;
  }

  it('thanks are answered, decide nothing, and the question is repeated', async () => {
    const player = await atNames();
    for (const text of said.thanks) {
      const replies = await player.says(text);
      expect(keysOf(replies)[0]).toBe('talk.thanks-here');
      expect(asks(replies)).toBe(true);
      expect(player.session.at.prompt).toBe('harmed-form');
    }
  });

  it('"it is too much" is met with care and no list; *repeat* brings the question back', async () => {
    const player = await atNames();
    const replies = await player.says(said.tooMuch[0] ?? '');
    expect(keysOf(replies)).toEqual(['talk.overwhelmed-here']);
    expect(player.read(replies)).toContain(SUPPORT);
    expect(asks(await player.says(lexicon.words[language].commands.repeat[0] ?? ''))).toBe(true);
    expect(player.session.at.prompt).toBe('harmed-form');
  });
});

describe.each(WHOLE_LANGUAGES)('at the end, in %s', (language) => {
  const said = SAID[language];

  it('the bot thanks after the sending and says where support is, once for a text', async () => {
    const player = await sent(language, 'write-back');
    const replies = await player.says('2');
    expect(keysOf(replies)).toContain('ending.thanks');
    expect(player.read(replies)).toContain(SUPPORT);
    player.session = { ...player.session, at: { prompt: 'write-back' } };
    expect(keysOf(await player.says('2'))).not.toContain('ending.thanks');
  });

  it.each(said.thanks)('"%s" is answered, also while it can still be stopped, and holds nothing', async (text) => {
    for (const at of ['write-back', 'after'] as const) {
      const player = await sent(language, at);
      const replies = await player.says(text);
      expect(keysOf(replies)).toEqual(['ending.trust']);
      expect(player.session.mails[0]?.doubted).toBeUndefined();
    }
  });

  it.each(said.goodbye)('"%s" is answered with thanks and support, and holds nothing', async (text) => {
    const player = await sent(language);
    const replies = await player.says(text);
    expect(keysOf(replies)).toEqual(['ending.goodbye']);
    expect(player.read(replies)).toContain(SUPPORT);
    expect(player.session.mails[0]?.doubted).toBeUndefined();
  });
});
