// The desk shows the document of every form of call, and finds each answer's message.

import { describe, expect, it } from 'vitest';
import { buildDocument } from '../../../src/conversation/build-document.ts';
import { traceBlocks } from '../../../src/staff/case/mask.ts';
import { isAnswer, readDocument } from '../../../src/staff/case/read-document.ts';
import { atQuestions, freeFixture, servedFixture } from '../../support/forms.ts';
import { documents, type Player } from '../../support/player.ts';

async function atDesk({ session, rows: parts, shelved }: Player) {
  const { save } = await buildDocument(documents, {
    session: { ...session, reference: 'GR-TEST1' },
    ...{ parts, shelved, consents: [], final: true, file: true },
  });
  const [stored] = save;
  if (stored === undefined) throw new Error('nothing to approve');
  const document = readDocument({ ...stored, id: 'one' });
  if (document === null) throw new Error('the desk cannot read it');
  const { messages, changed } = traceBlocks(document.model.blocks, parts, document.model.aside);
  const answers = document.model.blocks.flatMap((block, index) =>
    isAnswer(block) ? [[block.text, parts.find(({ id }) => id === messages[index])?.text]] : [],
  );
  return { document, answers, changed };
}

describe('at the desk', () => {
  it('the questions of a questionnaire, each answer with its message', async () => {
    const player = await atQuestions(freeFixture('invented-nested'));
    for (const text of ['2', 'An apology.', 'next', '1', 'one by one', 'Yes.', 'next', 'At the ombudsman.', 'next'])
      await player.says(text);
    const { document, answers, changed } = await atDesk(player);
    expect(document.isWhole).toBe(true);
    expect(document.model.words).toBe(12);
    expect(document.model.blocks.map(({ kind }) => kind)).toContain('heading3');
    expect(changed).toBe(false);
    expect(answers).toEqual(
      ['They never came to our door.', 'Yes.', 'At the ombudsman.', 'An apology.'].map((text) => [text, text]),
    );
  });

  it('an answer that is kept aside is no change of the text', async () => {
    const player = await atQuestions(freeFixture('invented-nested'));
    for (const text of ['1', 'one by one', 'Yes.', 'next', 'At the ombudsman.']) await player.says(text);
    const yes = player.parts.find(({ text }) => text === 'Yes.')?.id ?? '';
    await player.hears({ kind: 'edit', target: yes, text: 'No.' });
    const { answers, changed } = await atDesk(player);
    expect(changed).toBe(false);
    expect(answers).toEqual(['They never came to our door.', 'No.'].map((text) => [text, text]));
  });

  it('the fields of a table', async () => {
    const player = await atQuestions(freeFixture('invented-table'), { role: '3' });
    for (const text of ['2', '31', 'next', 'skip', '1', 'skip', 'Two of them.', 'next']) await player.says(text);
    const { answers, changed } = await atDesk(player);
    expect(changed).toBe(false);
    expect(answers).toEqual(['They never came to our door.', 'Two of them.', '31'].map((text) => [text, text]));
  });

  it('the pages of a call that counts them are to be looked at', async () => {
    const limit = { words: 'not-stated', pages: 3, counts: 'not-stated' } as const;
    const player = await atQuestions(servedFixture('ohchr-2016-women', { limit, languages: ['en'] }), {
      upTo: 'topic',
    });
    await player.says('An apology.');
    const { document, answers } = await atDesk(player);
    expect(document.model.words).toBeGreaterThan(20);
    expect(answers.at(-1)).toEqual(['An apology.', 'An apology.']);
  });
});
