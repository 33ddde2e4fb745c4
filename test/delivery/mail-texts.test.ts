import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillText, parseMailTexts } from '../../src/delivery/mail-texts.ts';
import type { MailTexts } from '../../src/delivery/mail-texts.ts';
import { staffNotice } from '../../src/delivery/staff-notice.ts';
import { LANGUAGES } from '../../src/dialog/language.ts';
import { BODY_TEXTS, REFERENCE } from './a-request.ts';

describe.each(LANGUAGES)('the sentences in %s', (language) => {
  const texts: MailTexts = BODY_TEXTS[language].mail;
  const raw = readFileSync(new URL(`../../locales/${language}/mail.json`, import.meta.url), 'utf8');

  it('await a native reader, and say so', () => {
    expect(texts.reviewed).toBe(false);
  });

  it('never claim that the United Nations received anything', () => {
    expect(raw).not.toMatch(/receiv|reçu|recib|receb/i);
    expect(raw).not.toMatch(/\b(?:UN|ONU)\b/);
  });

  it('are short: a line of a mail is at most 320 characters', () => {
    for (const line of raw.split('\n')) expect(line.length).toBeLessThan(320);
  });

  it('tell the staff the reference and the state, and nothing else', () => {
    for (const state of ['held', 'refused', 'uncertain', 'given-up', 'deferred'] as const) {
      const { subject, body } = staffNotice({ reference: REFERENCE, kind: 'withdrawal', state }, texts);
      expect(subject).toContain(REFERENCE);
      expect(body).toContain(texts.staff.state[state]);
      expect(subject + body).not.toMatch(/[{}]/);
    }
  });
});

describe('a catalogue', () => {
  const texts = BODY_TEXTS.en.mail;

  it('with a slot missing, misspelt or too many is refused at the start', () => {
    for (const attention of ['For the attention of you', 'For {isuer}', '{issuer} {issuer} {call}']) {
      expect(() => parseMailTexts({ ...texts, attention })).toThrow(/attention/);
    }
    expect(() => parseMailTexts({ ...texts, extra: 'x' })).toThrow(/extra/);
  });

  it('takes values as they are: one line, and braces in them mean nothing', () => {
    expect(fillText('To {issuer}.', { issuer: 'A\r\n{call}  B' })).toBe('To A {call}  B.');
    expect(() => fillText('To {issuer}.', {})).toThrow(/issuer/);
  });
});
