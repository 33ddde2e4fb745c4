// What is changed or taken back after it was sent, wherever it stands by then.

import { describe, expect, it } from 'vitest';
import type { EventBody, MailOutcome } from '../../src/dialog/engine/event.ts';
import { Player } from '../support/player.ts';

async function atTopics(): Promise<Player> {
  const player = new Player();
  for (const text of ['hello', '1', '1', '1', 'Nobody told us for two whole days.', 'next', 'skip'])
    await player.says(text);
  return player;
}

describe('messages that went astray', () => {
  const FIRST = 'I forgot to say that his boots were never given back to us.';
  const SECOND = 'They said that there had never been any boots at all.';

  it('join the story as the messages they are', async () => {
    const player = await atTopics();
    for (const text of [FIRST, SECOND]) await player.says(text);
    expect(player.parts.map(({ text }) => text)).toEqual(['Nobody told us for two whole days.', FIRST, SECOND]);
  });

  it('can be taken back one by one while they are asked about', async () => {
    const player = await atTopics();
    await player.says(FIRST);
    await player.says('Never any boots at all.');
    await player.hears({ kind: 'deletion', target: 'm8' });
    await player.hears({ kind: 'edit', target: 'm9', text: 'They said there were none.' });
    await player.says('yes');
    expect(player.parts.map(({ text }) => text)).toEqual([
      'Nobody told us for two whole days.',
      'They said there were none.',
    ]);
  });

  it('leave nothing to ask about when all of them are taken back', async () => {
    const player = await atTopics();
    await player.says(FIRST);
    const read = player.read(await player.hears({ kind: 'deletion', target: 'm8' }));
    expect(player.session.at.prompt).toBe('topics');
    expect(read).toContain('taken that message out');
  });
});

describe('an answer', () => {
  it('is changed by an edit, and taken out by a deletion, with its words', async () => {
    const player = await atTopics();
    const before = player.session.counts['story']?.words ?? 0;
    await player.hears({ kind: 'edit', target: 'm5', text: 'Nobody told us for two whole days and two nights.' });
    expect(player.session.counts['story']?.words).toBe(before + 3);
    await player.hears({ kind: 'deletion', target: 'm5' });
    expect(player.parts).toEqual([]);
    expect(player.session.counts).toEqual({});
    expect(player.effects).toContainEqual({ kind: 'redact', message: 'm5' });
  });
});

describe('a message that gave a name', () => {
  const NAMED = ['next', 'skip all', 'next', '2', 'Samuel Inventado', '1', '1', 'Rosa Inventada', '1'];

  async function named(): Promise<Player> {
    const player = await atTopics();
    for (const text of NAMED) await player.says(text);
    expect(player.session).toMatchObject({
      at: { prompt: 'read-back' },
      harmed: { form: 'initials', name: 'Samuel Inventado' },
      author: { form: 'full', name: 'Rosa Inventada' },
    });
    return player;
  }

  it('takes the name with it when it is taken back, says so, and shows how the names stand now', async () => {
    const player = await named();
    const read = player.read(await player.hears({ kind: 'deletion', target: 'm15' }));
    expect(read).toContain('taken that message out');
    expect(player.session.author).toEqual({ form: 'none' });
    expect(player.session.harmed.name).toBe('Samuel Inventado');
    expect(player.effects.findLast(({ kind }) => kind === 'consent')).toMatchObject({
      purpose: 'name-author',
      value: 'none',
    });
    await player.hears({ kind: 'deletion', target: 'm12' });
    expect(player.session.harmed).toEqual({ form: 'none' });
    expect(JSON.stringify(player.session)).not.toContain('Inventad');
    expect(player.read(await player.says('4'))).toContain('One more choice');
  });

  it('at SEND: the document is built again without it', async () => {
    const player = await named();
    for (const text of ['4', '3']) await player.says(text);
    const before = player.session.built?.sha256;
    const read = player.read(await player.hears({ kind: 'deletion', target: 'm15' }));
    expect(read).toContain('Your final file begins');
    expect(player.session.built?.sha256).not.toBe(before);
  });

  it('inside the window it goes from what is kept, and the approved document stays as it was approved', async () => {
    const player = await named();
    for (const text of ['4', '3', 'SEND', 'no']) await player.says(text);
    const consents = player.effects.filter(({ kind }) => kind === 'consent').length;
    const read = player.read(await player.hears({ kind: 'deletion', target: 'm15' }));
    expect(read).toContain('write *stop* to take it back');
    expect(JSON.stringify(player.session)).not.toContain('Rosa');
    expect(player.effects.filter(({ kind }) => kind === 'consent')).toHaveLength(consents);
  });

  it('is forgotten with its text: the next one has names of its own', async () => {
    const player = await named();
    for (const text of ['4', '3', 'SEND', 'no', '6', '1']) await player.says(text);
    expect(player.session.namedIn).toBeUndefined();
    expect(await player.hears({ kind: 'deletion', target: 'm15' })).toEqual([]);
  });
});

describe('a text that was approved', () => {
  const TO_SEND = ['hello', '1', '1', '1', 'Nobody told us for two whole days.', 'next', 'skip', 'next', 'skip all'];
  const LATER = 'Nobody told us for three whole days.';

  async function approved(): Promise<Player> {
    const player = new Player();
    for (const text of [...TO_SEND, 'next', 'skip all', '4', '3', 'SEND', '2']) await player.says(text);
    expect(player.session.mails).toHaveLength(1);
    return player;
  }
  const hearsOf = async (player: Player, body: EventBody) => player.read(await player.hears(body));

  it('is built again, and shown, where an answer is edited at the last question', async () => {
    const player = new Player();
    for (const text of [...TO_SEND, 'next', 'skip all', '4', '3']) await player.says(text);
    const before = player.session.built?.sha256;
    const read = await hearsOf(player, { kind: 'edit', target: 'm5', text: LATER });
    expect(read).toContain('changed that part');
    expect(read).toContain('Your final file begins');
    expect(player.session.built?.sha256).not.toBe(before);
  });

  it('stays as it was inside the window: an edit waits for "stop", a deletion says what it does not change', async () => {
    const player = await approved();
    expect(await hearsOf(player, { kind: 'edit', target: 'm5', text: LATER })).toContain('Write *stop* first');
    expect(player.parts[0]?.text).not.toBe(LATER);
    expect(await hearsOf(player, { kind: 'deletion', target: 'm5' })).toContain('write *stop* to take it back');
    expect(player.parts).toEqual([]);
  });

  it.each([
    ['on its way', (player: Player) => Promise.resolve((player.mailLeft = true))],
    ['after the window', (player: Player) => Promise.resolve(player.wait(60))],
    ['in doubt', (player: Player) => ends(player, { kind: 'uncertain', at: '2026-11-23T12:40:00.000Z' })],
    ['accepted', (player: Player) => ends(player, { kind: 'accepted', server: 'mx', at: '2026-11-23T12:40:00.000Z' })],
  ] as const)('%s: says that what was sent is not changed, and changes what is kept', async (_, come) => {
    const player = await approved();
    await come(player);
    const edited = await hearsOf(player, { kind: 'edit', target: 'm5', text: LATER });
    expect(edited).toContain('The text that was sent isn’t changed by it');
    expect(player.parts[0]?.text).toBe(LATER);
    const deleted = await hearsOf(player, { kind: 'deletion', target: 'm5' });
    expect(deleted).toContain('The text that was sent still has it');
    expect(`${edited}${deleted}`).not.toContain('*stop*');
  });

  it('is open again in a correction', async () => {
    const player = await approved();
    await ends(player, { kind: 'accepted', server: 'mx', at: '2026-11-23T12:40:00.000Z' });
    await player.says('2');
    expect(await hearsOf(player, { kind: 'edit', target: 'm5', text: LATER })).toContain('I’ve changed that part');
  });

  async function ends(player: Player, outcome: MailOutcome): Promise<void> {
    const reference = player.session.reference ?? '';
    player.mailLeft = true;
    await player.hears({ kind: 'mail', reference, mail: 'submission', outcome });
  }
});

describe('signs without a word', () => {
  it.each(['👍', '😭😭😭', '🙏🏿', '?', '...', '❤️'])('%s is answered, and is no testimony', async (sign) => {
    const player = new Player();
    for (const text of ['hello', '1', '1', '1', 'Nobody told us for two whole days.']) await player.says(text);
    expect(player.read(await player.says(sign))).toContain('Only words can go into your text');
    expect(player.parts.map(({ text }) => text)).toEqual(['Nobody told us for two whole days.']);
  });

  it.each(['أخي مات', 'ለምን', '彼は戻らなかった', '14:30', 'Koffi 💔'])('%s is testimony', async (text) => {
    const player = new Player();
    for (const said of ['hello', '1', '1', '1', 'Nobody told us for two whole days.', text]) await player.says(said);
    expect(player.parts.map((part) => part.text)).toContain(text);
  });
});
