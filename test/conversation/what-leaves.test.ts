// What leaves is what was approved: its first line, its headers, its names, and every byte of it.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { afterEach, describe, expect, test } from 'vitest';
import { buildDocument, mailFor } from '../../src/conversation/build-document.ts';
import { draftFrom } from '../../src/dialog/engine/draft-from.ts';
import { type Publication, PUBLICATIONS, ROLES } from '../../src/dialog/engine/draft.ts';
import type { Session } from '../../src/dialog/engine/session.ts';
import { findingsIn } from '../../src/dialog/understanding/findings.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { buildFrozenMail } from '../../src/mail/outbox/compose-mail.ts';
import { parseMailRequest } from '../../src/mail/outbox/mail-request.ts';
import { typeset } from '../../src/submission/typography.ts';
import { docxParagraphs, isInstalled, pdfText } from '../submission/read-back.ts';
import { documents, lexicon, Player } from '../support/player.ts';
import { operatorOn, startApp, type TestApp, TO_SEND, until } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const HARMED = 'Zephyrine Okonjo';
const AUTHOR = 'Barnabé Quispe';
/** As an address book, a web page and a word processor give them to the clipboard. */
const COPIED = [
  '\u202a+55 11 95550\u20110199\u202c',
  '\u2066+55\u00a011\u00a095550-0199\u2069',
  '+55\u202f11\u202f95550\u202f0199',
  '+55 11 95550\u22120199',
  '+55 (11) 95550–0199',
  '\u200e+55\u200e 11 95550 \u2013 0199\u200f',
  '+55\u00ad11\u200b95550\u20600199',
  '+55·11·95550·0199',
];

const FORMS = ['full', 'initials', 'none'] as const;

const HEADERS: Readonly<
  Record<Publication, { readonly sensitivity: string | null; readonly keywords: string | null }>
> = {
  'public-named': { sensitivity: null, keywords: null },
  'public-unnamed': { sensitivity: null, keywords: 'publish-without-names' },
  confidential: { sensitivity: 'Company-Confidential', keywords: 'confidential, do-not-publish' },
};

interface Combination {
  readonly language: WholeLanguage;
  readonly role: (typeof ROLES)[number];
  readonly publication: Publication;
  readonly harmed: (typeof FORMS)[number];
  readonly author: (typeof FORMS)[number];
}

/** Every publication with every naming, every role and every language; the namings turn with roles and languages. */
const combinations: readonly Combination[] = PUBLICATIONS.flatMap((publication) =>
  FORMS.flatMap((harmed, h) =>
    FORMS.map((author, a): Combination => {
      const turn = 3 * h + a + PUBLICATIONS.indexOf(publication);
      const language = WHOLE_LANGUAGES[turn % WHOLE_LANGUAGES.length] ?? 'en';
      const role = ROLES[(turn + Math.floor(turn / 4)) % ROLES.length] ?? 'family';
      return { language, role, publication, harmed, author };
    }),
  ),
);

/** The frozen mail of a person who told one sentence and chose this, read as its reader gets it. */
async function mailOf(
  chosen: Combination,
  text = `${HARMED} was a nurse. I, ${AUTHOR}, ask for the file.`,
  withheld: readonly string[] = [],
) {
  const player = new Player({ language: chosen.language });
  const session: Session = {
    ...player.session,
    submissionLanguage: chosen.language,
    reference: 'GR-TEST1',
    role: chosen.role,
    kept: true,
    adult: true,
    harmed: { form: chosen.harmed, name: HARMED },
    author: { form: chosen.author, name: AUTHOR },
    publication: chosen.publication,
    withheld: [...withheld],
  };
  const parts = [{ id: 'm1', slot: 'story', text, words: 10 }];
  const { shelved } = player;
  const { document, save } = await buildDocument(documents, {
    session,
    parts,
    shelved,
    consents: [],
    final: true,
    file: true,
  });
  const draft = draftFrom(session, parts, shelved.call);
  const request = parseMailRequest(
    documents.mail.submission(mailFor(documents, shelved, draft, 'inputs@body.example')).request,
  );
  const [saved] = save;
  if (!request.ok || saved === undefined) throw new Error('no mail');
  const stamp = { messageId: '<1@casa.example>', date: new Date(0), replyTo: 'texts+1@casa.example', boundary: 'b' };
  const raw = await buildFrozenMail(request.request, saved.files, stamp);
  return { document, raw, mail: await PostalMime.parse(raw) };
}

describe('P3, P5: what was chosen stands in the mail as its reader gets it', () => {
  test.each(combinations)('$publication, harmed $harmed, author $author, $role, $language', async (chosen) => {
    const { document, raw, mail } = await mailOf(chosen);
    const line = document.publicationLine;
    expect(line).not.toBe('');
    expect(mail.text?.trimStart().startsWith(line)).toBe(true);

    const header = (key: string) => mail.headers.find((one) => one.key === key)?.value ?? null;
    expect({ sensitivity: header('sensitivity'), keywords: header('keywords') }).toEqual(HEADERS[chosen.publication]);
    expect(header('content-language')).toBe(chosen.language);
    const names = mail.attachments.map(({ filename }) => filename ?? '');
    expect(names.map((name) => name.split('.').at(-1))).toEqual(['docx', 'pdf']);
    for (const name of names) {
      expect(name).toContain('GR-TEST1');
      expect(name).toMatch(/^[\x21-\x7e]+$/);
    }

    const [docx, pdf] = mail.attachments.map(({ content }) => new Uint8Array(content as ArrayBuffer));
    const paragraphs = (await docxParagraphs(docx ?? new Uint8Array())).map(({ text }) => text);
    expect(paragraphs.find((text) => text.trim() !== '')).toBe(chosen.language === 'fr' ? typeset(line) : line);
    const texts = [paragraphs.join('\n')];
    if (isInstalled('pdftotext', '-v')) {
      const text = pdfText(pdf ?? new Uint8Array());
      expect(text.replace(/\s+/g, ' ').trimStart().startsWith(line.replace(/\s+/g, ' '))).toBe(true);
      texts.push(text.replace(/\s+/g, ' '));
    }
    for (const text of texts) {
      for (const [name, form] of [
        [HARMED, chosen.harmed],
        [AUTHOR, chosen.author],
      ] as const) {
        if (form === 'full') expect(text).toContain(name);
        else for (const word of name.split(' ')) expect(text, `${name} as ${form}`).not.toContain(word);
      }
    }
    if (chosen.harmed !== 'full') expect(Buffer.from(raw).toString('latin1')).not.toContain('Okonjo');
  });
});

describe('no harm 20: a copied number that is withheld is gone whole', () => {
  const TOLD: Readonly<Record<WholeLanguage, (number: string) => string>> = {
    en: (number) => `My brother called ${number} twice that night.`,
    fr: (number) => `Mon frère a appelé le ${number} deux fois cette nuit-là.`,
    es: (number) => `Mi hermano llamó al ${number} dos veces esa noche.`,
    pt: (number) => `Meu irmão ligou para ${number} duas vezes naquela noite.`,
  };

  test.each(WHOLE_LANGUAGES)('from the Word file, the PDF and the mail: %s', async (language) => {
    const numbers = COPIED.flatMap((number) => [number, number.replace(/^[\u202a\u2066]?\+55\s?/u, '')]);
    const text = [...numbers, '+5511955500199', '(11) 95550-0199'].map(TOLD[language]).join('\n');
    const withheld = findingsIn(lexicon, [text]).map((finding) => finding.text);
    const { mail } = await mailOf(
      { language, role: 'family', publication: 'public-unnamed', harmed: 'none', author: 'none' },
      text,
      withheld,
    );
    const [docx, pdf] = mail.attachments.map(({ content }) => new Uint8Array(content as ArrayBuffer));
    const told = (await docxParagraphs(docx ?? new Uint8Array())).map((paragraph) => paragraph.text);
    const read = [told.join('\n'), mail.text ?? ''];
    if (isInstalled('pdftotext', '-v')) read.push(pdfText(pdf ?? new Uint8Array()));
    for (const one of read) expect(one).not.toMatch(/9555|5001|0199|\+|\(11/u);
    expect(told.join('\n').split('[').length - 1).toBe(numbers.length + 2);
  });
});

describe('P3: the same through the whole app', () => {
  let smtp: TestSmtp;
  let griot: TestApp;
  afterEach(() => Promise.all([griot.close(), smtp.close()]));

  const CHOICES: readonly (readonly [Publication, readonly string[]])[] = [
    ['public-named', ['1', 'PUBLISH']],
    ['public-unnamed', ['2']],
    ['confidential', ['3']],
  ];
  test.each(CHOICES)('%s', async (publication, answers) => {
    smtp = await startSmtp();
    griot = await startApp({ env: operatorOn(smtp.port) });
    const phone = griot.phone('+00 000 0111');
    await phone.saysAll([...TO_SEND.slice(0, -1), ...answers]);
    // Before public without names the bot may ask once more about what it found in the text.
    for (let i = 0; i < 3 && (await phone.session()).at.prompt !== 'send'; i++) await phone.says('next');
    expect((await phone.session()).publication).toBe(publication);
    const told = (await phone.reads()).split('final file begins like this:\n').at(-1)?.split('\n')[0] ?? '-';
    await phone.says('SEND');
    await until(() => smtp.received.length === 1);
    const [received] = smtp.received;
    expect(received?.mail.text?.startsWith(told)).toBe(true);
    const header = (key: string) => received?.mail.headers.find((one) => one.key === key)?.value ?? null;
    expect({ sensitivity: header('sensitivity'), keywords: header('keywords') }).toEqual(HEADERS[publication]);
    const docx = received?.mail.attachments[0]?.content;
    expect((await docxParagraphs(new Uint8Array(docx as ArrayBuffer)))[0]?.text).toBe(told);
    expect(received?.to).toHaveLength(1);
  });
});

/** Changes the file from outside, between two transactions of the app, which lives in this same thread. */
async function tamper(dir: string, change: (db: DatabaseSync) => void): Promise<void> {
  const db = new DatabaseSync(join(dir, 'griot.db'), { timeout: 0 });
  await until(() => {
    try {
      db.exec('begin immediate');
      return true;
    } catch {
      return false;
    }
  });
  change(db);
  db.exec('commit');
  db.close();
}

describe('P2: one byte changed after the approval, and nothing leaves', () => {
  const PLACES = [
    ['document_files', 'bytes'],
    ['document_files', 'name'],
    ['documents', 'manifest'],
    ['outbox', 'request'],
  ] as const;

  test('wherever it is changed in what is stored', async () => {
    const smtp = await startSmtp();
    const griot = await startApp({ env: { ...operatorOn(smtp.port), SEND_WINDOW_MINUTES: '10' } });
    let phones = 0;
    try {
      const change = fc.record({
        place: fc.constantFrom(...PLACES),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        bit: fc.nat(7),
      });
      const property = fc.asyncProperty(change, async ({ place: [table, column], at, bit }) => {
        const phone = griot.phone(`+00 000 01${++phones}`);
        await phone.saysAll([...TO_SEND, 'SEND']);
        await tamper(griot.dir, (db) => {
          const row = db
            .prepare(`select rowid as row, ${column} as bytes from ${table} order by rowid desc limit 1`)
            .get();
          const bytes = row?.['bytes'];
          if (!(bytes instanceof Uint8Array)) throw new Error('nothing is stored there');
          const byte = Math.min(Math.floor(at * bytes.length), bytes.length - 1);
          bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
          db.prepare(`update ${table} set ${column} = ? where rowid = ?`).run(bytes, row?.['row'] ?? null);
        });
        griot.later(11);
        // It is held and told, once, and not tried for ever.
        await until(async () => (await phone.session()).mails[0]?.outcome === 'held');
        expect(smtp.received).toHaveLength(0);
      });
      await fc.assert(property, { numRuns: 6, seed: 20_261_123 });
      // And the others' mails still leave.
      const other = griot.phone('+00 000 0222');
      await other.saysAll([...TO_SEND, 'SEND']);
      griot.later(11);
      await until(() => smtp.received.length === 1);
    } finally {
      await Promise.all([griot.close(), smtp.close()]);
    }
  });

  test('an approval of something else, or none at all, holds the mail and tells the person', async () => {
    const smtp = await startSmtp();
    const griot = await startApp({ env: { ...operatorOn(smtp.port), SEND_WINDOW_MINUTES: '10' } });
    try {
      const phone = griot.phone('+00 000 0111');
      await phone.saysAll([...TO_SEND, 'SEND']);
      await tamper(griot.dir, (db) => {
        db.exec(`update approvals set sha256 = replace(replace(replace(sha256, '1', 'x'), '2', '1'), 'x', '2')`);
      });
      griot.later(11);
      await until(async () => (await phone.session()).mails[0]?.outcome === 'held');
      expect(smtp.connections()).toBe(0);
      expect(await phone.asks('has it arrived?')).toContain('It hasn’t left');
    } finally {
      await Promise.all([griot.close(), smtp.close()]);
    }
  });
});
