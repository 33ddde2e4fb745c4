// What Teams sends today, collected by shape: whose words they are, and what a person hears of everything else. All invented.

import { describe, expect, it } from 'vitest';
import { parseActivity, type TeamsActivity } from '../../../src/channels/teams/activity.ts';
import { readActivity } from '../../../src/channels/teams/read-activity.ts';

const BOT = { id: '28:bot', name: 'Griot' };

function activity(more: Record<string, unknown>): TeamsActivity {
  const parsed = parseActivity({
    type: 'message',
    id: 'm1',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/br/',
    timestamp: '2026-11-29T10:00:00.000Z',
    from: { id: '29:lucia', name: 'Lúcia Exemplo' },
    recipient: BOT,
    conversation: { id: 'a:1', conversationType: 'personal', tenantId: 't-1' },
    ...more,
  });
  if (parsed === null) throw new Error('this activity cannot be read');
  return parsed;
}

function heard(more: Record<string, unknown>, takesVoice = true): unknown {
  const read = readActivity(activity(more), takesVoice);
  if (read.kind !== 'heard') return read.kind;
  const said = read.events.map(({ body }) => {
    if (body.kind === 'message' || body.kind === 'edit') return body.text;
    return body.kind === 'unusable' ? { what: body.what } : body.kind;
  });
  return [...said, ...read.files.map(({ kind }) => ({ file: kind }))];
}

const html = (content: string) => ({ contentType: 'text/html', content });
const mention = (text: string, id: string, name: string) => ({ type: 'mention', text, mentioned: { id, name } });
const QUOTE =
  '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1700000000000">' +
  '<strong itemprop="mri" itemid="28:bot">Griot</strong><span itemprop="time" itemid="1700000000000"></span>' +
  '<p itemprop="preview">1. Continuar 2. Parar</p></blockquote>';
const QUOTED = { type: 'quotedReply', quotedReply: { messageId: '1700000000000', senderName: 'Griot', preview: 'x' } };
const US = mention('<at>Griot</at>', '28:bot', 'Griot');

const WORDS: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['a quote, by placeholder', { text: '<quoted messageId="1700000000000"/> parar', entities: [QUOTED] }, 'parar'],
  ['a quote, on a line of its own', { text: '<quoted messageId="1"/>\r\narrêter', entities: [QUOTED] }, 'arrêter'],
  ['two quotes', { text: '<quoted messageId="1"/><quoted messageId="2"/> help' }, 'help'],
  ['a quote, in the HTML only', { text: 'parar', attachments: [html(`${QUOTE}<p>parar</p>`)] }, 'parar'],
  [
    'a quote that stands in the text, too',
    { text: 'Griot\r\n1. Continuar 2. Parar\r\n\r\nparar', attachments: [html(`${QUOTE}<p>parar</p>`)] },
    'parar',
  ],
  ['a quote without a text of its own', { attachments: [html(`<div>${QUOTE}</div><p>Meu filho</p>`)] }, 'Meu filho'],
  [
    'a quote and our name',
    { text: '<quoted messageId="1"/><at>Griot</at> effacer', entities: [QUOTED, US] },
    'effacer',
  ],
  ['our name before', { text: '<at>Griot</at> parar', entities: [US] }, 'parar'],
  ['our name before, with a space of HTML', { text: '<at>Griot</at>&nbsp;parar', entities: [US] }, 'parar'],
  ['our name after', { text: 'effacer <at>Griot</at>', entities: [US] }, 'effacer'],
  ['our name twice', { text: '<at>Griot</at> <at>Griot</at>: pausa', entities: [US] }, 'pausa'],
  [
    'our name as the app calls us today',
    { text: '<at>Griot (teste)</at> parar', entities: [mention('<at>Griot (teste)</at>', '28:bot', 'Griot (teste)')] },
    'parar',
  ],
  [
    'somebody else, at the beginning',
    { text: '<at>Maria Exemplo</at> viu tudo.', entities: [mention('<at>Maria Exemplo</at>', '29:maria', 'Maria')] },
    'Maria Exemplo viu tudo.',
  ],
  ['somebody else, without an entity', { text: '<at>Maria</at> viu tudo.' }, 'Maria viu tudo.'],
  [
    'both of us',
    {
      text: '<at>Griot</at> <at>Rui</at> falou com <at>Ana</at>.',
      entities: [US, mention('<at>Rui</at>', '29:r', 'Rui')],
    },
    'Rui falou com Ana.',
  ],
  [
    'HTML only',
    { attachments: [html('<p>Meu filho</p><p>&nbsp;</p><p>tinha 19&nbsp;anos</p>')] },
    'Meu filho\n \ntinha 19 anos',
  ],
  ['HTML only, an empty text beside it', { text: '', attachments: [html('<div>oi<br>tudo</div>')] }, 'oi\ntudo'],
  ['HTML as the text', { text: '<p>não &amp; nunca</p>', textFormat: 'xml' }, 'não & nunca'],
  ['HTML with a mention', { attachments: [html('<p><at id="0">Griot</at> parar</p>')] }, 'parar'],
  [
    'HTML with a mention as older apps write it',
    { attachments: [html('<p><span itemtype="http://schema.skype.com/Mention" itemid="0">Griot</span> parar</p>')] },
    'parar',
  ],
  [
    'HTML with lists',
    { attachments: [html('<ol><li>um</li><li>dois</li></ol><ul><li>x</li></ul>')] },
    '1. um\n2. dois\n- x',
  ],
  [
    'HTML with links',
    {
      attachments: [
        html('<p><a href="https://a.example/1">https://a.example/1</a> <a href="https://b.example">aqui</a></p>'),
      ],
    },
    'https://a.example/1 aqui (https://b.example)',
  ],
  ['the text and its twin in HTML', { text: 'Meu filho', attachments: [html('<p>Meu filho</p>')] }, 'Meu filho'],
  [
    'the twin twice',
    { text: 'Meu filho', attachments: [html('<p>Meu filho</p>'), html('<p>Meu filho</p>')] },
    'Meu filho',
  ],
  ['the twin twice, and no text', { attachments: [html('<p>sim</p>'), html('<p>sim</p>')] }, 'sim'],
  [
    'what looks like markup is what was typed',
    { text: '<b>não</b> &amp; 1 < 2', textFormat: 'plain' },
    '<b>não</b> &amp; 1 < 2',
  ],
  ['smart quotes', { text: '“próximo”' }, '“próximo”'],
  ['an emoji', { text: '👍', attachments: [html('<p><emoji id="yes" alt="👍" title="Sim"></emoji></p>')] }, '👍'],
  ['an emoji in HTML only', { attachments: [html('<p><emoji id="yes" alt="👍" title="Sim"></emoji></p>')] }, '👍'],
  [
    'an emoji as a picture',
    {
      attachments: [
        html('<p><img itemtype="http://schema.skype.com/Emoji" alt="🙏" src="https://x.example/e.png"></p>'),
      ],
    },
    '🙏',
  ],
  ['an emoji as markup in the text', { text: 'obrigada <emoji id="p" alt="🙏" title="x"></emoji>' }, 'obrigada 🙏'],
  [
    'a forwarded message',
    {
      text: 'veja\r\n\r\nEle saiu às oito.',
      attachments: [
        html('<p>veja</p><blockquote itemtype="http://schema.skype.com/Forward"><p>Ele saiu às oito.</p></blockquote>'),
      ],
    },
    'veja\r\n\r\nEle saiu às oito.',
  ],
  [
    'a forwarded message in HTML only',
    {
      attachments: [
        html('<blockquote itemtype="http://schema.skype.com/Forward"><p>Ele saiu às oito.</p></blockquote>'),
      ],
    },
    'Ele saiu às oito.',
  ],
  [
    'a forwarded message by reference',
    {
      text: '<attachment id="17"></attachment>',
      attachments: [
        {
          contentType: 'forwardedMessageReference',
          content: JSON.stringify({ originalMessageId: '17', originalMessageContent: '<p>Ele saiu às oito.</p>' }),
        },
      ],
    },
    'Ele saiu às oito.',
  ],
  [
    'a link with its preview',
    {
      text: 'https://a.example',
      attachments: [{ contentType: 'application/vnd.microsoft.card.thumbnail', content: {} }],
    },
    'https://a.example',
  ],
];

describe('the words of a person, and nothing that Teams puts around them', () => {
  it.each(WORDS)('%s', (_, more, words) => {
    expect(heard(more)).toEqual([words]);
    // An edit of the same shape has the same words.
    expect(heard({ ...more, type: 'messageUpdate', channelData: { eventType: 'editMessage' } })).toEqual([words]);
  });

  it('stay, however deeply they are nested', () => {
    const content = `${'<at>'.repeat(16_000)}They came at night.`;
    expect(heard({ text: '', attachments: [{ contentType: 'text/html', content }] })).toEqual(['They came at night.']);
  });
});

describe('the message that is quoted', () => {
  const reference = {
    contentType: 'messageReference',
    content: JSON.stringify({ messageId: '17', messagePreview: 'x' }),
  };

  it.each<[string, Record<string, unknown>, string | undefined]>([
    ['by placeholder', { text: '<quoted messageId="17"/> parar' }, '17'],
    ['by a placeholder with more in it', { text: '<quoted id="0" messageId="17" time="x"/> parar' }, '17'],
    ['the nearer of two', { text: '<quoted messageId="16"/><quoted messageId="17"/> parar' }, '17'],
    ['by its entity', { text: 'parar', entities: [{ type: 'quotedReply', quotedReply: { messageId: '17' } }] }, '17'],
    ['in the HTML', { text: 'parar', attachments: [html(`${QUOTE}<p>parar</p>`)] }, '1700000000000'],
    ['in HTML alone', { attachments: [html(`${QUOTE}<p>parar</p>`)] }, '1700000000000'],
    ['in HTML as the text', { text: `${QUOTE}<p>parar</p>`, textFormat: 'xml' }, '1700000000000'],
    ['by a reference', { text: 'parar', attachments: [reference] }, '17'],
    [
      'in a forwarded message',
      { text: 'parar', attachments: [html('<blockquote itemtype="x/Forward" itemid="17"></blockquote>')] },
      undefined,
    ],
    ['without an id', { text: '<quoted/> parar', entities: [{ type: 'quotedReply', quotedReply: 5 }] }, undefined],
    ['not at all', { text: 'parar' }, undefined],
  ])('%s', (_, more, id) => {
    const read = readActivity(activity(more));
    expect(read).toMatchObject({ kind: 'heard', events: [{ body: { text: 'parar' } }] });
    expect(read.kind === 'heard' && read.events[0]?.quoted).toBe(id);
  });
});

const download = (fileType: string) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  name: `x.${fileType}`,
  content: { downloadUrl: 'https://casa.sharepoint.com/f', fileType },
});
const LOOP = { contentType: 'application/vnd.microsoft.card.fluidEmbedCard', content: '{"componentUrl":"x"}' };

describe('what is no text has a word of its own', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['a voice clip', { attachments: [{ contentType: 'audio/mp4', contentUrl: 'x' }] }, [{ what: 'voice-clip' }]],
    ['a voice clip in the HTML', { attachments: [html('<p><audio src="x"></audio></p>')] }, [{ what: 'voice-clip' }]],
    [
      'a voice clip as an object',
      { attachments: [html('<URIObject type="Audio.1/Message.1" uri="x">To hear it, go to …</URIObject>')] },
      [{ what: 'voice-clip' }],
    ],
    ['a recording as a file', { attachments: [download('m4a')] }, [{ file: 'sound' }]],
    [
      'a film of the camera',
      { attachments: [html('<video itemtype="http://schema.skype.com/AMSVideo" src="x">film</video>')] },
      [{ what: 'video' }],
    ],
    [
      'a sticker',
      { attachments: [html('<p><img alt="cat" itemtype="http://schema.skype.com/Sticker" src="x"></p>')] },
      [{ what: 'sticker' }],
    ],
    [
      'a picture that was pasted',
      {
        attachments: [
          { contentType: 'image/*', contentUrl: 'x' },
          html('<p><img src="x" itemtype="http://schema.skype.com/AMSImage"></p>'),
        ],
      },
      [{ what: 'picture' }],
    ],
    [
      'a picture beside words',
      { text: 'ele', attachments: [{ contentType: 'image/*', contentUrl: 'x' }, html('<p>ele<img src="x"></p>')] },
      ['ele', { what: 'picture' }],
    ],
    ['a Loop component', { attachments: [LOOP, html('<attachment id="1"></attachment>')] }, [{ what: 'loop' }]],
    ['a Loop component beside words', { text: 'aqui', attachments: [LOOP] }, ['aqui', { what: 'loop' }]],
    [
      'a card',
      { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }] },
      [{ what: 'card' }],
    ],
    ['a quote and nothing else', { text: '<quoted messageId="1"/>', attachments: [html(QUOTE)] }, [{ what: 'other' }]],
    ['a file of another kind', { attachments: [download('pdf')] }, [{ what: 'file-pdf' }]],
    [
      'a link to a file of OneDrive',
      { attachments: [{ contentType: 'reference', contentUrl: 'x', name: 'a.doc' }] },
      [{ what: 'file-doc' }],
    ],
    ['nothing', { text: '  ', attachments: [html('<p>&nbsp;</p>')] }, [{ what: 'other' }]],
  ])('%s', (_, more, expected) => {
    expect(heard(more)).toEqual(expected);
  });

  it('without a transcriber every recording is the same', () => {
    expect(heard({ attachments: [{ contentType: 'audio/mp4', contentUrl: 'x' }] }, false)).toEqual([{ what: 'voice' }]);
    expect(heard({ attachments: [download('m4a')] }, false)).toEqual([{ what: 'voice' }]);
  });
});

describe('an edit', () => {
  const update = (more: Record<string, unknown>) => readActivity(activity({ type: 'messageUpdate', ...more }));
  const keyOf = (more: Record<string, unknown>) => {
    const read = update(more);
    return read.kind === 'heard' ? read.events[0]?.key : read.kind;
  };

  it.each([{}, { text: '' }, { text: ' ' }, { text: null }, { text: '', attachments: [html('<p></p>')] }])(
    'without words leaves the words: %j',
    (more) => {
      expect(update(more).kind).toBe('nothing');
    },
  );

  it('that is undone brings the words back', () => {
    const read = update({ text: 'Meu filho', channelData: { eventType: 'undeleteMessage' } });
    expect(read).toMatchObject({
      events: [{ body: { kind: 'edit', target: 'm1', text: 'Meu filho', restored: true } }],
    });
  });

  it('back to an earlier wording is another edit; the same one again is not', () => {
    const [first, again, later] = ['10:00', '10:00', '10:05'].map((time) =>
      keyOf({ text: 'B', timestamp: `2026-11-29T${time}:00.000Z` }),
    );
    expect(again).toBe(first);
    expect(later).not.toBe(first);
  });
});
