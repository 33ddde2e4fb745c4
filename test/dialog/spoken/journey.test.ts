// Spoken choices in the conversation: nothing counts before it was said back and confirmed, and what opens needs more than a yes.

import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../src/dialog/engine/effect.ts';
import { WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { kept, phraseOf, say, sayAll, speaker } from '../../support/speaks.ts';
import { lexicon, type Player } from '../../support/player.ts';

const consents = (player: Player) =>
  player.effects.filter((effect): effect is Extract<Effect, { kind: 'consent' }> => effect.kind === 'consent');
const approved = (player: Player) => player.effects.some(({ kind }) => kind === 'approve');

/** By voice to the story; what is asked is read aloud all the way. */
async function toStory(player: Player): Promise<Player> {
  await player.hears({ kind: 'voice' });
  await sayAll(player, 'one', 'yes', 'one', 'yes', 'one');
  await say(player, phraseOf(player));
  await sayAll(player, 'one', 'yes');
  expect(player.session.at.prompt).toBe('story');
  return player;
}

async function toPublication(player: Player): Promise<Player> {
  await toStory(player);
  await sayAll(player, 'Nobody told us where she was for two days.', 'yes', 'next', 'yes', 'skip', 'yes');
  await sayAll(player, 'next', 'yes', 'skip all', 'yes');
  // What was said before anything was asked, and never came back.
  if (player.session.at.prompt === 'voice-left') await sayAll(player, 'two', 'yes');
  await sayAll(player, 'next', 'yes', 'skip all', 'yes', 'four', 'yes');
  expect(player.session.at.prompt).toBe('publication');
  return player;
}

describe('no harm 5: over the limit, by voice', () => {
  it.each(['new-text', 'messages'] as const)(
    'what takes many words out is confirmed by the words read out (%s)',
    async (kind) => {
      const player = await toStory(speaker());
      await player.says('Nobody told us where she was for two days. We asked at the gate.');
      const [part] = player.parts;
      const text = 'Nobody told us anything for two whole days.';
      player.session = {
        ...player.session,
        at: { prompt: 'cut-sure', of: 'story' },
        under: [{ prompt: 'story' }, { prompt: 'over-limit-part', of: 'story' }],
        cut:
          kind === 'new-text'
            ? { kind, id: 'new', text }
            : {
                ...{ kind, numbers: [1] },
                of: player.world.fingerprint(`cut ${JSON.stringify([[part?.id, part?.text]])}`),
              },
      };
      const word = kind === 'new-text' ? 'Replace' : 'Erase';
      const other = kind === 'new-text' ? 'Erase' : 'Replace';
      await player.says('repeat');
      await say(player, other);
      expect(player.session.at.prompt).not.toBe('heard');
      await say(player, word);
      // Heard first, then said.
      if (player.session.at.prompt !== 'heard') await say(player, word);
      expect(player.session.at.prompt).toBe('heard');
      await say(player, 'yes');
      expect(player.session.cut).toBeDefined();
      const read = player.read(await say(player, phraseOf(player)));
      expect(read).toContain('*undo*');
      expect(player.parts.map((one) => one.text)).toEqual(kind === 'new-text' ? [text] : []);
      await player.says('undo');
      expect(player.parts.map((one) => one.text)).toEqual([part?.text]);
    },
  );
});

describe('a choice that is spoken', () => {
  it('is said back, and counts with a second yes, spoken or written', async () => {
    for (const yes of ['said', 'written'] as const) {
      const player = speaker();
      await player.says('hello');
      expect(player.read(await say(player, 'One.'))).toContain('1: Go on.');
      expect(player.session.at.prompt).toBe('heard');
      if (yes === 'said') await say(player, 'Yes.');
      else await player.says('yes');
      expect(player.session.at.prompt).toBe('safety');
      expect(player.session.voice.notes).toEqual([]);
    }
  });

  it('is dropped by a no, and by what is typed instead', async () => {
    const player = speaker();
    await player.says('hello');
    await sayAll(player, 'four', 'no');
    expect(player.session.at.prompt).toBe('hello');
    await say(player, 'four');
    // The number is one of the list, not of the question whether it was heard right.
    await player.says('1');
    expect(player.session.at.prompt).toBe('safety');
    expect(player.erased).toBe(false);
  });

  it('said twice is no yes; another one is said back instead', async () => {
    const player = speaker();
    await player.says('hello');
    await sayAll(player, 'two', 'two');
    expect(player.session.at.prompt).toBe('heard');
    expect(player.read(await say(player, 'one'))).toContain('1: Go on.');
    await say(player, 'yes');
    expect(player.session.at.prompt).toBe('safety');
  });

  it('is asked again at most twice; then the hand is asked for, and nothing is decided', async () => {
    const player = speaker();
    await player.says('hello');
    await say(player, 'four');
    for (const noise of ['Thank you.', 'Hm.'])
      expect(player.read(await say(player, noise))).toContain('Nothing is decided');
    expect(player.read(await say(player, ''))).toContain('tap or write');
    expect(player.session.at.prompt).toBe('hello');
    expect(player.erased).toBe(false);
  });

  it('that comes late, when something else is asked, is none', async () => {
    const player = speaker();
    await player.says('hello');
    await player.hears({ kind: 'voice' });
    const note = player.lastId;
    await player.says('1');
    await player.hears({ kind: 'voice-written', note, text: 'three', by: 'machine' });
    expect(player.session.at.prompt).toBe('safety');
    player.wait(30);
    const slow = await player.hears({ kind: 'voice' }).then(() => player.lastId);
    player.wait(30);
    expect(await player.hears({ kind: 'voice-written', note: slow, text: 'three', by: 'machine' })).toEqual([]);
    expect(player.session.at.prompt).toBe('safety');
    expect(player.erased).toBe(false);
  });

  it('is none where the machine doubts it, and none in a longer text', async () => {
    const player = speaker();
    await player.says('hello');
    await say(player, 'one', { unsure: true });
    expect(player.session.at.prompt).toBe('hello');
    await say(player, 'One day before it happened he said to me that I should go on.');
    expect(player.session.at.prompt).toBe('hello');
    expect(player.session.voice.notes).toHaveLength(1);
    // What was told too early waits, locked, and nothing that was heard of it is kept.
    expect(JSON.stringify(player.session)).not.toContain('One day before');
  });

  it('danger needs no second word', async () => {
    const player = speaker();
    await player.says('hello');
    await say(player, 'I am in danger now.');
    expect(player.session.flags).toContain('in-danger');
    expect(player.session.at.prompt).toBe('hello');
  });

  it('a recording deleted meanwhile is no answer', async () => {
    const player = speaker();
    await player.says('hello');
    await say(player, 'four');
    await player.hears({ kind: 'voice' });
    const note = player.lastId;
    await player.hears({ kind: 'deletion', target: note });
    await player.hears({ kind: 'voice-written', note, text: 'yes', by: 'machine' });
    expect(player.erased).toBe(false);
  });

  it('written down by a person cannot wait: the number is asked for, kindly', async () => {
    const player = speaker({ voice: { machine: 'none', staff: true } });
    for (const text of ['hello', '1', '1', '1']) await player.says(text);
    await player.says('1');
    await player.says('She was kind to everybody in our street.');
    await player.says('next');
    await player.says('skip');
    expect(player.session.at.prompt).toBe('topics');
    expect(player.read(await player.hears({ kind: 'voice' }))).toContain('tap or write its number');
    await player.hears({ kind: 'voice-written', note: player.lastId, text: 'two', by: 'person' });
    expect(player.session.at.prompt).toBe('topics');
  });

  it('of an organiser is none: two people are in the room', async () => {
    const player = speaker();
    for (const text of ['hello', '1', '1', '1', '4']) await player.says(text);
    const { prompt } = player.session.at;
    await say(player, 'one');
    expect(player.session.at.prompt).toBe(prompt);
    expect(player.session.voice.heard).toBeUndefined();
  });

  it('on a machine that is not the operator’s is none before its speaker allowed that', async () => {
    const player = speaker({ voice: { machine: 'elsewhere', host: 'speech.example' } });
    await player.says('hello');
    await player.hears({ kind: 'voice' });
    expect(player.effects).not.toContainEqual({ kind: 'voice.queue', id: player.lastId, by: 'machine' });
  });
});

describe('where something is told', () => {
  it.each(WHOLE_LANGUAGES)(
    'a recording that is only a command is asked about, and done after a yes (%s)',
    async (language) => {
      const player = speaker({ language });
      for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
      const [next] = lexicon.words[language].commands.next;
      const [yes] = lexicon.words[language].choices['heard-yes'] ?? [];
      await say(player, `${next}.`);
      expect(player.session.at.prompt).toBe('heard');
      expect(player.session.counts).toEqual({});
      await say(player, yes ?? '');
      expect(player.session.at.prompt).toBe('topics');
      expect(kept(player)).toEqual([]);
    },
  );

  it('after a no it is a part of the text, once that is said to be right', async () => {
    const player = await toStory(speaker());
    await sayAll(player, 'Stop.', 'no');
    expect(player.session.at.prompt).toBe('voice-check');
    expect(kept(player)).toEqual([]);
    await say(player, 'yes');
    expect(kept(player)).toEqual(['Stop.']);
    expect(player.session.paused).toBe(false);
  });

  it('a command inside a longer text is none', async () => {
    const player = await toStory(speaker());
    await say(player, 'They shouted stop, and then next, and nobody could help.');
    expect(player.session.at.prompt).toBe('voice-check');
  });

  it('who goes on telling instead of answering loses nothing', async () => {
    const player = await toStory(speaker());
    await sayAll(player, 'Next.', 'And then they closed the case without a word.');
    await sayAll(player, 'yes', 'yes');
    expect(kept(player)).toEqual(['Next.', 'And then they closed the case without a word.']);
  });

  it('what was written down is accepted, changed or refused by voice; what erases is said back', async () => {
    const player = await toStory(speaker());
    await sayAll(player, 'Davy was my son.', 'David, not Davy.');
    expect(kept(player)).toEqual([]);
    await say(player, 'It is right.');
    expect(kept(player)).toEqual(['David was my son.']);
    await sayAll(player, 'Something wrong was heard.', 'Say it again.');
    expect(player.session.at.prompt).toBe('heard');
    await say(player, 'yes');
    expect(player.session.at.prompt).toBe('story');
    expect(kept(player)).toHaveLength(1);
  });
});

describe('what makes a text leave, or more public', () => {
  it('needs the question read aloud, and two words that nobody says by accident; how it was given is kept', async () => {
    const player = speaker();
    await player.hears({ kind: 'voice' });
    await sayAll(player, 'one', 'yes', 'one', 'yes', 'one');
    for (const heard of ['yes', 'Yes, yes.']) {
      await say(player, heard);
      expect(player.session.kept, heard).toBe(false);
    }
    await say(player, `Yes, ${phraseOf(player)}.`);
    expect(player.session.kept).toBe(true);
    const [keep] = consents(player);
    expect(keep).toMatchObject({ purpose: 'keep', value: 'yes' });
    expect(keep?.spoken?.words).toMatch(/^one · Yes, \w+ \w+\.$/u);
  });

  it('typed yes is not the two words: it is an answer to the question itself', async () => {
    const player = await toPublication(speaker());
    await say(player, 'two');
    await player.says('yes');
    expect(player.session.publication).toBeNull();
    expect(player.session.at.prompt).toBe('publication');
  });

  it('confidential needs a yes only, public without names the words, public with names them on its own word', async () => {
    const player = await toPublication(speaker());
    await sayAll(player, 'two', 'yes', 'no');
    expect(player.session.publication).toBeNull();
    await sayAll(player, 'one', 'yes');
    expect(player.session.at.prompt).toBe('publication-sure');
    await sayAll(player, 'publish', 'yes');
    expect(player.session.publication).toBeNull();
    await sayAll(player, 'no', 'back', 'yes');
    expect(player.session.at.prompt).toBe('publication');
    await sayAll(player, 'confidential', 'yes');
    expect(player.session.publication).toBe('confidential');
  });

  it('SEND heard for "don’t send" sends nothing; with the words it does, over exactly that document', async () => {
    const player = await toPublication(speaker());
    await sayAll(player, 'three', 'yes');
    expect(player.session.at.prompt).toBe('send');
    await sayAll(player, 'send', 'yes', 'Thank you.', 'yes');
    expect(approved(player)).toBe(false);
    expect(player.session.at.prompt).toBe('send');
    await sayAll(player, 'send', 'no');
    expect(approved(player)).toBe(false);
    await say(player, 'Send.');
    await say(player, phraseOf(player));
    expect(approved(player)).toBe(true);
    const approve = consents(player).find(({ purpose }) => purpose === 'approve');
    expect(approve?.spoken?.words).toContain('Send.');
  });

  it('nothing spoken meanwhile is passed over by SEND', async () => {
    const player = await toPublication(speaker());
    await sayAll(player, 'three', 'yes', 'send');
    const phrase = phraseOf(player);
    await say(player, 'And I want to add that nobody ever said sorry to us.');
    await say(player, phrase);
    expect(approved(player)).toBe(false);
    expect(kept(player)).toHaveLength(1);
  });

  it('cannot be spoken where nothing can be read aloud, nor before it was', async () => {
    const deaf = speaker({ speaks: false });
    await deaf.says('hello');
    await sayAll(deaf, 'one', 'yes', 'one', 'yes');
    expect(deaf.read(await say(deaf, 'one'))).toContain('needs your hand');
    expect(deaf.session.at.prompt).toBe('keep');
    const reader = speaker();
    for (const text of ['hello', 'go on', 'go on']) await reader.says(text);
    const first = await say(reader, 'one');
    expect(reader.read(first)).toContain('hear the question first');
    expect(first.some(({ aloud, prompt }) => aloud === true && prompt?.id === 'keep')).toBe(true);
    await say(reader, 'one');
    expect(phraseOf(reader)).toMatch(/^\w+ \w+$/u);
  });

  it('a child’s yes in the background gives no consent at any step', async () => {
    for (const choice of ['two', 'send', 'publish', 'yes'] as const) {
      const player = await toPublication(speaker());
      await sayAll(player, choice, 'yes', 'yes', 'yes', 'yes', 'yes');
      expect(player.session.publication, choice).not.toBe('public-unnamed');
      expect(approved(player)).toBe(false);
    }
  });
});

describe('names and the word of one’s own', () => {
  it('a name is said back, and counts after a yes', async () => {
    const player = await toStory(speaker());
    await sayAll(player, 'Nobody told us for two days.', 'yes', 'next', 'yes', 'skip', 'yes', 'next', 'yes');
    await sayAll(player, 'skip all', 'yes', 'two', 'yes', 'next', 'yes', 'initials');
    await say(player, phraseOf(player));
    expect(player.session.at.prompt).toBe('harmed-name');
    expect(player.read(await say(player, 'Davy Sample.'))).toContain('Davy Sample');
    await say(player, 'no');
    expect(player.session.harmed).toEqual({ form: 'initials' });
    await sayAll(player, 'Davi Sample.', 'yes');
    expect(player.session.harmed).toEqual({ form: 'initials' });
    await sayAll(player, 'one', 'yes');
    expect(player.session.harmed).toEqual({ form: 'initials', name: 'Davi Sample' });
  });

  it('the own word is only written: a recording of it is erased, and one can go on without', async () => {
    const player = await toStory(speaker());
    await sayAll(player, 'Nobody told us for two days.', 'yes', 'next', 'yes');
    expect(player.session.at.prompt).toBe('own-word');
    expect(player.read(await say(player, 'Marigold.'))).toContain('don’t say this word aloud');
    expect(JSON.stringify([player.session, player.effects])).not.toContain('Marigold');
    expect(player.session.ownWord).toBeNull();
    await sayAll(player, 'skip', 'yes');
    expect(player.session.at.prompt).toBe('topics');
  });
});

describe('the very first thing that comes', () => {
  it('tells its language: a mother who speaks Spanish is greeted in Spanish, and nothing else is taken from it', async () => {
    const player = speaker({ language: 'en' });
    await player.hears({ kind: 'voice' });
    expect(player.effects).toContainEqual({ kind: 'voice.queue', id: player.lastId, by: 'machine', language: 'any' });
    const text = 'Hola, soy la mamá de Davi y quiero contar lo que le pasó.';
    const replies = await player.hears({ kind: 'voice-written', note: player.lastId, text, by: 'machine' });
    expect(player.session.language).toBe('es');
    expect(player.read(replies)).toContain('Continuar');
    expect(JSON.stringify([player.session, player.effects])).not.toContain('Davi');
  });

  it('does not when it comes late, is not understood, or another language was chosen meanwhile', async () => {
    const texts = { late: 'Hola, soy la mamá de Davi.', unclear: 'Hm.', chosen: 'Hola, soy la mamá de Davi.' };
    for (const [how, text] of Object.entries(texts)) {
      const player = speaker({ language: 'en' });
      await player.hears({ kind: 'voice' });
      const note = player.lastId;
      if (how === 'late') player.wait(60);
      if (how === 'chosen') await player.says('1');
      expect(await player.hears({ kind: 'voice-written', note, text, by: 'machine' }), how).toEqual([]);
      expect(player.session.language).toBe('en');
    }
  });

  it('that cannot be understood for hours is written down like any other after the yes, without a word to anybody', async () => {
    const player = speaker();
    await player.hears({ kind: 'voice' });
    const note = player.lastId;
    for (const text of ['1', '1', '1']) await player.says(text);
    player.wait(300);
    expect(await player.hears({ kind: 'voice-failed', note, why: 'service' })).toEqual([]);
    expect(player.effects).toContainEqual({ kind: 'voice.queue', id: note, by: 'machine' });
  });
});

describe('voice back', () => {
  it('comes to who only speaks or taps numbers, is told once, and ends with the first words that are written', async () => {
    const player = speaker();
    await player.says('hello');
    const first = await player.hears({ kind: 'voice' });
    expect(player.read(first)).toContain('You can also hear what I write');
    await player.hears({ kind: 'voice-written', note: player.lastId, text: 'one', by: 'machine' });
    expect((await player.says('yes')).some(({ aloud }) => aloud === true)).toBe(false);
    expect((await say(player, 'one')).some(({ aloud }) => aloud === true)).toBe(false);
    const again = await say(player, 'no');
    expect(again.some(({ aloud }) => aloud === true)).toBe(true);
    expect(player.read(again)).not.toContain('You can also hear');
  });

  it('tells the ear what can be said: numbers and words, never "tap"', async () => {
    for (const language of WHOLE_LANGUAGES) {
      const player = speaker({ language });
      await player.hears({ kind: 'voice' });
      const replies = await player.says('1');
      const asked = replies.find(({ prompt }) => prompt !== undefined);
      expect(asked?.ear?.map(({ key }) => key)).toEqual(['spoken.ear-number']);
      const { ear = '' } = player.render(asked ?? { text: 'fault' });
      expect(ear).not.toMatch(/tap|toca|toque|touch|écri|escri|write/iu);
    }
  });
});
