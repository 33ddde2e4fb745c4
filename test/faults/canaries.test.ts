// Words that must stand nowhere in clear: told to the real process at its loudest, then looked for in every byte that it
// left behind. And what leaves holds what was approved, and nothing of the rest.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wordsFoundIn } from '../support/invariants.ts';
import * as running from '../support/running-app.ts';
import { docxParagraphs, isInstalled, pdfText } from '../submission/read-back.ts';

/** Said, and approved to leave. */
const APPROVED = ['Quillabamba', 'Zephyrine Okonjo'];
/** Said, and withheld, refused, or never meant for the document. */
const REFUSED = ['Wilhelmine Castellanos', '+00 555 0187', 'marmalade lantern', 'Tarantella'];

let dir: string;
let data: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'griot-canaries-'));
  data = join(dir, 'data');
  mkdirSync(join(dir, 'tmp'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const BEFORE_NAMES = [
  'hello',
  '1',
  '1',
  '1',
  'They took her in Quillabamba, in March. Wilhelmine Castellanos saw it from her door. Her number is +00 555 0187.',
  'next',
  'marmalade lantern',
  'marmalade lantern',
  'next',
  'skip all',
  'Wilhelmine Castellanos',
];

describe('P12, P13, I7, fault 37', () => {
  test('no canary in the database, its journal, a log, a temporary file or a file name', async () => {
    const env = {
      DATA_DIR: data,
      MASTER_KEY: running.MASTER_KEY,
      LOG_LEVEL: 'trace',
      DEBUG: '*',
      TMPDIR: join(dir, 'tmp'),
      SEND_WINDOW_MINUTES: '0',
    };
    const griot = await running.startProcess(env);
    const visitor = new running.Visitor(griot.url);
    await visitor.open();
    for (const text of BEFORE_NAMES) await visitor.say(text);
    const found = (await visitor.open()).page;
    await visitor.say(/<b>(\d+)<\/b> <span>[^<]*0187/.exec(found)?.[1] ?? 'the number was not found');
    await visitor.say('next');
    const naming = await visitor.say('1');
    expect(naming.text).toMatch(/name/i);
    // The person harmed by full name, the author by none.
    for (const text of ['Zephyrine Okonjo', 'yes', '3', 'skip', '4']) await visitor.say(text);
    expect((await visitor.say('3')).text).toContain('CONFIDENTIAL');
    expect((await visitor.say('Tarantella, not yet')).text).toContain('SEND');
    await visitor.say('SEND');
    await visitor.say('2');
    await running.until(() => readdirSync(join(data, 'outbox')).some((name) => name.endsWith('.eml')));
    // Faults of every kind are logged, too: forms that are none, pages that are not there, a body that breaks off.
    await visitor.open('/nothing-here?Tarantella');
    await visitor.post('/say', { id: 'x', text: 'Tarantella' });
    await visitor.say(`Tarantella ${'night '.repeat(20_000)}`);

    const cookie = visitor.cookie?.split('=')[1] ?? 'no cookie';
    const canaries = [...APPROVED, ...REFUSED, 'Wilhelmine', 'Zephyrine', cookie];
    const isMail = (file: string) => file.endsWith('.eml');
    expect(wordsFoundIn(dir, canaries, isMail), 'while it runs').toEqual([]);
    expect(wordsFoundIn(dir, ['emler-2024'], isMail), 'the search itself works').toEqual(['emler-2024']);
    await griot.kill();
    expect(wordsFoundIn(dir, canaries, isMail), 'after a kill').toEqual([]);
    expect(readdirSync(join(dir, 'tmp'))).toEqual([]);
    for (const canary of canaries) expect(griot.said()).not.toContain(canary);
    expect(griot.said()).toContain('"level"');

    // P5: the mail holds what was approved, and none of the rest, in any part of any attachment.
    const [name = ''] = readdirSync(join(data, 'outbox'));
    expect(name).toMatch(/^GR-[A-Z0-9]+\.eml$/);
    const raw = readFileSync(join(data, 'outbox', name));
    const mail = await PostalMime.parse(raw);
    const attached = mail.attachments.map(({ content }) => new Uint8Array(content as ArrayBuffer));
    const [docx = new Uint8Array(), pdf = new Uint8Array()] = attached;
    const text = (await docxParagraphs(docx)).map((paragraph) => paragraph.text).join('\n');
    for (const word of APPROVED) expect(text).toContain(word);
    const inside = Object.values(unzipSync(docx)).map((bytes) => Buffer.from(bytes).toString('utf8'));
    const everything = [raw.toString('latin1'), mail.text ?? '', ...inside];
    if (isInstalled('pdftotext', '-v')) everything.push(pdfText(pdf));
    for (const word of [...REFUSED, 'Wilhelmine', cookie, 'web-chat']) {
      for (const part of everything) expect(part).not.toContain(word);
    }
  });
});
