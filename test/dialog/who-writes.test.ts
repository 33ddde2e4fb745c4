// At "Who is writing?": a denied role is neither taken nor offered, and after it nothing that is told decides who writes.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { deniedRolesIn } from '../../src/dialog/understanding/names/own-role.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly denies: readonly string[];
  /** Denies one of the family, and says another. */
  readonly corrects: string;
  /** A no to something else, or "no" before who it is. */
  readonly denyNothing: readonly string[];
  readonly name: string;
  readonly tells: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    denies: [
      'We are a legal aid organisation, not family',
      "I'm not a relative",
      'no family here, we are the legal team',
    ],
    corrects: "I'm not the mother, I'm his aunt",
    denyNothing: [
      'no, I am his mother',
      'no I am his mother',
      'they did not let the family in',
      'we never saw him again',
    ],
    name: 'Southside Legal Defense',
    tells: 'We have litigated 4 cases since 2019 and the prosecutor never indicted anyone',
  },
  fr: {
    denies: ['je ne suis pas de la famille', 'on est avocats, pas de la famille', "je suis pas un proche, j'aide"],
    corrects: 'je ne suis pas la mère, je suis la tante',
    denyNothing: ['non, je suis sa mère', 'ils n’ont rien dit à la famille', 'la famille n’a rien reçu'],
    name: 'Ligue Exemple des Droits',
    tells: "Nous suivons quatre dossiers depuis 2019 et personne n'a jamais été jugé pour cela",
  },
  es: {
    denies: ['no soy familiar, soy abogada', 'somos abogados, no familia', 'no somos parientes'],
    corrects: 'no soy la mamá soy la tía',
    denyNothing: [
      'no, soy la mamá',
      'no yo soy la mamá',
      'no dejaron entrar a la familia',
      'nunca le avisaron a mi hermana',
    ],
    name: 'Defensa Ejemplo del Sur',
    tells: 'Llevamos 4 casos desde 2019 y el fiscal nunca acusó a nadie por ninguno de ellos',
  },
  pt: {
    denies: ['não sou da família, sou advogado', 'somos advogadas, não da família', 'não sou parente'],
    corrects: 'não sou a mãe, sou a tia dele',
    denyNothing: ['não, sou a mãe dele', 'não deixaram a família entrar', 'nunca avisaram minha irmã'],
    name: 'Defesa Exemplo do Sul',
    tells: 'Acompanhamos quatro casos desde 2019 e ninguém foi denunciado até hoje por nenhum deles',
  },
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { denies, corrects, denyNothing, name, tells } = SAID[language];
  const { next } = lexicon.words[language].commands;
  const family = lexicon.words[language].choices['family'] ?? [];

  async function asked(...said: readonly string[]): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', ...said]) await player.says(text);
    return player;
  }

  it.each(denies)('"%s" is no family: it is neither taken nor offered', async (text) => {
    const player = new Player({ language });
    for (const one of ['👋', '1', '1', '1']) await player.says(one);
    const replies = await player.says(text);
    expect(player.session).toMatchObject({ role: null, at: { prompt: 'for-whom' } });
    expect(replies.some(({ params }) => JSON.stringify(params ?? {}).includes('choices.family'))).toBe(false);
  });

  it.each(denies)('after "%s" a name and what is told decide nothing, and are kept', async (text) => {
    const player = await asked(text, name, tells);
    expect(player.session).toMatchObject({ role: null, at: { prompt: 'for-whom' } });
    expect(player.parts.map((part) => part.text)).toEqual([tells]);
    await player.says(next[0] ?? '');
    expect(player.session.role).toBeNull();
    await player.says('3');
    expect(player.session).toMatchObject({ role: 'organisation', at: { prompt: 'story' } });
    expect(player.session.notRole).toBeUndefined();
  });

  it('a name is asked about by *undo*', async () => {
    const player = await asked(denies[0] ?? '', name);
    await player.says(lexicon.words[language].commands.undo[0] ?? '');
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: name });
  });

  it('the word of a role is taken, whatever was denied before', async () => {
    const player = await asked(denies[0] ?? '', family[0] ?? '');
    expect(player.session.role).toBe('family');
  });

  it('after an organisation was asked about, what is told decides nothing either', async () => {
    const player = await asked();
    player.session = { ...player.session, notRole: [] };
    await player.says(tells);
    expect([player.session.role, player.parts.length]).toEqual([null, 1]);
  });

  it(`"${corrects}" denies no family`, () => {
    expect(deniedRolesIn(lexicon, corrects)).toEqual([]);
  });

  it.each(denyNothing)('"%s" denies nothing', (text) => {
    expect(deniedRolesIn(lexicon, text)).toEqual([]);
  });
});

it('a denial is heard in Kreyòl and in Arabic', () => {
  expect(deniedRolesIn(lexicon, 'mwen pa fanmi')).toEqual(['family']);
  expect(deniedRolesIn(lexicon, 'لست من العائلة')).toEqual(['family']);
});
