// A file that cannot be made is said where the text is read back, and never approved.

import { describe, expect, test } from 'vitest';
import { buildDocument } from '../../src/conversation/build-document.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import type { PromptId } from '../../src/dialog/prompts/prompt-ids.ts';
import { documents, Player, shelf, texts } from '../support/player.ts';

const SENDS: Readonly<Record<WholeLanguage, string>> = { en: 'SEND', fr: 'ENVOYER', es: 'ENVIAR', pt: 'ENVIAR' };
const TEXTS = {
  'a script that is no longer written': 'They came at night \u{13080} and nobody wrote it down.',
  'a sign of somebody’s own': 'They called him \uE123 and nobody wrote it down.',
};

function playerAt(
  prompt: PromptId,
  text: string,
  accepted: readonly ('docx' | 'pdf')[],
  language: WholeLanguage = 'en',
): Player {
  const current = shelf.current('emler-2024');
  const formats = { ...current.call.formats, accepted: [...accepted], refused: [] };
  const player = new Player({ language, call: { ...current, call: { ...current.call, formats } } });
  player.session = {
    ...player.session,
    ...{ version: 3, kept: true, adult: true, role: 'family', publication: 'public-named', reference: 'GR-TEST1' },
    ...{ case: 'case-1', contribution: 'contribution-1', submissionLanguage: language, at: { prompt } },
    harmed: { form: 'none' },
    author: { form: 'none' },
    counts: { story: { parts: 1, words: 9 } },
  };
  player.rows = [{ id: 'm1', slot: 'story', text, words: 9 }];
  return player;
}

const ask = (player: Player) => player.hears({ kind: 'unusable', what: 'sticker' });

describe('no harm 17: a file that cannot be made', () => {
  describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
    test.each(Object.entries(TEXTS))('is said at the read-back: the PDF is left out (%s)', async (_, text) => {
      const player = playerAt('read-back', text, ['docx', 'pdf'], language);
      const said = (await ask(player)).map((reply) =>
        texts.translate(language, { key: reply.text, params: reply.params ?? {} }, player.shelved.hash),
      );
      expect(
        said.some((line) => /[\u{13080}\uE123]/u.test(line) && line.includes('PDF') && line.includes('Word')),
      ).toBe(true);
      expect(player.session.flags).toContain('pdf-left-out');
      expect(player.session.flags).not.toContain('no-file');
    });

    test.each(Object.entries(TEXTS))('where only a PDF is taken, nothing is approved (%s)', async (_, text) => {
      const reader = playerAt('read-back', text, ['pdf'], language);
      expect((await ask(reader)).map((reply) => reply.text)).toContain('read-back.no-file');
      const player = playerAt('send', text, ['pdf'], language);
      expect((await ask(player)).map((reply) => reply.text)).toContain('send.no-file');
      for (let tries = 0; tries < 2; tries++) {
        expect((await player.says(SENDS[language])).map((reply) => reply.text)).toContain('send.no-file');
      }
      expect(player.effects.filter(({ kind }) => kind === 'approve')).toEqual([]);
      expect(player.session.mails).toEqual([]);
      expect(player.effects).toContainEqual({ kind: 'flag', flag: 'no-file' });
    });
  });

  test.each(['too-slow', 'too-much'] as const)('is said with its own cause: %s', async (why) => {
    const unmade = (['docx', 'pdf'] as const).map((format) => ({ format, why, characters: [] }));
    const player = playerAt('send', 'They came at night and nobody wrote it down.', ['docx', 'pdf']);
    const { session, shelved, parts } = player;
    const request = { session, parts, shelved, consents: [], final: true, file: true };
    const { document } = await buildDocument(documents, request);
    const slow = { ...document, sha256: null, files: [], unmade };
    const replies = await player.hears({ kind: 'built', document: slow });
    expect(replies.map((reply) => reply.text)).toEqual([`send.${why}`]);
    expect(player.effects.filter(({ kind }) => kind === 'approve')).toEqual([]);
    const { unmade: _, ...made } = document;
    const again = await player.hears({ kind: 'built', document: { ...made, sha256: '0'.repeat(64) } });
    expect(again.map((reply) => reply.text)).toContain('send.ask');
    expect(player.session.flags).not.toContain('no-file');
  });

  test('is forgotten once the text can be made', async () => {
    const player = playerAt('send', TEXTS['a sign of somebody’s own'], ['pdf']);
    await ask(player);
    player.rows = [{ id: 'm1', slot: 'story', text: 'They came at night and nobody wrote it down.', words: 9 }];
    expect((await ask(player)).map((reply) => reply.text)).toContain('send.ask');
    expect(player.session.flags).not.toContain('no-file');
    await player.says('SEND');
    expect(player.effects.filter(({ kind }) => kind === 'approve')).toHaveLength(1);
  });

  test('because it takes too much: nothing is approved, nothing thrown, and it is said (no harm A)', async () => {
    const player = playerAt('send', `${'word'.repeat(50)} `.repeat(22_000), ['docx', 'pdf']);
    const { session, shelved, parts } = player;
    const request = { session, parts, shelved, consents: [], final: true, file: true };
    const { document, save } = await buildDocument(documents, request);
    expect([document.sha256, document.files, save]).toEqual([null, [], []]);
    expect(document.unmade?.map(({ why }) => why)).toEqual(['too-much', 'too-much']);
    const small = { ...document, words: 9 };
    await ask(playerAt('send', 'x', ['docx']));
    expect((await player.hears({ kind: 'built', document: small })).map((reply) => reply.text)).toEqual([
      'send.too-much',
    ]);
    expect((await player.says('SEND')).length).toBeGreaterThan(0);
    expect(player.effects.filter(({ kind }) => kind === 'approve')).toEqual([]);
    expect(player.effects).toContainEqual({ kind: 'flag', flag: 'no-file' });
  });
});
