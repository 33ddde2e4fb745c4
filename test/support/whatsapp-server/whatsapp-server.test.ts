import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WhatsAppServer } from './whatsapp-server.ts';
import { openPerson, type WhatsAppPerson } from './whatsapp-person.ts';

describe('two unmodified sockets', () => {
  let server: WhatsAppServer;
  let ana: WhatsAppPerson;
  let rui: WhatsAppPerson;
  beforeAll(async () => {
    server = await WhatsAppServer.start();
    const [one, two] = [server.account('15550100001', '90001'), server.account('15550100002', '90002')];
    [ana, rui] = await Promise.all([openPerson(server, one, two), openPerson(server, two, one)]);
  });
  afterAll(async () => {
    ana.close();
    rui.close();
    await server.close();
  });

  it('write to each other', async () => {
    await ana.says('Olá, Rui');
    expect((await rui.hears(/Olá/u)).message.key.remoteJid).toBeDefined();
    await rui.says('Olá, Ana');
    await ana.hears(/Olá, Ana/u);
    await ana.says('por LID', { as: 'lid' });
    const heard = await rui.hears(/por LID/u);
    expect(heard.message.key.remoteJid).toBe('90001@lid');
    expect(heard.message.key.remoteJidAlt).toBe('15550100001@s.whatsapp.net');
  });

  it('hand over files byte for byte', async () => {
    const bytes = Buffer.from('not really a document'.repeat(1000));
    await ana.sends({ document: bytes, mimetype: 'text/plain', fileName: 'a.txt', caption: 'here' });
    expect(await rui.bytesOf(await rui.hears(/here/u))).toEqual(bytes);
  });

  it('hear later what was said while they were away', async () => {
    server.drop(rui.account, 503);
    await ana.says('are you there?');
    await rui.hears(/are you there/u);
  });
});
