import { describe, expect, it } from 'vitest';
import { isTrialAddress, parseMailAddress, replyAddress } from '../../src/mail/address.ts';
import { parseMailRequest } from '../../src/mail/outbox/mail-request.ts';
import { A_SUBMISSION, A_WITHDRAWAL } from './a-request.ts';

describe('one mail address', () => {
  it.each(['emler@un-body.int', 'ohchr-emler.2024+x@un.org', "o'neill@a.b.co", 'griot@localhost'])('%s', (address) => {
    expect(parseMailAddress(` ${address} `)).toEqual({ ok: true, address });
  });

  it.each([
    ['', 'empty'],
    ['a@b.org,c@d.org', 'several'],
    ['a@b.org;c@d.org', 'several'],
    ['EMLER <a@b.org>', 'several'],
    ['a@b.org\r\nBcc: c@d.org', 'several'],
    ['<a@b.org>', 'malformed'],
    ['еmler@un.org', 'not-ascii'],
    ['a@b@c.org', 'malformed'],
    ['a@b', 'malformed'],
    ['a@[127.0.0.1]', 'malformed'],
    ['a@127.0.0.1', 'malformed'],
    ['a..b@c.org', 'malformed'],
    ['"a b"@c.org', 'several'],
    ['@c.org', 'malformed'],
    [`${'a'.repeat(65)}@c.org`, 'too-long'],
  ])('%j is not', (text, problem) => {
    expect(parseMailAddress(text)).toEqual({ ok: false, problem });
  });

  it('for trials only: the domains that never receive mail', () => {
    for (const address of [
      'a@example.org',
      'a@mail.EXAMPLE.com',
      'a@call.example',
      'a@x.test',
      'a@y.invalid',
      'a@localhost',
    ]) {
      expect(isTrialAddress(address), address).toBe(true);
    }
    for (const address of ['a@un.org', 'a@myexample.org', 'a@example.org.br', 'a@contest.org']) {
      expect(isTrialAddress(address), address).toBe(false);
    }
  });

  it('with a token, for answers to one mail', () => {
    expect(replyAddress('griot@org.org', 'k3-y')).toBe('griot+k3-y@org.org');
    expect(() => replyAddress('griot@org.org', 'a@b')).toThrow();
  });
});

describe('a request for a mail', () => {
  it('comes back from storage as it went in', () => {
    for (const request of [A_SUBMISSION, A_WITHDRAWAL]) {
      expect(parseMailRequest(JSON.parse(JSON.stringify(request)))).toEqual({ ok: true, request });
    }
  });

  it.each([
    ['to', 'a@b.org,c@d.org'],
    ['to', 'a@b.org, <c@d.org>'],
    ['to', 'a@b.org, '],
    ['to', ' a@b.org'],
    ['from', 'Mães <a@b.org>'],
    ['subject', 'a\r\nBcc: c@d.org'],
    ['fromName', 'a\nb'],
    ['issuer', 'a\u2028b'],
    ['reference', '../GR-1'],
    ['reference', 'gr-1'],
    ['publication', 'public'],
    ['language', 'de'],
    ['body', ''],
    ['kind', 'other'],
  ])('with %s = %j is refused, by the name of the field only', (field, value) => {
    expect(parseMailRequest({ ...A_SUBMISSION, [field]: value })).toEqual({ ok: false, fields: [field] });
  });

  it('a correction without what it replaces, a withdrawal without what it asks, and anything unknown are refused', () => {
    expect(parseMailRequest({ ...A_SUBMISSION, kind: 'correction' }).ok).toBe(false);
    expect(parseMailRequest({ ...A_SUBMISSION, kind: 'withdrawal' }).ok).toBe(false);
    expect(parseMailRequest({ ...A_SUBMISSION, phone: '+55' }).ok).toBe(false);
    expect(parseMailRequest(null).ok).toBe(false);
  });
});
