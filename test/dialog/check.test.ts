// The check of everything: each fact of a text on one screen, by number; each change is said back, undone by *undo*, and
// leads back to the check.

import { describe, expect, it } from 'vitest';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { type Language, WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player, shelf, texts } from '../support/player.ts';

const STORY = ['They came to the house in May. Rosa saw it.', 'Nobody has told us why since then.'];
const POINT = 'Nobody was ever charged with anything.';
const ASK = 'We ask that they open the case again.';

const word = (language: WholeLanguage, command: 'next' | 'review' | 'undo' | 'back' | 'skip') =>
  lexicon.words[language].commands[command][0] ?? '';
const say = (language: Language, key: string) => texts.translate(language, { key }, shelf.current('emler-2024').hash);

/** Right before the read-back: a story of two messages, one point of the call, one thing asked for. */
async function told(language: WholeLanguage, until: 'read-back' | 'send' = 'read-back'): Promise<Player> {
  const player = new Player({ language });
  const next = word(language, 'next');
  for (const text of ['1', '1', '1', '1', ...STORY, next, word(language, 'skip')]) await player.says(text);
  for (const text of ['1', POINT, next, next, ASK, next]) await player.says(text);
  while (player.session.at.prompt !== 'read-back') await player.says(next);
  if (until === 'send') for (const text of ['4', '3']) await player.says(text);
  return player;
}

/** The lines of the check that is open, by their values. */
async function linesOf(player: Player, said = say(player.session.language, 'commands.review')) {
  const replies = await player.says(said);
  return replies.at(-1)?.choices?.map(({ value }) => value) ?? [];
}

/** Opens a line at *review* by its number. */
async function opens(player: Player, line: string) {
  const lines = await linesOf(player);
  expect(lines).toContain(line);
  return player.says(`${lines.indexOf(line) + 1}`);
}

const EVERYTHING = [
  'part:story',
  'part:topic/investigation',
  'part:asks/government',
  'part:links',
  'words',
  'name:harmed',
  'name:author',
  'role',
  'submission-language',
];

describe.each(WHOLE_LANGUAGES)('the check of everything, in %s', (language) => {
  const undo = word(language, 'undo');

  it('is the first look at the read-back, each line to be changed by its number', async () => {
    const player = await told(language);
    const lines = await linesOf(player, lexicon.words[language].commands.repeat[0]);
    expect(lines).toEqual(['here', 'file', 'changed', 'not-now', ...EVERYTHING]);
    await player.says(`${lines.indexOf('role') + 1}`);
    expect(player.session.at.prompt).toBe('review-role');
    const read = player.read(await player.says('2'));
    expect(player.session).toMatchObject({ at: { prompt: 'read-back' }, role: 'witness', under: [] });
    expect(read).toContain(say(language, 'choices.witness'));
    expect(read).toContain(`*${undo}*`);
    await player.says(undo);
    expect(player.session).toMatchObject({ at: { prompt: 'read-back' }, role: 'family' });
    await player.says('1');
    expect(player.session.at.prompt).toBe('read-back-check');
  });

  it('shows on *review* whatever the text has, and the readers once they were chosen', async () => {
    const player = await told(language);
    expect(await linesOf(player)).toEqual([...EVERYTHING, 'add-more', 'copy-all']);
    const later = await told(language, 'send');
    const read = player.read(await later.says(word(language, 'review')));
    expect(read).toContain(say(language, 'publication.label.confidential'));
    expect(read).toMatch(/17.+2/u);
    expect(await linesOf(later)).toEqual([...EVERYTHING, 'readers', 'add-more', 'copy-all']);
  });

  it('undoes every choice in one step, and says it back', async () => {
    const player = await told(language);
    const before = player.session;
    for (const [line, answers, shows] of [
      ['role', ['3'], 'choices.organisation'],
      ['name:author', ['2', 'Ngozi Inventada', '1'], 'choices.initials'],
      ['submission-language', [language === 'en' ? '2' : '1'], language === 'en' ? 'choices.fr' : 'choices.en'],
    ] as const) {
      await opens(player, line);
      const said: string[] = [];
      for (const text of answers) said.push(player.read(await player.says(text)));
      expect(player.session.at.prompt, line).toBe('review');
      expect(said.at(-1), line).toContain(say(language, shows));
      expect(said.at(-1), line).toContain(`*${undo}*`);
      await player.says(undo);
      const { role, author, harmed, submissionLanguage } = player.session;
      expect({ role, author, harmed, submissionLanguage }, line).toEqual({
        role: before.role,
        author: before.author,
        harmed: before.harmed,
        submissionLanguage: before.submissionLanguage,
      });
      expect(player.session.at.prompt, line).toBe('review');
    }
    const names = player.effects.filter((effect) => effect.kind === 'consent' && effect.purpose === 'name-author');
    expect(names.slice(-2)).toMatchObject([{ value: 'initials' }, { value: 'none' }]);
  });

  it('names the person for an organiser, on the second line', async () => {
    const player = new Player({ language });
    const words = lexicon.words[language];
    const own = ['girasol', 'girasol', 'Ana Inventada', say(language, `choices.language-${language}`), '1'];
    for (const text of ['1', '1', '1', '1', '4', '1', ...own, STORY[0] ?? '']) await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'story' }, teller: { label: 'Ana Inventada' } });
    const second = (text: string) => text.split('\n')[1];
    expect(second(player.read(await player.says(word(language, 'review'))))).toBe('Ana Inventada');
    expect(await linesOf(player)).not.toContain('role');
    await player.says(word(language, 'next'));
    let read = '';
    for (let steps = 0; player.session.at.prompt !== 'read-back' && steps < 20; steps++) {
      read = player.read(await player.says(words.commands.next[0] ?? ''));
    }
    expect(second(read)).toContain('Ana Inventada');
  });

  it('adds links and answers to other points, and comes back', async () => {
    const player = await told(language);
    await opens(player, 'part:links');
    expect(player.session.at.prompt).toBe('links');
    for (const text of ['https://news.example/a', word(language, 'next')]) await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'review' }, counts: { links: { parts: 1 } } });
    await opens(player, 'add-more');
    await player.says('1');
    expect(player.session.at.prompt).toBe('topic');
    for (const text of ['We were never told anything by them.', word(language, 'next')]) await player.says(text);
    expect(player.session.at.prompt).toBe('review');
    const points = Object.keys(player.session.counts).filter((slot) => slot.startsWith('topic/'));
    expect(points).toHaveLength(2);
  });

  it('asks about the readers in their own prompts, and goes on from there to the check', async () => {
    const player = await told(language, 'send');
    const given = () =>
      player.effects.filter((effect) => effect.kind === 'consent' && effect.purpose === 'publication');
    await opens(player, 'readers');
    await player.says('1');
    expect(player.session).toMatchObject({ at: { prompt: 'publication-sure' }, publication: 'confidential' });
    await player.says(word(language, 'back'));
    expect(player.session).toMatchObject({ at: { prompt: 'publication' }, publication: 'confidential' });
    for (const text of ['1', lexicon.words[language].typed.publish[0] ?? '']) await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'review' }, publication: 'public-named', built: null });
    expect(given()).toHaveLength(2);
    // What was said before is stricter: it holds again at once, and is recorded.
    const read = player.read(await player.says(undo));
    expect(read).toContain(say(language, 'publication.label.confidential'));
    expect(player.session).toMatchObject({ at: { prompt: 'review' }, publication: 'confidential' });
    expect(given().at(-1)).toMatchObject({ value: 'confidential' });
  });
});

describe('who may read it', () => {
  it('is never public because of *undo*: its own question comes again', async () => {
    const player = await told('en', 'send');
    await opens(player, 'readers');
    for (const text of ['1', 'PUBLISH']) await player.says(text);
    await opens(player, 'readers');
    await player.says('3');
    expect(player.session.publication).toBe('confidential');
    await player.says('undo');
    expect(player.session).toMatchObject({ at: { prompt: 'publication' }, publication: null });
    for (const text of ['1', 'yes']) await player.says(text);
    expect(player.session.publication).toBeNull();
    for (const text of ['3', 'next']) await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'send' }, publication: 'confidential' });
  });

  it('is asked again once a full name is in a text without names', async () => {
    const player = await told('en');
    for (const text of ['4', '2', '1']) await player.says(text);
    expect(player.session.publication).toBe('public-unnamed');
    await opens(player, 'name:author');
    const read = player.read(await player.says('1'));
    expect(read).toContain('no longer be without names');
    for (const text of ['Ngozi Inventada', '1']) await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt: 'review' }, publication: null });
    await player.says('next');
    expect(player.session.at.prompt).toBe('publication');
    expect(player.effects.some(({ kind }) => kind === 'approve')).toBe(false);
  });

  it('is asked again once a withheld word is shown in a text without names', async () => {
    const player = await told('en');
    await opens(player, 'words');
    // The third *next* says that the place of the word is right.
    for (const text of ['Rosa', 'next', 'next', 'next', '4', '2']) await player.says(text);
    expect(player.session).toMatchObject({ publication: 'public-unnamed', withheld: ['Rosa'] });
    await opens(player, 'words');
    await player.says('1');
    expect(player.session).toMatchObject({ publication: null, withheld: [] });
    await player.says('undo');
    expect(player.session).toMatchObject({ at: { prompt: 'publication' }, publication: null, withheld: ['Rosa'] });
  });

  it('is no line once the text has left; a text that waits is held first', async () => {
    const player = await told('en', 'send');
    for (const text of ['SEND', '1']) await player.says(text);
    await opens(player, 'readers');
    expect(player.session).toMatchObject({ at: { prompt: 'hold' }, publication: 'confidential' });
    await player.says('2');
    player.mailLeft = true;
    player.wait(30);
    expect(await linesOf(player)).not.toContain('readers');
  });
});

describe('a change at the check', () => {
  it.each([
    ['role', ['2']],
    ['submission-language', ['2']],
    ['readers', ['2']],
    ['name:author', ['2', 'Ngozi Inventada', '1']],
  ])('sends no text as it was approved before: %s', async (line, answers) => {
    const player = await told('en', 'send');
    const { built } = player.session;
    expect(built).not.toBeNull();
    await opens(player, line);
    for (const text of answers) await player.says(text);
    expect(player.session.built).toBeNull();
    await player.says('SEND');
    expect(player.effects.some(({ kind }) => kind === 'approve')).toBe(false);
    await player.says('next');
    expect(player.session.at.prompt).toBe('send');
    expect(player.session.built?.sha256).not.toBe(built?.sha256);
  });

  it('can be left as it is', async () => {
    const player = await told('en', 'send');
    for (const line of ['role', 'submission-language', 'readers', 'name:harmed', 'part:links', 'add-more', 'words']) {
      await opens(player, line);
      await player.says('next');
      expect(player.session.at.prompt, line).toBe('review');
    }
    expect(player.session.undo).toBeUndefined();
  });
});

it('a session of before still reads, with a step that knows no roles', async () => {
  const { session } = await told('en');
  const undo = { added: [], asked: 3, before: { withheld: ['Rosa'] } };
  expect(parseSession(JSON.parse(JSON.stringify({ ...session, undo }))).undo).toEqual(undo);
});

describe.each(WHOLE_LANGUAGES)('a name that was given on *review* (%s)', (language) => {
  it.each(['next', 'skip'] as const)('stays when its own step is left by *%s*', async (command) => {
    const player = new Player({ language });
    for (const text of ['1', '1', '1', '1', ...STORY]) await player.says(text);
    await opens(player, 'name:harmed');
    for (const text of ['1', 'Inventado Perez', '1']) await player.says(text);
    const { harmed } = player.session;
    expect(harmed).toEqual({ form: 'full', name: 'Inventado Perez' });
    while (player.session.at.prompt !== 'harmed-form') await player.says(word(language, 'next'));
    await player.says(word(language, command));
    expect(player.session.at.prompt).not.toBe('harmed-form');
    expect(player.session.harmed).toEqual(harmed);
  });
});
