// What an organiser says about another person than the one whose text is open: asked about before it is in any text.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

type In<T> = Readonly<Record<WholeLanguage, T>>;

const STORY: In<string> = {
  en: 'The police took him from the house at night.',
  fr: 'La police l’a emmené de la maison pendant la nuit.',
  es: 'La policía se lo llevó de la casa en la noche.',
  pt: 'A polícia levou ele de dentro de casa de noite.',
};
const LEAVES: In<readonly string[]> = {
  en: [
    'Awa wants out',
    'one of the ladies, Awa, she changed her mind',
    'Awa pulled out, take her text out',
    'Awa doesn’t want to take part',
  ],
  fr: [
    'une des dames, Awa, elle veut plus, elle se retire',
    'Awa ne veut plus',
    'Awa a changé d’avis',
    'Awa s’est retirée, enlève son texte',
  ],
  es: [
    'doña Awa ya no quiere',
    'la señora Awa se retira',
    'Awa ya no quiere participar',
    'Awa se arrepintió, borre su testimonio',
  ],
  pt: ['a Awa desistiu, tira o texto dela', 'a dona Awa não quer mais', 'a Awa mudou de ideia', 'Awa quer sair'],
};
const OPENS: In<readonly string[]> = {
  en: [
    'I need to fix something in Awa’s text',
    'I need to fix something in the first mother’s text',
    'go back to Awa please now for me',
  ],
  fr: ['je veux revenir à Awa', 'je dois corriger quelque chose chez la première dame', 'revenons à Awa'],
  es: [
    'no, quiero ir con la señora Awa',
    'me equivoqué en lo de doña Awa, quiero corregir a la primera',
    'quiero corregir a la primera',
  ],
  pt: ['quero voltar para a Awa', 'preciso corrigir uma coisa da primeira mãe', 'quero mexer no texto da Awa'],
};
/** Of nobody who is named: it may be the person whose text is open. */
const UNNAMED: In<readonly string[]> = {
  en: [
    'she withdraws',
    'she doesn’t want to anymore',
    'this lady pulled out, take her text out',
    'she changed her mind, erase what she said',
    'she no longer wants to take part',
    'delete her text',
  ],
  fr: [
    'elle se retire',
    'elle ne veut plus',
    'la dame a changé d’avis, effacez son texte',
    'elle veut plus participer',
    'enlevez son texte',
  ],
  es: [
    'ella se retira',
    'ya no quiere participar',
    'la señora se arrepintió, borre su testimonio',
    'se arrepintio la señora',
    'borre su testimonio por favor',
  ],
  pt: [
    'ela desistiu',
    'não quer mais participar',
    'a dona mudou de ideia, apaga o texto dela',
    'ela se arrependeu',
    'apaga o depoimento dela',
  ],
};
/** Of the person whose text is open, by name, number or place. */
const OPEN_LEAVES: In<readonly string[]> = {
  en: ['Fatou wants out', 'person 2 withdraws', 'the second one changed her mind'],
  fr: ['Fatou se retire', 'la personne 2 se retire', 'la deuxième ne veut plus'],
  es: ['doña Fatou ya no quiere', 'la persona dos se retira', 'la segunda se retira'],
  pt: ['a Fatou desistiu', 'a pessoa dois desistiu', 'a segunda não quer mais'],
};
/** In another part of the message, or by a number in words. */
const OPENS_ALSO: In<readonly string[]> = {
  en: [
    'I got it wrong, in Awa’s it is not Dinoes but Diroes, I have written it twice now, I want to correct the first one',
    'I want to correct person one',
    'I want to correct number 1',
    'the 1 I want to fix',
    'person 1 needs a correction',
    'Awa’s needs fixing',
  ],
  fr: [
    'je me suis trompée, chez Awa ce n’est pas Dinoes mais Diroes, je l’ai écrit deux fois, je veux corriger la première',
    'je veux corriger la personne une',
    'je veux corriger le numéro 1',
    'la 1 je veux la corriger',
    'la personne 1 a besoin d’une correction',
  ],
  es: [
    'me equivoque, en lo de doña Awa no es la Dinoes es la Diroes, quiero corregir a la primera',
    'quiero corregir a la persona uno',
    'quiero corregir la 1',
    'la 1 quiero corregir',
    'la persona 1 necesita una corrección',
  ],
  pt: [
    'me enganei, no da Awa não é Dinoes é Diroes, eu escrevi duas vezes errado, quero corrigir a primeira',
    'quero corrigir a pessoa um',
    'quero corrigir a número 1',
    'a 1 eu quero corrigir',
    'a pessoa 1 precisa de correção',
  ],
};
const NO: In<readonly string[]> = {
  en: ['no', 'nope'],
  fr: ['non', 'non merci'],
  es: ['no', 'no gracias'],
  pt: ['não', 'não obrigada'],
};
const NOT_HER: In<readonly string[]> = {
  en: ['no it is not her', 'no, I want to carry on here'],
  fr: ['non ce n’est pas elle', 'non, je continue ici'],
  es: ['no es ella', 'no, sigo aquí'],
  pt: ['não é ela', 'não, sigo aqui'],
};
const TO_OTHER: In<string> = {
  en: 'no, I want to go to Mrs Bina',
  fr: 'non, je veux aller chez madame Bina',
  es: 'no, quiero ir con la señora Bina',
  pt: 'não, quero ir pra dona Bina',
};
/** Told, though a name of the list or such words are in it. */
const TOLD: In<readonly string[]> = {
  en: [
    'Awa was there and saw the police beat him.',
    'My mother wants out of that house since they killed him.',
    'I want to go to the second hearing.',
    'My mother changed her mind.',
    'The only witness changed her mind after they threatened her.',
    'They told us to remove his body.',
    'The first report has a mistake.',
    'I want to change the law.',
  ],
  fr: [
    'Awa était là et a vu la police le frapper.',
    'Ma mère ne veut plus sortir de la maison.',
    'Je veux aller à la deuxième audience.',
    'Ma mère a changé d’avis.',
    'Les policiers se sont retirés à six heures.',
    'Mon mari ne veut plus.',
    'Le premier rapport a besoin d’une correction.',
  ],
  es: [
    'Awa estaba ahí y vio cómo la policía le pegaba.',
    'Mi mamá ya no quiere vivir en esa casa.',
    'Quiero ir a la segunda audiencia.',
    'Mi mamá ya no quiere.',
    'El policía se retiró.',
    'Mi hermana se arrepintió de haber denunciado.',
    'El primer informe tiene un error.',
  ],
  pt: [
    'A Awa estava lá e viu a polícia bater nele.',
    'Minha mãe não quer mais sair de casa.',
    'Quero ir na segunda audiência.',
    'Minha mãe não quer mais.',
    'A testemunha desistiu depois das ameaças.',
    'O policial saiu fora.',
    'O primeiro laudo tem um erro.',
  ],
};

const WHICH: In<readonly string[]> = {
  en: ['which one am I on', 'wait which person is this', 'who am I on now'],
  fr: ['attends je suis à laquelle là?', 'je suis avec qui', 'c’est quelle personne là'],
  es: ['¿en cuál estoy?', 'con quién estoy', '¿cuál está abierta?'],
  pt: ['em qual pessoa eu estou?', 'com qual pessoa estou', 'qual está aberta'],
};

/** At the list, with no text open: by name, and by number. */
const AT_LIST: In<readonly string[]> = {
  en: ['Awa withdraws', 'Awa wants out', 'person 1 withdraws', 'one of the ladies, Awa, she changed her mind'],
  fr: ['Awa se retire', 'Awa ne veut plus', 'la personne 1 se retire'],
  es: ['Awa se retira', 'doña Awa ya no quiere', 'la persona 1 se retira'],
  pt: ['Awa desiste', 'a Awa desistiu', 'a pessoa 1 desistiu'],
};

/** Awa is Person 1; the text of Person 2 is open. */
async function atSecond(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  const skip = lexicon.words[language].commands.skip[0] ?? '';
  const own = String(WHOLE_LANGUAGES.indexOf(language) + 1);
  for (const text of [lexicon.words[language].greetings[0] ?? '', '1', '1', '1', '4', '1', skip])
    await player.says(text);
  for (const label of ['Awa', 'Fatou']) {
    for (const text of [label, own, '1']) await player.says(text);
    for (let turns = 0; turns < 4 && player.session.at.prompt !== 'story'; turns++) await player.says(skip);
    expect(player.session.at.prompt).toBe('story');
    await player.says(STORY[language]);
    if (label === 'Awa') await player.says(lexicon.words[language].gathering.new[0] ?? '');
  }
  return player;
}

describe.each(WHOLE_LANGUAGES)('what is said of another person, in %s', (language) => {
  it.each(LEAVES[language])('asks whether the person named withdraws: %s', async (text) => {
    const player = await atSecond(language);
    await player.says(text);
    expect(player.session.doubt).toMatchObject({ kind: 'case', then: 'erase' });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
    await player.says('1');
    expect(player.session).toMatchObject({ at: { prompt: 'erase', of: 'case' }, teller: { label: 'Awa' } });
    expect(player.effects.filter(({ kind }) => kind === 'erase')).toEqual([]);
    await player.says(lexicon.words[language].typed.erase[0]?.toUpperCase() ?? '');
    expect(player.effects).toContainEqual({ kind: 'erase', what: 'case' });
  });

  it.each(UNNAMED[language])('asks who withdraws if nobody is named: %s', async (text) => {
    const player = await atSecond(language);
    expect(player.read(await player.says(text))).toContain('1');
    expect(player.session.doubt).toMatchObject({ kind: 'case', to: '' });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
    await player.says('1');
    expect(player.session).toMatchObject({ at: { prompt: 'erase', of: 'case' }, teller: { label: 'Fatou' } });
    await player.says(lexicon.words[language].commands.back[0] ?? '');
    await player.says(text);
    await player.says('2');
    expect(player.session).toMatchObject({ at: { prompt: 'erase', of: 'case' }, teller: { label: 'Awa' } });
    expect(player.effects.filter(({ kind }) => kind === 'erase')).toEqual([]);
  });

  it('puts the words into the text if nobody withdraws, and only then', async () => {
    const [text = ''] = UNNAMED[language];
    const player = await atSecond(language);
    await player.says(text);
    await player.says('3');
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language], text]);
    const other = await atSecond(language);
    await other.says(text);
    await other.says(STORY[language]);
    expect(other.parts.map((part) => part.text)).toEqual([STORY[language], STORY[language]]);
    await other.says(lexicon.words[language].commands.undo[0] ?? '');
    expect(other.session.doubt).toMatchObject({ kind: 'stray', text });
  });

  it.each(OPEN_LEAVES[language])('asks about the person whose text is open: %s', async (text) => {
    const player = await atSecond(language);
    await player.says(text);
    expect(player.session.doubt).toMatchObject({ kind: 'case', to: '', then: 'erase' });
    await player.says('1');
    expect(player.session).toMatchObject({ at: { prompt: 'erase', of: 'case' }, teller: { label: 'Fatou' } });
    await player.says(lexicon.words[language].typed.erase[0]?.toUpperCase() ?? '');
    expect(player.effects).toContainEqual({ kind: 'erase', what: 'case' });
  });

  it.each(AT_LIST[language])('opens the way of a withdrawal at the list: %s', async (text) => {
    const player = await atSecond(language);
    await player.says(lexicon.words[language].gathering.cases[0] ?? '');
    await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'erase', of: 'case' }, teller: { label: 'Awa' } });
    expect(player.effects.filter(({ kind }) => kind === 'erase')).toEqual([]);
    await player.says(lexicon.words[language].typed.erase[0]?.toUpperCase() ?? '');
    expect(player.effects).toContainEqual({ kind: 'erase', what: 'case' });
  });

  it('opens a text at the list if it is to be corrected', async () => {
    const player = await atSecond(language);
    await player.says(lexicon.words[language].gathering.cases[0] ?? '');
    await player.says(OPENS_ALSO[language].at(-1) ?? '');
    expect(player.session).toMatchObject({ at: { prompt: 'story' }, teller: { label: 'Awa' } });
  });

  it.each(OPENS_ALSO[language])('asks whether to open the text that is meant: %s', async (text) => {
    const player = await atSecond(language);
    await player.says(text);
    expect(player.session.doubt).toMatchObject({ kind: 'case', to: 'session-1', text });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
  });

  it.each(NO[language])('adds nothing after a plain no: %s', async (no) => {
    const order = OPENS[language][0] ?? '';
    for (const [text, isAsked] of [['Awa', true] as const, [order, false] as const]) {
      const player = await atSecond(language);
      await player.says(text);
      await player.says(no);
      expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
      expect(player.session.doubt).toEqual(isAsked ? expect.objectContaining({ kind: 'case', asked: true }) : null);
      if (isAsked) await player.says('2');
      expect(player.session).toMatchObject({ at: { prompt: 'story' }, doubt: null, teller: { label: 'Fatou' } });
      await player.says(lexicon.words[language].commands.undo[0] ?? '');
      expect(player.session.doubt).toMatchObject({ kind: 'stray', text });
    }
    const player = await atSecond(language);
    for (const text of ['Awa', no, '1']) await player.says(text);
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language], 'Awa']);
  });

  it.each(NOT_HER[language])('leaves the answer out as well: %s', async (answer) => {
    const player = await atSecond(language);
    await player.says('Awa');
    await player.says(answer);
    expect(player.session).toMatchObject({ at: { prompt: 'story' }, teller: { label: 'Fatou' } });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
    await player.says(lexicon.words[language].commands.undo[0] ?? '');
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: 'Awa', more: [{ text: answer }] });
  });

  it('goes to the person who is named after a no', async () => {
    const player = await atSecond(language);
    await player.says(lexicon.words[language].gathering.new[0] ?? '');
    for (const text of ['Bina', String(WHOLE_LANGUAGES.indexOf(language) + 1), '1']) await player.says(text);
    for (const text of [STORY[language], 'Awa', TO_OTHER[language].replace('Bina', 'Fatou')]) await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'story' }, doubt: null, teller: { label: 'Fatou' } });
    expect(player.putAway.find(({ session }) => session.teller?.label === 'Bina')?.parts).toHaveLength(1);
  });

  it('hears it in an answer to another question as well', async () => {
    const player = await atSecond(language);
    await player.says('12');
    expect(player.session.doubt).toMatchObject({ kind: 'number' });
    await player.says(LEAVES[language][0] ?? '');
    expect(player.session.doubt).toMatchObject({ kind: 'case', to: 'session-1', then: 'erase' });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
  });

  it.each(OPENS[language])('asks whether to open the text of the person meant: %s', async (text) => {
    const player = await atSecond(language);
    await player.says(text);
    expect(player.session.doubt).toMatchObject({ kind: 'case', text });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
    await player.says('1');
    expect(player.session.teller?.label).toBe('Awa');
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
  });

  it.each(WHICH[language])('says whose text is open: %s', async (text) => {
    const player = await atSecond(language);
    const replies = await player.says(text);
    expect(replies.map((reply) => reply.text)).toContain('gathering.which');
    expect(player.read(replies)).toMatch(/2 (?:of|sur|de) 2/u);
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
  });

  it('says the name as well if it may be shown, and no number that is higher than the last', async () => {
    const [text = ''] = WHICH[language];
    const player = await atSecond(language);
    const said = async () => {
      const replies = await player.says(text);
      return [replies.map((reply) => reply.text)[0], player.read(replies)] as const;
    };
    player.session = { ...player.session, ownWord: 'a fingerprint', unlockedAt: player.session.lastAt };
    const [key, read] = await said();
    expect(key).toBe('gathering.which-named');
    expect(read).toMatch(/2 (?:of|sur|de) 2.*Fatou/u);
    player.putAway = [];
    expect((await said())[0]).toBe('gathering.opened');
  });

  it('asks about a withdrawal at a list of choices as well', async () => {
    for (const [text = '', to] of [
      [LEAVES[language][0], 'session-1'],
      [UNNAMED[language][0], ''],
    ] as const) {
      const player = await atSecond(language);
      player.session = { ...player.session, at: { prompt: 'publication' } };
      await player.says(text);
      expect(player.session).toMatchObject({ doubt: { kind: 'case', to }, publication: null });
      await player.says('1');
      expect(player.session.at).toEqual({ prompt: 'erase', of: 'case' });
      expect(player.parts).toHaveLength(1);
    }
    const [text = ''] = UNNAMED[language];
    for (const answers of [['3'], [NO[language][0] ?? '', '1']]) {
      const player = await atSecond(language);
      player.session = { ...player.session, at: { prompt: 'publication' } };
      for (const said of [text, ...answers]) await player.says(said);
      expect(player.parts.map((part) => part.text)).toEqual([STORY[language], text]);
      expect(player.session).toMatchObject({ doubt: null, publication: null });
    }
  });

  it('keeps the words aside in the text that was open', async () => {
    const player = await atSecond(language);
    const [, text = ''] = LEAVES[language];
    await player.says(text);
    await player.says('1');
    for (const said of [
      lexicon.words[language].commands.back[0] ?? '',
      lexicon.words[language].gathering.cases[0] ?? '',
      '2',
    ])
      await player.says(said);
    expect(player.session.teller?.label).toBe('Fatou');
    await player.says(lexicon.words[language].commands.undo[0] ?? '');
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text });
  });

  it.each(TOLD[language])('keeps what is told: %s', async (text) => {
    const player = await atSecond(language);
    await player.says(text);
    expect(player.session.doubt?.kind).not.toBe('case');
    expect(player.session.at.prompt === 'doubt' || player.parts.some((part) => part.text === text)).toBe(true);
  });
});
