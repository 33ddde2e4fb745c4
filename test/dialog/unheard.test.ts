// WhatsApp refused what was said last: whoever writes next answers something older, and is asked again.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { Player } from '../support/player.ts';

const TO_PUBLICATION = [
  'hello',
  '1',
  '1',
  '1',
  'Nobody told us for two whole days.',
  'next',
  'skip',
  'next',
  'skip all',
];

async function atPublication(): Promise<Player> {
  const player = new Player({ channel: { seenBy: 'messenger', takesFiles: true } });
  for (const text of [...TO_PUBLICATION, 'next', 'skip all', '4']) await player.says(text);
  expect(player.session.at.prompt).toBe('publication');
  return player;
}

describe('after a reply that was refused', () => {
  it.each(['1', 'yes', 'next', 'skip'])('"%s" is no answer to the question that nobody saw', async (text) => {
    const player = await atPublication();
    player.unheard = true;
    const read = player.read(await player.says(text));
    expect(read).toContain('may not have reached you');
    expect(read).toContain('Public, with names');
    expect(player.session.at.prompt).toBe('publication');
    expect(player.session.publication).toBeNull();
    await player.says('3');
    expect(player.session.publication).toBe('confidential');
  });

  it('SEND sends nothing that was not shown', async () => {
    const player = await atPublication();
    await player.says('3');
    player.unheard = true;
    const read = player.read(await player.says('SEND'));
    expect(read).toContain('To send exactly this, write SEND');
    expect(player.session.mails).toEqual([]);
  });

  it('help, stop and delete work, and testimony is testimony', async () => {
    const player = new Player({ channel: { seenBy: 'messenger', takesFiles: true } });
    for (const text of ['hello', '1', '1', '1']) await player.says(text);
    player.unheard = true;
    await player.says('They came at night and took him away, and nobody would tell us where he was.');
    expect(player.session.counts['story']?.parts).toBe(1);
    player.unheard = true;
    await player.says('delete');
    expect(player.session.at.prompt).toBe('erase');
  });

  it('how the mail stands is said again', async () => {
    const player = await atPublication();
    for (const text of ['3', 'SEND', '1']) await player.says(text);
    player.mailLeft = true;
    const outcome = { kind: 'accepted', server: 'mx.example', at: '2026-11-23T12:40:00.000Z' } as const;
    await player.hears({ kind: 'mail', reference: player.session.reference ?? '', mail: 'submission', outcome });
    player.unheard = true;
    expect(player.read(await player.says('hello?'))).toContain('Your text has left');
  });
});

describe('no harm 13: what was written before the question arrived', () => {
  const HELLO = { en: 'hello', es: 'hola', fr: 'bonjour', pt: 'olá' } as const;
  const SEND = { en: 'SEND', es: 'ENVIAR', fr: 'ENVOYER', pt: 'ENVIAR' } as const;
  const EARLY = { en: /before my question/u, es: /antes de que/u, fr: /avant que/u, pt: /antes de a minha/u } as const;
  const STOP = { en: 'stop', es: 'parar', fr: 'stop', pt: 'parar' } as const;
  const WAY = { en: ['next', 'skip', 'skip all'], es: ['siguiente', 'saltar', 'saltar todo'] } as const;
  const more = { fr: ['suivant', 'passer', 'tout passer'], pt: ['próximo', 'pular', 'pular tudo'] } as const;

  async function at(language: WholeLanguage): Promise<Player> {
    const player = new Player({ language, channel: { seenBy: 'messenger', takesFiles: true } });
    const [next, skip, skipAll] = { ...WAY, ...more }[language];
    const story = 'Nobody told us for two whole days.';
    for (const text of [HELLO[language], '1', '1', '1', story, next, skip, next, skipAll, next, skipAll, '4'])
      await player.says(text);
    expect(player.session.at.prompt).toBe('publication');
    return player;
  }

  it.each(WHOLE_LANGUAGES)(
    'chooses and sends nothing, and is asked again only where it is lost (%s)',
    async (language) => {
      const player = await at(language);
      player.early = 'waits';
      const waits = await player.says('3');
      expect(player.read(waits)).toMatch(EARLY[language]);
      expect(waits).toHaveLength(1);
      expect(waits[0]?.replaces).toBe('early');
      player.early = 'lost';
      expect((await player.says('3')).at(-1)?.prompt?.id).toBe('publication');
      expect(player.session.publication).toBeNull();
      await player.says('3');
      player.early = 'waits';
      await player.says(SEND[language]);
      expect(player.session.mails).toEqual([]);
      player.early = 'waits';
      await player.says(STOP[language]);
      expect(player.session.at.prompt).toBe('stop');
    },
  );

  it.each(['help', 'delete', 'pause', 'stop'])('%s works all the same', async (word) => {
    const player = await at('en');
    player.early = 'waits';
    expect(player.read(await player.says(word))).not.toMatch(EARLY.en);
  });

  it('a question is answered, and what is open stays open', async () => {
    const player = await at('en');
    player.early = 'waits';
    const read = player.read(await player.says('is it free?'));
    expect(read).not.toMatch(EARLY.en);
    expect(player.session).toMatchObject({ at: { prompt: 'publication' }, publication: null });
  });

  it('what is told is kept: before the yes it is held, after it it is offered to the story', async () => {
    const told = 'They came at night and took him away, and nobody would tell us where he was.';
    const first = new Player({ channel: { seenBy: 'messenger', takesFiles: true } });
    await first.says('hello');
    first.early = 'waits';
    await first.says(told);
    expect(first.held.map(({ text }) => text)).toEqual([told]);
    const later = await at('en');
    later.early = 'waits';
    await later.says(told);
    expect(later.session.doubt).toMatchObject({ kind: 'stray', text: told });
  });

  it('a short word that quotes another question answers nothing, a tap always does', async () => {
    const player = await at('en');
    const read = player.read(await player.hears({ kind: 'message', text: '2', quotes: 'safety' }));
    expect(read).toContain('one of my earlier messages');
    expect(player.session.at.prompt).toBe('publication');
    player.early = 'waits';
    await player.taps('confidential');
    expect(player.session.publication).toBe('confidential');
  });
});
