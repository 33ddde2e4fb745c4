// No value that a call file may hold is refused by a later layer: from the file to the bytes of the mail.

import { describe, expect, test } from 'vitest';
import { acceptedFormats, type CallForInputs } from '../../src/calls/call.ts';
import { parseCall } from '../../src/calls/parse-call.ts';
import { whyNotServed } from '../../src/calls/why-not-served.ts';
import { callSchema, SUBJECT_SLOTS } from '../../src/calls/schema.ts';
import { buildDocument, mailFor } from '../../src/conversation/build-document.ts';
import { draftFrom } from '../../src/dialog/engine/draft-from.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { buildFrozenMail } from '../../src/mail/outbox/compose-mail.ts';
import { parseMailRequest } from '../../src/mail/outbox/mail-request.ts';
import { FIXTURE_IDS, fixtureCall } from '../fixtures/calls/fixture-call.ts';
import { placed, pointsOf } from '../support/call-values.ts';
import { documents, Player, shelf } from '../support/player.ts';

const emler = shelf.current('emler-2024');

/** The mail of somebody who answered this call, to its bytes. */
async function mailOf(call: CallForInputs, language: WholeLanguage): Promise<string> {
  const shelved = { ...emler, call };
  const { session: stranger } = new Player({ language, call: shelved });
  const session = {
    ...stranger,
    ...({ submissionLanguage: language, reference: 'GR-TEST1', role: 'family', kept: true, adult: true } as const),
    publication: 'public-named' as const,
  };
  const parts = [{ id: 'm1', slot: 'story', text: 'Nobody came to our door.', words: 5 }];
  const { document, save } = await buildDocument(documents, {
    session,
    parts,
    shelved,
    consents: [],
    final: true,
    file: true,
  });
  expect(document.sha256).not.toBeNull();
  const about = mailFor(documents, shelved, draftFrom(session, parts, call), 'inputs@body.example');
  const parsed = parseMailRequest(documents.mail.submission(about).request);
  const withdrawn = parseMailRequest(documents.mail.withdrawal(about, 'withdraw').request);
  if (!parsed.ok || !withdrawn.ok) throw new Error('refused');
  const stamp = { messageId: '<1@casa.example>', date: new Date(0), boundary: 'b', replyTo: 'texts+1@casa.example' };
  await buildFrozenMail(withdrawn.request, [], stamp);
  return Buffer.from(await buildFrozenMail(parsed.request, save[0]?.files ?? [], stamp)).toString();
}

const SUBJECTS: readonly CallForInputs['subject'][] = [
  { kind: 'none' },
  { kind: 'not-stated' },
  { kind: 'literal', text: 'Inputs\nfor the report' },
  { kind: 'by-language', texts: [{ language: 'ar', text: 'مساهمة' }] },
  ...SUBJECT_SLOTS.map((slot) => ({ kind: 'pattern' as const, pattern: `{${slot}}` })),
];

/** What no call of the fixtures has in it. */
const VARIED: readonly CallForInputs[] = [
  { ...emler.call, formats: { ...emler.call.formats, accepted: 'not-stated', refused: [] } },
  ...SUBJECTS.map((subject) => ({ ...emler.call, subject })),
];

describe('no harm 18: every call that loads can be answered to its mail, or says so before the first question', () => {
  test.each(FIXTURE_IDS)('%s', async (id) => {
    const call = fixtureCall(id);
    if (acceptedFormats(call).length === 0) return expect(whyNotServed(call)).not.toBeNull();
    for (const language of WHOLE_LANGUAGES) expect(await mailOf(call, language)).toMatch(/^Subject: \S/m);
  });

  test.each(SUBJECTS)('with the subject $kind $pattern', async (subject) => {
    for (const language of WHOLE_LANGUAGES)
      expect(await mailOf({ ...emler.call, subject }, language)).toMatch(/^Subject: \S/m);
  });

  test('with every value that the schema names', async () => {
    const bases = [emler.call, ...VARIED, ...FIXTURE_IDS.map(fixtureCall)];
    const [open, notServed] = [new Set(pointsOf(callSchema)), new Set<string>()];
    for (const { point, call: value } of bases.flatMap((base) => [...placed(callSchema, base, (to) => to)])) {
      if (!open.has(point)) continue;
      const parsed = parseCall(value);
      if (!parsed.ok) continue;
      if (acceptedFormats(parsed.call).length === 0) {
        expect(whyNotServed(parsed.call), point).not.toBeNull();
        notServed.add(point);
        continue;
      }
      expect(await mailOf(parsed.call, 'en'), point).toMatch(/^Subject: \S/m);
      open.delete(point);
    }
    // A value that is new to the schema stands here until a call with it was taken to its mail.
    expect([...open].filter((point) => !notServed.has(point))).toEqual([]);
    expect([...open]).toEqual(['rtf', 'odt', 'txt'].map((format) => `.formats.accepted[]=${format}`));
  }, 300_000);
});
