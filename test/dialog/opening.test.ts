// Before the yes, and right after it: whose age, what is taken back, and words that came early.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player, texts } from '../support/player.ts';

async function atKeep(language: WholeLanguage, ...early: readonly string[]): Promise<Player> {
  const player = new Player({ language });
  player.session = { ...player.session, language };
  for (const text of ['1', ...early, '1', '1']) await player.says(text);
  expect(player.session.at.prompt).toBe('keep');
  return player;
}

const OTHERS: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['he was only 17', 'my son was 16 years old', 'my 15 year old'],
  fr: ['mon fils avait 16 ans', 'la fille de ma voisine a 14 ans', 'il avait quinze ans'],
  es: ['mi hijo tenía 16 años', 'mi hija tiene 14', 'él tenía quince años'],
  pt: ['ele tinha 15 anos', 'minha filha tem 14 anos', 'meu filho tinha dezesseis'],
};

const EARLY: Readonly<Record<WholeLanguage, string>> = {
  en: 'They shot my son in front of our house.',
  fr: 'Ils ont tiré sur mon fils devant la maison.',
  es: 'Le dispararon a mi hijo frente a la casa.',
  pt: 'Mataram meu filho na porta da nossa casa.',
};

const TAKEN_BACK: Readonly<Record<WholeLanguage, string>> = {
  en: "no no I'm the mother, the one who was 16 was my son",
  fr: 'non non je suis la mère, celui qui avait 16 ans c’était mon fils',
  es: 'no no yo soy la mama el que tenia 16 era mi hijo',
  pt: 'não não eu sou a mãe, quem tinha 16 era meu filho',
};

/** What is said, the role in it, and that person's own word for it, if they have one. */
const ROLE: Readonly<Record<WholeLanguage, readonly (readonly [string, string, string?])[]>> = {
  en: [
    ['They killed my son.', 'family'],
    ['my brother was shot', 'family'],
    ['he was my best friend and they shot him', 'witness'],
    ['they beat him outside the clinic and I held his head', 'family'],
  ],
  fr: [
    ['Ils ont tué mon fils.', 'family'],
    ['je suis la sœur de Modou et la police l’a tué', 'family', 'la sœur de Modou'],
    ['c’était mon voisin et ils ont tiré sur lui', 'witness'],
  ],
  es: [
    ['Mataron a mi hijo.', 'family'],
    ['soy la hermana de Julio y la policía lo mató', 'family', 'la hermana de Julio'],
    ['era mi amigo y le dispararon por la espalda', 'witness'],
  ],
  pt: [
    ['Mataram meu filho.', 'family'],
    ['sou a irmã do João e a polícia matou ele', 'family', 'a irmã do João'],
    ['era meu vizinho e atiraram nele pelas costas', 'witness'],
  ],
};

const MERE: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ["I'm his mother", 'i am the sister'],
  fr: ['je suis sa mère', 'je suis la sœur'],
  es: ['soy la hermana', 'yo soy su mamá'],
  pt: ['sou a mãe dele', 'eu sou irmã dela'],
};

describe.each(WHOLE_LANGUAGES)('no harm 1: whose age, in %s', (language) => {
  it('another’s age is put aside, and the yes is asked again', async () => {
    for (const text of OTHERS[language]) {
      const player = await atKeep(language);
      const said = player.read(await player.says(text));
      expect([player.session.at.prompt, player.session.flags], text).toEqual(['keep', []]);
      expect(player.held.map((part) => part.text)).toEqual([text]);
      expect(said).toContain('?');
    }
  });

  it('nothing that is held is erased by an age, and "under 18" can be taken back', async () => {
    for (const taken of [TAKEN_BACK[language], '1']) {
      const player = await atKeep(language, EARLY[language]);
      await player.says('16');
      expect([player.session.at.prompt, player.session.flags]).toEqual(['minor', ['under-age']]);
      expect(player.held.map((part) => part.text)).toEqual([EARLY[language]]);
      await player.says(taken);
      expect([player.session.at.prompt, player.session.flags]).toEqual(['keep', []]);
      expect(player.held.map((part) => part.text)).toEqual(
        taken === '1' ? [EARLY[language]] : [EARLY[language], taken],
      );
      await player.says('1');
      await player.says('1');
      await player.says('1');
      expect(player.parts.map((part) => part.text)[0]).toBe(EARLY[language]);
    }
  });

  it('also where a person was already asked to write', async () => {
    const player = new Player({ language, operator: { desk: true } });
    player.session = { ...player.session, language };
    for (const text of ['1', '1', '1', '2', '1']) await player.says(text);
    expect(player.session.at.prompt).toBe('minor-waiting');
    await player.says(TAKEN_BACK[language]);
    expect([player.session.at.prompt, player.session.flags.includes('under-age')]).toEqual(['keep', false]);
  });

  it('no plain no erases there, and nothing else that is written is kept or offered to a story', async () => {
    const player = await atKeep(language, EARLY[language]);
    await player.says('16');
    const no = { en: 'no', fr: 'non', es: 'no', pt: 'não' }[language];
    for (const text of [no, EARLY[language].repeat(2)]) await player.says(text);
    expect([player.session.at.prompt, player.session.doubt, player.erased]).toEqual(['minor', null, false]);
    expect(player.held).toHaveLength(1);
  });

  it('an age that may be anybody’s is asked, and the answer leads on', async () => {
    const unclear = { en: '10th grade so 15', fr: 'je suis au lycée', es: 'tercero de secundaria', pt: 'nono ano' };
    for (const [answer, prompt, held] of [
      ['1', 'keep-yes', 0],
      ['2', 'minor', 0],
      ['3', 'keep', 1],
    ] as const) {
      const player = await atKeep(language);
      await player.says(unclear[language]);
      expect(player.session.at.prompt).toBe('age-whose');
      await player.says(answer);
      expect([player.session.at.prompt, player.session.held.parts]).toEqual([prompt, held]);
    }
  });

  it('a loose yes or no at the yes itself neither binds nor erases', async () => {
    for (const text of {
      en: ['sure', 'nah'],
      fr: ['bien sûr', 'surtout pas'],
      es: ['claro que sí', 'para nada'],
      pt: ['com certeza', 'de jeito nenhum'],
    }[language]) {
      const player = await atKeep(language);
      const said = player.read(await player.says(text));
      expect([player.session.kept, player.erased, player.session.at.prompt]).toEqual([false, false, 'keep']);
      expect(said).toMatch(/\*1\*[^\n]+18/u);
    }
  });
});

describe.each(WHOLE_LANGUAGES)('no harm 10: words that came early, in %s', (language) => {
  it('a sentence that says a role says it, and stands in the story', async () => {
    for (const [text, role] of ROLE[language]) {
      const player = await atKeep(language);
      await player.says('1');
      await player.says(text);
      expect([player.session.role, player.parts.map((part) => part.text)], text).toEqual([role, [text]]);
    }
  });

  it('which role is understood is said back, and can be changed before anything is sent', async () => {
    for (const [text, role, own] of ROLE[language]) {
      const player = await atKeep(language);
      await player.says('1');
      const said = player.read(await player.says(text));
      const usual = texts.translate(language, { key: `choices.${role}` }, player.session.call.hash);
      expect(said).toContain(own ?? usual);
      expect(player.session.role).toBe(role);
      expect(said).toContain(`*${lexicon.words[language].commands.review[0] ?? ''}*`);
      await player.says(lexicon.words[language].commands.review[0] ?? '');
      await player.taps('role');
      await player.taps('organisation');
      expect(player.session.role, text).toBe('organisation');
      expect(player.parts.map((part) => part.text)).toEqual([text]);
    }
  });

  it('what is spoken at once is said back, too', async () => {
    const voice = { machine: 'none', host: '', staff: true, keepDays: 30 } as const;
    const player = new Player({ language, operator: { voice } });
    player.session = { ...player.session, language };
    for (const text of ['1', '1', '1', '1']) await player.says(text);
    expect(player.session.at.prompt).toBe('for-whom');
    const said = player.read(await player.hears({ kind: 'voice' }));
    expect(player.session.role).toBe('family');
    expect(said).toContain(texts.translate(language, { key: 'choices.family' }, player.session.call.hash));
  });

  it('recordings and words from before the yes stand in the order in which they came', async () => {
    const voice = { machine: 'none', host: '', staff: true, keepDays: 30 } as const;
    const player = new Player({ language, operator: { voice } });
    player.session = { ...player.session, language };
    const [another = ''] = OTHERS[language];
    const [[story] = ['']] = ROLE[language];
    const ids: string[] = [];
    const says = async (text: string) => {
      await player.says(text);
      ids.push(player.lastId);
    };
    const speaks = async () => {
      await player.hears({ kind: 'voice' });
      ids.push(player.lastId);
    };
    await player.says('1');
    await speaks();
    await says(EARLY[language]);
    await speaks();
    await player.says('1');
    await player.says('1');
    await says(another);
    await speaks();
    await player.says('1');
    await says(story);
    expect(player.session.at.prompt).toBe('held');
    await player.says('1');
    expect(player.parts.map(({ id }) => id)).toEqual(ids);
  });

  it('a mere role is none of the story', async () => {
    for (const text of MERE[language]) {
      const player = await atKeep(language);
      await player.says('1');
      await player.says(text);
      expect([player.session.role, player.parts], text).toEqual(['family', []]);
    }
  });

  it('all that was written before the story stands in the order of writing', async () => {
    const [another = ''] = OTHERS[language];
    const [[story] = ['']] = ROLE[language];
    const player = await atKeep(language, EARLY[language]);
    for (const text of [another, '1', story]) await player.says(text);
    expect(player.session.at.prompt).toBe('held');
    await player.says('1');
    await player.says('1999');
    expect(player.parts.map((part) => part.text)).toEqual([EARLY[language], another, story]);
  });

  it('the second asking still asks', async () => {
    const player = await atKeep(language);
    await player.says('47');
    const said = player.read(await player.says('hm'));
    expect(said).toMatch(/\?/u);
  });
});
