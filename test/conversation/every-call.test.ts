// No value that a call file may hold is refused by a later layer: from the file to the bytes of the mail.

import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { buildDocument, mailFor } from '../../src/conversation/build-document.ts';
import { freezeMail } from '../../src/delivery/freeze-mail.ts';
import { parseMailRequest } from '../../src/delivery/mail-request.ts';
import { acceptedFormats, parseCall, whyNotServed, type CallForInputs } from '../../src/dialog/call.ts';
import { callSchema, SUBJECT_SLOTS } from '../../src/dialog/call-schema.ts';
import { draftFrom } from '../../src/dialog/draft-from.ts';
import { LANGUAGES, type Language } from '../../src/dialog/language.ts';
import { FIXTURE_IDS, fixtureCall } from '../fixtures/calls/fixture-call.ts';
import { documents, Player, shelf } from '../support/player.ts';

const emler = shelf.current('emler-2024');

/** The mail of somebody who answered this call, to its bytes. */
async function mailOf(call: CallForInputs, language: Language): Promise<string> {
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
  const about = mailFor(shelved, draftFrom(session, parts, call), 'inputs@body.example');
  const parsed = parseMailRequest(documents.mail.submission(about).request);
  const withdrawn = parseMailRequest(documents.mail.withdrawal(about, 'withdraw').request);
  if (!parsed.ok || !withdrawn.ok) throw new Error('refused');
  const stamp = { messageId: '<1@casa.example>', date: new Date(0), boundary: 'b', replyTo: 'texts+1@casa.example' };
  await freezeMail(withdrawn.request, [], stamp);
  return Buffer.from(await freezeMail(parsed.request, save[0]?.files ?? [], stamp)).toString();
}

/** Every enum of the schema, with its path; lists are tried with each value alone. */
function enumsOf(schema: unknown, path: readonly string[] = []): readonly (readonly [readonly string[], unknown])[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, inner]) => enumsOf(inner, [...path, key]));
  }
  if (schema instanceof z.ZodEnum) return schema.options.map((value) => [path, value] as const);
  if (schema instanceof z.ZodLiteral) return [...schema.values].map((value) => [path, value] as const);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((inner) => enumsOf(inner, path));
  if (schema instanceof z.ZodArray) return enumsOf(schema.element, path).map(([at, value]) => [at, [value]] as const);
  return [];
}

function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...object, [key]: changed(object[key], rest, to) };
}

const SUBJECTS: readonly CallForInputs['subject'][] = [
  { kind: 'none' },
  { kind: 'not-stated' },
  { kind: 'literal', text: 'Inputs\nfor the report' },
  { kind: 'by-language', texts: [{ language: 'ar', text: 'مساهمة' }] },
  ...SUBJECT_SLOTS.map((slot) => ({ kind: 'pattern' as const, pattern: `{${slot}}` })),
];

describe('no harm 18: every call that loads can be answered to its mail, or says so before the first question', () => {
  test.each(FIXTURE_IDS)('%s', async (id) => {
    const call = fixtureCall(id);
    if (acceptedFormats(call).length === 0) return expect(whyNotServed(call)).not.toBeNull();
    for (const language of LANGUAGES) expect(await mailOf(call, language)).toMatch(/^Subject: \S/m);
  });

  test.each(SUBJECTS)('with the subject $kind $pattern', async (subject) => {
    for (const language of LANGUAGES)
      expect(await mailOf({ ...emler.call, subject }, language)).toMatch(/^Subject: \S/m);
  });

  test('with every value of every list of values', async () => {
    const enums = enumsOf(callSchema);
    expect(enums.length).toBeGreaterThan(80);
    let taken = 0;
    for (const [path, value] of enums) {
      const parsed = parseCall(changed(emler.call, path, value));
      if (!parsed.ok || acceptedFormats(parsed.call).length === 0) continue;
      taken++;
      expect(await mailOf(parsed.call, 'en'), `${path.join('.')}: ${String(value)}`).toMatch(/^Subject: \S/m);
    }
    expect(taken).toBeGreaterThan(70);
  }, 120_000);
});

describe('no harm 19: what a call does with a text', () => {
  const { publication } = emler.call;

  test('is what the conversation offers, or the call is not served', () => {
    expect(whyNotServed({ ...emler.call, status: 'open' })).toBeNull();
    for (const [path, value] of enumsOf(callSchema.shape.publication)) {
      const call = changed(emler.call, ['publication', ...path], value) as CallForInputs;
      const same = JSON.stringify(call.publication) === JSON.stringify(publication);
      expect(whyNotServed(call), `${path.join('.')}: ${String(value)}`).toBe(same ? null : 'publication');
    }
  });

  test.each(LANGUAGES)('and that is said at once, in %s, before anything is told', async (language) => {
    const call: CallForInputs = { ...emler.call, publication: { ...publication, default: 'always', 'opt-out': 'no' } };
    const player = new Player({ language, call: { ...emler, call } });
    await player.hears({ kind: 'opened' });
    expect(player.session.at.prompt).toBe('closed');
  });
});
