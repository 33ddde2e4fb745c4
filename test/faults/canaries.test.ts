// Words that must stand nowhere in clear: told to the real process at its loudest, then looked for in every byte that it
// left behind. And what leaves holds what was approved, and nothing of the rest.

import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { unzipSync } from 'fflate';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conditionOf, SOUND, wordsFoundIn } from '../support/invariants.ts';
import * as running from '../support/running-app.ts';
import { docxParagraphs, isInstalled, pdfText } from '../submission/read-back.ts';
import { makeBackup } from '../../src/app/backup/backups.ts';
import { CLOUD_ENV, placeOf } from '../support/cloud-app.ts';
import { CloudPerson } from '../support/graph-api/cloud-person.ts';
import { startGraphApi } from '../support/graph-api/graph-api.ts';
import { TENANT_ID } from '../support/microsoft-login.ts';
import { openTeamsApp, until } from '../support/teams-app.ts';
import { teamsPerson } from '../support/teams-network.ts';
import { nickname } from '../support/whatsapp-server/account.ts';
import { aDocx } from '../channels/whatsapp/a-docx.ts';
import { type Griot, openGriot, toStory } from '../channels/whatsapp/griot.ts';

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
  test('on the web, and in a crash (fault 38): no canary in the database, its journal, a log, a temporary file or a file name', async () => {
    const env = {
      DATA_DIR: data,
      MASTER_KEY: running.MASTER_KEY,
      LOG_LEVEL: 'trace',
      DEBUG: '*',
      TMPDIR: join(dir, 'tmp'),
      SEND_WINDOW_MINUTES: '0',
      NODE_OPTIONS: `--import=${new URL('./uncaught.ts', import.meta.url).href}`,
    };
    const griot = await running.startProcess(env);
    const visitor = new running.Visitor(griot.url);
    await visitor.open();
    for (const text of BEFORE_NAMES) await visitor.say(text);
    const found = (await visitor.open()).page;
    await visitor.say(/<b>(\d+)<\/b> <span>(?:[^<]|<\/?bdi[^>]*>)*0187/.exec(found)?.[1] ?? 'the number was not found');
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
    // Fault 38: it says where it failed, and nothing of what somebody wrote.
    const ended = once(griot.child, 'exit');
    griot.child.kill('SIGUSR2');
    expect(await ended).toEqual([1, null]);
    expect(griot.said()).toMatch(/"level":60.*"error":"SyntaxError".*uncaught\.ts/u);
    expect(wordsFoundIn(dir, canaries, isMail), 'after a crash').toEqual([]);
    expect(conditionOf(data)).toEqual(SOUND);
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

/** Without reviewers: the start says so in the log, which can then be searched. */
const LOGS = { RELEASE: 'two' };

/** A word for every field in which a channel brings something along. */
function canariesIn<Field extends string>(...fields: readonly Field[]): Record<Field, string> {
  return Object.fromEntries(fields.map((field) => [field, `heron-${field}`])) as Record<Field, string>;
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const recording = (canary: string) => Buffer.from(`ID3${canary}`.padEnd(64, '.'));

describe('P12, P13, I7, fault 37: what a channel brings along', () => {
  const place = process.env['TMPDIR'];
  beforeEach(() => void (process.env['TMPDIR'] = join(dir, 'tmp')));
  afterEach(() => {
    if (place === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = place;
  });

  /** In the data while it runs and afterwards, in a backup, a temporary file, a log. */
  async function expectNothingOf(
    app: { readonly dir: string; readonly logged: readonly string[]; close(): Promise<void> },
    canaries: readonly string[],
  ): Promise<void> {
    const recipients = [await identityToRecipient(await generateX25519Identity())];
    const at = { kind: 'sqlite', file: join(app.dir, 'griot.db') } as const;
    await makeBackup(at, { folder: join(dir, 'backups'), recipients, now: new Date() });
    expect(wordsFoundIn(dir, canaries), 'while it runs').toEqual([]);
    expect(wordsFoundIn(dir, ['emler-2024']), 'the search itself works').toEqual(['emler-2024']);
    cpSync(app.dir, join(dir, 'stolen'), { recursive: true });
    await app.close();
    expect(wordsFoundIn(dir, canaries), 'afterwards').toEqual([]);
    expect(readdirSync(join(dir, 'tmp'))).toEqual([]);
    const logged = app.logged.join('');
    expect(canaries.filter((canary) => logged.includes(canary))).toEqual([]);
    expect(logged).toContain('"level"');
  }

  test('WhatsApp, as a linked device and by the Cloud API', async () => {
    const graph = await startGraphApi();
    const env = { ...CLOUD_ENV, ...LOGS, VOICE_TYPED_BY_STAFF: 'true' };
    const griot = await openGriot(env, 0, { cloud: { place: placeOf(graph), gathers: 50 } });
    const { port } = await griot.app().listen();
    graph.webhook = new URL(`http://127.0.0.1:${port}/whatsapp/webhook`);
    const said = canariesIn(
      'text',
      'edited',
      'deleted',
      'quoted',
      'caption',
      'fileName',
      'inFile',
      'sound',
      'place',
      'contact',
    );
    const ana = await griot.person('ana');
    await toStory(ana);
    await ana.sends({ text: `${said.text} in March.`, contextInfo: { quotedMessage: { conversation: said.quoted } } });
    const mistaken = await ana.says('They came on a Monday.');
    await ana.hears(/^Guardado/u);
    await ana.edits(mistaken, `They came on a ${said.edited}.`);
    const taken = await ana.says(`It was ${said.deleted}.`);
    await ana.deletes(taken);
    await ana.sends({ image: Buffer.from('one'), jpegThumbnail: '', caption: `This is ${said.caption}.` });
    await ana.sends({ audio: recording(said.sound), ptt: true, mimetype: 'audio/mpeg' });
    await ana.sends({ location: { degreesLatitude: 1, degreesLongitude: 1, name: said.place } });
    await ana.sends({ contacts: { displayName: said.contact, contacts: [{ vcard: `FN:${said.contact}` }] } });
    await ana.sends({
      document: aDocx(`Written down: ${said.inFile}.`),
      mimetype: DOCX,
      fileName: `${said.fileName}.docx`,
    });
    await ana.hears(/Esto es lo que leí en su archivo/u);

    const told = canariesIn(
      'cloud-text',
      'cloud-profile',
      'cloud-caption',
      'cloud-fileName',
      'cloud-inFile',
      'cloud-sound',
    );
    const luz = new CloudPerson(graph, { user: 'MX.8765432109', number: '5215550100876' });
    luz.name = told['cloud-profile'];
    for (const [says, hears] of [
      ['hola', /Salir y borrar/u],
      ['1', /Quien tenga este teléfono/u],
      ['1', /¿Podemos guardar/u],
      ['1', /Quién escribe/u],
      ['soy la hermana', /./u],
      [`Fue ${told['cloud-text']}.`, /^Guardado/u],
    ] as const) {
      await luz.says(says);
      await luz.hears(hears);
      await settled(griot);
    }
    const caption = { caption: told['cloud-caption'] };
    await luz.sendsFile('image', { bytes: Buffer.from('one'), type: 'image/jpeg', name: 'x' }, caption);
    await luz.sendsFile(
      'audio',
      { bytes: recording(told['cloud-sound']), type: 'audio/mpeg', name: 'x' },
      { voice: true },
    );
    const letter = { bytes: aDocx(`Written down: ${told['cloud-inFile']}.`), type: DOCX, name: 'x' };
    await luz.sendsFile('document', letter, { filename: `${told['cloud-fileName']}.docx` });
    await luz.hears(/Esto es lo que leí en su archivo/u);
    await settled(griot);
    expect(await griot.app().store.voice.count()).toBe(2);

    const theirs = [ana.account.number, ana.account.lid, nickname(ana.account), 'MX.8765432109', '5215550100876'];
    await expectNothingOf(griot, [...Object.values(said), ...Object.values(told), ...theirs]);
    await graph.close();
  });

  test('Teams', async () => {
    const teams = await openTeamsApp({ ...LOGS, VOICE_TYPED_BY_STAFF: 'true' });
    const said = canariesIn('text', 'html', 'edited', 'deleted', 'fileName', 'inFile', 'sound', 'address');
    const mother = teamsPerson(teams.net, teams.port, 'heron-person');
    const settles = async () => {
      const account = TENANT_ID;
      const known = await teams.app.store.personAt({ channel: 'teams', account, address: '29:heron-person' });
      await teams.app.conversation.settle(known?.person ?? '');
      await teams.app.settle();
    };
    const says = async (text: string, more: Record<string, unknown> = {}) => {
      expect(await mother.says(text, more)).toBe(200);
      await settles();
      return mother.lastId();
    };
    for (const text of ['oi', 'continuar', 'continuar', 'sim', '1']) await says(text);
    await says(`Foi ${said.text}.`, { attachments: [{ contentType: 'text/html', content: `<p>${said.html}</p>` }] });
    const edited = await says('Foi na segunda.');
    await mother.post(mother.activity({ type: 'messageUpdate', id: edited, text: `Foi na ${said.edited}.` }));
    const deleted = await says(`Era ${said.deleted}.`);
    const takenBack = { type: 'messageDelete', id: deleted, channelData: { eventType: 'softDeleteMessage' } };
    await mother.post(mother.activity(takenBack));
    for (const [file, fileType, bytes] of [
      ['sound', 'mp3', recording(said.sound)],
      ['letter', 'docx', aDocx(`Escrito: ${said.inFile}.`)],
    ] as const) {
      teams.net.files.set(file, (response) => void response.end(bytes));
      const content = { downloadUrl: `${teams.net.origin}/files/${file}?tempauth=${said.address}`, fileType };
      const contentType = 'application/vnd.microsoft.teams.file.download.info';
      await says('', { text: '', attachments: [{ contentType, name: `${said.fileName}.${fileType}`, content }] });
    }
    await until(() => mother.got().some(({ text }) => text?.includes(said.inFile) === true));
    await settles();
    expect(await teams.app.store.voice.count()).toBe(1);
    await expectNothingOf(teams, [...Object.values(said), 'heron-person']);
  });
});

async function settled(griot: Griot): Promise<void> {
  const { store } = griot.app();
  await running.until(async () => (await store.whatsapp.waitingRaw('whatsapp-cloud')).length === 0);
  await running.until(async () => (await store.peopleWaiting()).length === 0);
  await griot.app().settle();
}
