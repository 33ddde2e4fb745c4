// Files that do not come, or come late: whoever sent one is told, nothing of theirs waits behind it, and what comes in the
// end is taken; also after a stop, after a kill, and with the line still down.

import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { aesEncryptGCM, hkdf, proto, type BinaryNode } from '@whiskeysockets/baileys';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { node } from '../../support/whatsapp-server/node.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { aDocx } from './a-docx.ts';
import { freeLease, openGriot, saysInTurn, toStory, until, type Griot } from './griot.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const PROGRAM = fileURLToPath(new URL('griot-process.ts', import.meta.url));

let griot: Griot;
let ana: WhatsAppPerson;
let release: () => void = () => undefined;

beforeAll(async () => {
  griot = await openGriot({}, 0, { deadlines: { media: 20, lateMedia: 600_000 } });
  ana = await griot.person('ana');
  await toStory(ana);
});
afterEach(() => release());
afterAll(() => griot.close());

const sendsFile = (text: string, caption = '') =>
  ana.sends({ document: aDocx(text), mimetype: DOCX, fileName: 'carta.docx', caption });
const kept = () => griot.app().store.whatsapp.waitingRaw(ACCOUNT);

async function parts(): Promise<readonly string[]> {
  const { store } = griot.app();
  const known = await store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${ana.account.lid}@lid` });
  const session = (await store.session(known?.person ?? '')) as { contribution: string };
  return (await store.parts(session.contribution)).map(({ text }) => text);
}

/** And all that comes with it: what asks stands below. */
async function reads(pattern: RegExp): Promise<void> {
  await ana.hears(pattern);
  await griot.app().settle();
}

/** The process has receipted it, and dies before it is in the inbox. */
async function diesOver(what: () => Promise<unknown>): Promise<void> {
  await griot.stop();
  const args = ['--disable-warning=ExperimentalWarning', PROGRAM, griot.dir, griot.server.url, 'die-before-inbox'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>((resolve) =>
    child.stdout.on('data', (data: Buffer) => data.includes('started') && resolve()),
  );
  await what();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  await freeLease(griot);
}

/** Back, while WhatsApp does not let us in yet. */
async function startsWithoutLine(): Promise<void> {
  griot.server.failLogin(griot.account, ...Array<string>(1000).fill('503'));
  await griot.start();
}

describe('no harm 15: a file that does not come', () => {
  it.each([0, 100])('though %i bytes did: it can be sent again, and nothing waits for it', async (bytes) => {
    release = griot.server.media.hold(bytes);
    await sendsFile(`Lo que llegó tarde, ${bytes}.`, `Debajo del archivo, ${bytes}.`);
    await ana.says(`Sigo escribiendo, ${bytes}.`);
    await ana.hears(/todavía no me ha llegado/u);
    await ana.hears(/^Guardado/u);
    await griot.app().settle();
    expect((await parts()).slice(-2)).toEqual([`Debajo del archivo, ${bytes}.`, `Sigo escribiendo, ${bytes}.`]);
    release();
    await reads(new RegExp(`Esto es lo que leí en su archivo[^]*Lo que llegó tarde, ${bytes}`, 'u'));
    await ana.says('1');
    await ana.hears(/Son parte de su texto/u);
    expect(await parts()).toContain(`Lo que llegó tarde, ${bytes}.`);
    expect(await kept()).toEqual([]);
  });

  it('is asked for again of our own phone where the store has it no more', async () => {
    const { media } = griot.server;
    release = media.hold(0);
    const before = media.fetched.length;
    const sent = await ana.socket().sendMessage(`${griot.account.number}@s.whatsapp.net`, {
      document: aDocx('Lo que el teléfono volvió a subir.'),
      mimetype: DOCX,
      fileName: 'carta.docx',
    });
    const { directPath, mediaKey } = sent?.message?.documentMessage ?? {};
    const [path, bytes] = [...media.files].find(([one]) => directPath?.startsWith(one)) ?? [];
    if (!mediaKey || path === undefined || bytes === undefined) throw new Error('nothing was sent');
    await until(() => media.fetched.length > before);
    // The first try hangs in the store; the next start finds it gone.
    media.files.delete(path);
    await griot.stop();
    release();
    await griot.start();
    const asked = () =>
      griot.server.seen.find(({ tag, attrs }) => tag === 'receipt' && attrs['type'] === 'server-error');
    await until(() => asked() !== undefined);
    media.files.set('/again', bytes);
    griot.server.inject(griot.account, uploadedAgain(asked(), mediaKey, '/again'));
    await reads(/Esto es lo que leí[^]*volvió a subir/u);
    await saysInTurn(griot, ana, ['2']);
  });
});

describe('no harm 15: a file that a former process was given', () => {
  it('and was stopped over: comes when the line is open', async () => {
    release = griot.server.media.hold(0);
    await sendsFile('Antes de la parada.');
    await ana.hears(/todavía no me ha llegado/u);
    await griot.stop();
    release();
    const before = griot.server.media.fetched.length;
    await startsWithoutLine();
    await griot.app().settle();
    expect([griot.server.media.fetched.length, (await kept()).length]).toEqual([before, 1]);
    griot.server.allow(griot.account);
    await reads(/Esto es lo que leí[^]*Antes de la parada/u);
    await saysInTurn(griot, ana, ['2']);
  });

  it('and was killed over: comes when the line is open, and what was deleted meanwhile is deleted', async () => {
    await saysInTurn(griot, ana, ['siguiente', 'atrás']);
    const id = await ana.says('El cabo le pegó con la culata.');
    await ana.hears(/^Guardado/u);
    await diesOver(() => sendsFile('Antes de la muerte.'));
    await startsWithoutLine();
    expect(await kept()).toHaveLength(1);
    griot.server.allow(griot.account);
    await reads(/Esto es lo que leí[^]*Antes de la muerte/u);
    await saysInTurn(griot, ana, ['2']);
    await diesOver(() => ana.deletes(id));
    await griot.start();
    await ana.hears(/Quité ese mensaje/u);
    expect(await parts()).not.toContain('El cabo le pegó con la culata.');
  });
});

describe('no harm 15: a file that never comes', () => {
  it('is let go in the end, and comes when it is sent again', async () => {
    const other = await openGriot({}, 0, { deadlines: { media: 200, lateMedia: 400 } });
    try {
      const rosa = await other.person('rosa');
      await toStory(rosa);
      release = other.server.media.hold(10);
      const file = { document: aDocx('Dos veces enviado.'), mimetype: DOCX, fileName: 'carta.docx' };
      await rosa.sends(file);
      await rosa.hears(/todavía no me ha llegado/u);
      const letGo = async () => {
        while ((await other.app().store.whatsapp.waitingRaw(ACCOUNT)).length > 0) await delay(5);
      };
      await letGo();
      release();
      // A slow machine may need longer than the deadline even for a file that is there.
      for (let isRead = false; !isRead;) {
        await rosa.sends(file);
        const { text } = await rosa.hears(/Esto es lo que leí[^]*Dos veces enviado|todavía no me ha llegado/u);
        isRead = text.includes('Dos veces enviado');
        if (!isRead) await letGo();
      }
    } finally {
      await other.close();
    }
  });
});

/** As our own phone says that it has put the file there once more. */
function uploadedAgain(asked: BinaryNode | undefined, mediaKey: Uint8Array, directPath: string): BinaryNode {
  const id = asked?.attrs['id'] ?? '';
  const result = proto.MediaRetryNotification.ResultType.SUCCESS;
  const said = proto.MediaRetryNotification.encode({ stanzaId: id, directPath, result }).finish();
  const key = hkdf(mediaKey, 32, { info: 'WhatsApp Media Retry Notification' });
  const iv = randomBytes(12);
  const [, rmr] = Array.isArray(asked?.content) ? asked.content : [];
  if (rmr === undefined) throw new Error('not asked for');
  return node('notification', { id, type: 'mediaretry', from: 's.whatsapp.net', t: '0' }, [
    node('encrypt', {}, [node('enc_p', {}, aesEncryptGCM(said, key, iv, Buffer.from(id))), node('enc_iv', {}, iv)]),
    rmr,
  ]);
}
