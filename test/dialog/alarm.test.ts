// Danger now, and despair: answered at once wherever text is taken, kept as told, and never a choice.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { alarmIn } from '../../src/dialog/understanding/alarm.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { PROMPT_IDS, type PromptId } from '../../src/dialog/prompts/prompt-ids.ts';
import { lexicon, Player } from '../support/player.ts';

interface Line {
  readonly text: string;
  readonly expect: 'danger' | 'despair' | 'testimony';
}

/** `dev`: labelled by others; `unseen`: written before the frames were; `later`: after them, and before they were mended. */
function linesOf(language: WholeLanguage): readonly Line[] {
  return ['dev', 'unseen', 'later'].flatMap((set) =>
    readFileSync(fileURLToPath(new URL(`../fixtures/alarms/${set}.${language}.jsonl`, import.meta.url)), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
  );
}

function shareOf(lines: readonly Line[]): number {
  return lines.filter(({ text }) => alarmIn(lexicon, text) !== null).length / lines.length;
}

const DANGER: Readonly<Record<WholeLanguage, string>> = {
  en: 'they are outside my house',
  fr: 'ils sont devant chez moi',
  es: 'me están siguiendo',
  pt: 'tão na minha porta',
};
const DESPAIR: Readonly<Record<WholeLanguage, string>> = {
  en: "I can't go on",
  fr: "j'en peux plus",
  es: 'no puedo más',
  pt: 'não aguento mais viver',
};
const SUPPORT = '+00 000 0199';

describe('no harm 7: danger and despair are heard', () => {
  it.each(WHOLE_LANGUAGES)(
    'at least nine of ten (%s), and at most one in fifty sentences of testimony is interrupted',
    (l) => {
      const lines = linesOf(l);
      const alarms = lines.filter((line) => line.expect !== 'testimony');
      const testimony = lines.filter((line) => line.expect === 'testimony');
      expect(alarms.length).toBeGreaterThanOrEqual(40);
      expect(shareOf(alarms)).toBeGreaterThanOrEqual(0.9);
      expect(shareOf(testimony)).toBeLessThanOrEqual(0.02);
    },
  );

  it.each([
    ["I don't want to die", null],
    ['he said he wanted to die', null],
    ['they were outside his house that night', null],
    ['je veux pas mourir', null],
    ['no me quiero morir', null],
    ['não quero morrer', null],
    ['I CANT GOOOO ON', 'despair'],
    ['jpeux pu continuer', 'despair'],
    ['Ya no puedo mas...', 'despair'],
    ['n aguento maiss, n aguento mais', 'despair'],
    ['he was at work that day and now they are outside my house', 'danger'],
  ])('%s: %s', (text, alarm) => {
    expect(alarmIn(lexicon, text)).toBe(alarm);
  });

  it('no word to type or choice is taken for one, but "I am in danger"', () => {
    for (const language of WHOLE_LANGUAGES) {
      const { typed, choices } = lexicon.words[language];
      const { danger: _, ...others } = choices;
      for (const phrase of [typed, others].flatMap((all) => Object.values(all).flat())) {
        expect(alarmIn(lexicon, phrase), phrase).toBeNull();
      }
    }
  });
});

describe.each(WHOLE_LANGUAGES)('no harm 7: answered at once (%s)', (language) => {
  async function playerAt(...before: readonly string[]): Promise<Player> {
    const player = new Player({ language });
    for (const text of before) await player.says(text);
    return player;
  }

  it.each([DANGER[language], DESPAIR[language]])(
    '%s, in every prompt: support, and no choice, yes, name or word',
    async (text) => {
      for (const prompt of PROMPT_IDS) {
        const player = await playerAt('1', '1', '1', '1', '1');
        player.session = { ...player.session, at: { prompt }, under: [{ prompt: 'story' }] };
        const before = player.session;
        const replies = await player.says(text);
        expect(player.read(replies), prompt).toContain(SUPPORT);
        expect(
          player.effects.filter(({ kind }) => EFFECTS_THAT_BIND.has(kind)),
          prompt,
        ).toEqual([]);
        expect(player.session.ownWord, prompt).toBe(before.ownWord);
        expect(player.session.harmed, prompt).toEqual(before.harmed);
        expect(player.session.flags, prompt).toContain('in-danger');
        expect(player.erased, prompt).toBe(false);
      }
    },
  );

  it('as the very first message, at hello, and before the yes', async () => {
    const player = await playerAt();
    expect(player.read(await player.says(DESPAIR[language]))).toContain(SUPPORT);
    expect(player.session.at.prompt).toBe('hello');
    expect(player.read(await player.says(DESPAIR[language]))).toContain(SUPPORT);
    expect(player.session.at.prompt).toBe('hello');
    for (const prompt of ['safety', 'keep'] satisfies PromptId[]) {
      await player.says('1');
      expect(player.session.at.prompt).toBe(prompt);
      expect(player.read(await player.says(DESPAIR[language]))).toContain(SUPPORT);
      expect(player.session.at.prompt).toBe(prompt);
    }
    expect(player.session.kept).toBe(false);
  });

  it('in full once an hour; said again, in other words and no less, and the contacts are named each time', async () => {
    const player = await playerAt('1', '1', '1', '1', '1');
    const advice = async (text: string) => {
      const replies = (await player.says(text)).filter((reply) => /^(?:danger|despair)\./u.test(reply.text));
      expect(player.read(replies)).toContain(SUPPORT);
      return replies.map((reply) => [reply.text, player.read([reply]).length] as const);
    };
    const [[first, long] = ['', 0]] = await advice(DESPAIR[language]);
    expect(first).toBe('despair.advice');
    for (let again = 0; again < 3; again++) {
      const [[text, length] = ['', 0]] = await advice(DESPAIR[language]);
      expect(text).toBe('despair.again');
      expect(length).toBeGreaterThanOrEqual(long);
    }
    // The other kind has an answer of its own.
    expect((await advice(DANGER[language]))[0]?.[0]).toBe('danger.advice');
    expect((await advice(DANGER[language]))[0]?.[0]).toBe('danger.again');
    player.wait(61);
    expect((await advice(DESPAIR[language]))[0]?.[0]).toBe('despair.advice');
  });

  it('in a Word file that they wrote: once, however often it says so, and the file is shown as any other', async () => {
    const player = await playerAt('1', '1', '1', '1', '1');
    const text = [`Nobody told us for two days.`, DANGER[language], DANGER[language], DESPAIR[language]].join('.\n\n');
    const replies = await player.hears({ kind: 'file-read', text });
    expect(replies.filter((reply) => /^(?:danger|despair)\./u.test(reply.text))).toHaveLength(1);
    expect(player.read(replies)).toContain(SUPPORT);
    expect(replies.map((reply) => reply.text)).toContain('file.shown');
    expect(player.session.flags).toContain('in-danger');
    await player.says('1');
    expect(player.parts).toHaveLength(1);
  });

  it('while telling the words are kept as told', async () => {
    const player = await playerAt('1', '1', '1', '1', '1');
    expect(player.session.at.prompt).toBe('story');
    const replies = await player.says(DESPAIR[language]);
    expect(replies.map(({ text }) => text)).toEqual(['despair.advice', 'saved.plain']);
    expect(player.parts.map(({ text }) => text)).toEqual([DESPAIR[language]]);
  });
});

const EFFECTS_THAT_BIND: ReadonlySet<string> = new Set(['approve', 'withdraw', 'erase', 'code.make', 'part.remove']);

const FIRST = 'Carlos, Bogotá, 2019.';

/** At a list of choices, in many words: the first of despair, the second of danger. */
const AT_A_LIST: Readonly<Record<WholeLanguage, readonly [string, string]>> = {
  en: [
    'I really do not want to live anymore since they took my boy from me',
    'they are outside my house right now and they bang on the door',
  ],
  fr: [
    'je ne veux plus vivre depuis qu’ils m’ont pris mon garçon',
    'ils sont devant ma porte en ce moment et ils frappent très fort',
  ],
  es: [
    'ya no quiero vivir desde que me quitaron a mi muchacho',
    'están afuera de mi casa ahora mismo y golpean la puerta',
  ],
  pt: [
    'não quero mais viver desde que levaram o meu menino',
    'eles estão na frente da minha casa agora e batem na porta',
  ],
};

it.each(WHOLE_LANGUAGES)(
  'no harm 7: at a list of choices despair is answered, and offered only by *undo* (%s)',
  async (language) => {
    const { commands, greetings } = lexicon.words[language];
    const player = new Player({ language });
    for (const text of [greetings[0] ?? '', '1', '1', '1', '1', FIRST, commands.next[0] ?? '']) await player.says(text);
    const [despair, danger] = AT_A_LIST[language];
    expect(player.session.at.prompt).toBe('own-word');
    const said = (await player.says(despair)).map(({ text }) => text);
    expect(said.slice(0, 2)).toEqual(['despair.advice', 'doubt.left-out']);
    expect(player.session).toMatchObject({ at: { prompt: 'own-word' }, ownWord: null, doubt: null });
    await player.says(commands.undo[0] ?? '');
    expect(player.session).toMatchObject({ at: { prompt: 'doubt' }, doubt: { text: despair } });
    await player.says('1');
    expect(player.parts.map((part) => part.text)).toContain(despair);
    await player.says(danger);
    expect(player.session).toMatchObject({ at: { prompt: 'doubt' }, doubt: { text: danger } });
  },
);

it('no harm 7: "laisse tomber" is about what was just said, and no giving up', async () => {
  for (const before of ['suivant', 'Il aimait le football.']) {
    const player = new Player({ language: 'fr' });
    for (const text of ['bonjour', '1', '1', '1', '1', FIRST, before]) await player.says(text);
    const said = (await player.says('laisse tomber')).map(({ text }) => text);
    expect(said.filter((key) => key.startsWith('talk.giving-up'))).toEqual([]);
    expect((await player.says('j’abandonne')).map(({ text }) => text).join()).toContain('giving-up');
  }
});

it('no harm 7: said in a recording, it chooses nothing and is answered', async () => {
  const player = new Player({
    operator: { voice: { machine: 'here', host: '', staff: false, keepDays: 7 } },
    channel: { seenBy: 'messenger', takesFiles: true, takesVoice: true },
  });
  await player.says('hello');
  await player.hears({ kind: 'voice' });
  const note = player.lastId;
  const replies = await player.hears({ kind: 'voice-written', note, text: 'I can’t go on.', by: 'machine' });
  expect(player.read(replies)).toContain(SUPPORT);
  expect(player.session.at.prompt).toBe('hello');
});

/** Fear that is now, being watched now, and somebody who came in: said in passing, as people do. */
const PRESENT: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: [
    'i dont feel safe',
    'we dont feel safe here',
    'i have to go someone is here',
    'gotta go hes home',
    'someones here i cant talk',
    'i think someone is reading my messages',
    'he’s reading my phone',
    'he’s reading over my shoulder',
    'somebody is reading now',
    'im scared im being watched',
    'I am afraid',
    "I'm so scared",
  ],
  fr: [
    'je me sens pas en sécurité',
    'je dois y aller il y a quelqu’un',
    'quelqu’un est là je reviens',
    'y a du monde je peux pas parler',
    'j’ai peur qu’on me surveille',
    'ils lisent mes messages',
    'il lit mon téléphone',
    'quelqu’un lit là',
    'j’ai peur',
    'J’ai très peur.',
  ],
  es: [
    'me da miedo que me esten vigilando',
    'no me siento segura aqui',
    'tengo que irme hay alguien aqui',
    'hay gente aqui luego vuelvo',
    'ya llegó mi esposo me voy',
    'creo que leen mis mensajes',
    'está leyendo mi celular',
    'él está leyendo, me tengo que ir',
    'tengo miedo',
    'Tengo mucho miedo.',
    'estoy asustada',
  ],
  pt: [
    'tem gente aqui depois eu volto',
    'não me sinto segura',
    'tenho que ir tem gente aqui',
    'to com medo que estejam me vigiando',
    'chegou gente depois eu falo',
    'acho que estão lendo minhas mensagens',
    'ele tá lendo meu celular',
    'ele tá lendo, tenho que ir',
    'estou com medo',
    'tô com muito medo',
    'Tenho medo.',
  ],
};
const TOLD: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: [
    'he did not feel safe at school',
    'someone was there and saw it',
    'i have to go there every week',
    'he is home with god now',
    'they were following him for weeks',
    'I was afraid',
    'she’s reading now',
    'he is reading it now',
    'I am not afraid',
  ],
  fr: [
    "j'avais peur",
    'elle lit maintenant',
    'elle est en train de lire',
    "je n'ai pas peur",
    'mon fils avait peur de la police',
    'il y avait du monde dans la rue',
    'je dois partir au travail',
  ],
  es: [
    'no estoy segura de la fecha',
    'había alguien en la esquina',
    'hay gente que vio todo',
    'lo estaban vigilando desde hacia semanas',
    'tenía miedo',
    'ella lo está leyendo ahora',
    'ella está leyendo ahora',
    'no tengo miedo',
    'tengo miedo de que lo olviden',
  ],
  pt: [
    'eu tinha medo',
    'ela tá lendo agora',
    'ele está lendo isso',
    'não tenho medo',
    'não estou segura da data',
    'tinha gente na rua',
    'estavam vigiando ele',
    'ele está aqui no meu coração',
  ],
};

describe.each(WHOLE_LANGUAGES)('no harm 7: fear that is now, in %s', (language) => {
  it.each(PRESENT[language])('"%s" is danger', (text) => {
    expect(alarmIn(lexicon, text)).toBe('danger');
  });

  it.each(TOLD[language])('"%s" tells something', (text) => {
    expect(alarmIn(lexicon, text)).toBeNull();
  });

  it('nobody who reads what was sent is one while telling', async () => {
    const [text = ''] = TOLD[language].filter((one) =>
      /lit maintenant|reading now|está leyendo ahora|lendo agora/u.test(one),
    );
    const player = new Player({ language });
    for (const one of ['1', '1', '1', '1', '1', 'Awa', text]) await player.says(one);
    expect(player.parts.at(-1)?.text).toBe(text);
    expect(player.session.alarmedAt?.danger).toBeUndefined();
  });

  it('nothing that we say is one when it is sent back or on, but the choice itself', () => {
    const all = JSON.parse(
      readFileSync(fileURLToPath(new URL(`../../locales/${language}/bot.json`, import.meta.url)), 'utf8'),
    ) as Record<string, unknown>;
    const textsIn = (value: unknown): readonly string[] =>
      typeof value === 'string' ? [value] : Object.values(value as Record<string, unknown>).flatMap(textsIn);
    const { choices, ...others } = all;
    const { danger, ...ours } = choices as Record<string, string>;
    for (const text of textsIn([others, ours])) expect(alarmIn(lexicon, text), text).toBeNull();
    expect(alarmIn(lexicon, danger ?? '')).toBe('danger');
    expect(alarmIn(lexicon, `*1* …\n*2* …\n*3* ${danger ?? ''}\n*4* …`)).toBeNull();
    expect(alarmIn(lexicon, `3. ${danger ?? ''}`)).toBe('danger');
  });
});

it.each(['is anybody there?', 'il y a quelqu’un ?', '¿hay alguien?', 'hay gente?', 'tem alguém?', 'tem alguém aí?'])(
  'no harm 7: "%s" asks for us, and is no danger',
  (text) => {
    expect(alarmIn(lexicon, text)).toBeNull();
  },
);
