// After SEND, while the text can still be taken back: whatever sounds like taking back, and whatever is not clearly something
// else, holds the mail first and asks then.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { takesBack } from '../../src/dialog/understanding/alarm.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player, texts, type PlayerOptions } from '../support/player.ts';

const SENT = ['1', '1', '1', '1', '1', 'It was in May. Nobody told us.'];

/** The SEND question as it is shown, and its person there. */
async function atSend(language: WholeLanguage, options: PlayerOptions = {}) {
  const player = new Player({ language, ...options });
  for (const text of SENT) await player.says(text);
  const { commands } = lexicon.words[language];
  const next = commands.next[0] ?? '';
  for (let step = 0; player.session.at.prompt !== 'publication' && step < 30; step++) {
    await player.says(player.session.at.prompt === 'read-back' ? '4' : next);
  }
  let asked = await player.says('3');
  if (player.session.at.prompt === 'if-unreachable') asked = await player.says('1');
  expect(player.session.at.prompt).toBe('send');
  return { player, asked: player.read(asked) };
}

/** At *after*, inside the window. */
async function sent(language: WholeLanguage, options: PlayerOptions = {}, until: 'write-back' | 'after' = 'after') {
  const { player } = await atSend(language, options);
  await player.says(lexicon.words[language].typed.send[0] ?? '');
  if (until === 'after') await player.says('1');
  expect(player.session.at.prompt).toBe(until);
  return player;
}

/** What the question says of *stop*, without a window and before anybody has released it. */
const NO_WINDOW: Readonly<Record<WholeLanguage, Readonly<Record<'person' | 'staff', string>>>> = {
  en: { person: 'leaves at once', staff: 'as long as nobody has released it' },
  fr: { person: 'part tout de suite', staff: 'tant que personne n’a donné son accord' },
  es: { person: 'sale enseguida', staff: 'mientras nadie dé su visto bueno' },
  pt: { person: 'sai na hora', staff: 'enquanto ninguém liberar' },
};

describe.each(WHOLE_LANGUAGES)('the SEND question in %s', (language) => {
  it.each(['person', 'staff'] as const)('promises no minutes if there are none, released by: %s', async (release) => {
    const operator = { windowMinutes: 0, release, desk: release === 'staff' };
    const { player, asked } = await atSend(language, { operator });
    expect(asked).toContain(NO_WINDOW[language][release]);
    expect(asked).not.toMatch(/\b0 min/u);
    const said = await player.says(lexicon.words[language].typed.send[0] ?? '');
    expect(said.map(({ text }) => text)).toContain(release === 'person' ? 'sent.at-once' : 'unreachable.waiting');
    expect(player.read(said)).not.toMatch(/\d min/u);
  });

  it('tells the minutes of the window', async () => {
    const { player, asked } = await atSend(language, { operator: { windowMinutes: 12 } });
    expect(asked).toMatch(/\b12 min/u);
    expect(player.read(await player.says(lexicon.words[language].typed.send[0] ?? ''))).toMatch(/\b12 min/u);
  });
});

const DOUBTS: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: [
    'i changed my mind do not send it',
    'i want to take it all back please',
    'wait',
    'no!',
    'no no dont let it go out please i changed my mind',
    'hmm I am not so sure about this',
    'my sister should read it first',
    'is that really right?',
  ],
  es: [
    'espera',
    'no lo mande todavía',
    'espere espere no deje que se vaya, deténgalo',
    'me arrepentí',
    'quiero pensarlo mejor',
    '¡no!',
    'mi mamá dice que mejor no',
  ],
  fr: [
    'attendez',
    'non non ne le faites pas partir finalement',
    'j’ai changé d’avis',
    'je veux tout reprendre',
    'non !',
    'je sais plus trop',
  ],
  pt: [
    'quero pensar mais',
    'ai meu deus não deixa sair não, segura esse texto',
    'espera aí',
    'não manda ainda',
    'mudei de ideia',
    'não!',
    'minha irmã quer ler antes',
  ],
};

/** In words that no frame has. */
const HEARD: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: [
    'i dont want to do this any more please cancel my thing',
    'can u get rid of all i gave you',
    'is it too late to pull it out',
  ],
  fr: [
    'je veux plus faire ça annulez mon truc svp',
    "vous pouvez enlever tout ce que j'ai donné",
    "c'est trop tard pour le retirer ?",
  ],
  es: [
    'ya no quiero seguir con esto cancele lo mío por favor',
    'pueden quitar todo lo que les di',
    '¿ya es tarde para retirarlo?',
  ],
  pt: [
    'não quero mais fazer isso cancela o meu por favor',
    'vocês podem tirar tudo o que eu dei',
    'já é tarde pra tirar?',
  ],
};

const ASKED: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['what happens to it after this?', 'does it cost me anything?'],
  fr: ['et maintenant il se passe quoi avec mon texte ?', 'est-ce que ça va donner un résultat ?'],
  es: ['¿y ahora qué pasa con mi texto?', '¿esto va a dar algún resultado?'],
  pt: ['e agora o que acontece com o meu texto?', 'isso vai dar algum resultado?'],
};

const held = (player: Player) => player.effects.filter(({ kind }) => kind === 'doubt-mail');

describe.each(WHOLE_LANGUAGES)('no harm 8: doubt in the window (%s)', (language) => {
  it.each(DOUBTS[language])('"%s" holds the mail, and asks', async (text) => {
    for (const until of ['write-back', 'after'] as const) {
      const player = await sent(language, {}, until);
      await player.says(text);
      expect(held(player)).toEqual([{ kind: 'doubt-mail', reference: 'GR-TEST1' }]);
      expect(player.session).toMatchObject({
        at: { prompt: 'hold' },
        flags: expect.arrayContaining(['doubts']) as string[],
      });
      expect(player.session.mails[0]).toMatchObject({ outcome: 'waiting', doubted: true });
    }
  });

  it('other words for it hold the mail as well, also while another text is told', async () => {
    for (const text of HEARD[language]) {
      for (const until of ['write-back', 'after'] as const) {
        const player = await sent(language, {}, until);
        await player.says(text);
        expect(held(player), text).toEqual([{ kind: 'doubt-mail', reference: 'GR-TEST1' }]);
        expect(player.session.at.prompt, text).toBe('hold');
      }
    }
    const player = await sent(language);
    player.session = { ...player.session, at: { prompt: 'story' }, under: [] };
    await player.says(HEARD[language][0] ?? '');
    expect(held(player)).toHaveLength(1);
  });

  it('what is held can be changed first: it is open again, and is read back before another SEND', async () => {
    const { choices, commands } = lexicon.words[language];
    for (const text of ['3', choices['hold-change']?.[1] ?? '']) {
      const player = await sent(language);
      await player.says(DOUBTS[language][0] ?? '');
      expect(player.session.at.prompt).toBe('hold');
      const said = await player.says(text);
      expect(said.map((reply) => reply.text)).toContain('stop.cancelled');
      expect(player.session).toMatchObject({ at: { prompt: 'review' }, under: [{ prompt: 'read-back' }], mails: [] });
      await player.says(commands.next[0] ?? '');
      expect(player.session.at.prompt).toBe('read-back');
    }
  });

  it('a plain question is answered, and holds nothing', async () => {
    for (const text of ASKED[language]) {
      const player = await sent(language);
      const [answer] = await player.says(text);
      expect(held(player), text).toEqual([]);
      expect(answer?.text, text).toMatch(/^questions\./u);
    }
  });

  it('a choice, a thank-you, a greeting and a question of everybody hold nothing', async () => {
    const { greetings } = lexicon.words[language];
    const thanks = { en: 'thank you so much', es: 'muchas gracias', fr: 'merci beaucoup', pt: 'muito obrigada' }[
      language
    ];
    for (const text of ['1', '👍', thanks, greetings[0] ?? '']) {
      const player = await sent(language);
      await player.says(text);
      expect(held(player), text).toEqual([]);
    }
  });

  it('says at SEND how not to send, and how to stop it afterwards', async () => {
    const player = await sent(language, {}, 'write-back');
    await player.says(lexicon.words[language].commands.stop[0] ?? '');
    const { commands } = lexicon.words[language];
    player.session = { ...player.session, at: { prompt: 'send' } };
    const read = player.read(await player.says(commands.repeat[0] ?? ''));
    for (const word of [commands.pause[0], commands.review[0], commands.stop[0]])
      expect(read).toContain(`*${word ?? ''}*`);
  });
});

describe('no harm 8: a mail that is held', () => {
  it('stays held whatever is said, until its person has chosen', async () => {
    const player = await sent('en');
    await player.says('wait');
    player.wait(60 * 24);
    for (const text of ['I do not know', 'yes', 'thanks', 'help', 'back', 'pause', 'hello']) {
      await player.says(text);
      expect(player.session.mails[0], text).toMatchObject({ doubted: true });
    }
    expect(player.session.at.prompt).toBe('hold');
    expect(player.effects.some(({ kind }) => kind === 'resume-mail')).toBe(false);
  });

  it('is taken back by the first choice, by *stop*, and also long after the window', async () => {
    for (const text of ['1', 'stop', 'do not send it']) {
      const player = await sent('en');
      await player.says('wait');
      player.wait(60);
      expect(player.read(await player.says(text)), text).toContain('doesn’t leave');
      expect(player.session.mails).toEqual([]);
      expect(player.session).toMatchObject({
        at: { prompt: 'stopped' },
        flags: expect.not.arrayContaining(['doubts']) as string[],
      });
    }
  });

  it('is sent after all by the second choice, after a new window', async () => {
    const player = await sent('en');
    await player.says('wait');
    player.wait(60);
    const read = player.read(await player.says('2'));
    expect(read).toContain('GR-TEST1');
    const [mail] = player.session.mails;
    expect(mail).not.toHaveProperty('doubted');
    expect(Date.parse(mail?.leavesAt ?? '')).toBe(player.clock + 10 * 60_000);
    expect(player.effects.filter(({ kind }) => kind === 'resume-mail')).toEqual([
      { kind: 'resume-mail', reference: 'GR-TEST1', notBefore: mail?.leavesAt },
    ]);
    expect(player.session.at.prompt).toBe('after');
  });

  it.each(['pause', 'delete', 'back', 'withdraw'])('*%s* in the window holds it meanwhile', async (word) => {
    const player = await sent('en');
    await player.says(word);
    expect(held(player)).toHaveLength(1);
    await player.says('back');
    expect(player.session.at.prompt).toBe('hold');
  });

  it('where it has left already nothing is promised', async () => {
    const player = await sent('en');
    player.mailLeft = true;
    const read = player.read(await player.says('wait, do not send it'));
    expect(held(player)).toEqual([]);
    expect(read).toContain('on its way out');
  });

  it('is held from within the next text, whose testimony is testimony', async () => {
    const player = await sent('en');
    await player.says('6');
    for (const text of ['1', '1']) await player.says(text);
    expect(player.session.at.prompt).toBe('story');
    await player.says('They told us to wait outside the station for the whole of that night, and we did.');
    expect(held(player)).toEqual([]);
    await player.says('please do not send the first one, I changed my mind');
    expect(held(player)).toHaveLength(1);
    expect(player.session.at.prompt).toBe('hold');
    await player.says('1');
    expect(player.session).toMatchObject({ at: { prompt: 'story' }, mails: [] });
  });

  it('is held while staff read it, too', async () => {
    const reviewed = await sent('en', { operator: { release: 'staff', desk: true } });
    await reviewed.says('wait please');
    expect(held(reviewed)).toHaveLength(1);
    await reviewed.says('2');
    expect(reviewed.session.mails[0]).toMatchObject({ review: 'waiting' });
  });
});

describe('no harm 8: fifty ways to take it back, and fifty harmless sentences', () => {
  const linesOf = (language: WholeLanguage) =>
    readFileSync(fileURLToPath(new URL(`../fixtures/doubts/${language}.jsonl`, import.meta.url)), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly text: string; readonly expect: 'back' | 'other' });

  it.each(WHOLE_LANGUAGES)(
    'nineteen of twenty are known wherever they are said, and at most one in twenty too many (%s)',
    (l) => {
      const lines = linesOf(l);
      const share = (kind: string) => {
        const these = lines.filter((line) => line.expect === kind);
        expect(these.length).toBeGreaterThanOrEqual(50);
        return these.filter(({ text }) => takesBack(lexicon, text)).length / these.length;
      };
      expect(share('back')).toBeGreaterThanOrEqual(0.95);
      expect(share('other')).toBeLessThanOrEqual(0.05);
    },
  );

  it.each(WHOLE_LANGUAGES)(
    'where nothing else is asked every one of them holds the mail at once (%s)',
    async (language) => {
      const player = await sent(language);
      const { session, clock } = player;
      for (const { text } of linesOf(language).filter((line) => line.expect === 'back')) {
        player.session = session;
        player.clock = clock;
        const replies = await player.says(text);
        // Some say it with a word that always stops.
        const isHeld = player.session.at.prompt === 'hold' || player.session.mails.length === 0;
        expect(isHeld, text).toBe(true);
        if (player.session.at.prompt !== 'hold') continue;
        const read = player.read(replies);
        for (const choice of ['hold-stop', 'hold-send']) {
          expect(read, text).toContain(texts.translate(language, { key: `choices.${choice}` }, ''));
        }
      }
    },
  );
});

const WITHDRAWALS: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['withdraw it', 'I want to withdraw it'],
  fr: ['retirez-le', 'je veux le retirer'],
  es: ['quiero retirarlo', 'retirar'],
  pt: ['quero retirar', 'não quero mais'],
};

describe.each(WHOLE_LANGUAGES)('no harm 8: to withdraw what is held is not to erase it, in %s', (language) => {
  it.each(WITHDRAWALS[language])('%s', async (text) => {
    const player = await sent(language);
    await player.says(DOUBTS[language][0] ?? '');
    expect(player.session.at.prompt).toBe('hold');
    await player.says(text);
    expect(player.session.mails).toEqual([]);
    expect(player.parts).not.toEqual([]);
  });
});

describe('no harm 8: what is told is not taken for it', () => {
  it.each([
    'They told us to wait',
    'he said stop and they did not stop',
    'esperamos tres horas en la puerta',
    'la policía no mandó a nadie',
    'o delegado não mandou ninguém',
  ])('%s', (text) => {
    expect(takesBack(lexicon, text)).toBe(false);
  });
});

describe('no harm 8: doubt in other ways than a message', () => {
  const voice = { machine: 'here', host: '', staff: false, keepDays: 7 } as const;
  const channel = { seenBy: 'messenger', takesFiles: true, takesVoice: true } as const;

  it('a change or a deletion of what was approved holds it', async () => {
    for (const body of [
      { kind: 'edit', target: 'm6', text: 'It was in June.' },
      { kind: 'deletion', target: 'm6' },
      { kind: 'edit', target: 'm1', text: 'do not send it' },
    ] as const) {
      const player = await sent('en');
      await player.hears(body);
      expect(held(player)).toHaveLength(1);
      expect(player.session.at.prompt).toBe('hold');
    }
  });

  it('a recording that says so holds it; one that nobody can listen to now does, too', async () => {
    const player = await sent('en', { operator: { voice }, channel });
    await player.hears({ kind: 'voice' });
    await player.hears({
      kind: 'voice-written',
      note: player.lastId,
      text: 'Wait, please do not send it.',
      by: 'machine',
    });
    expect(player.session.at.prompt).toBe('hold');
    const other = await sent('en', { operator: { voice: { ...voice, machine: 'none', staff: true } }, channel });
    await other.hears({ kind: 'voice' });
    expect(held(other)).toHaveLength(1);
  });

  it('*stop*, spoken, holds it while it is said back', async () => {
    const player = await sent('en', { operator: { voice }, channel });
    await player.hears({ kind: 'voice' });
    await player.hears({ kind: 'voice-written', note: player.lastId, text: 'Stop.', by: 'machine' });
    expect(held(player)).toHaveLength(1);
  });
});

describe('no harm 8: an organiser’s doubt about somebody else’s text', () => {
  const ABOUT_ANA: Readonly<Record<WholeLanguage, string>> = {
    en: "I changed my mind about Ana's text",
    fr: 'j’ai changé d’avis pour le texte d’Ana',
    es: 'cambié de idea sobre el texto de Ana',
    pt: 'mudei de ideia sobre o texto da Ana',
  };

  /** In Bea's text; `ana` and `carla` are put away. */
  function organiser(language: WholeLanguage, waiting: Readonly<Record<string, boolean>>): Player {
    const player = new Player({ language });
    const of = (label: string, number: number): Player['session'] => ({
      ...player.session,
      ...{ version: 3, kept: true, adult: true, role: 'organisation', at: { prompt: 'story' }, gathers: 'case' },
      ...{ case: `case-${label}`, contribution: `contribution-${label}`, reference: `GR-${label}` },
      teller: { number, label, since: '2026-11-01T12:00:00.000Z' },
      mails:
        waiting[label] === undefined
          ? []
          : [
              {
                ...{ reference: `GR-${label}`, mail: 'submission', case: `case-${label}` },
                leavesAt: `2026-11-23T12:0${5 + number}:00.000Z`,
                outcome: waiting[label] ? 'waiting' : 'accepted',
              },
            ],
    });
    player.session = of('Bea', 2);
    player.putAway = [of('Ana', 1), of('Carla', 3)].map((session) => ({
      key: session.teller?.label ?? '',
      session,
      parts: [],
    }));
    return player;
  }

  it.each(WHOLE_LANGUAGES)(
    'holds the text of whom they name, and no other, wherever they are (%s)',
    async (language) => {
      for (const waiting of [{ Ana: true, Carla: true }, { Ana: true, Bea: true }, { Ana: true }]) {
        const player = organiser(language, waiting);
        await player.says(ABOUT_ANA[language]);
        expect(held(player)).toEqual([{ kind: 'doubt-mail', reference: 'GR-Ana' }]);
        expect(player.session).toMatchObject({ at: { prompt: 'hold' }, teller: { label: 'Ana' } });
        expect(player.effects.some(({ kind }) => kind === 'part.add')).toBe(false);
      }
    },
  );

  it.each(WHOLE_LANGUAGES)(
    'asks whether to open it, and says how it stands, where it has left (%s)',
    async (language) => {
      const player = organiser(language, { Ana: false, Carla: true });
      const asked = player.read(await player.says(ABOUT_ANA[language]));
      expect(asked).toContain(
        texts.translate(language, { key: 'gathering.person', params: { number: 1 } }, player.session.call.hash),
      );
      expect(player.session).toMatchObject({ at: { prompt: 'doubt' }, teller: { label: 'Bea' } });
      const read = player.read(await player.says('1'));
      expect(held(player)).toEqual([]);
      expect(read).toContain('GR-Ana');
      expect(player.session).toMatchObject({ teller: { label: 'Ana' } });
    },
  );

  it.each(WHOLE_LANGUAGES)('keeps the words where they are told if the person says so (%s)', async (language) => {
    const player = organiser(language, { Ana: false });
    for (const text of [ABOUT_ANA[language], '2']) await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'story' }, teller: { label: 'Bea' } });
    expect(player.parts.map(({ text }) => text)).toEqual([ABOUT_ANA[language]]);
  });

  it('opens nothing while other words are asked about', async () => {
    const player = organiser('en', { Ana: false });
    player.session = { ...player.session, at: { prompt: 'review' } };
    for (const text of ['My brother was beaten by deputies', "oh no that one is Ana's case, delete it"])
      await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'doubt' }, teller: { label: 'Bea' } });
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: 'My brother was beaten by deputies' });
  });

  it('holds what was approved last where nobody is named', async () => {
    const player = organiser('en', { Ana: true, Carla: true });
    await player.says('wait, I changed my mind, do not send it');
    expect(held(player)).toEqual([{ kind: 'doubt-mail', reference: 'GR-Carla' }]);
  });

  /** Ana's text is in a document for several that waits; Carla's waits too, and was approved later. */
  function together(language: WholeLanguage): Player {
    const player = organiser(language, { Carla: true });
    const { teller: _, ...rest } = organiser(language, { Bea: true }).session;
    const joint = { members: ['contribution-Ana', 'contribution-Dina'] };
    const session = { ...rest, case: 'case-joint', contribution: 'contribution-joint', reference: 'GR-joint', joint };
    const mails = rest.mails.map((mail) => ({ ...mail, reference: 'GR-joint', case: 'case-joint' }));
    player.putAway.push({ key: 'joint', session: { ...session, mails }, parts: [] });
    return player;
  }

  it.each(WHOLE_LANGUAGES)('holds the document for several that her text is in (%s)', async (language) => {
    const player = together(language);
    await player.says(ABOUT_ANA[language]);
    expect(held(player)).toEqual([{ kind: 'doubt-mail', reference: 'GR-joint' }]);
  });

  it.each(['wait, do not send it', 'stop'])('holds or stops that one from within her text: %s', async (text) => {
    const player = together('en');
    const ana = player.putAway.find(({ key }) => key === 'Ana');
    if (ana === undefined) throw new Error('Ana is not there');
    player.putAway = [...player.putAway.filter((one) => one !== ana), { ...ana, key: 'Bea', session: player.session }];
    player.session = ana.session;
    await player.says(text);
    expect(player.session.reference).toBe('GR-joint');
    const done = player.effects.filter(({ kind }) => kind === 'doubt-mail' || kind === 'cancel');
    expect(done).toEqual([expect.objectContaining({ reference: 'GR-joint' })]);
  });

  it('is testimony where nothing of hers was sent', async () => {
    const player = organiser('en', {});
    await player.says(ABOUT_ANA.en);
    expect(held(player)).toEqual([]);
    expect(player.session.teller?.label).toBe('Bea');
  });
});

const OF_DELIVERY: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['did it go', 'did it go?', 'is it sent now', 'is that it', 'when will they answer?'],
  fr: ['c parti', 'c’est parti ?', 'c’est arrivé ?', 'et maintenant', 'quand ils répondent ?'],
  es: ['ya se fue', '¿ya lo enviaron?', 'ya lo mandaron?', 'y ahora que', 'cuándo van a contestar'],
  pt: ['já foi?', 'já foi enviado', 'quando eles respondem?', 'e agora', 'já saiu'],
};

const REFUSED: Readonly<Record<WholeLanguage, string>> = {
  en: 'please do not send it anymore',
  fr: 'je ne veux plus que vous l’envoyiez',
  es: 'ya no lo mande por favor',
  pt: 'não quero mais que mande',
};

describe.each(WHOLE_LANGUAGES)('no harm 8: what is asked about the sending (%s)', (language) => {
  it('is answered with how it stands, and holds nothing', async () => {
    for (const until of ['write-back', 'after'] as const) {
      for (const text of OF_DELIVERY[language]) {
        const player = await sent(language, {}, until);
        player.effects.length = 0;
        const replies = await player.says(text);
        expect(
          player.effects.filter(({ kind }) => kind === 'doubt-mail'),
          text,
        ).toEqual([]);
        expect(player.session.at.prompt, text).toBe(until);
        // An "and now?" may be a question that has an answer of its own.
        expect(replies.map((reply) => reply.text).join(' '), text).toMatch(/delivery\.|questions\./u);
      }
    }
  });

  it('stops it where it is held and the person says so in a sentence', async () => {
    const player = await sent(language);
    const [wait = ''] = DOUBTS[language].filter((text) => takesBack(lexicon, text));
    await player.says(wait);
    expect(player.session.at.prompt).toBe('hold');
    await player.says(REFUSED[language]);
    expect(player.effects.map(({ kind }) => kind)).toContain('cancel');
    expect(player.session.mails).toEqual([]);
  });
});
