// Programs that answer us, and people who write the same again: nobody is silenced, and nothing goes on for ever.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import type { Reply } from '../../src/dialog/engine/reply.ts';
import { Player } from '../support/player.ts';

const AWAY: Readonly<Record<WholeLanguage, readonly [string, string]>> = {
  en: ['I am away from my phone right now.', 'Thank you for your message, we will get back to you soon.'],
  fr: ['Je ne suis pas disponible pour le moment.', 'Merci pour votre message, nous vous répondrons bientôt.'],
  es: ['Ahora no estoy cerca de mi teléfono.', 'Gracias por su mensaje, le responderemos pronto.'],
  pt: ['Agora não estou perto do meu telefone.', 'Obrigado pela mensagem, vamos responder em breve.'],
};

const toTelling = ['hello', '1', '1', '1', '1'];

/** Where a program can be met: before the yes, at a list, where something is told, at a name, at SEND. */
const PLACES: readonly (readonly [string, readonly string[]])[] = [
  ['hello', []],
  ['the safety step', ['hello', '1']],
  ['the keep question', ['hello', '1', '1']],
  ['the story', toTelling],
  ['the points', [...toTelling, 'My son was kind.', 'next', 'skip']],
  ['the names', [...toTelling, 'My son was kind.', 'next', 'skip', 'next', 'skip all']],
  ['the review', [...toTelling, 'My son was kind.', 'review']],
];

type Bot = (bubbles: readonly string[]) => readonly string[];

/** Bubbles of ours after the first answer, until nobody answers any more; 60 is for ever. */
async function exchange(player: Player, first: string, bot: Bot): Promise<number> {
  const queue = [first];
  let ours: number | null = null;
  while (queue.length > 0 && (ours ?? 0) < 60) {
    player.clock -= 55_000; // Five seconds a message.
    const bubbles = bubblesOf(player, await player.says(queue.shift() ?? ''));
    ours = ours === null ? 0 : ours + bubbles.length;
    queue.push(...bot(bubbles));
  }
  return ours ?? 0;
}

const bubblesOf = (player: Player, replies: readonly Reply[]) =>
  replies.flatMap((reply) => player.render(reply).bubbles.map(({ text }) => text));

const answersWith = (...texts: readonly string[]): Bot => {
  let turn = 0;
  return (bubbles) => (bubbles.length === 0 ? [] : [texts[turn++ % texts.length] ?? '']);
};

async function at(way: readonly string[], language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of way) await player.says(text);
  return player;
}

describe.each(WHOLE_LANGUAGES)('no harm 15: two programs that answer each other, in %s', (language) => {
  const [away, thanks] = AWAY[language];

  it.each(PLACES)('one that always says the same, at %s', async (_, way) => {
    const player = await at(way, language);
    expect(await exchange(player, away, answersWith(away))).toBeLessThanOrEqual(5);
  });

  // While telling, each sentence is asked about once.
  it.each(PLACES)('one that takes turns between two sentences, at %s', async (_, way) => {
    const player = await at(way, language);
    expect(await exchange(player, away, answersWith(away, thanks))).toBeLessThanOrEqual(9);
  });

  // What it echoes has several wordings, and comes round once it has echoed them all.
  it.each(PLACES)('an echo, at %s', async (_, way) => {
    const player = await at(way, language);
    expect(await exchange(player, away, (bubbles) => bubbles)).toBeLessThanOrEqual(50);
  });

  it('keeps what such a program says where something is told, each time', async () => {
    const player = await at(toTelling, language);
    for (let time = 0; time < 8; time++) await player.says(away);
    expect(player.parts.filter(({ text }) => text === away)).toHaveLength(8);
  });
});

describe('no harm 15: a person who writes the same again', () => {
  const hola = async (times: number) => {
    const player = new Player({ language: 'es' });
    const answers: number[] = [];
    for (let time = 0; time < times; time++) answers.push((await player.says('hola')).length);
    return { player, answers };
  };

  it('is answered four times, and at once when they write anything else', async () => {
    const { player, answers } = await hola(6);
    expect(answers.slice(0, 4).every((count) => count > 0)).toBe(true);
    expect(answers.slice(4)).toEqual([0, 0]);
    expect((await player.says('¿hay alguien?')).length).toBeGreaterThan(0);
  });

  it.each(['ayuda', 'parar', 'borrar', 'persona', 'están fuera de mi casa', 'ya no quiero vivir', '1'])(
    'is answered each time when they write %s',
    async (text) => {
      const { player } = await hola(6);
      for (let time = 0; time < 6; time++) expect((await player.says(text)).length).toBeGreaterThan(0);
    },
  );

  it('can tap what was shown last', async () => {
    const { player } = await hola(6);
    await player.taps('go-on');
    expect(player.session.at.prompt).not.toBe('hello');
  });

  it('is answered when they come back after a while', async () => {
    const { player } = await hola(6);
    player.wait(15);
    expect((await player.says('hola')).length).toBeGreaterThan(0);
  });

  it('and tells a long story is told each time that it is saved', async () => {
    const player = await at(toTelling, 'es');
    for (let time = 0; time < 20; time++) {
      expect((await player.says(`Frase ${time} de lo que pasó ese día.`)).length).toBeGreaterThan(0);
      if (time % 5 === 0) expect((await player.says('Mi hijo.')).length).toBeGreaterThan(0);
    }
  });
});
