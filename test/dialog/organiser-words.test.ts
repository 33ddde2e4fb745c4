// What an organiser answers in words: one text each or one for all, whom they mean, what a person said, and which of the
// words that were set aside are used.

import { describe, expect, it } from 'vitest';
import type { Position } from '../../src/dialog/engine/session.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

type In<T> = Readonly<Record<WholeLanguage, T>>;

const word = (language: WholeLanguage, command: 'next' | 'skip' | 'undo') =>
  lexicon.words[language].commands[command][0] ?? '';
const gathering = (language: WholeLanguage, command: 'cases' | 'new') =>
  lexicon.words[language].gathering[command][0] ?? '';

async function atTogether(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of [lexicon.words[language].greetings[0] ?? '', '1', '1', '1', '4']) await player.says(text);
  expect(player.session.at.prompt).toBe('together');
  return player;
}

async function atConsent(language: WholeLanguage, label = 'Lia'): Promise<Player> {
  const player = await atTogether(language);
  for (const text of ['1', word(language, 'skip')]) await player.says(text);
  await names(player, language, label);
  return player;
}

async function names(player: Player, language: WholeLanguage, label: string): Promise<void> {
  expect(player.session.at.prompt).toBe('teller-name');
  for (const text of [label, String(WHOLE_LANGUAGES.indexOf(language) + 1)]) await player.says(text);
  expect(player.session.at.prompt).toBe('teller-consent');
}

const STORY: In<string> = {
  en: 'The police took him from the house at night.',
  fr: 'La police l’a emmené de la maison pendant la nuit.',
  es: 'La policía se lo llevó de la casa en la noche.',
  pt: 'A polícia levou ele de dentro de casa de noite.',
};
const MORE: In<string> = {
  en: 'His mother waited two days at the station.',
  fr: 'Sa mère a attendu deux jours au commissariat.',
  es: 'Su mamá esperó dos días en la comisaría.',
  pt: 'A mãe dele esperou dois dias na delegacia.',
};

const EACH: In<readonly string[]> = {
  en: ['one each', 'One each.', 'one for each person', 'one per person', 'separately'],
  fr: ['un pour chacune', 'Un pour chacun', 'un par personne', 'chacune le sien', 'séparément'],
  es: ['uno por persona', 'uno para cada una', 'Cada quien el suyo', 'por separado', 'UNO PARA CADA UNO'],
  pt: ['um para cada', 'um pra cada um', 'Um para cada uma', 'cada um o seu', 'separado'],
};
const JOINT: In<readonly string[]> = {
  en: ['all together', 'one for all', 'just one', 'one for everyone', 'together'],
  fr: ['un seul pour tous', 'toutes ensemble', 'un pour toutes', 'un seul', 'ensemble'],
  es: ['uno solo para todos', 'todas juntas', 'uno para todas', 'uno solo', 'juntar'],
  pt: ['um só para todos', 'um só pra todos', 'todas juntas', 'um só', 'juntar'],
};
const NEITHER: In<string> = {
  en: 'what is the difference between the two',
  fr: 'quelle est la différence entre les deux',
  es: 'cuál es la diferencia entre los dos',
  pt: 'qual é a diferença entre os dois',
};

const FIRST_IS: In<string> = {
  en: 'the first one is Cida do Beco',
  fr: 'la première c’est Cida do Beco',
  es: 'la primera es Cida do Beco',
  pt: 'a primeira é a Cida do Beco',
};
const KIN_STORY: In<string> = {
  en: 'my brother was shot dead',
  fr: 'mon frère a été tué',
  es: 'mi hermano fue asesinado ahí',
  pt: 'meu irmão foi morto ali',
};

const AGE: In<string> = { en: 'she is 60', fr: 'elle a 60 ans', es: 'ella tiene 60 años', pt: 'ela tem 60 anos' };
const CHILD: In<string> = { en: 'she is 16', fr: 'elle a 16 ans', es: 'tiene 16 años', pt: 'ela tem 16 anos' };
const YES: In<readonly string[]> = {
  en: ['she says yes', 'She said yes', 'Lia said yes', 'she said yes, she is 45', 'they told me yes'],
  fr: ['elle a dit oui', 'Elle dit oui.', 'Lia a dit oui', 'elle a dit oui, elle a 45 ans', 'elle m’a dit oui'],
  es: ['dijo que sí', 'Ella dice que sí', 'Lia dijo que si', 'dijo que sí, tiene 45 años', 'me dijo que sí'],
  pt: ['ela disse que sim', 'Ela falou que sim', 'a Lia disse que sim', 'disse que sim, tem 45 anos', 'ele disse sim'],
};
const AGREED: In<string> = { en: 'she agreed', fr: 'elle est d’accord', es: 'está de acuerdo', pt: 'ela concordou' };
const NO: In<readonly string[]> = {
  en: ['she said no', 'he does not want to', 'Lia says no'],
  fr: ['elle a dit non', 'elle ne veut pas', 'Lia dit non'],
  es: ['dijo que no', 'ella no quiere', 'Lia dice que no'],
  pt: ['ela disse que não', 'ele não quer', 'a Lia falou que nao'],
};
/** Not wholly a report, or of somebody else: nothing is decided by them. */
const NO_REPORT: In<readonly string[]> = {
  en: [
    'she said yes but her husband is afraid',
    'did she say yes?',
    'her son is 20',
    'yes and no, she says',
    'maybe',
    'she says she does not know',
  ],
  fr: [
    'elle a dit oui mais son mari a peur',
    'elle a dit oui ?',
    'son fils a 20 ans',
    'oui et non, dit-elle',
    'peut-être',
    'elle a dit qu’elle ne sait pas',
  ],
  es: [
    'dijo que sí pero su marido tiene miedo',
    '¿dijo que sí?',
    'su hijo tiene 20 años',
    'sí y no, dice ella',
    'quizás',
    'dice que no sabe',
    'dijo que no está segura',
  ],
  pt: [
    'ela disse que sim mas o marido tem medo',
    'ela disse que sim?',
    'o filho dela tem 20 anos',
    'sim e não, ela disse',
    'talvez',
    'ela disse que não sabe',
    'ela disse que não tem certeza',
  ],
};
const BARE: In<string> = { en: 'yes', fr: 'oui', es: 'sí', pt: 'sim' };

const CONFIDENTIAL: In<readonly string[]> = {
  en: ['she wants it confidential', 'Lia chose confidential', 'confidential, she said'],
  fr: ['elle veut que ce soit confidentiel', 'Lia a choisi confidentiel', 'confidentiel, elle a dit'],
  es: ['quiere que sea confidencial', 'Lia eligió confidencial', 'confidencial, dijo ella'],
  pt: ['ela quer que seja confidencial', 'a Lia escolheu confidencial', 'confidencial, ela disse'],
};
const UNNAMED: In<string> = {
  en: 'she prefers without names',
  fr: 'elle préfère sans noms',
  es: 'prefiere sin nombres',
  pt: 'ela prefere sem nomes',
};
const NOT_CONFIDENTIAL: In<string> = {
  en: 'she does not want it confidential',
  fr: 'elle ne veut pas que ce soit confidentiel',
  es: 'no quiere que sea confidencial',
  pt: 'ela não quer que seja confidencial',
};

const BY_PART: In<readonly string[]> = {
  en: ['cida', 'CÍDA', 'dona Cida', 'I want to open Cida', 'cida do beco'],
  fr: ['cida', 'CÍDA', 'madame Cida', 'ouvrir le texte de Cida', 'cida do beco'],
  es: ['cida', 'CÍDA', 'doña Cida', 'quiero abrir la de Cida', 'cida do beco'],
  pt: ['cida', 'CÍDA', 'dona Cida', 'quero abrir a da Cida', 'cida do beco'],
};
const NAMES_NOBODY: In<string> = {
  en: 'Cida told me that the policeman laughed',
  fr: 'Cida m’a dit que le policier a ri',
  es: 'Cida me dijo que el policía se rio',
  pt: 'a Cida me contou que o policial riu',
};
const ONE_BY_ONE: In<string> = { en: 'one by one', fr: 'un par un', es: 'uno por uno', pt: 'uma por uma' };
const LEAVE: In<string> = { en: 'not this one', fr: 'pas celui-ci', es: 'este no', pt: 'essa não' };

/** With a story, at this prompt. */
async function told(language: WholeLanguage, at: Position): Promise<Player> {
  const player = await atConsent(language);
  for (const text of ['1', STORY[language]]) await player.says(text);
  player.session = { ...player.session, at };
  return player;
}
const agrees = (language: WholeLanguage) => told(language, { prompt: 'reader-agrees', of: language });
const choosesReaders = (language: WholeLanguage) => told(language, { prompt: 'publication' });

/** At the list, with a text of each. */
async function withPeople(language: WholeLanguage, labels: readonly string[]): Promise<Player> {
  const [first = '', ...others] = labels;
  const player = await atConsent(language, first);
  for (const label of others) {
    for (const text of ['1', STORY[language], gathering(language, 'new')]) await player.says(text);
    await names(player, language, label);
  }
  for (const text of ['1', STORY[language], gathering(language, 'cases')]) await player.says(text);
  expect(player.session.at.prompt).toBe('cases');
  return player;
}

describe.each(WHOLE_LANGUAGES)('an organiser, in %s', (language) => {
  it('says in words whether each has a text, or all have one', async () => {
    for (const [answers, together] of [[EACH, false] as const, [JOINT, true] as const]) {
      for (const text of answers[language]) {
        const player = await atTogether(language);
        await player.says(text);
        expect([text, player.session.together, player.session.at.prompt]).toEqual([text, together, 'own-word']);
      }
    }
    const player = await atTogether(language);
    await player.says(NEITHER[language]);
    expect([player.session.together, player.session.at.prompt, player.held]).toEqual([undefined, 'together', []]);
    await player.says(FIRST_IS[language]);
    await player.says(STORY[language]);
    await player.says(KIN_STORY[language]);
    expect(player.held.map(({ text }) => text)).toEqual([STORY[language], KIN_STORY[language]]);
  });

  it('reports a yes: it counts, with the age that it answers, and is said back', async () => {
    for (const text of YES[language]) {
      const player = await atConsent(language);
      const replies = await player.says(text);
      expect([text, player.session.kept, player.session.adult]).toEqual([text, true, true]);
      const given = player.effects.flatMap((effect) => (effect.kind === 'consent' ? [effect.purpose] : []));
      expect(given).toEqual(expect.arrayContaining(['keep', 'adult']));
      expect(replies.length).toBeGreaterThan(0);
    }
    const player = await atConsent(language);
    expect((await player.says(YES[language][3] ?? '')).map(({ text }) => text)).toContain('gathering.says-both');
  });

  it('reports half of it: the other half is asked, and a bare yes is the answer to that', async () => {
    for (const [half, missing] of [[AGREED, 'gathering.says-yes'] as const, [AGE, 'gathering.says-adult'] as const]) {
      const player = await atConsent(language);
      const asked = await player.says(half[language]);
      expect(asked.map(({ text }) => text)).toContain(missing);
      expect(player.session.kept).toBe(false);
      await player.says(BARE[language]);
      expect([player.session.kept, player.session.adult]).toEqual([true, true]);
    }
    const player = await atConsent(language);
    await player.says(AGE[language]);
    await player.says(AGREED[language]);
    expect(player.session.kept).toBe(true);
  });

  it('reports a no: nothing of that person is kept', async () => {
    for (const text of NO[language]) {
      const player = await atConsent(language);
      const replies = await player.says(text);
      expect([text, replies.map((reply) => reply.text)]).toEqual([text, expect.arrayContaining(['gathering.no'])]);
      expect(player.putAway).toEqual([]);
    }
  });

  it('reports an age under 18: it is asked back, since it ends everything', async () => {
    const player = await atConsent(language);
    expect((await player.says(CHILD[language])).map(({ text }) => text)).toContain('choice.perhaps');
    expect([player.session.at.prompt, player.session.kept]).toEqual(['teller-consent', false]);
    expect((await player.says('2')).map(({ text }) => text)).toContain('gathering.minor');
  });

  it('is not taken to report what only sounds like it', async () => {
    for (const text of NO_REPORT[language]) {
      const player = await atConsent(language);
      await player.says(text);
      expect([text, player.session.at, player.session.kept]).toEqual([text, { prompt: 'teller-consent' }, false]);
    }
  });

  it('reports who agreed to the read-back', async () => {
    const yes = [...YES[language].slice(0, 3), AGREED[language]];
    for (const [text, value] of [...yes.map((one) => [one, true] as const), [NO[language][0] ?? '', false] as const]) {
      const player = await agrees(language);
      await player.says(text);
      expect([text, player.session.teller?.readBack !== undefined]).toEqual([text, value]);
      expect(player.session.at.prompt).not.toBe('reader-agrees');
    }
    for (const text of NO_REPORT[language].slice(0, 2)) {
      const player = await agrees(language);
      await player.says(text);
      expect([text, player.session.teller?.readBack]).toEqual([text, undefined]);
    }
  });

  it('reports who may read it: the safest choice counts, a public one is asked back', async () => {
    for (const text of CONFIDENTIAL[language]) {
      const player = await choosesReaders(language);
      await player.says(text);
      expect([text, player.session.publication]).toEqual([text, 'confidential']);
    }
    for (const text of [UNNAMED[language], NOT_CONFIDENTIAL[language]]) {
      const player = await choosesReaders(language);
      await player.says(text);
      expect([text, player.session.publication, player.session.at.prompt]).toEqual([text, null, 'publication']);
    }
    const player = await choosesReaders(language);
    expect((await player.says(UNNAMED[language])).map(({ text }) => text)).toContain('choice.perhaps');
  });

  it('opens a text by a part of its name; of two that fit, asks which', async () => {
    for (const text of BY_PART[language]) {
      const player = await withPeople(language, ['Cída do Beco', 'Awa']);
      await player.says(text);
      expect([text, player.session.teller?.label]).toEqual([text, 'Cída do Beco']);
    }
    const player = await withPeople(language, ['Cida do Beco', 'Cida da Feira', 'Awa']);
    const asked = await player.says('cida');
    expect(asked.map(({ text }) => text)).toContain('gathering.several');
    expect(player.read(asked)).not.toContain('*3* Awa\n');
    await player.says('2');
    expect(player.session.teller?.label).toBe('Cida da Feira');
  });

  it('opens nothing by a sentence about somebody', async () => {
    const player = await withPeople(language, ['Cida do Beco', 'Awa']);
    expect((await player.says(NAMES_NOBODY[language])).map(({ text }) => text)).toContain('gathering.nothing-open');
    expect(player.session.at.prompt).toBe('cases');
  });

  it('chooses one by one among the words that were set aside', async () => {
    const player = await atConsent(language);
    for (const text of [STORY[language], MORE[language], STORY[language], '1']) await player.says(text);
    expect([player.session.at.prompt, player.session.held.parts]).toEqual(['held', 3]);
    await player.says(ONE_BY_ONE[language]);
    for (const [index, text] of [BARE[language], LEAVE[language], '1'].entries()) {
      expect(player.session.at.prompt).toBe('held');
      expect(Object.keys(player.session.held.decided ?? {})).toHaveLength(index);
      await player.says(text);
    }
    expect(player.session.at.prompt).toBe('story');
    expect(player.parts.map(({ text }) => text)).toEqual([STORY[language], STORY[language]]);
    expect(player.session.counts['story']?.parts).toBe(2);
    await player.says(word(language, 'undo'));
    expect([player.session.at.prompt, player.session.held.parts]).toEqual(['held', 1]);
    await player.says('1');
    expect(player.parts.map(({ text }) => text).sort()).toEqual(
      [STORY[language], STORY[language], MORE[language]].sort(),
    );
  });
});

it('one message that was set aside is not offered one by one', async () => {
  const player = await atConsent('en');
  for (const text of [STORY.en, '1']) await player.says(text);
  await player.says('one by one');
  expect([player.session.at.prompt, player.session.held.decided]).toEqual(['held', undefined]);
});

it('a message that is deleted meanwhile is not asked about', async () => {
  const player = await atConsent('en');
  await player.says(STORY.en);
  await player.says(MORE.en);
  const second = player.lastId;
  for (const text of ['1', '3', '1']) await player.says(text);
  await player.hears({ kind: 'deletion', target: second });
  expect([player.session.at.prompt, player.session.held.parts]).toEqual(['story', 0]);
  expect(player.parts.map(({ text }) => text)).toEqual([STORY.en]);
});

it('somebody who writes for themselves reports nobody', async () => {
  const player = new Player();
  for (const text of ['hello', STORY.en, '1', '1']) await player.says(text);
  expect(player.session.at.prompt).toBe('keep');
  await player.says('she said yes');
  expect([player.session.at.prompt, player.session.kept]).toEqual(['keep', false]);
});

const OUT: In<string> = {
  en: 'Cida (not shown in the document)',
  fr: 'Cida (ne figure pas dans le document)',
  es: 'Cida (no aparece en el documento)',
  pt: 'Cida (não aparece no documento)',
};
const TELLS: In<string> = {
  en: 'The person who tells: ',
  fr: 'Qui raconte : ',
  es: 'Quien cuenta: ',
  pt: 'Quem conta: ',
};
const WRITES: In<string> = { en: 'The writer: ', fr: 'Qui écrit : ', es: 'Quien escribe: ', pt: 'Quem escreve: ' };

it.each(WHOLE_LANGUAGES)('the line of a name says whose it is, and that it is kept out, in %s', async (language) => {
  for (const whose of [TELLS, WRITES]) {
    const player = await told(language, { prompt: 'story' });
    const { teller: _, gathers: __, ...own } = player.session;
    const session = whose === TELLS ? player.session : { ...own, role: 'family' as const };
    const harmed = { form: 'initials', name: 'Bia' } as const;
    player.session = { ...session, author: { form: 'none', name: 'Cida' }, harmed };
    const shown = player.read(await player.says(lexicon.words[language].commands.review[0] ?? ''));
    const line = shown.split('\n').find((one) => one.includes('Cida')) ?? '';
    expect(line.replaceAll('\u00A0', ' ')).toContain(whose[language] + OUT[language]);
    expect(shown).toMatch(/Bia \([^)]+\)/u);
    expect(shown).not.toContain(OUT[language].replace('Cida', 'Bia'));
  }
});
