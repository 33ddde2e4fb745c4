// A mother on Teams, in Portuguese, over real HTTP: from the first word to the mail in a real mail server and the file in her
// OneDrive. The person is invented.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { mammothText } from './mammoth-text.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';
import { openTeamsApp, until, type TeamsApp } from '../../support/teams-app.ts';
import { teamsPerson, type SentActivity, type TeamsPerson } from '../../support/teams-network.ts';

let smtp: TestSmtp;
let teams: TeamsApp;
let mother: TeamsPerson;
beforeAll(async () => {
  smtp = await startSmtp();
  teams = await openTeamsApp({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}` });
  await teams.app.store.recordCallAddresses([
    {
      callId: 'emler-2024',
      address: 'submissions@mechanism.internal',
      source: 'invented',
      verifiedBy: 'a test',
      verifiedAt: new Date().toISOString(),
      withdrawnAt: null,
    },
  ]);
  mother = teamsPerson(teams.net, teams.port, 'lucia');
});
afterAll(async () => {
  await teams.close();
  await smtp.close();
});

let seen = 0;
/** Waits for a message that holds these words, and gives it; all before it count as read. */
async function reads(words: string | RegExp): Promise<SentActivity> {
  const heard = () =>
    `${String(words)} did not come; last: ${mother
      .got()
      .slice(-4)
      .map(({ text }) => text)
      .join(' | ')}`;
  const found = await until(() => {
    const got = mother.got();
    const at = got.findIndex((one, index) => index >= seen && new RegExp(words, 'u').test(one.text ?? ''));
    if (at === -1) return false;
    seen = at + 1;
    return got[at];
  }).catch(() => {
    throw new Error(heard());
  });
  // Who answers has read all of what was asked.
  await teams.app.settle();
  return found;
}

function submitOf({ attachments }: SentActivity, title: RegExp): unknown {
  const card = attachments?.[0]?.content as { body: { actions: { title: string; data: unknown }[] }[] } | undefined;
  const action = card?.body.flatMap(({ actions }) => actions).find((one) => title.test(one.title));
  expect(action, String(title)).toBeDefined();
  return action?.data;
}

const taps = (data: unknown) => mother.post(mother.activity({ value: data }));

it('goes all the way', async () => {
  expect(await mother.says('oi')).toBe(200);
  const hello = await reads('Primeiro, a sua segurança');
  expect(hello.textFormat).toBe('plain');
  expect(hello.text).toMatch(/^1\. Continuar$/mu);
  await taps(submitOf(hello, /Continuar/u));
  const safety = await reads('Esta conta é de uma organização');
  expect(safety.suggestedActions?.actions.map(({ value }) => value)).toContain('Continuar');
  await mother.says('Continuar');
  await reads('Podemos guardar');
  await mother.says('sim');
  await reads('Quem está escrevendo');

  await mother.says('Meu filho Davi Exemplo tinha 19 anos. Ninguém nos avisou. Ficamos dois dias procurando por ele.');
  const first = mother.lastId();
  await reads('Guardado');
  await mother.says('Depois fecharam o caso sem ouvir ninguém, e eu soube pelo jornal.');
  await reads('Guardado');

  // She changes one message and takes another back.
  await mother.says('O sargento bateu nele na viatura.');
  const mistaken = mother.lastId();
  await reads('Guardado');
  await mother.post(
    mother.activity({ type: 'messageDelete', id: mistaken, channelData: { eventType: 'softDeleteMessage' } }),
  );
  await reads('Tirei essa mensagem');
  const edited = 'Meu filho Davi Exemplo tinha 20 anos. Ninguém nos avisou. Ficamos dois dias procurando por ele.';
  await mother.post(
    mother.activity({ type: 'messageUpdate', id: first, text: edited, channelData: { eventType: 'editMessage' } }),
  );
  await reads('Mudei essa parte');

  await mother.says('próximo');
  await reads('palavra secreta');
  await mother.says('pular');
  const topics = await reads('Os especialistas perguntam');
  expect(topics.text).toMatch(/^3\. Como trataram/mu);
  const families = submitOf(topics, /Como trataram/u);
  await taps(families);
  await reads('Como trataram e ouviram');
  await mother.says('Um mês depois ninguém me deixou ver o processo.');
  await reads('Guardado');
  await mother.says('próximo');
  await reads('Mais algum ponto');

  // The old card is still there; a tap on it answers nothing now.
  await taps(families);
  await reads('pergunta anterior');
  await mother.says('próximo');
  await reads('O que você pede');
  await mother.says('pular tudo');
  await reads('Outras pessoas');
  await mother.says('próximo');
  await reads('Como chamar quem sofreu');
  await mother.says('pular tudo');
  const readBack = await reads('Como você quer ver');
  await taps(submitOf(readBack, /mensagens/u));
  await reads('tinha 20 anos');
  const right = await reads('Está tudo certo');
  await taps(submitOf(right, /certo/u));
  await reads('Público, com nomes');
  await mother.says('Confidencial');
  await reads('ENVIAR');

  const offer = await until(() =>
    mother.got().find(({ attachments }) => attachments?.[0]?.contentType.endsWith('file.consent') === true),
  );
  const { name, content } = offer.attachments?.[0] ?? {};
  const { acceptContext, sizeInBytes } = content as { acceptContext: unknown; sizeInBytes: number };
  expect(name).toBe('document.docx');
  const accepts = (uploadUrl: string, card: string) =>
    mother.activity({
      type: 'invoke',
      name: 'fileConsent/invoke',
      replyToId: card,
      // Of her app by now: the words are in the language of the conversation.
      locale: 'en-US',
      value: {
        type: 'fileUpload',
        action: 'accept',
        context: acceptContext,
        uploadInfo: {
          contentUrl: `${teams.net.origin}/files/document.docx`,
          name: 'document.docx',
          uploadUrl,
          uniqueId: 'unique-1',
          fileType: 'docx',
        },
      },
    });
  const offers = () =>
    mother.got().filter(({ attachments }) => attachments?.[0]?.contentType.endsWith('file.consent') === true);
  const gone = (card: string) => until(() => teams.net.removed.some(({ id }) => id === card));
  // The drive takes nothing at first: the used card goes, and another one offers the same file.
  const before = offers().length;
  expect(await mother.post(accepts(`${teams.net.origin}/nowhere`, 'card-1'))).toBe(200);
  await reads('não pôde');
  await gone('card-1');
  expect(offers()).toHaveLength(before + 1);
  expect(offers().at(-1)?.attachments?.[0]?.content).toEqual(content);
  const invoke = accepts(`${teams.net.origin}/upload/session-1`, 'card-2');
  expect(await mother.post(invoke)).toBe(200);
  expect(await mother.post(invoke)).toBe(200);
  await reads('está agora no seu OneDrive|agora está no seu OneDrive|OneDrive agora');
  await gone('card-2');
  const upload = teams.net.uploads.get('session-1');
  expect(upload?.bytes.length).toBe(sizeInBytes);
  expect(upload?.range).toBe(`bytes 0-${sizeInBytes - 1}/${sizeInBytes}`);
  expect(teams.net.asked.get('/upload/session-1')).toBe(1);

  await mother.says('ENVIAR');
  await reads('Aprovado');
  await reads('Posso escrever aqui');
  await mother.says('sim');
  await reads('Vou escrever quando houver');
  await reads('Mais alguma coisa');
  expect(smtp.received).toHaveLength(0);
  teams.pass(11);
  const received = await until(() => smtp.received[0]);
  expect(received.to).toEqual(['submissions@mechanism.internal']);
  const attached = received.mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
  const bytes = Buffer.from(attached?.content as ArrayBuffer);
  // What lies in her OneDrive is what left.
  expect(bytes.equals(upload?.bytes ?? Buffer.alloc(0))).toBe(true);
  const text = await mammothText(bytes);
  expect(text).toContain('CONFIDENCIAL');
  expect(text).toContain('tinha 20 anos');
  expect(text).toContain('ninguém me deixou ver o processo');
  expect(text).not.toContain('tinha 19 anos');
  expect(text).not.toContain('não queria ter escrito');

  // She said that we may write: the outcome comes by itself, into the same conversation.
  await reads('aceitou');
  // Nothing of hers went out as markup.
  expect(
    new Set(
      mother
        .got()
        .filter(({ text: said }) => said !== undefined)
        .map(({ textFormat }) => textFormat),
    ),
  ).toEqual(new Set(['plain']));
});
