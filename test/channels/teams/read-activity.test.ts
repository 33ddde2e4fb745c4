import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, languageOfLocale, parseReach } from '../../../src/channels/teams/address.ts';
import { parseActivity, type TeamsActivity } from '../../../src/channels/teams/activity.ts';
import { readActivity } from '../../../src/channels/teams/read-activity.ts';

function activity(more: Record<string, unknown>): TeamsActivity {
  const parsed = parseActivity({
    type: 'message',
    id: 'm1',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/br/',
    from: { id: '29:lucia', name: 'Lúcia Exemplo', aadObjectId: 'aad-lucia' },
    recipient: { id: '28:bot', name: 'Griot' },
    conversation: { id: 'a:1', conversationType: 'personal', tenantId: 't-1' },
    ...more,
  });
  if (parsed === null) throw new Error('this activity cannot be read');
  return parsed;
}

const read = (more: Record<string, unknown>) => readActivity(activity(more));
const bodies = (more: Record<string, unknown>) => {
  const heard = read(more);
  return heard.kind === 'heard' ? heard.events.map(({ body }) => body) : heard.kind;
};
const download = (fileType: string, downloadUrl = 'https://casa.sharepoint.com/f') => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  name: `text.${fileType}`,
  content: { downloadUrl, uniqueId: 'u', fileType },
});
const tap = { prompt: 'topics', version: 7, value: 'topic:families', label: 'Como trataram e ouviram a família' };

describe('a message', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['a text', { text: 'Meu filho' }, [{ kind: 'message', text: 'Meu filho' }]],
    [
      'a text with its twin in HTML',
      { text: 'Meu filho', attachments: [{ contentType: 'text/html', content: '<p>Meu filho</p>' }] },
      [{ kind: 'message', text: 'Meu filho' }],
    ],
    [
      'markup is what was written',
      { text: '<b>*Meu* filho</b> & [x](y)' },
      [{ kind: 'message', text: '<b>*Meu* filho</b> & [x](y)' }],
    ],
    [
      'a button of a card',
      { value: { griot: tap } },
      [{ kind: 'message', text: tap.label, choice: { prompt: 'topics', version: 7, value: 'topic:families' } }],
    ],
    ['a command of a card', { value: { griot: { command: 'próximo' } } }, [{ kind: 'message', text: 'próximo' }]],
    ['text wins over a value', { text: 'sim', value: { griot: tap } }, [{ kind: 'message', text: 'sim' }]],
    ['nothing at all', {}, [{ kind: 'unusable', what: 'other' }]],
    [
      'a sticker',
      { attachments: [{ contentType: 'text/html', content: '<img>' }] },
      [{ kind: 'unusable', what: 'sticker' }],
    ],
    [
      'a picture',
      { attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/p.png' }] },
      [{ kind: 'unusable', what: 'picture' }],
    ],
    ['a picture as a file', { attachments: [download('JPG')] }, [{ kind: 'unusable', what: 'picture' }]],
    [
      'a voice note',
      { attachments: [{ contentType: 'audio/ogg', contentUrl: 'x' }] },
      [{ kind: 'unusable', what: 'voice' }],
    ],
    ['a film', { attachments: [download('mp4')] }, [{ kind: 'unusable', what: 'video' }]],
    ['a PDF', { attachments: [download('pdf')] }, [{ kind: 'unusable', what: 'file-pdf' }]],
    ['a macro document', { attachments: [download('docm')] }, [{ kind: 'unusable', what: 'file' }]],
    [
      'a file of a strange shape',
      { attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info', content: 5 }] },
      [{ kind: 'unusable', what: 'file' }],
    ],
    [
      'a text with two pictures: said once that they cannot be used',
      { text: 'Olhe', attachments: [download('png'), download('png')] },
      [
        { kind: 'message', text: 'Olhe' },
        { kind: 'unusable', what: 'picture' },
      ],
    ],
  ])('%s', (_, more, expected) => {
    expect(bodies(more)).toEqual(expected);
  });

  it('with Word files: they are still to be fetched, each under an id of its own, three at most', () => {
    const heard = read({
      text: 'Aqui',
      attachments: [1, 2, 3, 4].map((n) => download('docx', `https://a.example/${n}`)),
    });
    expect(heard.kind === 'heard' && heard.files.map(({ id, url }) => `${id} ${url}`)).toEqual([
      'm1/file-1 https://a.example/1',
      'm1/file-2 https://a.example/2',
      'm1/file-3 https://a.example/3',
    ]);
    expect(heard.kind === 'heard' && heard.events.at(-1)?.body).toEqual({ kind: 'unusable', what: 'file' });
  });

  it('`value` of any shape throws nothing and chooses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const said = bodies({ value });
        expect(said).toEqual([{ kind: 'unusable', what: 'other' }]);
      }),
    );
    for (const griot of [
      { ...tap, version: '7' },
      { ...tap, version: -1 },
      { ...tap, version: 1.5 },
      { ...tap, value: '' },
      { ...tap, value: 'x'.repeat(501) },
      { ...tap, more: 1 },
      { command: '' },
      { command: ['x'] },
      [],
      null,
    ]) {
      expect(bodies({ value: { griot } })).toEqual([{ kind: 'unusable', what: 'other' }]);
    }
  });
});

describe('no harm 8: what Teams puts around a word', () => {
  it.each([
    ['<quoted messageId="1700000000000"/> stop', 'stop'],
    ['<quoted messageId="1700000000000"></quoted>\nparar', 'parar'],
    ['<quoted messageId="1">o que foi dito antes</quoted> parar', 'parar'],
    ['<at>Griot</at> parar', 'parar'],
    ['<at id="0">Griot</at>, parar', 'parar'],
    ['arrêter <at>Griot</at>', 'arrêter'],
    ['<quoted messageId="1"/> <at>Griot</at> effacer', 'effacer'],
    ['A <at>Maria</at> viu tudo.', 'A Maria viu tudo.'],
    ['<b>*Meu* filho</b> & [x](y)', '<b>*Meu* filho</b> & [x](y)'],
  ])('%s', (text, words) => {
    expect(bodies({ text })).toEqual([{ kind: 'message', text: words }]);
    expect(bodies({ type: 'messageUpdate', text })).toMatchObject([{ kind: 'edit', text: words }]);
  });
});

describe('what is no message', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['an edit', { type: 'messageUpdate', text: 'Nova' }, [{ kind: 'edit', target: 'm1', text: 'Nova' }]],
    ['a deletion', { type: 'messageDelete' }, [{ kind: 'deletion', target: 'm1' }]],
    ['somebody types', { type: 'typing' }, 'nothing'],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }, 'nothing'],
    ['the app was installed', { type: 'installationUpdate', action: 'add' }, 'nothing'],
    ['a member came', { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] }, 'nothing'],
    ['what does not exist', { type: 'constructor' }, 'nothing'],
    ['an invoke that we do not know', { type: 'invoke', name: 'task/fetch' }, 'unknown-invoke'],
    [
      'a consent of a strange shape',
      { type: 'invoke', name: 'fileConsent/invoke', value: { action: 'accept' } },
      'unknown-invoke',
    ],
  ])('%s', (_, more, expected) => {
    expect(bodies(more)).toEqual(expected);
  });
});

describe('where others read along', () => {
  it.each([
    { conversationType: 'groupChat', isGroup: true },
    { conversationType: 'channel', isGroup: true },
    { conversationType: 'personal', isGroup: true },
    { conversationType: 'Personal' },
    {},
  ])('%o is no conversation of two', (conversation) => {
    const group = { conversation: { id: '19:x', tenantId: 't', ...conversation } };
    expect(read({ text: 'oi', ...group }).kind).toBe('not-alone');
    expect(read({ type: 'messageUpdate', text: 'oi', ...group }).kind).toBe('nothing');
    expect(read({ type: 'messageDelete', ...group }).kind).toBe('nothing');
  });
});

describe('the address', () => {
  it('is the same whatever changes about the way to write there', () => {
    const before = addressOf(activity({}));
    const after = addressOf(
      activity({ serviceUrl: 'https://smba.trafficmanager.net/emea/', from: { id: '29:lucia' } }),
    );
    expect([after.channel, after.account, after.address]).toEqual(['teams', 't-1', '29:lucia']);
    expect([before.account, before.address]).toEqual([after.account, after.address]);
    expect(before.reach).not.toBe(after.reach);
    expect(parseReach(after)?.serviceUrl).toBe('https://smba.trafficmanager.net/emea/');
  });

  it('holds no name', () => {
    expect(JSON.stringify(addressOf(activity({})))).not.toMatch(/Lúcia|aad-/u);
  });

  it.each([undefined, '', '{}', 'null', '[1]'])('that leads nowhere is known as such: %s', (reach) => {
    expect(
      parseReach({ channel: 'teams', account: 'a', address: 'b', ...(reach === undefined ? {} : { reach }) }),
    ).toBeNull();
  });
});

describe('the first guess of a language', () => {
  it.each([
    [{ locale: 'pt-BR' }, 'pt'],
    [{ locale: 'de-DE', entities: [{ type: 'clientInfo', locale: 'fr-CH' }] }, 'fr'],
    [{ entities: [{ type: 'clientInfo', locale: 'es' }] }, 'es'],
    [{ entities: [{ type: 'clientInfo', locale: 5 }] }, null],
    [{ locale: '' }, null],
    [{}, null],
  ])('%o → %s', (more, language) => {
    expect(languageOfLocale(activity(more))).toBe(language);
  });
});

it('any JSON is read or refused, and nothing throws', () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => void parseActivity(body)));
});
