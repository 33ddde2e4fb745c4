import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MailTexts } from '../../src/texts/catalogues.ts';
import { staffNotice } from '../../src/mail/notices/staff-notice.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { BODY_TEXTS, REFERENCE } from './a-request.ts';

describe.each(WHOLE_LANGUAGES)('the sentences in %s', (language) => {
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
    for (const state of ['held', 'refused', 'uncertain', 'given-up', 'deferred', 'own-server'] as const) {
      const { subject, body } = staffNotice({ reference: REFERENCE, kind: 'withdrawal', state }, texts);
      expect(subject).toContain(REFERENCE);
      expect(body).toContain(texts.staff.state[state]);
      expect(subject + body).not.toMatch(/[{}]/);
    }
  });
});
