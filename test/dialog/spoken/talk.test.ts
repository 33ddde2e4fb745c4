// What is said to the bot by voice goes through the same recogniser as what is typed, once its speaker has said that it is right.

import { describe, expect, it } from 'vitest';
import type { PromptId } from '../../../src/dialog/prompts/prompt-ids.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../../src/languages.ts';
import { lexicon, Player } from '../../support/player.ts';

const SAID: Readonly<Record<WholeLanguage, { readonly stop: string; readonly police: string; readonly told: string }>> =
  {
    en: {
      stop: 'Can we stop here for today?',
      police: 'Will the police get to read this?',
      told: 'Nobody told us where she was.',
    },
    fr: {
      stop: "On peut s'arrêter là pour aujourd'hui ?",
      police: 'Est-ce que la police va lire ça ?',
      told: 'Personne ne nous a dit où elle était.',
    },
    es: {
      stop: '¿Podemos parar aquí por hoy?',
      police: '¿La policía va a leer esto?',
      told: 'Nadie nos dijo dónde estaba.',
    },
    pt: {
      stop: 'A gente pode parar aqui por hoje?',
      police: 'A polícia vai ler isso?',
      told: 'Ninguém nos disse onde ela estava.',
    },
  };

async function at(language: WholeLanguage, prompt: PromptId): Promise<Player> {
  const player = new Player({
    language,
    operator: { voice: { machine: 'here', host: '', staff: false, keepDays: 7 } },
    channel: { seenBy: 'messenger', takesFiles: true, takesVoice: true },
  });
  player.session = { ...player.session, language };
  for (const text of ['1', '1', '1', '1', '1', SAID[language].told]) await player.says(text);
  player.session = { ...player.session, at: { prompt }, under: [], ownWordOffered: true };
  return player;
}

async function speaks(player: Player, text: string) {
  await player.hears({ kind: 'voice' });
  return player.hears({ kind: 'voice-written', note: player.lastId, text, by: 'machine' });
}

const storyOf = (player: Player) => player.parts.filter(({ pending }) => pending !== true).map(({ text }) => text);
const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('talk by voice while telling, in %s', (language) => {
  const { stop, police, told } = SAID[language];

  it('is the same doubt as a typed one, after it was said that the words are right', async () => {
    const typed = await at(language, 'story');
    await typed.says(stop);
    const player = await at(language, 'story');
    await speaks(player, stop);
    expect(player.session.at.prompt).toBe('voice-check');
    await player.says('1');
    expect(player.session.at.prompt).toBe('doubt');
    const [spoken, written] = [player.session.doubt, typed.session.doubt].map((one) => ({ ...one, id: '' }));
    expect(spoken).toEqual(written);
    expect(storyOf(player)).toEqual([told]);
    await player.says('1');
    expect(player.session.doubt).toBeNull();
    expect(storyOf(player)).toEqual([told]);
  });

  it('is part of the story if its speaker says so', async () => {
    const player = await at(language, 'story');
    await speaks(player, stop);
    for (const text of ['1', '2']) await player.says(text);
    expect(storyOf(player)).toEqual([told, stop]);
    expect(player.session.at.prompt).toBe('story');
  });

  it('a question is answered, and what is told is kept as before', async () => {
    const player = await at(language, 'story');
    await speaks(player, police);
    expect(keysOf(await player.says('1'))).toContain('questions.police');
    expect(storyOf(player)).toEqual([told]);
    const other = await at(language, 'story');
    await speaks(other, told);
    await other.says('1');
    expect(storyOf(other)).toEqual([told, told]);
  });

  it('is heard at a list of choices, too, and chooses nothing', async () => {
    const player = await at(language, 'publication');
    expect(keysOf(await speaks(player, police))).toContain('questions.police');
    expect(player.session).toMatchObject({ at: { prompt: 'publication' }, publication: null });
    await speaks(player, stop);
    expect(player.session).toMatchObject({ at: { prompt: 'doubt' }, doubt: { kind: 'heard', aside: true } });
  });
});

describe.each(WHOLE_LANGUAGES)('an organiser in %s', (language) => {
  it('is answered at home, and keeps no question anywhere', async () => {
    const player = new Player({ language });
    player.session = { ...player.session, language };
    for (const text of ['1', '1', '1']) await player.says(text);
    await player.says(lexicon.choices[language].get('organiser')?.[0] ?? '');
    player.session = {
      ...player.session,
      gathers: 'home',
      kept: true,
      adult: true,
      role: 'organiser',
      at: { prompt: 'home' },
      under: [],
    };
    const replies = await player.says(SAID[language].police);
    expect(keysOf(replies)).toContain('questions.police');
    expect(player.session).toMatchObject({ at: { prompt: 'home' }, doubt: null });
    expect(player.parts).toEqual([]);
  });
});
