// The terms of publication away from the question who may read a text: for organisers, on paper, at the deadline, after SEND.

import { describe, expect, it } from 'vitest';
import { buildPrinted } from '../../src/app/printed-words.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { intake, lexicon, operator, Player, texts } from '../support/player.ts';
import { withTerms } from '../support/terms.ts';
import { CONFIDENTIAL, documentTexts, say, UNNAMED, untilPublication, untilSend } from '../support/until-send.ts';

const ALWAYS = { default: 'always' } as const;
const NEVER = { default: 'never' } as const;
const REQUEST = { 'opt-out': 'not-stated' } as const;

/** An organiser writes down what a person tells, up to where it can join others; what was said is returned. */
async function tells(player: Player, label: string, keepsBack: boolean): Promise<string> {
  let read = '';
  const answers: Readonly<Record<string, readonly string[]>> = {
    ...{ 'teller-name': [label], 'teller-language': ['english'], 'teller-consent': ['1'], topics: ['1', 'next'] },
    ...{ topic: ['31.12.2020: 7.', 'next'], story: ['23.03.2019: 12.', 'next'], others: ['next'] },
    ...{ 'read-back': ['4'], publication: ['2'], 'kept-back': keepsBack ? ['2', 'next'] : ['next'] },
    ...{ 'reader-name': ['R. M.'], 'reader-how': ['1'], 'reader-language': ['1'], 'reader-agrees': ['1'] },
  };
  const said = new Map<string, number>();
  for (let left = 60; player.session.at.prompt !== 'ready' && left > 0; left--) {
    const { prompt } = player.session.at;
    const nth = said.get(prompt) ?? 0;
    said.set(prompt, nth + 1);
    read += `${player.read(await player.says(answers[prompt]?.[nth] ?? 'skip'))}\n\n`;
  }
  expect(player.session.at.prompt).toBe('ready');
  return read;
}

async function organiser(change: Parameters<typeof withTerms>[0]): Promise<Player> {
  const player = new Player({ call: withTerms(change) });
  await player.hears({ kind: 'opened' });
  for (const text of ['1', '1', '1', '4', '2', 'girasol', 'girasol']) await player.says(text);
  expect(player.session.at.prompt).toBe('teller-name');
  return player;
}

describe('an organiser', () => {
  it('reads aloud that it is published, before the yes and before the last question', async () => {
    const player = await organiser(ALWAYS);
    const { hash } = player.shelved;
    const read = await tells(player, 'Amina', false);
    const at = (key: string) => read.indexOf(say('en', hash, key).split('\n')[0] ?? '');
    expect(at('publication.before')).toBeGreaterThan(-1);
    expect(at('publication.before')).toBeLessThan(at('gathering.aloud-keep'));
    expect(at('publication.again')).toBeGreaterThan(-1);
    expect(at('publication.again')).toBeLessThan(at('gathering.aloud-send'));
  });

  it('joins texts under one first line, and sends those with confidential answers alone', async () => {
    const player = await organiser({ partial: 'yes' });
    await tells(player, 'Amina', true);
    await player.says('new');
    await tells(player, 'Carlos', false);
    await player.says('new');
    await tells(player, 'Dina', false);
    const offered = player.read(await player.says('together'));
    expect(player.session.at.prompt).toBe('joint');
    expect(offered).toContain(say('en', player.shelved.hash, 'joint.alone', { names: 'Amina' }));
    expect(offered).toMatch(/\*1\* Carlos: .*\n\*2\* Dina: /u);
    const together = player.read(await player.says('all'));
    expect(together).not.toContain('Amina');
    await player.says('4');
    expect(player.session.joint?.members).toHaveLength(2);
    expect(player.read(await player.says('repeat'))).toContain(documentTexts.en.publication[UNNAMED]);
  });
});

describe.each(WHOLE_LANGUAGES)('the page to print in %s', (language) => {
  const page = (change: Parameters<typeof withTerms>[0]) => {
    const shelved = withTerms(change);
    const printed = buildPrinted(shelved, operator, intake, texts.translate)(language);
    return { printed, say: (key: string) => say(language, shelved.hash, key).replaceAll('*', '') };
  };

  it('says before the first question that it is published, and offers nothing that is not granted', () => {
    const always = page(ALWAYS);
    expect(always.printed.beforeKeep).toBe(always.say('publication.before'));
    expect(always.printed.publicationChoices.map(({ label }) => label)).toEqual([
      always.say('choices.public-named'),
      always.say('choices.public-unnamed'),
    ]);
    expect(always.printed.sends).toHaveLength(2);
    const request = page(REQUEST);
    expect(request.printed.beforeKeep).toBeNull();
    expect(request.printed.publicationChoices.at(-1)?.label).toBe(request.say('choices.confidential'));
    expect(JSON.stringify(request.printed.publicationChoices)).not.toMatch(/confiden[tc]i/iu);
  });

  it('asks nobody if nothing is published', () => {
    const { printed, say: saysThere } = page(NEVER);
    expect(printed.publicationChoices).toEqual([]);
    expect(printed.publication).toBe(saysThere('publication.none'));
    expect(printed.sends).toHaveLength(1);
  });
});

describe('if nobody releases it before the deadline', () => {
  const RELEASED = { release: 'staff', desk: true } as const;

  async function atDeadlineQuestion(change: Parameters<typeof withTerms>[0], language: WholeLanguage, readers: string) {
    const player = new Player({ language, call: withTerms(change), operator: RELEASED });
    await untilPublication(player);
    const asked =
      player.session.at.prompt === 'publication'
        ? player.read(await player.says(readers))
        : player.read(await player.says(texts.translate(language, { key: 'commands.repeat' }, '')));
    return { player, asked };
  }

  it.each(WHOLE_LANGUAGES)(
    'no confidential version is offered that the call does not grant, in %s',
    async (language) => {
      const { player, asked } = await atDeadlineQuestion(ALWAYS, language, '2');
      expect(player.session.at.prompt).toBe('if-unreachable');
      expect(asked).not.toMatch(/confiden[tc]i/iu);
      await player.says('3');
      expect(player.session.ifUnreachable).toBeUndefined();
      await player.says('2');
      expect(player.session.ifUnreachable).toBe('not-send');
    },
  );

  it.each(WHOLE_LANGUAGES)('a request is called one, in %s', async (language) => {
    const { player, asked } = await atDeadlineQuestion(REQUEST, language, '2');
    const { hash } = player.shelved;
    expect(asked).toContain(say(language, hash, 'choices.unreachable-confidential'));
    expect(asked).not.toMatch(/confiden[tc]i/iu);
    const read = player.read(await player.says('2'));
    expect(player.session.ifUnreachable).toBe('confidential');
    expect(read).toContain(documentTexts[language].publication[CONFIDENTIAL]);
    expect(read).toContain(bareSaid(language, hash));
  });

  const bareSaid = (language: WholeLanguage, hash: string) =>
    say(language, hash, 'unreachable.said.confidential').split('\n')[0] ?? '';
});

describe('after SEND', () => {
  it.each([
    [NEVER, 1],
    [ALWAYS, 2],
  ] as const)('%o: a body that publishes nothing is not asked not to', async (change, choices) => {
    const player = new Player({ call: withTerms(change) });
    await untilSend(player, async () => {
      await player.says('2');
    });
    await player.says((lexicon.words.en.typed.send[0] ?? '').toUpperCase());
    await player.says('2');
    const { reference } = player.session.mails[0] ?? {};
    player.mailLeft = true;
    const at = '2026-11-23T13:00:00.000Z';
    const outcome = { kind: 'accepted', server: 'mx.body.example', at } as const;
    await player.hears({ kind: 'mail', reference: reference ?? '', mail: 'submission', outcome });
    const asked = (await player.says('withdraw')).at(-1);
    expect(player.session.at.prompt).toBe('withdraw-kind');
    expect(asked?.choices).toHaveLength(choices);
  });
});
