// Before the read-back the short, talk-like messages in the text are listed once; a text without any is read back at once.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

/** `asked` is asked back about, and stays in the text of a person who goes on telling. */
const SAID: Readonly<Record<WholeLanguage, { readonly told: string; readonly asked: string; readonly later: string }>> =
  {
    en: {
      told: 'The police took my brother Sam to the station in March and he never came back to us.',
      asked: 'could you say that question again please',
      later: 'please let me talk to somebody',
    },
    fr: {
      told: 'La police a emmené mon frère Sam au poste en mars et il n’est jamais revenu chez nous.',
      asked: 'vous pouvez répéter la question',
      later: 'je voudrais parler à une personne svp',
    },
    es: {
      told: 'La policía se llevó a mi hermano Sam a la comisaría en marzo y nunca volvió con nosotros.',
      asked: 'me puede repetir la pregunta por favor',
      later: 'quiero hablar con una persona por favor',
    },
    pt: {
      told: 'A polícia levou meu irmão Sam para a delegacia em março e ele nunca mais voltou para casa.',
      asked: 'pode repetir a pergunta por favor',
      later: 'quero falar com uma pessoa por favor',
    },
  };

const wordsOf = (language: WholeLanguage) => {
  const { commands, asides } = lexicon.words[language];
  const [next = '', all = '', undo = ''] = [commands.next[0], commands['skip-all'][0], commands.undo[0]];
  return { next, all, undo, every: asides.all, none: asides.none };
};

const ORDERS: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['1 take it out', 'number 1 was only for you', 'please leave 1 out'],
  fr: ['1 enlevez-le', 'le 1 était pour vous', 'enlevez le numéro 1 svp'],
  es: ['1 quítelo', 'el 1 era para usted', 'quite el número 1 por favor'],
  pt: ['1 tira', 'o 1 era só para você', 'tira a número 1 por favor'],
};
const STAYS: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['keep 1', 'number 1 stays'],
  fr: ['gardez le 1', 'le 1 reste'],
  es: ['el 1 se queda', 'no quite el 1'],
  pt: ['o 1 fica', 'não tira o 1'],
};

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);
const textsOf = (player: Player) => player.parts.map(({ text }) => text);
const promptOf = ({ session }: Player) => session.at.prompt;

/** At the first prompt after the names. */
async function readyWith(language: WholeLanguage, story: readonly string[]): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['hi', '1', '1', '1', '1']) await player.says(text);
  for (const text of story) await player.says(text);
  await goOn(player, language);
  return player;
}

/** From the story on, without another answer. */
async function goOn(player: Player, language: WholeLanguage): Promise<void> {
  const { all } = wordsOf(language);
  for (let tries = 0; tries < 12 && !['sieve', 'read-back'].includes(promptOf(player)); tries++) await player.says(all);
}

/** With as many talk-like messages in the story as wanted, each a few words. */
async function withTalk(language: WholeLanguage, count: number): Promise<Player> {
  const { told, asked } = SAID[language];
  const player = await readyWith(language, [told]);
  const many = Array.from({ length: count }, (_, index) => `${asked} (${'x'.repeat((index % 9) + 1)})`);
  player.rows = [
    ...player.rows,
    ...many.map((text, index) => ({ id: `talk-${index}`, slot: 'story', text, words: text.split(' ').length })),
  ];
  const story = player.session.counts['story'] ?? { parts: 0, words: 0 };
  const words = many.join(' ').split(' ').length;
  player.session = {
    ...player.session,
    counts: { ...player.session.counts, story: { parts: story.parts + count, words: story.words + words } },
    at: { prompt: 'sieve' },
  };
  await player.says(lexicon.words[language].commands.repeat[0] ?? '');
  return player;
}

describe.each(WHOLE_LANGUAGES)('the short messages in the text, in %s', (language) => {
  const { told, asked, later } = SAID[language];
  const { next, undo, every, none } = wordsOf(language);

  it('are no step for a person who has none', async () => {
    expect(promptOf(await readyWith(language, [told]))).toBe('read-back');
  });

  it('are both left out with one word, if two are listed', async () => {
    const player = await withTalk(language, 2);
    expect(textsOf(player)).toHaveLength(3);
    await player.says(lexicon.words[language].asides.both[2] ?? '');
    expect(textsOf(player)).toEqual([told]);
    const three = await withTalk(language, 3);
    await three.says(lexicon.words[language].asides.both[2] ?? '');
    expect(textsOf(three)).toHaveLength(4);
  });

  it('are listed, and those named are left out, said back, and restored by undo', async () => {
    const player = await readyWith(language, [told, asked, told]);
    expect(promptOf(player)).toBe('sieve');
    expect(textsOf(player)).toEqual([told, asked, told]);
    const replies = await player.says('1');
    expect(textsOf(player)).toEqual([told, told]);
    expect(replies[0]).toMatchObject({ text: 'sieve.left-out', params: { text: asked }, commands: ['undo'] });
    // Nothing is left on the list.
    expect(promptOf(player)).toBe('read-back');
    await player.says(undo);
    expect(textsOf(player)).toEqual([told, asked, told]);
    expect(promptOf(player)).toBe('read-back');
  });

  it('stay in with a word, are not listed again, and newer ones are', async () => {
    const player = await readyWith(language, [told, asked, told]);
    await player.says(next);
    expect(promptOf(player)).toBe('read-back');
    expect(textsOf(player)).toContain(asked);
    player.session = { ...player.session, at: { prompt: 'story' } };
    for (const text of [later, told]) await player.says(text);
    await goOn(player, language);
    expect(promptOf(player)).toBe('sieve');
    const [list] = await player.says(lexicon.words[language].commands.repeat[0] ?? '');
    expect(list).toMatchObject({ text: 'sieve.ask', params: { text: `1. ${later}` } });
  });

  it('are not listed if their person has called them part of the text', async () => {
    const player = await readyWith(language, [told, asked, '2', told]);
    expect(textsOf(player)).toContain(asked);
    expect(promptOf(player)).toBe('read-back');
  });

  it('all go, once their number and their words were said back, or all stay, in the words for it', async () => {
    for (const word of every) {
      const player = await withTalk(language, 2);
      const back = await player.says(word);
      expect(back[0], word).toMatchObject({ text: 'sieve.all', params: { count: 2 } });
      expect(player.read(back).split(asked)).toHaveLength(3);
      expect(textsOf(player), word).toHaveLength(3);
      await player.says('1');
      expect(textsOf(player), word).toEqual([told]);
      expect(promptOf(player), word).toBe('read-back');
      await player.says(undo);
      expect(textsOf(player), word).toHaveLength(3);
    }
    const player = await withTalk(language, 2);
    for (const text of [every[0] ?? '', '2']) await player.says(text);
    expect(textsOf(player)).toHaveLength(3);
    expect(promptOf(player)).toBe('sieve');
    for (const word of none) {
      const player = await withTalk(language, 2);
      await player.says(word);
      expect(textsOf(player), word).toHaveLength(3);
      expect(promptOf(player), word).toBe('read-back');
    }
  });

  it.each(ORDERS[language])('"%s" takes out number 1, and offers no words to the story', async (order) => {
    const player = await withTalk(language, 3);
    await player.says(order);
    expect(player.parts.map(({ id }) => id).slice(1)).toEqual(['talk-1', 'talk-2']);
    expect(promptOf(player)).toBe('sieve');
  });

  it.each(STAYS[language])('"%s" takes out none', async (order) => {
    const player = await withTalk(language, 3);
    await player.says(order);
    expect(textsOf(player)).toHaveLength(4);
  });

  it('fit one bubble, also of a long list', async () => {
    const player = await withTalk(language, 60);
    const { repeat } = lexicon.words[language].commands;
    const before = player.session;
    const [list] = (await player.says(repeat[0] ?? '')).map((reply) => player.render(reply));
    expect(list?.bubbles).toHaveLength(1);
    expect(player.session.at).toEqual(before.at);
  });
});

describe('the list of short messages', () => {
  it('keeps its numbers while it is open', async () => {
    const player = await withTalk('en', 4);
    await player.says('2');
    await player.says('leave out 3');
    expect(player.parts.map(({ id }) => id).slice(1)).toEqual(['talk-0', 'talk-3']);
    await player.says('undo');
    expect(player.parts.map(({ id }) => id).slice(1)).toEqual(['talk-0', 'talk-2', 'talk-3']);
    const [list] = await player.says('repeat');
    expect(list?.params).toMatchObject({ text: expect.stringMatching(/^1\. .*\n3\. .*\n4\. .*$/u) as unknown });
  });

  it('takes ranges, and says what it does not take', async () => {
    const player = await withTalk('en', 4);
    expect(keysOf(await player.says('4-2'))).toContain('cut.reversed');
    expect(keysOf(await player.says('9'))).toContain('choice.out-of-range');
    expect(keysOf(await player.says('yes'))).toContain('sieve.how');
    expect(player.parts).toHaveLength(5);
    await player.says('1-3');
    expect(player.parts.map(({ id }) => id).slice(1)).toEqual(['talk-3']);
  });

  it('shows page after page, none twice, and *back* leads to the page before', async () => {
    const player = await withTalk('en', 30);
    const pages: string[] = [];
    while (promptOf(player) === 'sieve' && pages.length < 30) {
      pages.push(player.session.at.of ?? '');
      await player.says('next');
    }
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.join(' ').split(' ')).toEqual(Array.from({ length: 30 }, (_, index) => `talk-${index}`));
    expect(promptOf(player)).toBe('read-back');
    await player.says('back');
    expect(player.session.at).toEqual({ prompt: 'sieve', of: pages.at(-1) });
    await player.says('back');
    expect(player.session.at).toEqual({ prompt: 'sieve', of: pages.at(-2) });
  });

  it('of a thousand goes whole, shown and with its own word first', async () => {
    const player = await withTalk('en', 1000);
    const replies = await player.says('all');
    expect(keysOf(replies)).toContain('cut.goes');
    expect(player.parts).toHaveLength(1001);
    await player.says('erase');
    expect(textsOf(player)).toEqual([SAID.en.told]);
    expect(promptOf(player)).toBe('read-back');
    await player.says('undo');
    expect(player.parts).toHaveLength(1001);
  });

  it('is left as it is by a no', async () => {
    const player = await withTalk('en', 1000);
    for (const text of ['all', 'no']) await player.says(text);
    expect(player.parts).toHaveLength(1001);
    expect(promptOf(player)).toBe('sieve');
  });

  it('loses nothing that is told at it', async () => {
    const player = await withTalk('en', 2);
    const told = 'They came back in April and took his phone as well, and nobody signed for it.';
    await player.says(told);
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: told });
    await player.says('1');
    expect(textsOf(player)).toContain(told);
    expect(promptOf(player)).toBe('sieve');
  });

  it('asks for the passphrase first', async () => {
    const player = await withTalk('en', 2);
    player.session = { ...player.session, ownWord: 'fingerprint of secret', unlockedAt: null };
    const replies = await player.says('repeat');
    expect(promptOf(player)).toBe('locked');
    expect(JSON.stringify(replies)).not.toContain(SAID.en.asked);
  });

  it('has no links, no demands, and nothing of an earlier interview', async () => {
    const player = await readyWith('en', [SAID.en.told]);
    const asked = SAID.en.asked;
    const slots = ['links', 'asks/government'];
    player.rows = [
      ...player.rows,
      ...slots.map((slot) => ({ id: slot, slot, text: 'see example.org/hello', words: 2 })),
      { id: 'm9/p1', slot: 'story', text: asked, words: 6 },
    ];
    player.session = { ...player.session, at: { prompt: 'read-back' } };
    await player.says('repeat');
    expect(promptOf(player)).toBe('read-back');
  });

  it('does not stand before a joint document', async () => {
    const player = await withTalk('en', 2);
    player.session = { ...player.session, at: { prompt: 'read-back' }, joint: { members: ['a', 'b'] } };
    const replies = await player.says('repeat');
    expect(promptOf(player)).not.toBe('sieve');
    expect(JSON.stringify(replies)).not.toContain(SAID.en.asked);
  });

  it('is shown to an organiser for the open text', async () => {
    const player = await withTalk('en', 2);
    const teller = { number: 1, label: 'Amina', since: player.session.lastAt, told: 'en' };
    const organiser = { gathers: 'case', role: 'organiser', together: false, ownWordOffered: true } as const;
    player.session = { ...player.session, ...organiser, teller };
    await player.says('1');
    expect(player.parts.map(({ id }) => id).slice(1)).toEqual(['talk-1']);
    await player.says('next');
    expect(promptOf(player)).toBe('read-back');
  });

  it('does not have whole sentences that tell', async () => {
    const player = await readyWith('en', ['The prosecutor closed the case after one month.', 'Nobody was asked.']);
    expect(promptOf(player)).toBe('read-back');
  });

  it('is found by a session that never knew of it', async () => {
    const player = await withTalk('en', 2);
    const { sifted: _, ...older } = player.session;
    player.session = { ...older, at: { prompt: 'read-back' } };
    await player.says('repeat');
    expect(promptOf(player)).toBe('sieve');
  });
});
