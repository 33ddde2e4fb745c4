// Recordings: what was said in them counts when their speaker has said that it is right, and not a moment before.

import { describe, expect, it } from 'vitest';
import type { VoiceMeans } from '../../src/dialog/engine/world.ts';
import { corrected, correctionIn } from '../../src/dialog/understanding/plain-answer.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import { Player } from '../support/player.ts';

const HERE: VoiceMeans = { machine: 'here', host: '', staff: false, keepDays: 7 };

function speaker(voice: Partial<VoiceMeans> = {}, language: WholeLanguage = 'en'): Player {
  return new Player({
    language,
    operator: { voice: { ...HERE, ...voice } },
    channel: { seenBy: 'messenger', takesFiles: true, takesVoice: true },
  });
}

async function telling(player: Player): Promise<Player> {
  for (const text of ['hello', '1', '1', '1', '1']) await player.says(text);
  expect(player.session.at.prompt).toBe('story');
  return player;
}

async function speaks(player: Player): Promise<string> {
  await player.hears({ kind: 'voice' });
  return player.lastId;
}

const writes = (player: Player, note: string, text: string) =>
  player.hears({ kind: 'voice-written', note, text, by: 'machine' });

const said = (player: Player) => player.parts.filter(({ pending }) => pending !== true).map(({ text }) => text);

describe('a recording', () => {
  it('counts nothing until its speaker has said that it is right', async () => {
    const player = await telling(speaker());
    const note = await speaks(player);
    expect(player.session.counts).toEqual({});
    expect(player.read(await writes(player, note, 'Nobody told us where she was.'))).toContain('Nobody told us');
    expect(said(player)).toEqual([]);
    expect(player.session.counts).toEqual({});
    await player.says('It is right');
    expect(said(player)).toEqual(['Nobody told us where she was.']);
    expect(player.session.counts['story']).toEqual({ parts: 1, words: 6 });
    expect(player.effects).toContainEqual({ kind: 'voice.erase', ids: [note] });
  });

  it('keeps its place between the texts around it, whenever it is written down', async () => {
    const player = await telling(speaker());
    await player.says('They stopped his bus at the bridge.');
    const first = await speaks(player);
    await player.says('He was standing at the wall of the school.');
    const second = await speaks(player);
    await player.says('Nobody from the station came to us.');
    await writes(player, second, 'There were two shots.');
    await player.says('1');
    await writes(player, first, 'The driver saw it all.');
    await player.says('1');
    expect(said(player)).toEqual([
      'They stopped his bus at the bridge.',
      'The driver saw it all.',
      'He was standing at the wall of the school.',
      'There were two shots.',
      'Nobody from the station came to us.',
    ]);
  });

  it.each(['stop', 'delete', 'SEND', 'ERASE', 'next', '1'])(
    'is no command by itself: somebody says "%s"',
    async (word) => {
      const player = await telling(speaker());
      await writes(player, await speaks(player), word);
      // Of a command it is asked first whether it was meant.
      if (player.session.at.prompt === 'heard') await player.says('no');
      expect(player.session.at.prompt).toBe('voice-check');
      await player.says('1');
      expect(said(player)).toEqual([word]);
      expect(player.session.at.prompt).toBe('story');
    },
  );

  it('that is refused is erased with the next step, and so is what was written down', async () => {
    const player = await telling(speaker());
    await player.says('A text of some words beside them.');
    for (const answer of ['2', '3']) {
      const note = await speaks(player);
      await writes(player, note, 'Something wrong.');
      await player.says(answer);
      expect(player.effects).not.toContainEqual({ kind: 'voice.erase', ids: [note] });
      expect(player.session.at.prompt).toBe('story');
      for (const text of ['review', '1', '2', 'ERASE', 'undo']) await player.says(text);
      expect(player.effects).toContainEqual({ kind: 'voice.erase', ids: [note] });
      for (const text of ['back', 'next', 'back']) if (player.session.at.prompt !== 'story') await player.says(text);
    }
    expect(player.rows).toHaveLength(1);
    expect(JSON.stringify(player.session)).not.toContain('Something wrong');
  });

  it.each(['2', '3'])('no harm 5: that is left out (%s) is asked about again by *undo*', async (answer) => {
    const player = await telling(speaker());
    await player.says('A text of some words before it.');
    const note = await speaks(player);
    await player.says('A text of some words after it.');
    await writes(player, note, 'What they said at the gate.');
    expect(player.read(await player.says(answer))).toContain('*undo*');
    expect(player.effects).toContainEqual({ kind: 'unsay', about: note });
    expect(player.read(await player.says('undo'))).toContain('What they said at the gate.');
    expect(player.session.at.prompt).toBe('voice-check');
    await player.says('1');
    expect(said(player)[1]).toBe('What they said at the gate.');
    expect(said(player)).toHaveLength(3);
  });

  it('no harm 5: left out unheard, all of them come back by *undo*, and are written down', async () => {
    const player = await telling(speaker());
    await player.says('A text of some words before them.');
    const notes = [await speaks(player), await speaks(player)];
    for (const text of ['next', 'skip', 'next', 'skip all', 'next', 'skip all']) {
      if (player.session.at.prompt !== 'voice-left') await player.says(text);
    }
    expect(player.session.at.prompt).toBe('voice-left');
    expect(player.read(await player.says('2'))).toContain('*undo*');
    expect(player.session.voice.notes).toEqual([]);
    await player.says('undo');
    expect(player.session.voice.notes.map(({ id }) => id)).toEqual(notes);
    for (const note of notes) await writes(player, note, `The words of ${note}.`);
    for (let at = 0; at < 4 && player.session.at.prompt === 'voice-check'; at++) await player.says('1');
    for (const note of notes) expect(said(player)).toContain(`The words of ${note}.`);
  });

  it('no harm 5: left out, then deleted for everyone, comes back by nothing', async () => {
    const player = await telling(speaker());
    const note = await speaks(player);
    await writes(player, note, 'What they said at the gate.');
    await player.says('2');
    await player.hears({ kind: 'deletion', target: note });
    expect(player.effects).toContainEqual({ kind: 'voice.erase', ids: [note] });
    await player.says('undo');
    expect(player.rows).toEqual([]);
    expect(JSON.stringify(player.session)).not.toContain('at the gate');
  });

  it('deleted for everyone while it is being written down is gone, and its result is nobody’s', async () => {
    const player = await telling(speaker());
    const note = await speaks(player);
    await player.hears({ kind: 'deletion', target: note });
    expect(player.effects).toContainEqual({ kind: 'voice.erase', ids: [note] });
    expect(await writes(player, note, 'Too late.')).toEqual([]);
    expect(player.parts).toEqual([]);
    expect(JSON.stringify(player.session)).not.toContain('Too late');
  });

  it('is asked about one at a time, and never over a question that is open', async () => {
    const player = await telling(speaker());
    const [first, second] = [await speaks(player), await speaks(player)];
    await player.says('And a text of some words beside them.');
    await writes(player, second, 'The second.');
    expect(await writes(player, first, 'The first.')).toEqual([]);
    await player.says('1');
    expect(player.session.at).toEqual({ prompt: 'voice-check', of: first });
    await player.says('1');
    expect(player.session.at.prompt).toBe('story');
    expect(said(player)).toHaveLength(3);
  });

  it('written down long afterwards waits for the next message: nobody is written to first', async () => {
    const player = await telling(speaker());
    const note = await speaks(player);
    player.wait(60);
    expect(await writes(player, note, 'Nobody came to tell us anything.')).toEqual([]);
    expect(player.read(await player.says('I was away for a while, sorry.'))).toContain('Nobody came to tell');
  });

  it('leaves the one who writes on in peace: what is written belongs to the story', async () => {
    const player = await telling(speaker());
    await writes(player, await speaks(player), 'The recording.');
    await player.says('They had taken his keys as well.');
    await player.says('1');
    expect(said(player)).toEqual(['The recording.', 'They had taken his keys as well.']);
  });

  it('of nothing, of noise, too long or broken is told calmly and not kept', async () => {
    const player = await telling(speaker());
    for (const text of ['', ' \n', '♪♪', '...', 'x'.repeat(100_001)]) {
      const replies = await writes(player, await speaks(player), text);
      expect(player.read(replies)).toMatch(/say it again/u);
      expect(player.session.voice.notes).toEqual([]);
    }
    const note = await speaks(player);
    const replies = await player.hears({ kind: 'voice-failed', note, why: 'service' });
    expect(player.read(replies)).toMatch(/our fault/u);
    expect(player.parts).toEqual([]);
  });

  it('before the yes is put aside, and written down after it', async () => {
    const player = speaker();
    expect(player.read(await player.hears({ kind: 'voice' }))).toContain('recording is put aside');
    const note = player.lastId;
    expect(player.effects).toContainEqual({ kind: 'voice.queue', id: note, by: 'nobody' });
    for (const text of ['1', '1']) await player.says(text);
    expect(player.effects).not.toContainEqual({ kind: 'voice.queue', id: note, by: 'machine' });
    // Only its language was asked for.
    await player.hears({ kind: 'voice-written', note, text: 'CANARY of what was told', by: 'machine' });
    expect(JSON.stringify([player.session, player.effects])).not.toContain('CANARY');
    expect(player.effects).not.toContainEqual({ kind: 'voice.queue', id: note, by: 'machine' });
    await player.says('1');
    expect(player.effects).toContainEqual({ kind: 'voice.queue', id: note, by: 'machine' });
  });

  it('of somebody under 18 is not kept; what was said before is not erased by an age (no harm 1)', async () => {
    const player = speaker();
    await player.hears({ kind: 'voice' });
    const note = player.lastId;
    for (const text of ['1', '1', '2']) await player.says(text);
    await player.hears({ kind: 'voice' });
    expect(player.session.voice.notes.map(({ id }) => id)).toEqual([note]);
    expect(player.effects).not.toContainEqual(expect.objectContaining({ kind: 'voice.queue', id: player.lastId }));
  });
});

describe('before anything is read back', () => {
  const toOthers = ['next', 'skip', 'next', 'skip all'];

  it('a recording that is not written down yet is waited for, or left out by its speaker', async () => {
    for (const choice of ['1', '2'] as const) {
      const player = await telling(speaker());
      await player.says('She was kind to everybody in our street.');
      const note = await speaks(player);
      for (const text of toOthers) await player.says(text);
      expect(player.session.at.prompt).toBe('voice-left');
      await player.says(choice);
      if (choice === '2') expect(player.session.at.prompt).toBe('others');
      else {
        await writes(player, note, 'And this she said.');
        expect(player.session.at.prompt).toBe('voice-check');
        await player.says('1');
        expect(player.session.at.prompt).toBe('others');
        expect(said(player)).toHaveLength(2);
      }
      expect(player.session.voice.notes).toEqual([]);
    }
  });

  it('nothing can be sent past one that was not accepted', async () => {
    const player = await telling(speaker());
    await player.says('She was kind to everybody in our street.');
    for (const text of [...toOthers, 'next', 'skip all', '4', '3']) await player.says(text);
    expect(player.session.at.prompt).toBe('send');
    const note = await speaks(player);
    await player.says('SEND');
    expect(player.session.at.prompt).toBe('voice-left');
    await player.says('SEND');
    await writes(player, note, 'CANARY words nobody accepted.');
    await player.says('SEND');
    expect(player.effects.some(({ kind }) => kind === 'approve')).toBe(false);
    await player.says('2');
    expect(player.session.at.prompt).toBe('send');
    await player.says('SEND');
    expect(player.effects.some(({ kind }) => kind === 'approve')).toBe(true);
    expect(JSON.stringify(player.parts)).not.toContain('CANARY');
  });
});

describe('a machine that is not the operator’s', () => {
  it('hears nothing before a consent of its own, asked once', async () => {
    const player = await telling(speaker({ machine: 'elsewhere', host: 'speech.example' }));
    const note = await speaks(player);
    expect(player.session.at.prompt).toBe('voice-consent');
    expect(player.effects.some((effect) => effect.kind === 'voice.queue' && effect.by !== 'nobody')).toBe(false);
    await player.says('Yes');
    expect(player.effects).toContainEqual({ kind: 'voice.queue', id: note, by: 'machine' });
    const consent = player.effects.find((effect) => effect.kind === 'consent' && effect.purpose === 'transcribe');
    expect(consent).toMatchObject({ value: 'yes' });
    expect(player.session.at.prompt).toBe('story');
    await speaks(player);
    expect(player.session.at.prompt).toBe('story');
  });

  it('after a no never hears anything; a person listens, or the words are written', async () => {
    const alone = await telling(speaker({ machine: 'elsewhere', host: 'speech.example' }));
    await speaks(alone);
    expect(alone.read(await alone.says('no'))).toContain('please write it');
    expect(alone.session.voice.notes).toEqual([]);
    const helped = await telling(speaker({ machine: 'elsewhere', host: 'speech.example', staff: true }));
    const note = await speaks(helped);
    await helped.says('no');
    expect(helped.effects).toContainEqual({ kind: 'voice.queue', id: note, by: 'person' });
  });
});

describe('a person who listens', () => {
  it('takes over where a machine failed, and where the speaker prefers it', async () => {
    const player = await telling(speaker({ staff: true }));
    const failed = await speaks(player);
    await player.hears({ kind: 'voice-failed', note: failed, why: 'service' });
    expect(player.effects).toContainEqual({ kind: 'voice.queue', id: failed, by: 'person' });
    const preferred = await speaks(player);
    await writes(player, preferred, 'All wrong words.');
    await player.says('no machine');
    expect(player.effects).toContainEqual({ kind: 'voice.queue', id: preferred, by: 'person' });
    expect(JSON.stringify(player.session)).not.toContain('All wrong');
  });
});

describe('"no machine"', () => {
  it('written at any step, gives the recordings that wait to a person, and all that follow', async () => {
    const player = await telling(speaker({ staff: true }));
    await player.hears({ kind: 'voice' });
    const waiting = player.lastId;
    expect(player.read(await player.says('no machine'))).toContain('no machine listens');
    expect(player.effects).toContainEqual({ kind: 'voice.queue', id: waiting, by: 'person' });
    const later = await speaks(player);
    expect(player.effects).toContainEqual({ kind: 'voice.queue', id: later, by: 'person' });
    expect(player.effects).not.toContainEqual({ kind: 'voice.queue', id: later, by: 'machine' });
    expect(said(player)).toEqual([]);
  });
});

describe('without any means', () => {
  it('says honestly that it cannot listen, after the first tap and after a recording', async () => {
    const player = new Player({ channel: { seenBy: 'messenger', takesFiles: true, takesVoice: true } });
    await player.says('hello');
    expect(player.read(await player.says('1'))).toContain('You can send text and Word files.');
    expect(player.read(await player.hears({ kind: 'voice' }))).toContain('can’t listen');
    const other = speaker();
    await other.says('hello');
    expect(player.read(await other.says('1'))).toContain('text, voice messages and Word files');
  });
});

describe('one word for another', () => {
  it.each([
    ['Joao not João', 'Joao', 'João'],
    ['Joao, não João.', 'Joao', 'João'],
    ['« Davy », pas « David »', 'Davy', 'David'],
    ['"Inés Prueba", no "Inés Pluma"', 'Inés Prueba', 'Inés Pluma'],
    ['*Joao* instead of *João*', 'Joao', 'João'],
  ])('%s', (text, right, wrong) => {
    expect(correctionIn(text)).toEqual({ right, wrong });
  });

  it('changes whole words, everywhere, and says where there is none', () => {
    const change = { right: 'Joao', wrong: 'João' };
    expect(corrected('João e Joãozinho viram João.', change)).toBe('Joao e Joãozinho viram Joao.');
    expect(corrected('JOÃO chegou.', change)).toBe('Joao chegou.');
    expect(corrected('Davi chegou.', change)).toBeNull();
    expect(corrected('Inés Pluma y Ana.', { right: 'Inés Prueba', wrong: 'ines pluma' })).toBe('Inés Prueba y Ana.');
    expect(correctionIn('I was at home and not at work when they came to us that night')).toBeNull();
  });
});

describe('listening', () => {
  const listener = () =>
    new Player({ channel: { seenBy: 'messenger', takesFiles: true, takesVoice: true, speaks: true } });

  it('reads what was asked last, at every step and in every consent, and changes nothing', async () => {
    const player = listener();
    for (const text of ['hello', '1', '1']) await player.says(text);
    for (const text of ['1', '1', 'She was kind to everybody in our street.', 'next', 'skip', 'next']) {
      const { at, under, counts } = player.session;
      const replies = await player.says('listen');
      expect(replies.length).toBeGreaterThan(0);
      expect(replies.every(({ aloud }) => aloud === true)).toBe(true);
      expect(player.session).toMatchObject({ at, under, counts });
      expect((await player.says('help')).some(({ aloud }) => aloud === true)).toBe(false);
      await player.says(text);
    }
  });

  it('reads the whole text back, and the consents to publication', async () => {
    const player = listener();
    for (const text of ['hello', '1', '1', '1', '1', 'She was kind to everybody in our street.'])
      await player.says(text);
    for (const text of ['next', 'skip', 'next', 'skip all', 'next', 'skip all', '1']) await player.says(text);
    expect(player.session.at.prompt).toBe('read-back-check');
    const readBack = await player.says('listen');
    expect(player.read(readBack.filter(({ aloud }) => aloud === true))).toContain('kind to everybody');
    expect(player.session.at.prompt).toBe('read-back-check');
    await player.says('1');
    expect(player.session.at.prompt).toBe('publication');
    const consent = await player.says('read aloud');
    expect(player.read(consent.filter(({ aloud }) => aloud === true))).toContain('on its website');
    await player.says('3');
    const send = await player.says('listen');
    expect(send.every(({ aloud }) => aloud === true)).toBe(true);
    expect(player.read(send)).toContain('SEND');
  });

  it('is offered once to somebody who only speaks, and never where nothing can be heard', async () => {
    const deaf = await telling(speaker());
    await speaks(deaf);
    expect(deaf.read(await deaf.says('listen'))).toContain('can’t read aloud');
    const player = new Player({
      operator: { voice: HERE },
      channel: { seenBy: 'messenger', takesFiles: true, takesVoice: true, speaks: true },
    });
    await telling(player);
    expect(player.read(await player.hears({ kind: 'voice' }))).toContain('*listen*');
    expect(player.read(await player.hears({ kind: 'voice' }))).not.toContain('*listen*');
  });
});
