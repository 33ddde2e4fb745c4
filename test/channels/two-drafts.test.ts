// Two calls in one chat on each messenger: whatever way the words take, each text gets its own, and both mails leave.

import { afterEach, expect, it } from 'vitest';
import { CloudPerson } from '../support/graph-api/cloud-person.ts';
import { openCloudApp } from '../support/cloud-app.ts';
import { TENANT_ID } from '../support/microsoft-login.ts';
import { operatorOn, seeded, until } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { openTeamsApp } from '../support/teams-app.ts';
import { teamsPerson } from '../support/teams-network.ts';
import { twoCalls } from '../support/two-calls.ts';
import { expectBothMails, verifyBoth, writesBoth } from '../support/two-drafts.ts';
import { startCloudProcess } from './whatsapp-cloud/start-cloud-process.ts';
import { ACCOUNT } from '../../src/channels/whatsapp/for-app.ts';
import { openGriot, saysInTurn } from './whatsapp/griot.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function mailServer(): Promise<TestSmtp> {
  const smtp = await startSmtp();
  ends.push(() => smtp.close());
  return smtp;
}

it('over Baileys', async () => {
  const smtp = await mailServer();
  const griot = await openGriot(operatorOn(smtp.port), 0, { calls: twoCalls() });
  ends.push(() => griot.close());
  await verifyBoth(griot.app());
  const ana = await griot.person('ana');
  const address = { channel: 'whatsapp', account: ACCOUNT, address: `${ana.account.lid}@lid` };
  await writesBoth(() => griot.app(), {
    says: (text) => saysInTurn(griot, ana, [text]),
    heard: () => ana.heard.map(({ text }) => text),
    person: async () => (await griot.app().store.personAt(address))?.person ?? null,
  });
  await expectBothMails(smtp);
});

it('over Teams', async () => {
  const smtp = await mailServer();
  const teams = await openTeamsApp(operatorOn(smtp.port), { calls: twoCalls() });
  ends.push(() => teams.close());
  const { app } = teams;
  await verifyBoth(app);
  const lucia = teamsPerson(teams.net, teams.port, 'lucia', 'en-US');
  const address = { channel: 'teams', account: TENANT_ID, address: '29:lucia' };
  const person = async () => (await app.store.personAt(address))?.person ?? null;
  await writesBoth(() => app, {
    person,
    heard: () => lucia.got().map(({ text }) => text ?? ''),
    async says(text) {
      expect(await lucia.says(text)).toBe(200);
      await app.conversation.settle((await person()) ?? '');
      await app.settle();
    },
  });
  await expectBothMails(smtp);
  // The card of the first text still gives the first text, not the newest of this person.
  const cards = lucia.got().flatMap(({ attachments }) => attachments ?? []);
  const [first] = cards.filter(
    ({ contentType, name }) => contentType.endsWith('file.consent') && name === 'document.docx',
  );
  const { acceptContext: context } = first?.content as { acceptContext: unknown };
  const place = { contentUrl: teams.net.origin, uploadUrl: `${teams.net.origin}/upload/first` };
  const uploadInfo = { ...place, name: 'document.docx', uniqueId: 'first', fileType: 'docx' };
  const value = { type: 'fileUpload', action: 'accept', context, uploadInfo };
  await lucia.post(lucia.activity({ type: 'invoke', name: 'fileConsent/invoke', replyToId: 'card', value }));
  await until(() => teams.net.removed.some(({ id }) => id === 'card'));
  const sent = smtp.received[0]?.mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
  const given = teams.net.uploads.get('first')?.bytes ?? Buffer.alloc(0);
  expect(Buffer.from(sent?.content as ArrayBuffer).equals(given)).toBe(true);
});

/** Every so many messages; a process takes seconds to begin. */
const KILLED = 9;

it('over the Cloud API, with kill -9 again and again', async () => {
  const smtp = await mailServer();
  const env = operatorOn(smtp.port);
  const cloud = await openCloudApp(env, { calls: twoCalls() });
  ends.push(() => cloud.close());
  await verifyBoth(cloud.app());
  const rosa = cloud.person(1);
  const random = seeded(Number(process.env['SEED'] ?? 7));
  let [said, kills] = [0, 0];
  await writesBoth(() => cloud.app(), {
    person: () => cloud.personId(rosa),
    heard: () => rosa.heard.map((one) => CloudPerson.textOf(one)),
    async says(text) {
      said += 1;
      if (said % KILLED !== 0) await rosa.says(text);
      else {
        // The message comes to a process that dies at some moment, and comes again until the next one has it.
        await cloud.stop();
        const { child, ended } = await startCloudProcess(cloud, { env });
        const delivering = rosa.says(text);
        await new Promise((moment) => setTimeout(moment, random() ** 2 * 120));
        child.kill('SIGKILL');
        await ended;
        kills += 1;
        await cloud.start();
        await delivering;
      }
      await cloud.settle();
    },
  });
  await expectBothMails(smtp);
  expect(kills).toBeGreaterThan(2);
});
