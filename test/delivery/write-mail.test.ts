import { describe, expect, it } from 'vitest';
import { buildMailWriter } from '../../src/mail/outbox/write-mail.ts';
import type { MailMatter } from '../../src/mail/outbox/write-mail.ts';
import { parseMailRequest } from '../../src/mail/outbox/mail-request.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { inEvery } from '../../src/languages.ts';
import { BODY_TEXTS, REFERENCE } from './a-request.ts';

const writer = buildMailWriter({
  phone: null,
  fromName: 'Griot',
  from: 'griot@localhost',
  mail: inEvery((language) => BODY_TEXTS[language].mail),
  document: loadCatalogue('document'),
});

const MATTER: MailMatter = {
  draft: { callId: 'emler-2024', language: 'fr', reference: REFERENCE, publication: 'confidential', late: false },
  to: 'submissions@example.org',
  subject: 'EMLER 2024 Report',
  callTitle: 'Appel à contributions',
  issuer: 'Mécanisme international d’experts',
};

describe('a mail as it is worded at the read-back', () => {
  it('can be sent as it is, also in a trial', () => {
    const { body, request } = writer.submission(MATTER);
    expect(request).toMatchObject({ kind: 'submission', body, language: 'fr', from: 'griot@localhost' });
    expect(parseMailRequest(request)).toEqual({ ok: true, request });
    expect(body.split('\n')[0]).toBe(BODY_TEXTS.fr.publication.confidential);
  });

  it('is a correction where it replaces something', () => {
    const { body, request } = writer.submission({ ...MATTER, draft: { ...MATTER.draft, replaces: 'GR-OLD1' } });
    expect(request).toMatchObject({ kind: 'correction', replaces: 'GR-OLD1' });
    expect(body).toContain('GR-OLD1');
  });

  it.each(['withdraw', 'not-publish'] as const)('asks: %s', (ask) => {
    expect(writer.withdrawal(MATTER, ask).request).toMatchObject({ kind: 'withdrawal', ask, reference: REFERENCE });
  });

  it('is refused before anybody approves what could not be sent', () => {
    expect(() => writer.submission({ ...MATTER, to: 'a@b.org; c@d.org' })).toThrow(/: to$/);
    expect(() => writer.submission({ ...MATTER, subject: 'EMLER\n2024' })).toThrow(/: subject$/);
  });
});
