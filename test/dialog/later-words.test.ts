// What is told after SEND is never lost: it is kept aside, and its person says whether it joins the text.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player, texts } from '../support/player.ts';

interface Said {
  /** With a lead, without one, and beside a wish to wait. */
  readonly later: readonly string[];
  readonly more: string;
  /** No words of the text yet. */
  readonly lead: readonly string[];
  readonly questions: readonly string[];
  readonly givingUp: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    later: [
      'I forgot to say that the neighbour filmed it',
      'also they kept his shoes and his bag',
      'wait they also came to our house the week after and broke the door',
    ],
    more: 'and his cousin was there too',
    lead: ['can I add something', 'I forgot one more thing'],
    questions: ['I have a question', 'what kind of news', 'how do I find out'],
    givingUp: 'I want to give up',
  },
  fr: {
    later: [
      "j'ai oublié de dire que la voisine a tout filmé",
      'et ils ont gardé ses chaussures et son sac',
      'attendez ils sont aussi venus chez nous la semaine suivante et ils ont cassé la porte',
    ],
    more: 'et son cousin était là aussi',
    lead: ['je voudrais ajouter quelque chose', "j'ai oublié quelque chose"],
    questions: ["j'ai une question", 'quel genre de nouvelles', 'comment je le saurai'],
    givingUp: 'je veux abandonner',
  },
  es: {
    later: [
      'olvidé decir que la vecina lo grabó todo',
      'también se quedaron con sus zapatos y su bolso',
      'espere también vinieron a nuestra casa la otra semana y rompieron la puerta',
    ],
    more: 'y su primo estaba ahí también',
    lead: ['quiero agregar algo', 'se me olvidó algo'],
    questions: ['tengo una pregunta', 'qué clase de noticias', 'cómo me entero'],
    givingUp: 'quiero rendirme',
  },
  pt: {
    later: [
      'esqueci de dizer que a vizinha filmou tudo',
      'também ficaram com o sapato e a mochila dele',
      'espera eles também vieram na nossa casa na outra semana e quebraram a porta',
    ],
    more: 'e o primo dele estava lá também',
    lead: ['queria acrescentar uma coisa', 'esqueci uma coisa'],
    questions: ['tenho uma pergunta', 'que tipo de notícia', 'como eu fico sabendo'],
    givingUp: 'quero desistir',
  },
};

const TOLD = 'It was in May. Nobody told us.';

async function sent(language: WholeLanguage, until: 'write-back' | 'after'): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['1', '1', '1', '1', '1', TOLD]) await player.says(text);
  const { commands, typed } = lexicon.words[language];
  const next = commands.next[0] ?? '';
  for (let step = 0; player.session.at.prompt !== 'publication' && step < 30; step++) {
    await player.says(player.session.at.prompt === 'read-back' ? '4' : next);
  }
  await player.says('3');
  await player.says(typed.send[0] ?? '');
  if (until === 'after') await player.says('2');
  expect(player.session.at.prompt).toBe(until);
  return player;
}

const PLACES = ['write-back', 'after'] as const;
const promptOf = ({ session }: Player) => session.at.prompt;
const kindsOf = ({ effects }: Player) => effects.map(({ kind }) => kind);
const told = ({ parts }: Player) => parts.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('told after SEND, in %s', (language) => {
  const { later, more, lead, questions, givingUp } = SAID[language];
  const { commands, typed } = lexicon.words[language];

  it.each(later)('"%s" holds the text, joins it on a yes, and leaves only after a new SEND', async (text) => {
    for (const place of PLACES) {
      const player = await sent(language, place);
      const asked = await player.says(text);
      expect(kindsOf(player)).toContain('doubt-mail');
      expect(player.read(asked)).toContain(text);
      await player.says('1');
      expect(promptOf(player)).toBe('read-back');
      expect(told(player)).toEqual([TOLD, text]);
      expect(player.session.mails).toEqual([]);
      await player.says('4');
      if (promptOf(player) === 'publication') await player.says('3');
      await player.says(typed.send[0] ?? '');
      expect(player.session.mails).toMatchObject([{ mail: 'submission', outcome: 'waiting' }]);
    }
  });

  it('what follows is kept with it, and all of it can be sent without', async () => {
    const player = await sent(language, 'write-back');
    await player.says(later[0] ?? '');
    const asked = await player.says(more);
    expect(player.read(asked)).toContain(`${later[0] ?? ''}\n${more}`);
    await player.says('2');
    expect(told(player)).toEqual([TOLD]);
    expect(player.session.mails).toMatchObject([{ outcome: 'waiting' }]);
    expect(player.session.mails[0]?.doubted).toBeUndefined();
    expect(promptOf(player)).toBe('write-back');
    const again = await player.says(commands.undo[0] ?? '');
    expect(player.read(again)).toContain(more);
  });

  it('a sentence is changed in the text itself: nothing leaves, the text is open, and *undo* asks about the words', async () => {
    const player = await sent(language, 'write-back');
    const asked = await player.says(later[0] ?? '');
    const change = texts.translate(language, { key: 'choices.hold-change' }, player.session.call.hash);
    expect(player.read(asked)).toContain(change);
    await player.says('4');
    expect(kindsOf(player)).toContain('cancel');
    expect([promptOf(player), player.session.mails, told(player)]).toEqual(['review', [], [TOLD]]);
    await player.says(commands.undo[0] ?? '');
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: later[0] });
    await player.says('1');
    expect(told(player)).toEqual([TOLD, later[0]]);
  });

  it.each(['3', 'stop'])('with "%s" nothing leaves, and the words are asked about again', async (how) => {
    const player = await sent(language, 'after');
    await player.says(later[1] ?? '');
    const asked = await player.says(how === '3' ? how : (commands.stop[0] ?? ''));
    expect(kindsOf(player)).toContain('cancel');
    expect(player.read(asked)).toContain(later[1]);
    await player.says('1');
    expect(told(player)).toEqual([TOLD, later[1]]);
    expect(promptOf(player)).toBe('stopped');
  });

  it('once it has left, the words go in a new version', async () => {
    for (const place of PLACES) {
      const player = await sent(language, place);
      player.mailLeft = true;
      const asked = await player.says(later[1] ?? '');
      expect(kindsOf(player)).not.toContain('doubt-mail');
      expect(player.read(asked)).toContain(later[1]);
      await player.says('1');
      expect(told(player)).toEqual([TOLD, later[1]]);
      expect(player.session).toMatchObject({ replaces: 'GR-TEST1', at: { prompt: 'read-back' } });
    }
  });

  it.each(lead)('"%s" holds it, and asks for the words', async (text) => {
    const player = await sent(language, 'after');
    await player.says(text);
    expect(promptOf(player)).toBe('hold');
    await player.says(later[1] ?? '');
    await player.says('1');
    expect(told(player)).toEqual([TOLD, later[1]]);
  });

  it.each(questions)('"%s" is a question: it holds nothing', async (text) => {
    for (const place of PLACES) {
      const player = await sent(language, place);
      const replies = await player.says(text);
      expect(kindsOf(player)).not.toContain('doubt-mail');
      expect(promptOf(player)).toBe(place);
      expect(replies.length).toBeGreaterThan(1);
    }
  });

  it('giving up holds it', async () => {
    const player = await sent(language, 'after');
    await player.says(givingUp);
    expect(promptOf(player)).toBe('hold');
  });
});
