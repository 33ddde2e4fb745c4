// The confidential version that its person approved for the deadline, as reviewers see it before it might leave.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MASTER_KEY, operatorOn, startApp, TO_SEND } from '../../support/running-app.ts';
import { startSmtp } from '../../support/smtp.ts';
import { openTestDesk, staffTexts } from '../a-desk.ts';

const EARLY = new Date('2024-05-20T12:00:00.000Z');
const { fallback: texts } = staffTexts.en.case;

it('is shown by what is different in it, and given as a file, byte for byte what would leave', async () => {
  const smtp = await startSmtp();
  const app = await startApp({ env: { ...operatorOn(smtp.port), RELEASE: 'staff' }, now: EARLY });
  const phone = app.phone('+00 000 0111');
  await phone.saysAll([...TO_SEND.slice(0, -1), '1', 'PUBLISH', '2', 'SEND', 'no']);
  const { case: id, contribution, reference } = await phone.session();
  await app.app.close();
  const desk = await openTestDesk({
    database: { kind: 'sqlite', file: join(app.dir, 'griot.db') },
    masterKey: Buffer.from(MASTER_KEY, 'base64'),
    ledgerFile: join(app.dir, 'ledger', 'erasures.log'),
    now: app.now.toISOString(),
    newId: () => crypto.randomUUID(),
  });
  try {
    const { browser } = await desk.signedIn('reader');
    const at = `/desk/case/${id}`;
    await browser.get(at);
    await browser.post(`${at}/ready`);
    const page = (await browser.get(at)).text;
    const part = page.slice(page.indexOf(texts.heading), page.indexOf(texts.rest));
    const [, stands = '', before = ''] = part.split(/<h3>/);
    expect(stands).toContain('CONFIDENTIAL: please publish no part of this document.');
    expect(before).toContain(texts.inPlaceOf);
    expect(before).not.toContain('CONFIDENTIAL');
    expect(part).not.toContain('brother');

    const kept = (await desk.temp.store.desk.case(id ?? ''))?.contributions[0];
    const file = kept?.fallback?.files.find(({ format }) => format === 'pdf');
    const sent = await desk.app.request(`${at}/confidential/${contribution}/pdf`, {
      headers: { cookie: browser.cookie ?? '' },
    });
    expect(Buffer.from(await sent.arrayBuffer())).toEqual(Buffer.from(file?.bytes ?? []));
    expect(sent.headers.get('content-disposition')).toBe(`attachment; filename="${reference}-confidential.pdf"`);
    expect(kept?.fallback?.sha256).not.toBe(kept?.document?.sha256);
    const rows = await desk.temp.store.audit.find({ action: 'case.file' }, 9);
    expect(rows.map(({ detail }) => detail)).toEqual(['pdf, confidential']);
  } finally {
    await desk.close();
    await app.close();
    await smtp.close();
  }
});
