// What an organiser is told of a text: that there is news of it, unless the news itself is read in the same breath. And
// what a person writes after words of staff: staff learn that they have written.

import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/dialog/engine/session.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

const NEWS = { text: 'gathering.told-news', name: 'Amina', number: 1 } as const;
const MAIL: Session['mails'][number] = {
  reference: 'GR-7K2M',
  mail: 'submission',
  leavesAt: '2026-02-20T12:00:00.000Z',
  outcome: 'refused',
};

/** What Amina's organiser is told with their next message, in her text unless another label is given. */
async function told(waiting: Partial<Session>, label = 'Amina'): Promise<readonly string[]> {
  const player = new Player();
  player.session = {
    ...player.session,
    version: 3,
    kept: true,
    adult: true,
    role: 'organiser',
    case: 'case-1',
    contribution: 'contribution-1',
    at: { prompt: 'story' },
    gathers: 'case',
    teller: { number: 1, label, since: '2026-03-01T12:00:00.000Z' },
    notes: [NEWS],
    ...waiting,
  };
  const replies = await player.says('They came at night, and nobody told her where her brother was.');
  expect(player.session.notes).toBeUndefined();
  return replies.map(({ text }) => text);
}

const NEWS_OF_ITS_OWN: readonly (readonly [string, Partial<Session>, string])[] = [
  ['words of staff', { fromStaff: [{ kind: 'words', text: 'Could we talk?' }] }, 'staff.words'],
  ['how its mail ended', { mails: [MAIL], news: [MAIL.reference] }, 'delivery.refused'],
  ['an answer to it', { mails: [MAIL], answered: [MAIL.reference] }, 'answered.came'],
];

describe('no harm 26: that there is news of a text', () => {
  it.each(NEWS_OF_ITS_OWN)(
    'is not said where it is open and the news is read at once: %s',
    async (_, waiting, text) => {
      const said = await told(waiting);
      expect(said).not.toContain('gathering.told-news');
      expect(said).toContain(text);
    },
  );

  it.each(NEWS_OF_ITS_OWN)(
    'is said where another text is open, whatever that one has to tell: %s',
    async (_, waiting) => {
      expect(await told(waiting, 'Carlos')).toContain('gathering.told-news');
    },
  );

  it('hides nothing else that is to be told of the same text', async () => {
    const said = await told({
      fromStaff: [{ kind: 'words', text: 'Could we talk?' }],
      notes: [{ ...NEWS, text: 'codes.told-taken' }],
    });
    expect(said).toEqual(expect.arrayContaining(['codes.told-taken', 'staff.words']));
  });

  it('is said where the text is open and holds no news any more: nothing that was to be told goes unsaid', async () => {
    expect(await told({})).toContain('gathering.told-news');
  });
});

const DANGER: Readonly<Record<WholeLanguage, string>> = {
  en: 'they are outside my house',
  fr: 'ils sont devant chez moi',
  es: 'me están siguiendo',
  pt: 'tão na minha porta',
};
const ANSWER: Readonly<Record<WholeLanguage, string>> = {
  en: 'no they are still here they are banging on the wall',
  fr: 'non ils sont encore là ils tapent sur le mur',
  es: 'si ana estoy bien gracias pero pasaron otra vez hoy',
  pt: 'sim ana estou bem obrigada mas eles passaram de novo hoje',
};

const flagsIn = (player: Player) =>
  player.effects.splice(0).flatMap((effect) => (effect.kind === 'flag' ? [effect.flag] : []));

/** Somebody who is telling, called for help, and was written to. */
async function writtenTo(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['hi', '1', '1', '1', '1', DANGER[language]]) await player.says(text);
  expect(flagsIn(player)).toContain('in-danger');
  player.session = { ...player.session, personMayWrite: true };
  const replies = await player.hears({ kind: 'staff-words', text: 'Are you safe?' });
  expect(replies.map(({ text }) => text)).toContain('staff.words');
  return player;
}

describe.each(WHOLE_LANGUAGES)('no harm 7: after words of staff, in %s', (language) => {
  it('a message calls them again, once until they have written again', async () => {
    const player = await writtenTo(language);
    await player.says(ANSWER[language]);
    expect(flagsIn(player)).toContain('wrote-back');
    await player.says(ANSWER[language]);
    expect(flagsIn(player)).not.toContain('wrote-back');
    await player.hears({ kind: 'staff-words', text: 'Can you leave?' });
    await player.says(ANSWER[language]);
    expect(flagsIn(player)).toContain('wrote-back');
  });

  it('danger is flagged anew', async () => {
    const player = await writtenTo(language);
    await player.says(DANGER[language]);
    expect(flagsIn(player)).toEqual(expect.arrayContaining(['wrote-back', 'in-danger']));
  });

  it('a command is no message to them, and the message after it is', async () => {
    const player = await writtenTo(language);
    await player.says(lexicon.words[language].commands.repeat[0] ?? '');
    expect(flagsIn(player)).not.toContain('wrote-back');
    await player.says(ANSWER[language]);
    expect(flagsIn(player)).toContain('wrote-back');
  });

  it('a message that came before the words were told is no answer to them', async () => {
    const player = await writtenTo(language);
    await player.says(ANSWER[language]);
    flagsIn(player);
    const { personMayWrite: _, ...asked } = player.session;
    player.session = { ...asked, writeBack: false };
    await player.hears({ kind: 'staff-words', text: 'Can you leave?' });
    await player.says(ANSWER[language]);
    expect(flagsIn(player)).not.toContain('wrote-back');
    await player.says(ANSWER[language]);
    expect(flagsIn(player)).toContain('wrote-back');
  });
});

it('a recording after words of staff calls them again', async () => {
  const player = await writtenTo('en');
  await player.hears({ kind: 'voice' });
  expect(flagsIn(player)).toContain('wrote-back');
});

const PASSED: Readonly<Record<WholeLanguage, { answers: readonly [string, string]; told: string; story: string }>> = {
  en: {
    answers: ['no they are still here they are banging on the door', 'please ana answer me'],
    told: 'They took him out of the house at four in the morning and nobody told us where he was.',
    story: 'yes, to the story',
  },
  fr: {
    answers: ['non ils sont encore là ils tapent à la porte', 's’il vous plaît ana répondez-moi'],
    told: 'Ils l’ont sorti de la maison à quatre heures du matin et personne ne nous a dit où il était.',
    story: 'oui, dans mon récit',
  },
  es: {
    answers: ['si ana estoy bien gracias pero pasaron otra vez hoy', 'ana por favor contésteme'],
    told: 'Lo sacaron de la casa a las cuatro de la mañana y nadie nos dijo dónde estaba.',
    story: 'sí, a mi historia',
  },
  pt: {
    answers: ['não eles ainda tão aqui batendo na porta', 'ana por favor me responde'],
    told: 'Tiraram ele de casa às quatro da manhã e ninguém nos disse onde ele estava.',
    story: 'sim, pra minha história',
  },
};

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);
const kept = ({ session: { unanswered: _, ...rest } }: Player) => JSON.stringify(rest);
const storyOf = (player: Player) => player.parts.filter(({ slot }) => slot === 'story').map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('no harm 7: what is answered to staff is no testimony, in %s', (language) => {
  const { answers, told, story } = PASSED[language];
  const [first, second] = answers;
  const command = (name: 'next' | 'undo' | 'repeat') => lexicon.words[language].commands[name][0] ?? '';

  async function answered(): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', told]) await player.says(text);
    player.session = { ...player.session, personMayWrite: true };
    await player.hears({ kind: 'staff-words', text: 'Ana here, a person. Are you safe?' });
    return player;
  }

  it('it is passed on, is in no text, and is asked about once before the read-back', async () => {
    const player = await answered();
    const before = storyOf(player);
    expect(keysOf(await player.says(first))).toContain('staff.passed-on');
    expect(keysOf(await player.says(second))).toContain('staff.passed-on-too');
    expect(flagsIn(player)).toContain('wrote-back');
    expect(storyOf(player)).toEqual(before);
    await player.says(command('next'));
    player.session = { ...player.session, at: { prompt: 'read-back' }, under: [] };
    const asked = await player.says(command('repeat'));
    expect(keysOf(asked)).toEqual(['doubt.to-staff-all']);
    expect(player.read(asked)).toContain(second);
    const added = await player.says('3');
    expect(keysOf(added)).toContain('doubt.added');
    expect(keysOf(added).some((key) => key.includes('read-back'))).toBe(true);
    expect(storyOf(player)).toEqual([...before, first]);
    expect(keysOf(await player.says(command('repeat')))).not.toContain('doubt.to-staff-all');
  });

  it('next goes on with the text, and what is told then is testimony', async () => {
    const player = await answered();
    await player.says(first);
    await player.says(command('next'));
    player.session = { ...player.session, at: { prompt: 'story' }, under: [] };
    await player.says(told);
    expect(storyOf(player).at(-1)).toBe(told);
    expect(player.session.toStaff).toHaveLength(1);
  });

  it('an hour later it is testimony again', async () => {
    const player = await answered();
    player.wait(61);
    expect(keysOf(await player.says(told))).not.toContain('staff.passed-on');
    expect(storyOf(player)).toHaveLength(2);
    expect(player.session.toStaff).toBeUndefined();
  });

  it('a long message is told, and flagged as well', async () => {
    const player = await answered();
    const long = `${told} ${told} ${told}`;
    expect(long.split(' ').length).toBeGreaterThanOrEqual(40);
    flagsIn(player);
    await player.says(long);
    expect(storyOf(player)).toContain(long);
    expect(flagsIn(player)).toContain('wrote-back');
  });

  it('whoever says that it is part of the story goes on with that', async () => {
    const player = await answered();
    await player.says(second);
    expect(keysOf(await player.says(story))).toContain('doubt.added');
    expect(storyOf(player).at(-1)).toBe(second);
    await player.says(told);
    expect(storyOf(player).at(-1)).toBe(told);
  });

  it('undo asks about it, and what is added comes out again by undo', async () => {
    const player = await answered();
    const before = storyOf(player);
    await player.says(second);
    expect(keysOf(await player.says(command('undo')))).toEqual(['doubt.to-staff']);
    expect(keysOf(await player.says('1'))).toContain('doubt.added');
    expect(storyOf(player)).toEqual([...before, second]);
    expect(keysOf(await player.says(command('undo')))).toContain('doubt.to-staff');
    expect(storyOf(player)).toEqual(before);
    expect(keysOf(await player.says('2'))).toContain('doubt.left-out');
    expect(player.session.toStaff).toBeUndefined();
  });

  it('an edit changes it, and what is deleted for everyone is nowhere', async () => {
    const player = await answered();
    await player.says(first);
    const target = player.lastId;
    await player.says(second);
    const last = player.lastId;
    expect(keysOf(await player.hears({ kind: 'edit', target, text: told }))).toContain('edit.done');
    expect(keysOf(await player.hears({ kind: 'deletion', target: last }))).toContain('deletion.done');
    expect(kept(player)).not.toContain(second);
    const asked = await player.says(command('undo'));
    expect(player.read(asked)).toContain(told);
    await player.says('2');
    await player.hears({ kind: 'edit', target, text: first });
    expect(player.read(await player.says(command('undo')))).toContain(first);
    await player.says('2');
    await player.hears({ kind: 'deletion', target });
    expect(kept(player)).not.toContain(first);
    expect(storyOf(player)).toEqual([told]);
  });
});
