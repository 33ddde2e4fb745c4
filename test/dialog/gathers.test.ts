// Somebody who gathers testimony is heard as such, says yes to it, and can go back; what they say of consent is nobody's testimony.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly gathers: readonly string[];
  /** About the writer's own family, or their own organisation. */
  readonly own: readonly string[];
  readonly consent: readonly string[];
  /** The same with something else beside it. */
  readonly tells: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    gathers: ['I help several families, I am from a mothers’ collective', 'we gather testimonies from families'],
    own: ['I help my family', 'we are an association and write in our own name'],
    consent: ['she gave me her consent', 'I have her signed consent form', 'she has authorised the use of her words'],
    tells: 'please help the other families in our street, they are afraid to talk',
  },
  fr: {
    gathers: ['j’aide plusieurs familles, je suis d’un collectif de mères', 'je recueille les témoignages des mères'],
    own: ['j’aide ma famille', 'nous sommes une association et nous écrivons en notre nom'],
    consent: ['elle m’a donné son accord', 'j’ai son consentement signé', 'elle a autorisé'],
    tells: 'aidez les autres familles de notre rue, elles ont peur de parler',
  },
  es: {
    gathers: ['ayudo a varias familias, soy de un colectivo de madres', 'recojo los testimonios de las madres'],
    own: ['ayudo a mi familia', 'somos una asociación y escribimos en nuestro nombre'],
    consent: ['ella autorizó', 'tengo su consentimiento firmado', 'ella ya me dio permiso para usar su testimonio'],
    tells: 'ayuden a las otras familias de nuestra calle, tienen miedo de hablar',
  },
  pt: {
    gathers: ['ajudo varias familias, sou de um coletivo de mães da baixada', 'recolho os relatos das mães'],
    own: ['ajudo minha família', 'somos uma associação e escrevemos em nosso nome'],
    consent: ['ela autorizou', 'tenho o consentimento dela', 'ela já me deu autorização por escrito para usar isso'],
    tells: 'ajudem as outras famílias da nossa rua, elas têm medo de falar',
  },
};

const NAME = 'Dona Rosa';

async function atForWhom(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['1', '1', '1', '1']) await player.says(text);
  expect(player.session.at.prompt).toBe('for-whom');
  return player;
}

/** A text of their own, at the check of everything. */
async function atReview(language: WholeLanguage): Promise<Player> {
  const player = await atForWhom(language);
  for (const text of ['1', 'The lamp was lit.', 'The door was shut.']) await player.says(text);
  await player.says(lexicon.words[language].commands.review[0] ?? '');
  await player.taps('role');
  expect(player.session.at.prompt).toBe('review-role');
  return player;
}

const keys = (replies: Awaited<ReturnType<Player['says']>>) => replies.map(({ text }) => text);
const told = (player: Player) => player.parts.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { gathers, own, consent, tells } = SAID[language];
  const { commands } = lexicon.words[language];
  const [undo = '', next = ''] = [commands.undo[0], commands.next[0]];

  it.each(gathers)('"%s" is said back before it binds', async (text) => {
    const player = await atForWhom(language);
    expect(keys(await player.says(text))).toEqual(['for-whom.gathers']);
    expect(player.session.role).toBeNull();
    await player.says('1');
    expect(player.session).toMatchObject({ role: 'organiser', gathers: 'case', kept: false });
    expect(told(player)).toEqual([]);

    const other = await atForWhom(language);
    await other.says(text);
    await other.says('2');
    expect(other.session).toMatchObject({ at: { prompt: 'for-whom' }, role: null });
  });

  it.each(own)('"%s" gathers nothing', async (text) => {
    const player = await atForWhom(language);
    expect(keys(await player.says(text))).not.toContain('for-whom.gathers');
  });

  it('said before the consent, it is set aside as nobody’s words', async () => {
    for (const text of [...gathers, ...consent.slice(1, 2)]) {
      const player = new Player({ language });
      for (const one of ['1', '1', '1']) await player.says(one);
      expect(keys(await player.says(text))).toContain('held.organiser');
      expect(player.held).toEqual([]);
    }
    const player = new Player({ language });
    for (const one of ['1', '1', '1', tells]) await player.says(one);
    expect(player.held.map(({ text }) => text)).toEqual([tells]);
  });

  it('*undo* makes it their own text again', async () => {
    const player = await atForWhom(language);
    for (const text of ['4', '1']) await player.says(text);
    await player.says(undo);
    expect(player.session).toMatchObject({ at: { prompt: 'for-whom' }, kept: true, adult: true });
    expect(player.session.gathers).toBeUndefined();
    await player.says('1');
    expect(player.session).toMatchObject({ role: 'family', at: { prompt: 'story' } });
  });

  it('after *back* another answer makes it their own text again', async () => {
    const player = await atForWhom(language);
    await player.says('4');
    await player.says(commands.back[0] ?? '');
    expect(player.session.at.prompt).toBe('for-whom');
    await player.says('1');
    expect(player.session).toMatchObject({ role: 'family', kept: true, at: { prompt: 'story' } });
    expect(player.session.gathers).toBeUndefined();
  });

  it('at the check, a text becomes the first person’s only with their own yes, and nothing is lost', async () => {
    const player = await atReview(language);
    const before = told(player);
    expect(keys(await player.taps('organiser'))).toEqual(['for-whom.gathers-written']);
    await player.taps('gathers-yes');
    expect(player.session).toMatchObject({ role: 'organiser', gathers: 'case', kept: false });
    await player.says(undo);
    expect(player.session).toMatchObject({ role: 'family', kept: true, at: { prompt: 'review' } });
    expect(told(player)).toEqual(before);

    await player.taps('role');
    await player.says(gathers[0] ?? '');
    expect(player.session.at.prompt).toBe('gathers');
    for (const text of ['1', '1', next, NAME]) await player.says(text);
    await player.taps(`language-${language}`);
    expect(player.session.at.prompt).toBe('teller-consent');
    expect(player.session.kept).toBe(false);
    await player.taps('teller-yes');
    expect(player.session).toMatchObject({ kept: true, role: 'organiser', at: { prompt: 'story' } });
    expect(told(player)).toEqual(before);
    // What others have said yes to is not undone.
    await player.says(undo);
    expect(player.session).toMatchObject({ kept: true, role: 'organiser', gathers: 'case' });
    expect(told(player)).toEqual(before);
  });

  it('the text stays as it is if they say no', async () => {
    const player = await atReview(language);
    await player.taps('organiser');
    await player.taps('gathers-no');
    expect(player.session).toMatchObject({ role: 'family', at: { prompt: 'review' } });
    expect(told(player)).toHaveLength(2);
  });

  it.each(consent)('"%s" is answered, and is nobody’s text', async (text) => {
    const player = await atForWhom(language);
    for (const one of ['4', '1', next, NAME]) await player.says(one);
    expect(player.session.at.prompt).toBe('teller-language');
    expect(keys(await player.says(text))).toContain('gathering.yes-comes');
    expect(player.session).toMatchObject({ at: { prompt: 'teller-language' }, held: { parts: 0 } });
    await player.taps(`language-${language}`);
    await player.says(text);
    expect(player.held).toEqual([]);
    if (player.session.at.prompt === 'teller-consent')
      await player.taps(player.session.at.of === 'yes' ? 'teller-adult' : 'teller-yes');
    expect(player.session.at.prompt).toBe('story');
    expect(keys(await player.says(text))).toContain('gathering.yes-kept');
    expect(told(player)).toEqual([]);
  });
});
