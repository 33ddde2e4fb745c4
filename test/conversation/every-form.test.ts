// What real calls ask, answered question by question to the files: every answer is in Word and in the PDF, once, in the call's order.

import { describe, expect, it } from 'vitest';
import { topicsOf } from '../../src/calls/call.ts';
import { topicsFor } from '../../src/dialog/engine/questions.ts';
import { FIXTURE_IDS } from '../fixtures/calls/fixture-call.ts';
import { docxParagraphs, isInstalled, pdfText } from '../submission/read-back.ts';
import { atQuestions, filesOf, freeFixture } from '../support/forms.ts';
import type { Player } from '../support/player.ts';

const QUESTIONS = ['topics', 'topic', 'topic-one'];

/** The answers by slot, in the order in which they were given: the last question of the list first. */
async function answerAll(player: Player): Promise<ReadonlyMap<string, string>> {
  const given = new Map<string, string>();
  for (let left = 400; QUESTIONS.includes(player.session.at.prompt); left--) {
    if (left === 0) throw new Error(`stays at ${player.session.at.prompt} ${player.session.at.of ?? ''}`);
    const { prompt, of = '' } = player.session.at;
    const { shelved, session } = player;
    const topics = topicsFor(shelved.call, session);
    if (prompt === 'topics') {
      const open = topics.findLast(({ id }) => ![...given.keys()].some((slot) => slot.split('/')[1] === id));
      if (open === undefined) await player.says('next');
      else await player.taps(`topic:${open.id}`);
    } else if (given.has(`topic/${of}`)) await player.says('next');
    else if (prompt === 'topic' && (topics.find(({ id }) => id === of)?.prompts.length ?? 0) > 1)
      await player.says('one by one');
    else {
      given.set(`topic/${of}`, `We tell of it as number ${given.size + 1} here.`);
      await player.says(given.get(`topic/${of}`) ?? '');
    }
  }
  return given;
}

describe.each(FIXTURE_IDS)('%s', (id) => {
  it('has every answer in both files, once, in the order of the call', async () => {
    const call = freeFixture(id);
    const one = topicsFor(call.call, { role: 'organisation' }).length === 1;
    const player = await atQuestions(call, { role: '3', upTo: one ? 'topic' : 'topics' });
    const given = await answerAll(player);
    const slots = topicsOf(call.call).flatMap((topic) => [
      `topic/${topic.id}`,
      ...topic.prompts.map((prompt) => `topic/${topic.id}/${prompt.id}`),
    ]);
    const inOrder = slots.flatMap((slot) => given.get(slot) ?? []);
    expect(inOrder).toHaveLength(given.size);
    expect(given.size).toBeGreaterThanOrEqual(
      topicsFor(call.call, player.session).reduce((sum, { prompts }) => sum + prompts.length, 0),
    );
    const { docx, pdf } = await filesOf(player);
    const told = /We tell of it as number \d+ here\./gu;
    const lines = (await docxParagraphs(docx)).map(({ text }) => text).join('\n');
    const found = lines.match(told);
    if (call.call.response.kind === 'topics') expect(found?.toSorted()).toEqual(inOrder.toSorted());
    else expect(found).toEqual(inOrder);
    if (isInstalled('pdftotext', '-v'))
      expect(pdfText(pdf, 'written').replace(/\s+/gu, ' ').match(told)?.toSorted()).toEqual(inOrder.toSorted());
  });
});
