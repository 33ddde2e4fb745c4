// A body answers, or its mail server does: what each of these mails is taken for, and what the person is told.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MailInKind } from '../../../src/store/schema/feature-tables.ts';
import { A_SUBMISSION, REFERENCE } from '../a-request.ts';
import { type ASentMail, CAME_AT, sendMail } from './a-sent-mail.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let sent: ASentMail;
beforeEach(async () => {
  sent = await sendMail();
});
afterEach(async () => {
  await sent.close();
});

const KNOWN: Readonly<Record<string, MailInKind>> = {
  exim: 'bounce',
  'exim-without-mime': 'bounce',
  postfix: 'bounce',
  exchange: 'bounce',
  gmail: 'bounce',
  qmail: 'bounce',
  'exchange-of-somebody-behind': 'unclear-bounce',
  'postmaster-note': 'unclear-bounce',
  'exim-warning': 'delay',
  'postfix-delay': 'delay',
  'away-en': 'automatic',
  'away-fr': 'automatic',
  'away-es': 'automatic',
  'away-pt': 'automatic',
  'read-receipt': 'automatic',
  'answer-en': 'answer',
  'answer-fr-to-the-office': 'answer',
  'answer-html-only': 'answer',
};

describe('no harm 21', () => {
  test('a report that returns nothing of our mail finds its case by the sender that it goes to', async () => {
    expect(sent.sender).toBe(sent.replyTo);
    const report = [
      `To: ${sent.sender}`,
      'From: MAILER-DAEMON@mx.un-body.int',
      'Return-Path: <>',
      'Subject: Undelivered',
      'Message-ID: <dsn-1@mx.un-body.int>',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b\nContent-Type: text/plain\n\nIt did not arrive.',
      '--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.un-body.int\n',
      `Final-Recipient: rfc822; ${A_SUBMISSION.to}\nAction: failed\nStatus: 5.1.1\n`,
      '--b--',
    ].join('\n');
    expect(await sent.take(report)).toMatchObject({ kind: 'filed', what: 'bounce', item: { reference: REFERENCE } });
  });

  const id = 'In-Reply-To: {{message-id}}\n';
  const subject = A_SUBMISSION.subject;
  test.each([
    // What says by itself that a program wrote it.
    ['German, without a header', `Subject: Automatische Antwort: ${subject}\n`, 'automatic'],
    ['German, in reply to us', `${id}Subject: Abwesenheitsnotiz: ${subject}\n`, 'automatic'],
    ['Arabic', `${id}Subject: رد تلقائي: ${subject}\n`, 'automatic'],
    ['Arabic, without an id', `Subject: خارج المكتب: ${subject}\n`, 'automatic'],
    ['English', 'Subject: Out of Office\n', 'automatic'],
    ['French', `${id}Subject: Réponse automatique\u00a0: ${subject}\n`, 'automatic'],
    ['Spanish', `Subject: RESPUESTA AUTOMATICA: ${subject}\n`, 'automatic'],
    ['Portuguese', `Subject: Resposta automática: ${subject}\n`, 'automatic'],
    ['Russian', `Subject: Автоматический ответ: ${subject}\n`, 'automatic'],
    ['Chinese', `Subject: 自动回复：${subject}\n`, 'automatic'],
    ['Japanese', `Subject: 自動応答: ${subject}\n`, 'automatic'],
    ['Italian', `Subject: Risposta automatica: ${subject}\n`, 'automatic'],
    ['as Outlook once did', `Subject: AUTO: ${subject}\n`, 'automatic'],
    ['marked for Exchange', `${id}X-Auto-Response-Suppress: All\nSubject: Re: ${subject}\n`, 'automatic'],
    ['marked as precedence', `${id}Precedence: auto-reply\nSubject: Re: ${subject}\n`, 'automatic'],
    ['marked as bulk', 'Precedence: bulk\nSubject: News\n', 'automatic'],
    ['marked by RFC 3834', `${id}Auto-Submitted: auto-replied\nSubject: Re: ${subject}\n`, 'automatic'],
    ['marked as autoreply', `X-Autoreply: yes\nSubject: Re: ${subject}\n`, 'automatic'],
    ['from a list', 'List-Id: <news.un-body.int>\nSubject: A word of ours\n', 'automatic'],
    ['with nowhere to go back to', `Return-Path: <>\nSubject: Re: ${subject}\n`, 'automatic'],
    // Perhaps a person.
    ['German, an absence in words', 'Subject: Ich bin bis zum 9. nicht im Haus\n', 'unclear-answer'],
    ['an absence in a person’s words', 'Subject: A question before I go on leave\n', 'unclear-answer'],
    ['a language that nobody listed', `${id}Subject: Iarscríobh uathoibríoch: ${subject}\n`, 'unclear-answer'],
    ['a question about ours', `Subject: Question about ${subject}\n`, 'unclear-answer'],
    // A person.
    ['in German', `${id}Subject: AW: ${subject}\n`, 'answer'],
    ['in Arabic', `${id}Subject: رد: ${subject}\n`, 'answer'],
    ['twice', `Subject: RE: Re: ${subject}\n`, 'answer'],
    ['with a subject of their own', `${id}Subject: A question about your text\n`, 'answer'],
    ['a fresh mail', 'Subject: Your testimony to the Mechanism\n', 'answer'],
    ['a fresh mail, in Spanish', 'Subject: Sobre lo que nos contó\n', 'answer'],
    ['a fresh mail without a subject', '', 'answer'],
    ['a fresh mail under our subject', `Subject: ${subject}\n`, 'answer'],
    ['whose word only begins as one', 'Subject: Autonomy of the Mechanism\n', 'answer'],
    ['who says that nothing is automatic', `Auto-Submitted: no\nSubject: Re: ${subject}\n`, 'answer'],
  ])('%s', async (_, headers, kind) => {
    const head = `To: ${sent.replyTo}\nFrom: someone@un-body.int\nMessage-ID: <x@un-body.int>\nContent-Type: text/plain; charset=utf-8\n`;
    const taken = await sent.take(sent.filled(`${head}${headers}\nText.\n`));
    expect(taken).toMatchObject({ kind: 'filed', what: kind });
    // Whatever a person may have written is told to whom it is about, and to the staff.
    const told = kind !== 'automatic';
    expect((await sent.events()).map((event) => event.kind)).toEqual(told ? ['answered'] : []);
    const needs = await sent.temp.store.staffNeeds.due(CAME_AT);
    expect(needs.map((need) => need.kind)).toEqual(told ? ['answer'] : []);
  });
});

describe('fault 11: a mail that comes back', () => {
  test.each(Object.entries(KNOWN))('%s is filed as %s', async (name, kind) => {
    const taken = await sent.take(sent.mail(name));
    expect(taken).toMatchObject({ kind: 'filed', what: kind, item: { reference: REFERENCE } });
    const [filed] = await sent.temp.store.mailsIn.ofReference(REFERENCE);
    expect(filed).toMatchObject({ kind, reference: REFERENCE, at: CAME_AT, state: 'whole' });
    expect(Buffer.from(filed?.bytes ?? []).toString()).toBe(sent.mail(name));

    const told = (await sent.events()).map((event) => (event.kind === 'mail' ? event.outcome.kind : event.kind));
    expect(told).toEqual(kind === 'bounce' ? ['bounced'] : kind === 'answer' ? ['answered'] : []);
    expect(await sent.state()).toBe(kind === 'bounce' ? 'refused' : 'sent');
  });

  test('tells nothing twice, however often and by whichever way it comes', async () => {
    const bounce = sent.mail('exim');
    await sent.take(bounce);
    const again = `Received: by another.server.example with LMTP\n${bounce.replaceAll('\r\n', '\n')}\n`;
    expect(await Promise.all([sent.take(bounce), sent.take(again)])).toEqual([{ kind: 'repeat' }, { kind: 'repeat' }]);
    expect(await sent.events()).toHaveLength(1);
    expect(await sent.temp.store.mailsIn.ofReference(REFERENCE)).toHaveLength(1);
    // Two servers bounce the same mail: the end is told once.
    await sent.take(sent.mail('gmail'));
    expect(await sent.events()).toEqual([]);
    expect(await sent.temp.store.mailsIn.ofReference(REFERENCE)).toHaveLength(2);
  });

  test('keeps its text in the writer’s letters, files by name and size only, and nothing that could run', async () => {
    for (const name of ['away-fr', 'away-es', 'answer-en', 'answer-html-only']) await sent.take(sent.mail(name));
    const [fr, es, en, html] = await sent.temp.store.mailsIn.ofReference(REFERENCE);
    expect(fr).toMatchObject({
      subject: 'Réponse automatique : EMLER 2024 Report',
      from: 'Secrétariat inventé <secretariat@un-body.int>',
    });
    expect(fr?.text).toContain('lu à mon retour');
    expect(es?.text).toContain('una respuesta automática');
    expect(en?.text).toContain('may be quoted?');
    expect(en?.text).not.toContain('<');
    expect(en?.files).toEqual([{ name: '../../etc/Terms.docx', type: DOCX, size: 5 }]);
    expect(html?.text).toContain('the second page');
    expect(html?.text).not.toMatch(/fetch|color|</);
    expect(html?.date).toBe('not a date at all');
  });

  test('to an erased case finds nothing, is dropped and counted', async () => {
    const answer = sent.mail('answer-en');
    await sent.temp.store.eraseCase(sent.caseId);
    expect(await sent.take(answer)).toEqual({ kind: 'dropped', why: 'erased' });
    const { mailsIn } = sent.temp.store;
    expect(await mailsIn.unmatched()).toEqual([]);
    expect(await mailsIn.dropped()).toEqual({ erased: 1, full: 0, ours: 0 });
  });

  test('goes with its case', async () => {
    await sent.take(sent.mail('answer-en'));
    await sent.temp.store.eraseCase(sent.caseId);
    expect(await sent.temp.store.mailsIn.ofReference(REFERENCE)).toEqual([]);
    await sent.take(sent.mail('stranger'));
    await sent.temp.store.erasePerson(sent.person);
    expect(await sent.temp.store.mailsIn.unmatched()).toHaveLength(1);
  });
});

describe('a mail of somebody who knows no token', () => {
  test('is not believed for the reference that it names; staff find it in a list of its own', async () => {
    expect(await sent.take(sent.mail('stranger'))).toEqual({ kind: 'unmatched', what: 'answer' });
    const { mailsIn } = sent.temp.store;
    expect(await mailsIn.ofReference(REFERENCE)).toEqual([]);
    const [mail] = await mailsIn.unmatched();
    expect(mail).toMatchObject({ reference: null, subject: 'About GR-7K3Q9X' });
    expect(await sent.events()).toEqual([]);
    expect(await mailsIn.removeUnmatched(mail?.id ?? '')).toBe(true);
    expect(await mailsIn.removeUnmatched(mail?.id ?? '')).toBe(false);
    expect(await mailsIn.countUnmatched()).toBe(0);
  });

  test('cannot end a mail by a bounce that it made up', async () => {
    const forged = sent
      .mail('exim')
      .replaceAll(sent.messageId, '<guess@maes-de-julho.org>')
      .replaceAll(sent.token, 'guess');
    expect(await sent.take(forged)).toEqual({ kind: 'unmatched', what: 'unclear-bounce' });
    expect(await sent.state()).toBe('sent');
  });

  test('fills no more than a list of five hundred', async () => {
    const { mailsIn } = sent.temp.store;
    const empty = { from: '', subject: '', date: null, text: '', files: [], moreFiles: 0, state: 'whole' } as const;
    const mail = { kind: 'answer', summary: empty, bytes: new Uint8Array(), at: CAME_AT } as const;
    for (let n = 0; n < 500; n++) await mailsIn.fileUnmatched({ ...mail, identity: `mail ${n}` });
    expect(await sent.take(sent.mail('stranger').replace('stranger-1', 'more'))).toEqual({
      kind: 'dropped',
      why: 'full',
    });
    expect(await mailsIn.countUnmatched()).toBe(500);
    // An answer that can be matched is filed all the same.
    expect(await sent.take(sent.mail('answer-en'))).toMatchObject({ kind: 'filed' });
    await sent.temp.store.purge('2026-05-03T09:05:00.000Z', { idleDays: 30, closedDays: 90, heldHours: 24 });
    expect(await mailsIn.countUnmatched()).toBe(0);
  });
});

test('a mail of ours that runs back to us in a loop is dropped, and so is a notice to the staff', async () => {
  expect(await sent.take(`Delivered-To: ${sent.replyTo}\r\n${sent.raw.toString()}`)).toEqual({
    kind: 'dropped',
    why: 'ours',
  });
  const notice =
    'From: Griot <griot@maes-de-julho.org>\r\nAuto-Submitted: auto-generated\r\nSubject: News\r\n\r\nNews.\r\n';
  expect(await sent.take(notice)).toEqual({ kind: 'dropped', why: 'ours' });
  expect(await sent.temp.store.mailsIn.dropped()).toEqual({ erased: 0, full: 0, ours: 2 });
});

test('a bounce of a bounce makes no third one and tells nobody', async () => {
  const bounce = sent.mail('exim');
  const inner = bounce
    .slice(bounce.indexOf('Reporting-MTA'))
    .replaceAll(sent.token, 'x')
    .replaceAll(sent.messageId, '<x@y.example>');
  const double = `Return-Path: <>\r\nFrom: MAILER-DAEMON@somewhere.example\r\nTo: griot@maes-de-julho.org\r\nSubject: Undeliverable: Mail delivery failed\r\n\r\n${inner}`;
  expect(await sent.take(double)).toEqual({ kind: 'unmatched', what: 'unclear-bounce' });
  expect(await sent.events()).toEqual([]);
});
