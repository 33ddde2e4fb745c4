// People who never type a number: what closes, what declines, what they seem to mean, and words that are nobody's answer.

import { describe, expect, it } from 'vitest';
import { guessLanguage } from '../../src/dialog/stages/other-language.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { wishesToHide } from '../../src/dialog/understanding/alarm.ts';
import { findingsIn } from '../../src/dialog/understanding/findings.ts';
import { isNoName } from '../../src/dialog/understanding/names/typed-name.ts';
import { isDone } from '../../src/dialog/understanding/plain-answer.ts';
import { perhapsMeant } from '../../src/dialog/understanding/recognize.ts';
import { lexicon, Player, texts } from '../support/player.ts';

const TALK: Readonly<
  Record<
    WholeLanguage,
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

async function atStory(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  player.session = { ...player.session, language };
  for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
  expect(player.session.at.prompt).toBe('story');
  return player;
}

const promptOf = ({ session }: Player) => session.at.prompt;

describe.each(WHOLE_LANGUAGES)('no harm 10: people who never type a number, in %s', (language) => {
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

const OUT: Readonly<Record<WholeLanguage, readonly string[]>> = {
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

const ROLES: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['im his mom', 'his dad', 'im her grandma', 'i was there'],
  fr: ['je suis sa grand mere', 'cest mon enfant', 'sa maman'],
  es: ['soy su mami', 'la abuelita', 'su hermanito'],
  pt: ['sou a vó dele', 'mainha', 'meu menino'],
};

const WISH: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['i dont want the police to read it', 'no', 'send it'],
  fr: ['je ne veux pas que la police lise', 'non'],
  es: ['que no lo publiquen', 'no quiero que la policia lo lea', 'no'],
  pt: ['não quero que a polícia leia', 'não', 'melhor não mostrar pra ninguém'],
};

describe.each(WHOLE_LANGUAGES)('no harm 10: a wish about who may read it, in %s', (language) => {
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

const NOT_NAMES: Readonly<Record<WholeLanguage, readonly string[]>> = {
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

describe.each(WHOLE_LANGUAGES)('no harm 3: an answer to another question is no name, in %s', (language) => {
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

describe.each(WHOLE_LANGUAGES)('no harm 8: taking back while telling, in %s', (language) => {
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

const NEXT = (language: WholeLanguage) => lexicon.words[language].commands.next[0] ?? '';
const UNDO = (language: WholeLanguage) => lexicon.words[language].commands.undo[0] ?? '';

async function atPrompt(language: WholeLanguage, prompt: string, told: readonly string[]): Promise<Player> {
  const player = await atStory(language);
  for (const text of told) await player.says(text);
  for (let step = 0; promptOf(player) !== prompt && step < 30; step++) await player.says(NEXT(language));
  expect(promptOf(player)).toBe(prompt);
  return player;
}

/** A victim whom nobody named where the name was asked for, though the text does, as people type it on a phone. */
const VICTIMS: Readonly<Record<WholeLanguage, readonly (readonly [told: string, name: string])[]>> = {
  en: [
    ['my brother marcus johnson went out for milk. they shot marcus johnson at the corner', 'marcus johnson'],
    ['his name was tavion and he never came home', 'tavion'],
    ['My son Davi Example was nineteen.', 'Davi Example'],
  ],
  fr: [
    ['mon fils mamadou diallo est sorti. mamadou diallo avait un telephone a la main', 'mamadou diallo'],
    ["il s'appelait kylian et il rentrait du sport", 'kylian'],
    ['Mon fils Davi Exemple avait dix-neuf ans.', 'Davi Exemple'],
  ],
  es: [
    ['mi hijo kevin lopez salio por leche. a kevin lopez lo golpearon ocho policias', 'kevin lopez'],
    ['se llamaba yostin y era el menor', 'yostin'],
    ['Mi hijo Davi Ejemplo tenía diecinueve años.', 'Davi Ejemplo'],
  ],
  pt: [
    ['meu filho kaua silva saiu pra comprar pao. bateram no kaua silva ate ele cair', 'kaua silva'],
    ['o nome dele era uesley e ele so tinha 15', 'uesley'],
    ['Meu filho Davi Exemplo tinha dezenove anos.', 'Davi Exemplo'],
  ],
};

const NO_VICTIMS: Readonly<Record<WholeLanguage, string>> = {
  en: 'my son was walking home. my son was alone. he was called a thief, and they named nobody. he may have run.',
  fr: "mon fils s'est marié en mai. mon fils aîné est mort, il était juste devant. on l'a traité de voleur.",
  es: 'mi hijo menor lloraba. mi hijo menor no duerme. la marina llego. que sean castigados. ella dijo que fue en san pedro.',
  pt: 'meu filho estava na rua. meu filho estava com um chico. a marinha chegou e foi no san pedro.',
};

describe.each(WHOLE_LANGUAGES)('no harm 3: names that stand in the text though none was chosen, in %s', (language) => {
  it('are said at the read-back and where it is asked who may read it, and can be hidden from there', async () => {
    for (const [told, name] of VICTIMS[language]) {
      const player = await atPrompt(language, 'harmed-form', [told]);
      for (const text of ['3', lexicon.words[language].commands.skip[0] ?? '']) await player.says(text);
      expect(promptOf(player), told).toBe('author-form');
      const shown = await player.says(NEXT(language));
      expect(shown).toContainEqual(
        expect.objectContaining({ text: 'names-found.unnamed', params: { text: name }, commands: ['hide'] }),
      );
      await player.says('3');
      const asked = await player.says('1');
      expect(asked.map(({ text }) => text)).toContain('names-found.unnamed');
      expect(promptOf(player)).toBe('publication');
      await player.says(lexicon.words[language].commands.hide[0] ?? '');
      expect(promptOf(player)).toBe('others');
      await player.says('1');
      expect(player.session.withheld).toEqual([name]);
      const again = await player.says(NEXT(language));
      expect(promptOf(player)).toBe('publication');
      expect(again.map(({ text }) => text)).not.toContain('names-found.unnamed');
      await player.says(UNDO(language));
      expect(player.session.withheld).toEqual([]);
    }
  });

  it('are none where nobody is named', () => {
    expect(findingsIn(lexicon, [NO_VICTIMS[language]]).filter(({ kind }) => kind === 'person')).toEqual([]);
  });

  it('are found by the names that were written where one was asked for', () => {
    const found = findingsIn(lexicon, ['rosalba ixmatlahua'], ['Beto Ixmatlahua']);
    expect(found.map(({ text }) => text)).toEqual(['rosalba ixmatlahua']);
  });

  it('are hidden with an undo, which asks again who may read it', async () => {
    const player = await atPrompt(language, 'publication', [VICTIMS[language][0]?.[0] ?? '']);
    await player.says('2');
    expect(promptOf(player)).toBe('names-found');
    const said = await player.says('1');
    expect(said[0]).toMatchObject({ text: 'others.done', commands: ['undo'] });
    expect(player.session).toMatchObject({ publication: 'public-unnamed', withheld: [VICTIMS[language][0]?.[1]] });
    await player.says(UNDO(language));
    expect(player.session).toMatchObject({ publication: null, withheld: [] });
  });
});

const HIDE: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: [
    'the detectives name should not be there',
    'please hide my cousins name',
    'dont put my brothers name',
    'leave his name out',
  ],
  fr: [
    'je veux pas que le nom de ma voisine apparaisse',
    'ne mettez pas son nom',
    'cachez le nom du témoin svp',
    'mettez pas mon nom',
  ],
  es: [
    'quiero que no salga el nombre de mi comadre',
    'no pongas el nombre de mi primo beto',
    'oculte el nombre de mi hermana',
    'que no aparezca mi apellido',
  ],
  pt: [
    'não quero que apareça o nome do meu vizinho',
    'tira o nome dele por favor',
    'não coloca o nome da minha tia',
    'esconda o nome do policial',
  ],
};

const NO_HIDING = [
  'they did not put his name in the report',
  'they never said his name',
  'ils ne nous ont pas donné son nom',
  'no me dieron el nombre del policia',
  'nadie nos dijo su nombre',
  'não sabem o nome dele',
];

const SEVERAL: Readonly<Record<WholeLanguage, { readonly told: string; readonly typed: string }>> = {
  en: { told: 'my cousin Abigail saw it, later Benedict Obi came too', typed: 'abigail and BENEDICT OBI' },
  fr: { told: 'ma cousine Amina a vu, puis Benoit Diallo est venu', typed: 'amina et BENOIT DIALLO' },
  es: { told: 'mi prima Jimena lo vio, luego vino Benito Paz', typed: 'jimena y BENITO PAZ' },
  pt: { told: 'minha prima Jucilene viu, depois veio Benedito Souza', typed: 'jucilene, BENEDITO SOUZA' },
};

type Order = (one: string, other: string) => string;
const ORDERS: Readonly<Record<WholeLanguage, readonly Order[]>> = {
  en: [(one, other) => `hide ${one} and ${other}`, (one, other) => `please hide the names of ${one} and ${other}`],
  fr: [(one, other) => `cache ${one} et ${other}`, (one, other) => `faut cacher les noms de ${one} et ${other}`],
  es: [(one, other) => `oculta ${one} y ${other}`, (one, other) => `quiero ocultar los nombres de ${one} y ${other}`],
  pt: [(one, other) => `oculta ${one} e ${other}`, (one, other) => `quero esconder os nomes de ${one} e ${other}`],
};

const BY_NUMBER: Readonly<
  Record<WholeLanguage, { readonly both: readonly string[]; readonly one: readonly string[] }>
> = {
  en: { both: ['hide 1 and 2', 'both', 'yes both', 'hide all of them'], one: ['please hide number 1', 'hide 1'] },
  fr: { both: ['cache le 1 et le 2', 'oui les deux', 'cachez tout'], one: ['enlevez le numéro 1 svp', 'cache le 1'] },
  es: { both: ['quita el 1 y el 2', 'si las dos', 'los dos', 'oculta todo'], one: ['oculte el número 1 por favor'] },
  pt: { both: ['tira o 1 e o 2', 'sim as duas', 'esconde tudo'], one: ['esconde o número 1 por favor', 'tira o 1'] },
};
const SHOWS: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['keep 1', "don't hide 1", 'show 1'],
  fr: ['gardez le 1', 'ne cachez pas le 1', 'montrez le 1'],
  es: ['el 1 se queda', 'no oculte el 1', 'muestre el 1'],
  pt: ['o 1 fica', 'não esconde o 1', 'mostra o 1'],
};

describe.each(WHOLE_LANGUAGES)('no harm 3: names typed out to be hidden, in %s', (language) => {
  it('may be ordered by their numbers, or together; an order never shows a hidden one', async () => {
    const { told } = SEVERAL[language];
    for (const text of BY_NUMBER[language].both) {
      const player = await atPrompt(language, 'others', [told]);
      await player.says(text);
      expect(player.session.withheld, text).toHaveLength(2);
      await player.says(text);
      expect(player.session.withheld, text).toHaveLength(2);
    }
    for (const text of BY_NUMBER[language].one) {
      const player = await atPrompt(language, 'others', [told]);
      await player.says(text);
      expect(player.session.withheld, text).toHaveLength(1);
    }
    for (const text of SHOWS[language]) {
      const player = await atPrompt(language, 'others', [told]);
      await player.says(text);
      expect(player.session.withheld, text).toEqual([]);
    }
  });

  it('are those of the list, each by itself, however they are written', async () => {
    const { told, typed } = SEVERAL[language];
    const player = await atPrompt(language, 'others', [told]);
    const named = findingsIn(lexicon, [told]).map(({ text }) => text);
    expect(named).toHaveLength(2);
    await player.says(typed);
    expect(player.session.withheld.toSorted()).toEqual(named.toSorted());
    expect(promptOf(player)).toBe('others');
  });

  it('stay hidden when they are typed again, alone, together or with "all": only their number shows them', async () => {
    const { told, typed } = SEVERAL[language];
    const [first = ''] = typed.split(/,| /u);
    for (const text of [typed, first, first.toUpperCase(), lexicon.words[language].asides.all[0] ?? '']) {
      const player = await atPrompt(language, 'others', [told]);
      await player.says(typed);
      const hidden = player.session.withheld;
      expect(hidden).toHaveLength(2);
      const said = (await player.says(text)).map((reply) => reply.text);
      expect(said, text).toContain('others.already');
      expect(said, text).not.toContain('others.shown-again');
      expect(player.session.withheld, text).toEqual(hidden);
      expect((await player.says('1')).map((reply) => reply.text)).toContain('others.shown-again');
      expect(player.session.withheld).toHaveLength(1);
    }
  });

  it('are each looked for, and what is nowhere is said by name', async () => {
    const { told, typed } = SEVERAL[language];
    const [first = ''] = typed.split(/,| /u);
    for (const text of [`${first}, Xyzzy`, `Xyzzy & ${first}`, ...ORDERS[language].map((one) => one(first, 'Xyzzy'))]) {
      const player = await atPrompt(language, 'others', [told]);
      const said = await player.says(text);
      expect(said, text).toContainEqual(
        expect.objectContaining({ text: 'others.not-found-these', params: { text: 'Xyzzy' } }),
      );
      expect(
        player.session.withheld.map((one) => one.toLowerCase()),
        text,
      ).toEqual([first.toLowerCase()]);
      expect(promptOf(player), text).toBe('others');
    }
  });

  it('are not asked about again, with none left, on the way back', async () => {
    const player = await atPrompt(language, 'publication', [SEVERAL[language].told]);
    await player.says('2');
    expect(promptOf(player)).toBe('names-found');
    await player.says('1');
    expect(promptOf(player)).toBe('send');
    await player.says(lexicon.words[language].commands.back[0] ?? '');
    expect(promptOf(player)).toBe('publication');
  });
});

/** One name is said back and withheld by itself (plain-orders.test.ts). */
const namesOne = (text: string) => findingsIn(lexicon, [text]).length === 1;

describe.each(WHOLE_LANGUAGES)('no harm 3: a wish to hide a name, in %s', (language) => {
  it('joins no story: it leads to the names, at every step, and *undo* asks about it', async () => {
    for (const prompt of ['topics', 'others', 'harmed-form', 'read-back', 'publication']) {
      for (const text of HIDE[language]) {
        const player = await atPrompt(language, prompt, [TALK[language].told]);
        const said = await player.says(text);
        expect(player.session.counts['story']?.parts, text).toBe(1);
        if (namesOne(text) && prompt !== 'others') {
          expect(said[0]?.text, text).toBe('doubt.hide-name');
          continue;
        }
        expect(player.session.doubt, text).toBeNull();
        if (prompt === 'harmed-form') expect(said[0]?.text, text).toBe('choice.perhaps');
        else expect(promptOf(player), text).toBe('others');
      }
    }
    const player = await atPrompt(language, 'topics', [TALK[language].told]);
    const wish = HIDE[language].find((text) => !namesOne(text)) ?? '';
    await player.says(wish);
    await player.says(UNDO(language));
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: wish });
  });

  it('is asked about where something is told, and part of it only where its author says so', async () => {
    for (const text of HIDE[language]) {
      const player = await atStory(language);
      await player.says(TALK[language].told);
      await player.says(text);
      expect(player.session.doubt, text).toMatchObject({ kind: 'command', command: 'hide' });
      await player.says('1');
      expect(promptOf(player), text).toBe(namesOne(text) ? 'story' : 'others');
      expect(player.session.counts['story']?.parts).toBe(1);
      if (promptOf(player) === 'others') await player.says(NEXT(language));
      expect(promptOf(player), text).toBe('story');
      await player.says(text);
      await player.says('2');
      expect(player.session.counts['story']?.parts).toBe(2);
    }
  });

  it('is answered before the yes, and holds a mail that waits', async () => {
    const early = new Player({ language });
    early.session = { ...early.session, language };
    await early.says('1');
    expect((await early.says(HIDE[language][0] ?? ''))[0]?.text).toBe('hide.early');
    expect(early.session.held.parts).toBe(0);
    const player = await atPrompt(language, 'publication', [TALK[language].told]);
    for (const text of ['3', lexicon.words[language].typed.send[0] ?? '']) await player.says(text);
    expect(promptOf(player)).toBe('write-back');
    await player.says(HIDE[language][0] ?? '');
    expect(promptOf(player)).toBe('hold');
  });

  it('shows nothing to who does not know the word of one’s own', async () => {
    const player = await atPrompt(language, 'topics', [TALK[language].told]);
    player.session = { ...player.session, ownWord: 'fingerprint of luna', unlockedAt: null };
    await player.says(lexicon.words[language].commands.hide[0] ?? '');
    expect(promptOf(player)).toBe('locked');
    await player.says('luna');
    expect(promptOf(player)).toBe('others');
  });
});

it('no harm 3: a name of which a wish speaks can be hidden before it is written', async () => {
  const player = await atStory('es');
  for (const text of [TALK.es.told, 'no pongas el nombre de mi primo beto', '1']) await player.says(text);
  expect(player.session.withheld).toEqual(['beto']);
});

it.each(NO_HIDING)('no harm 3: "%s" tells something', (text) => {
  expect(wishesToHide(lexicon, text)).toBe(false);
});

const WANTED: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['send it', 'go on please', 'thats all thank you', 'stop it', 'ok send it now'],
  fr: ['envoyez', 'continuez svp', 'cest tout', 'arrêtez', 'ok envoyez-le'],
  es: ['mandelo', 'siga por favor', 'eso seria todo gracias', 'pare', 'si mandelo ya'],
  pt: ['manda logo', 'pode continuar', 'só isso mesmo', 'pare', 'sim pode mandar'],
};

describe.each(WHOLE_LANGUAGES)(
  'no harm 3: what is wanted of us is no name and no word of one’s own, in %s',
  (language) => {
    it('asks for the name again', async () => {
      for (const text of WANTED[language]) {
        const player = await atPrompt(language, 'harmed-form', [TALK[language].told]);
        await player.says('3');
        await player.says(text);
        expect(player.session.naming, text).toBeUndefined();
        expect(player.session.harmed.name, text).toBeUndefined();
      }
    });
  },
);

const ALL_BACK: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['i want to take it all back', 'can you delete it all', 'i want to delete everything i wrote'],
  fr: ['je veux tout retirer', 'je voudrais tout effacer', 'supprimez tout svp'],
  es: ['quisiera borrarlo todo', 'quiero retirar mi testimonio', 'borre todo por favor'],
  pt: ['quero apagar', 'quero retirar meu depoimento', 'quero apagar tudo que escrevi'],
};

describe.each(WHOLE_LANGUAGES)('no harm 8: all of it back before anything was sent, in %s', (language) => {
  it('asks whether to delete, deletes nothing, and is no part of the story', async () => {
    for (const text of ALL_BACK[language]) {
      for (const prompt of ['story', 'topics', 'read-back']) {
        const player = await atPrompt(language, prompt, prompt === 'story' ? [] : [TALK[language].told]);
        if (prompt === 'story') await player.says(TALK[language].told);
        await player.says(text);
        expect(player.session.doubt, `${prompt}: ${text}`).toMatchObject({ kind: 'command', command: 'delete' });
        await player.says('1');
        expect(promptOf(player)).toBe('erase');
        expect(player.erased).toBe(false);
        await player.says(lexicon.words[language].commands.back[0] ?? '');
        expect(promptOf(player)).toBe(prompt);
        expect(player.session.counts['story']?.parts).toBe(1);
      }
    }
  });
});

describe.each(WHOLE_LANGUAGES)('no harm 10: words in doubt, in %s', (language) => {
  it.each(['next', 'done'])('%s agrees to nothing, and what is added can be taken back', async (how) => {
    const player = await atPrompt(language, 'topics', [TALK[language].told]);
    await player.says(TALK[language].stray);
    const word = how === 'next' ? NEXT(language) : (TALK[language].done[0] ?? '');
    const asked = await player.says(word);
    expect(asked[0]?.text).toBe('doubt.first');
    expect(promptOf(player)).toBe('doubt');
    expect(player.session.counts['story']?.parts).toBe(1);
    expect((await player.says(word))[0]).toMatchObject({ text: 'doubt.left-out', commands: ['undo'] });
    await player.says(UNDO(language));
    expect(promptOf(player)).toBe('doubt');
    await player.says('1');
    expect(player.session.counts['story']?.parts).toBe(2);
    await player.says(UNDO(language));
    expect(player.session.counts['story']?.parts).toBe(1);
  });

  it('what was written before the yes is shown before it is used', async () => {
    const player = new Player({ language });
    player.session = { ...player.session, language };
    for (const text of [TALK[language].told, '1', '1', '1']) await player.says(text);
    const shown = await player.says('1');
    expect(shown.at(-1)).toMatchObject({ text: 'held.ask-shown', params: { text: TALK[language].told } });
    expect(texts.translate(language, { key: 'held.ask-shown', params: { words: 3, text: 'a b c' } }, '')).toContain(
      'a b c',
    );
  });
});

const CHILD: Readonly<Record<WholeLanguage, string>> = {
  en: 'my son was 16 years old',
  fr: 'mon fils avait 16 ans',
  es: 'mi hijo tenía 16 años',
  pt: 'meu filho tinha 16 anos',
};
const YES: Readonly<Record<WholeLanguage, string>> = { en: 'yes', fr: 'oui', es: 'sí', pt: 'sim' };

describe.each(WHOLE_LANGUAGES)('no harm 1: a yes after talk of an age, in %s', (language) => {
  it.each(['at the question', 'long before it'])('%s: it is asked whether the writer is of age', async (when) => {
    const player = new Player({ language });
    player.session = { ...player.session, language };
    const early = when === 'long before it';
    const words = early ? [CHILD[language], '1', '1'] : ['1', '1', '1', CHILD[language]];
    for (const text of words) await player.says(text);
    expect(promptOf(player)).toBe('keep');
    expect((await player.says(YES[language])).at(-1)?.text).toBe('keep.age');
    expect(player.session).toMatchObject({ kept: false, adult: false });
    await player.says(YES[language]);
    expect(promptOf(player)).toBe('keep-yes');
    await player.says(YES[language]);
    expect(player.session).toMatchObject({ kept: true, adult: true });
  });

  it('the number says both at once', async () => {
    const player = new Player({ language });
    player.session = { ...player.session, language };
    for (const text of ['1', '1', '1', CHILD[language], '1']) await player.says(text);
    expect(player.session).toMatchObject({ kept: true, adult: true });
  });
});
