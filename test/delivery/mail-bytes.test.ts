// What arrives is what was approved: read back from the bytes, with somebody else's parser.

import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { PUBLICATIONS } from '../../src/dialog/engine/draft.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { buildFrozenMail, type FreezeStamp } from '../../src/mail/outbox/compose-mail.ts';
import type { MailRequest } from '../../src/mail/outbox/mail-request.ts';
import { FILES } from './a-mail-queued.ts';
import { A_SUBMISSION, A_WITHDRAWAL, BODY_TEXTS, REFERENCE, withBody } from './a-request.ts';

const STAMP: FreezeStamp = {
  messageId: '<2f7d@maes-de-julho.org>',
  date: new Date('2026-03-01T12:00:00Z'),
  replyTo: 'griot+k3y@maes-de-julho.org',
  boundary: '2f7d',
};

async function readBack(request: MailRequest) {
  const bytes = await buildFrozenMail(request, request.kind === 'withdrawal' ? [] : FILES, STAMP);
  const mail = await PostalMime.parse(bytes);
  const header = (name: string): string | null => mail.headers.find(({ key }) => key === name)?.value ?? null;
  return { bytes, text: Buffer.from(bytes).toString('latin1'), mail, header };
}

describe.each(WHOLE_LANGUAGES)('a mail in %s', (language) => {
  it.each(PUBLICATIONS)(
    '%s: said in the first line, and where it is not with names, in headers and file names',
    async (publication) => {
      const request = withBody({ ...A_SUBMISSION, language, publication });
      const { mail, header } = await readBack(request);
      expect(mail.text?.trimEnd()).toBe(request.body.trimEnd());
      expect(mail.text?.split('\n')[0]).toBe(BODY_TEXTS[language].publication[publication]);
      expect(mail.text?.split('\n')[1]).toBe('');
      const asked = {
        'public-named': null,
        'public-unnamed': 'publish-without-names',
        confidential: 'confidential, do-not-publish',
      };
      expect(header('keywords')).toBe(asked[publication]);
      expect(header('sensitivity')).toBe(publication === 'confidential' ? 'Company-Confidential' : null);
      const mark = { 'public-named': '', 'public-unnamed': '-without-names', confidential: '-confidential' }[
        publication
      ];
      expect(mail.attachments.map(({ filename }) => filename)).toEqual([
        `submission-${REFERENCE}${mark}.docx`,
        `submission-${REFERENCE}${mark}.pdf`,
      ]);
      expect(header('content-language')).toBe(language);
    },
  );

  it('says the reference, the call, that it is late, and what it replaces', async () => {
    const { mail } = await readBack(
      withBody({ ...A_SUBMISSION, language, kind: 'correction', replaces: 'GR-OLD1', late: true }),
    );
    expect(mail.text).toContain(REFERENCE);
    expect(mail.text).toContain('GR-OLD1');
    expect(mail.text).toContain(A_SUBMISSION.callTitle);
    expect(mail.text).toContain(BODY_TEXTS[language].mail.late);
    const inTime = await readBack(withBody({ ...A_SUBMISSION, language }));
    expect(inTime.mail.text).not.toContain(BODY_TEXTS[language].mail.late);
  });

  it.each(['withdraw', 'not-publish'] as const)('%s: the first line asks it, and nothing is attached', async (ask) => {
    const { mail, header } = await readBack(
      withBody({ ...A_WITHDRAWAL, kind: 'withdrawal', language, publication: 'public-named', ask }),
    );
    const first = BODY_TEXTS[language].mail.withdrawal[ask].first.replace('{{reference}}', REFERENCE);
    expect(mail.text?.split('\n')[0]).toBe(first);
    expect(mail.attachments).toEqual([]);
    expect(header('sensitivity')).toBe('Company-Confidential');
  });
});

describe('the bytes', () => {
  it('are the same each time, CRLF throughout, seven bits, in lines that every server takes', async () => {
    const first = await readBack(withBody({ ...A_SUBMISSION, language: 'pt' }));
    const second = await readBack(withBody({ ...A_SUBMISSION, language: 'pt' }));
    expect(Buffer.from(first.bytes)).toEqual(Buffer.from(second.bytes));
    expect(first.text).not.toMatch(/[^\r]\n|\r[^\n]|[^\p{ASCII}]/u);
    expect(Math.max(...first.text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it('keep the lines of the body as they are, also long ones in plain letters', async () => {
    const body = `${'a long line '.repeat(40)}\n> quoted \n From here\n.\n..dots\n`;
    const { mail, text } = await readBack({ ...A_SUBMISSION, body });
    expect(mail.text?.replace(/\n$/, '')).toBe(body);
    expect(text).not.toContain('format=flowed');
  });

  it('carry the attached files unchanged', async () => {
    const { mail } = await readBack(A_SUBMISSION);
    expect(mail.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer))).toEqual(
      FILES.map(({ bytes }) => Buffer.from(bytes)),
    );
  });

  it('name no program, no machine and no time zone', async () => {
    const { mail, header, text } = await readBack(A_SUBMISSION);
    expect(mail.headers.map(({ key }) => key).toSorted()).toEqual([
      'content-language',
      'content-type',
      'date',
      'from',
      'keywords',
      'message-id',
      'mime-version',
      'reply-to',
      'sensitivity',
      'subject',
      'to',
    ]);
    expect(header('date')).toBe('Sun, 01 Mar 2026 12:00:00 +0000');
    expect(text).not.toMatch(/nodemailer|node\.js|localhost/i);
  });

  it('hold the subject literally', async () => {
    for (const subject of [
      'EMLER 2024 Report',
      'Informe, 2023 <OHCHR>; "x"',
      'Relatório – São Tomé, 61.ª',
      'a'.repeat(300),
    ]) {
      expect((await readBack({ ...A_SUBMISSION, subject })).mail.subject).toBe(subject);
    }
  });
});

describe('faults 24, 26: whatever stands in a name, headers and recipients are the same', () => {
  const names = [
    'Mães, Pais <x@evil.org>, outros',
    'A\r\nBcc: evil@evil.org',
    'A\nTo: evil@evil.org\n\nbody',
    '=?utf-8?Q?evil=0D=0ABcc=3A_evil=40evil.org?=',
    '"quoted" \\ (comment) ; group: a@b.org;',
    'evil@evil.org',
    'مركز الأمهات \u202egro.live',
  ];

  it.each(names)('%j', async (fromName) => {
    const { mail, header } = await readBack({ ...A_SUBMISSION, fromName });
    expect(mail.to).toEqual([{ address: A_SUBMISSION.to, name: '' }]);
    expect(mail.cc ?? []).toEqual([]);
    expect(mail.bcc ?? []).toEqual([]);
    expect(mail.from?.address).toBe(A_SUBMISSION.from);
    expect(mail.replyTo?.map(({ address }) => address)).toEqual([STAMP.replyTo]);
    expect(asSeen(mail.from?.name ?? '')).toBe(asSeen(fromName));
    expect(header('bcc')).toBeNull();
  });
});

/** Without what nobody sees: kinds of white space, marks of direction, joints without width. */
function asSeen(text: string): string {
  return text
    .replaceAll(/[\u200b\u202e]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

describe('freezing refuses', () => {
  it('a submission without files, and a withdrawal with files', async () => {
    await expect(buildFrozenMail(A_SUBMISSION, [], STAMP)).rejects.toThrow();
    await expect(buildFrozenMail(A_WITHDRAWAL, FILES, STAMP)).rejects.toThrow();
  });
});
