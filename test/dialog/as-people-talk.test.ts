// People who never type a number: what closes, what declines, what they seem to mean, and words that are nobody's answer.

import { describe, expect, it } from 'vitest';
import { guessLanguage } from '../../src/dialog/stages/other-language.ts';
import { LANGUAGES, type Language } from '../../src/languages.ts';
import { isNoName } from '../../src/dialog/understanding/names/typed-name.ts';
import { isDone } from '../../src/dialog/understanding/plain-answer.ts';
import { perhapsMeant } from '../../src/dialog/understanding/recognize.ts';
import { lexicon, Player } from '../support/player.ts';

const TALK: Readonly<
  Record<
    Language,
    {
      readonly keep: readonly string[];
      readonly told: string;
      readonly done: readonly string[];
      readonly declines: string;
      readonly stray: string;
      readonly enough: string;
      readonly form: readonly (readonly [string, string])[];
      readonly confidential: string;
    }
  >
> = {
  en: {
    keep: ['yes you can keep it', 'sure im his mother'],
    told: 'they hung up on me every week for a year',
    done: ['thats all', 'thats it thank you', 'no thats all', 'im done', 'i have nothing else to say'],
    declines: 'i dont know',
    stray: 'only the church helped',
    enough: 'no thanks',
    form: [
      ['his full name please', 'full'],
      ['just my initials', 'initials'],
    ],
    confidential: 'keep it confidential',
  },
  fr: {
    keep: ['oui vous pouvez garder', 'je suis majeure oui', 'oui bien sur je suis sa maman'],
    told: 'on a attendu dehors toute la nuit',
    done: ['cest tout', 'voilà c’est fini', 'jai tout dit merci', 'rien dautre'],
    declines: 'je sais pas',
    stray: "j'aimerais qu'ils disent la verite",
    enough: 'non merci',
    form: [['avec son nom entier', 'full']],
    confidential: 'je préfère confidentiel',
  },
  es: {
    keep: ['si claro yo soy su mama', 'si y soy mayor', 'claro que si soy la mama'],
    told: 'no me dejaron verlo hasta los tres dias',
    done: ['eso es todo gracias', 'bueno ya es todo', 'nada mas señorita', 'ya no se que mas decir'],
    declines: 'no se',
    stray: 'solo nos ayudo la iglesia',
    enough: 'no quiero ninguno mas',
    form: [['que salga su nombre completo', 'full']],
    confidential: 'que sea confidencial por favor',
  },
  pt: {
    keep: ['sim pode guardar sou mae dele', 'claro sou a mãe'],
    told: 'so achamos ele dois dias depois',
    done: ['só isso mesmo', 'é isso obrigada', 'não tenho mais nada pra dizer', 'pronto já falei tudo'],
    declines: 'não sei',
    stray: 'ninguém ajudou só a igreja',
    enough: 'não quero mais nenhum',
    form: [['pode botar o nome completo dele', 'full']],
    confidential: 'quero confidencial',
  },
};

async function atStory(language: Language): Promise<Player> {
  const player = new Player({ language });
  player.session = { ...player.session, language };
  for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
  expect(player.session.at.prompt).toBe('story');
  return player;
}

const promptOf = ({ session }: Player) => session.at.prompt;

describe.each(LANGUAGES)('no harm 10: people who never type a number, in %s', (language) => {
  const talk = TALK[language];

  it('a yes with who says it is answered, and never becomes testimony', async () => {
    for (const text of talk.keep) {
      const player = new Player({ language });
      player.session = { ...player.session, language };
      for (const one of ['1', '1', '1']) await player.says(one);
      await player.says(text);
      expect(player.session.held.words, text).toBe(0);
      expect(['keep', 'keep-yes'], text).toContain(promptOf(player));
    }
  });

  it('"that is all" closes a story that is begun, with or without apostrophes, and is no part of it', async () => {
    for (const text of talk.done) {
      const player = await atStory(language);
      await player.says(talk.told);
      const before = player.session.counts['story'];
      await player.says(text);
      expect(promptOf(player), text).toBe('own-word');
      expect(player.session.counts['story'], text).toEqual(before);
    }
  });

  it('asks whether "that is all" before anything was told means to go on, and keeps it where it does not', async () => {
    const player = await atStory(language);
    await player.says(talk.done.at(-1) ?? '');
    expect(promptOf(player)).toBe('doubt');
    await player.says('2');
    expect(player.session.counts['story']?.parts).toBe(1);
  });

  it('loses no sentence at a list of points, shows what it asks about, and understands that no point is wanted', async () => {
    const player = await atStory(language);
    await player.says(talk.told);
    for (const text of ['next', 'skip']) await player.says(text);
    expect(promptOf(player)).toBe('topics');
    const shown = await player.says(talk.stray);
    expect(promptOf(player)).toBe('doubt');
    expect(shown.map(({ params }) => params?.['text'])).toContain(talk.stray);
    await player.says('1');
    expect(player.session.counts['story']?.parts).toBe(2);
    await player.says(talk.enough);
    expect(promptOf(player)).toBe('asks-government');
    await player.says(talk.declines);
    expect(promptOf(player)).toBe('doubt');
    await player.says('1');
    expect(promptOf(player)).toBe('asks-experts');
    expect(player.session.counts['asks/government']).toBeUndefined();
  });

  it('names the number of what somebody seems to mean, and decides nothing', () => {
    for (const [text, value] of talk.form) {
      expect(perhapsMeant(lexicon, language, text, ['full', 'initials', 'none']), text).toBe(value);
    }
    const publication = ['public-named', 'public-unnamed', 'confidential'];
    expect(perhapsMeant(lexicon, language, talk.confidential, publication)).toBe('confidential');
  });

  it('understands every phrase with an apostrophe without it', () => {
    for (const phrase of lexicon.words[language].plain.done) {
      expect(isDone(lexicon, phrase.replace(/['’]/gu, '')), phrase).toBe(true);
    }
  });
});

const OUT: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'actually take that out',
    'leave out the last message please',
    'no forget what i said',
    'i shouldnt have said that',
  ],
  fr: ['finalement enlevez ce que jai dit', 'oubliez ça', 'effacez mon dernier message svp'],
  es: ['mejor quite eso', 'borre lo ultimo que dije', 'no ponga eso por favor', 'quiero que lo borre'],
  pt: ['apaga o que eu falei', 'esquece isso por favor', 'não, tira isso'],
};

const ROLES: Readonly<Record<Language, readonly string[]>> = {
  en: ['im his mom', 'his dad', 'im her grandma', 'i was there'],
  fr: ['je suis sa grand mere', 'cest mon enfant', 'sa maman'],
  es: ['soy su mami', 'la abuelita', 'su hermanito'],
  pt: ['sou a vó dele', 'mainha', 'meu menino'],
};

const WISH: Readonly<Record<Language, readonly string[]>> = {
  en: ['i dont want the police to read it', 'no', 'send it', 'i changed my mind i dont want this'],
  fr: ['je ne veux pas que la police lise', 'non', 'finalement je ne veux plus'],
  es: ['que no lo publiquen', 'no quiero que la policia lo lea', 'no'],
  pt: ['não quero que a polícia leia', 'não', 'melhor não mostrar pra ninguém'],
};

describe.each(LANGUAGES)('no harm 10: a wish about who may read it, in %s', (language) => {
  async function atPublication(): Promise<Player> {
    const player = await atStory(language);
    await player.says(TALK[language].told);
    for (let step = 0; promptOf(player) !== 'publication' && step < 30; step++) {
      await player.says(promptOf(player) === 'read-back' ? '4' : (lexicon.words[language].commands.next[0] ?? ''));
    }
    return player;
  }

  it('is answered with the numbers, decides nothing, and joins no story', async () => {
    for (const text of WISH[language]) {
      const player = await atPublication();
      const said = await player.says(text);
      expect(promptOf(player), text).toBe('publication');
      expect(said[0]?.text, text).toBe('publication.wish');
      expect(player.session.publication, text).toBeNull();
    }
    const player = await atPublication();
    const said = await player.says(TALK[language].confidential);
    expect(said[0]).toMatchObject({ text: 'choice.perhaps', params: { number: 3 } });
  });

  it('a number for the list below joins nothing that waits in doubt', async () => {
    const player = await atStory(language);
    await player.says(TALK[language].told);
    for (const text of ['next', 'skip', TALK[language].stray]) await player.says(text);
    const said = await player.says('5');
    expect(said[0]?.text).toBe('doubt.first');
    expect(player.session.doubt).toMatchObject({ kind: 'stray', more: [] });
  });
});

describe('no harm 10: who reads this', () => {
  it.each([
    ['en', 'who reads this'],
    ['en', 'who will see what i write'],
    ['fr', 'qui va lire ça'],
    ['fr', 'qui peut voir ce que je dis'],
    ['es', 'quien lee esto'],
    ['es', 'quien va a leer lo que escribo'],
    ['pt', 'quem vai ler isso'],
    ['pt', 'quem pode ver isso'],
  ] as const)('in %s "%s" is answered at the first question, and set aside for nothing', async (language, text) => {
    const player = new Player({ language });
    player.session = { ...player.session, language };
    await player.says('1');
    const said = await player.says(text);
    expect(said[0]?.text).toBe('questions.readers');
    expect(player.session.held.parts).toBe(0);
  });

  it('whether we are the police is answered', async () => {
    const player = new Player({ language: 'en' });
    await player.says('hello');
    expect((await player.says('are you police'))[0]?.text).toBe('questions.who');
  });
});

const NOT_NAMES: Readonly<Record<Language, readonly string[]>> = {
  en: ['confidential', 'initials', 'all good', 'SEND'],
  fr: ['confidentiel', 'initiales', 'tout est bon', 'ENVOYER'],
  es: ['confidencial', 'iniciales', 'si todo bien', 'ENVIAR'],
  pt: ['confidencial', 'iniciais', 'tá tudo certo', 'ENVIAR'],
};

describe('no harm 3: names that are words elsewhere', () => {
  it.each(['Ali', 'Will May', 'Dale', 'Son', 'An'])('%s is a name', (name) => {
    expect(isNoName(lexicon, name)).toBe(false);
  });
});

describe.each(LANGUAGES)('no harm 3: an answer to another question is no name, in %s', (language) => {
  it('asks for the name again', async () => {
    for (const text of NOT_NAMES[language]) {
      const player = await atStory(language);
      await player.says(TALK[language].told);
      for (let step = 0; promptOf(player) !== 'harmed-form' && step < 30; step++) {
        await player.says(lexicon.words[language].commands.next[0] ?? '');
      }
      await player.says('1');
      expect(promptOf(player)).toBe('harmed-name');
      await player.says(text);
      expect(promptOf(player), text).toBe('harmed-name');
    }
  });
});

describe.each(LANGUAGES)('no harm 8: taking back while telling, in %s', (language) => {
  it('shows what would go, takes it out on a yes only, and brings it back', async () => {
    for (const text of OUT[language]) {
      const player = await atStory(language);
      await player.says(TALK[language].told);
      await player.says(TALK[language].stray);
      const shown = await player.says(text);
      expect(promptOf(player), text).toBe('doubt');
      expect(shown.map(({ params }) => params?.['text'])).toContain(TALK[language].stray);
      await player.says('2');
      expect(player.session.counts['story']?.parts, text).toBe(2);
      await player.says(text);
      await player.says('1');
      expect(player.parts.map((part) => part.text)).toEqual([TALK[language].told]);
      await player.says(lexicon.words[language].commands.undo[0] ?? '');
      expect(player.session.counts['story']?.parts, text).toBe(2);
    }
  });

  it('is none of the words of a story where nothing was told, and drops what only waits for a yes', async () => {
    const player = await atStory(language);
    await player.says(TALK[language].told);
    for (const text of ['next', 'skip', TALK[language].stray]) await player.says(text);
    expect(promptOf(player)).toBe('doubt');
    await player.says(OUT[language][0] ?? '');
    expect(promptOf(player)).toBe('topics');
    expect(player.session.counts['story']?.parts).toBe(1);
  });

  it('knows who writes as people say it', async () => {
    for (const text of ROLES[language]) {
      const player = new Player({ language });
      player.session = { ...player.session, language };
      for (const one of ['1', '1', '1', '1']) await player.says(one);
      await player.says(text);
      expect(promptOf(player), text).toBe('story');
    }
  });
});

describe('no harm 10: what somebody seems to mean', () => {
  it('is never the contrary of what they wrote, nor one of two', () => {
    const publication = ['public-named', 'public-unnamed', 'confidential'];
    expect(perhapsMeant(lexicon, 'en', 'not confidential', publication)).toBeNull();
    expect(perhapsMeant(lexicon, 'es', 'no quiero que sea confidencial', publication)).toBeNull();
    expect(perhapsMeant(lexicon, 'en', 'initials or full name', ['full', 'initials', 'none'])).toBe('full');
    expect(perhapsMeant(lexicon, 'pt', 'público mas sem nome', publication)).toBe('public-unnamed');
  });
});

describe('no harm 7: danger does not change the language of who is in it', () => {
  it.each([
    ['to com medo eles tao na porta', 'en'],
    ['i feel in me so no', 'pt'],
  ] as const)('"%s" is not %s', (text, not) => {
    expect(guessLanguage(lexicon, text)).not.toBe(not);
  });

  it('answers in Portuguese on a Portuguese page', async () => {
    const player = new Player({ language: 'pt' });
    player.session = { ...player.session, language: 'pt' };
    await player.says('oi');
    await player.says('to com medo eles tao na porta');
    expect(player.session.language).toBe('pt');
  });
});
