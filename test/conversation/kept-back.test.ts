// Single answers that stay confidential in a text that is public, if the call grants it: marked in the document, named
// in the first lines, and never in a document for several people.

import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { mailFor } from '../../src/conversation/build-document.ts';
import { buildFrozenMail } from '../../src/mail/outbox/compose-mail.ts';
import { parseMailRequest } from '../../src/mail/outbox/mail-request.ts';
import { draftFrom } from '../../src/dialog/engine/draft-from.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { documents, Player, texts } from '../support/player.ts';
import { withTerms } from '../support/terms.ts';
import {
  CONFIDENTIAL,
  documentTexts,
  firstLines,
  modelOf,
  say,
  UNNAMED,
  untilPublication,
} from '../support/until-send.ts';

/** As a mail program shows or searches them. */
async function keywordsOf({ session, rows, shelved }: Player): Promise<string | undefined> {
  const about = mailFor(documents, shelved, draftFrom(session, rows, shelved.call), 'inputs@body.example');
  const stamp = { messageId: '<1@casa.example>', date: new Date(0), replyTo: 'texts@casa.example', boundary: 'b' };
  const files = [{ format: 'pdf', bytes: new Uint8Array(1) }] as const;
  const parsed = parseMailRequest(documents.mail.submission(about).request);
  if (!parsed.ok) throw new Error(`wrong: ${parsed.fields.join(', ')}`);
  const { headers } = await PostalMime.parse(await buildFrozenMail(parsed.request, files, stamp));
  return headers.find(({ key }) => key === 'keywords')?.value;
}

describe('single answers that stay confidential', () => {
  const PUBLIC = '23.03.2019: 12 · 12.';
  const KEPT = '31.12.2020: 7 · 7.';

  async function atKeptBack(language: WholeLanguage, change: Parameters<typeof withTerms>[0] = {}): Promise<Player> {
    const player = new Player({ language, call: withTerms({ partial: 'yes', ...change }) });
    const word = (command: string) => texts.translate(language, { key: `commands.${command}` }, '');
    await untilPublication(player, PUBLIC, async () => {
      for (const said of ['1', KEPT, word('next'), word('next')]) await player.says(said);
    });
    await player.says('2');
    expect(player.session.at.prompt).toBe('kept-back');
    return player;
  }

  it.each(WHOLE_LANGUAGES)('are marked in the document, and the first lines say so, in %s', async (language) => {
    const player = await atKeptBack(language, { 'opt-out-where': 'subject' });
    const { hash } = player.shelved;
    expect(player.read(await player.says('2'))).toContain(
      say(language, hash, 'kept-back.line-kept', { part: { key: 'call:topics.investigation.short' } }),
    );
    const asked = player.read(await player.says(texts.translate(language, { key: 'commands.next' }, '')));
    expect(player.session.at.prompt).toBe('send');
    const parts = { key: 'call:topics.investigation.short' };
    const publication = { key: `publication.label.${UNNAMED}` };
    expect(asked).toContain(say(language, hash, 'kept-back.now', { parts }));
    expect(asked).toContain(say(language, hash, 'publication.partly', { publication, parts }));

    const { publication: lines, publicationShort, keptBack } = documentTexts[language];
    const { document, mail, subject } = await firstLines(player);
    expect([document, mail]).toEqual(Array(2).fill(`${lines[UNNAMED]} ${keptBack.line}`));
    expect(subject).toBe(`EMLER 2024 Report – ${publicationShort[UNNAMED]}; ${keptBack.short}`);
    expect(await keywordsOf(player)).toBe('publish-without-names, partly-confidential');
    const { blocks, footer } = modelOf(player);
    const words = blocks.map(({ text }) => text);
    expect(words.filter((text) => text === keptBack.mark)).toHaveLength(1);
    expect(words.indexOf(KEPT)).toBe(words.indexOf(keptBack.mark) + 1);
    expect(words.indexOf(PUBLIC)).toBeLessThan(words.indexOf(keptBack.mark));
    expect(footer).toContain(keptBack.short);
  });

  it.each([
    ['en', 'none'],
    ['en', "I don't know"],
    ['fr', 'aucune'],
    ['fr', 'je ne sais pas'],
    ['es', 'ninguna'],
    ['es', 'no sé'],
    ['pt', 'nenhuma'],
    ['pt', 'não sei'],
  ] as const)('are none in %s after "%s", which goes on', async (language, said) => {
    const player = await atKeptBack(language);
    await player.says(said);
    expect(player.session.at.prompt).toBe('send');
    expect(player.session.keptBack ?? []).toEqual([]);
  });

  it('are marked whenever they are told, and nothing is marked if all of it is confidential', async () => {
    const player = await atKeptBack('en');
    for (const said of ['2', 'next', 'review', '2', '1', '09.09.2021: 3.', 'next', 'next']) await player.says(said);
    expect(player.parts.some(({ text, slot }) => text === '09.09.2021: 3.' && slot.startsWith('topic/'))).toBe(true);
    const { sections } = draftFrom(player.session, player.rows, player.shelved.call);
    expect(sections.map(({ slot, keptBack = false }) => [slot.split('/')[0], keptBack])).toEqual([
      ['story', false],
      ['topic', true],
    ]);
    player.session = { ...player.session, publication: CONFIDENTIAL };
    const { mark } = documentTexts.en.keptBack;
    expect(modelOf(player).blocks.map(({ text }) => text)).not.toContain(mark);
    expect((await firstLines(player)).mail).toBe(documentTexts.en.publication[CONFIDENTIAL]);
  });

  it('are never all of them, can be made public again, and go with the choice', async () => {
    const player = await atKeptBack('en', { default: 'always' });
    expect(player.read(await player.says('1, 2'))).toContain(say('en', player.shelved.hash, 'kept-back.not-all'));
    expect(player.session.keptBack).toEqual([]);
    await player.says('1');
    expect(player.session.keptBack).toEqual(['story']);
    await player.says('1');
    expect(player.session.keptBack).toEqual([]);
    await player.says('2');
    await player.says('back');
    expect(player.session.at.prompt).toBe('publication');
    await player.says('2');
    expect(player.session).toMatchObject({ at: { prompt: 'kept-back' }, keptBack: [] });
  });

  it.each(WHOLE_LANGUAGES)('are promised where nothing else may be refused, in %s', async (language) => {
    const { hash } = withTerms({ default: 'always', partial: 'yes' });
    const whole = withTerms({ default: 'always' }).hash;
    const before = say(language, hash, 'publication.before');
    expect(before).toMatch(/confiden[tc]i/iu);
    expect(before.length).toBeLessThan(500);
    expect(say(language, whole, 'publication.before')).not.toMatch(/confiden[tc]i/iu);
    const player = await atKeptBack(language, { default: 'always' });
    await player.says('2');
    const asked = player.read(await player.says(texts.translate(language, { key: 'commands.next' }, '')));
    expect(asked).toContain(say(language, hash, 'publication.again'));
  });

  it.each([
    ['not granted', { partial: 'no' }],
    ['not stated', { partial: 'not-stated' }],
  ] as const)('are not asked about if that is %s', async (_, change) => {
    const player = new Player({ call: withTerms(change) });
    await untilPublication(player, PUBLIC, async () => {
      for (const said of ['1', KEPT, 'next', 'next']) await player.says(said);
    });
    await player.says('2');
    expect(player.session.at.prompt).toBe('send');
  });
});
