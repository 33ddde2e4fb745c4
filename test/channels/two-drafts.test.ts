// Two calls in one chat: each text gets its own words, and both mails leave.

import { afterEach, expect, it } from 'vitest';
import { openCloudApp } from '../support/cloud-app.ts';
import { operatorOn, seeded } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { twoCalls } from '../support/two-calls.ts';
import { expectBothMails, verifyBoth, writesBoth } from '../support/two-drafts.ts';
import { startCloudProcess } from './whatsapp-cloud/start-cloud-process.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function mailServer(): Promise<TestSmtp> {
  const smtp = await startSmtp();
  ends.push(() => smtp.close());
  return smtp;
}

/** Every so many messages; a process takes seconds to begin. */
const KILLED = 7;

it.each([Infinity, KILLED])('over the Cloud API; with kill -9 at every %dth message', async (every) => {
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
    async says(text) {
      said += 1;
      if (said % every !== 0) await rosa.says(text);
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
  if (every === KILLED) expect(kills).toBeGreaterThan(2);
});
