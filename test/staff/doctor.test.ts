// GET /desk/doctor: what the command finds, for administrators, never slow, and without a secret.

import { afterEach, describe, expect, it } from 'vitest';
import { keepFindings } from '../../src/app/doctor/keep-findings.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import type { Finding, Looked } from '../../src/staff/doctor/finding.ts';
import { openTestDesk, staffTexts, type TestDesk } from './a-desk.ts';

const FINDINGS: readonly Finding[] = [
  { check: 'disk', standing: 'fine', says: '40.0 GB free' },
  { check: 'backup', standing: 'to-do', says: 'none is made <b>', mend: 'Set BACKUP_DIR.' },
  { check: 'ledger', standing: 'stops', says: 'it is not there', mend: 'Put it back.' },
];

let desk: TestDesk;
afterEach(() => desk.close());

const open = (looked: Looked | null) =>
  openTestDesk({ deps: { lookAtInstallation: () => Promise.resolve(looked) } }).then((one) => (desk = one));

describe('the page of the installation', () => {
  it.each(WHOLE_LANGUAGES)(
    'shows the worst first, in the words of the desk and the lines of the command: %s',
    async (language) => {
      await open({ at: '2026-11-30T03:00:00.000Z', findings: FINDINGS });
      const { browser } = await desk.signedIn('administrator', { language });
      const { text, status } = await browser.get('/desk/doctor');
      const { standings, checks, mend } = staffTexts[language].doctor;
      const expected = [
        standings.stops,
        checks.ledger,
        'it is not there',
        mend,
        'Put it back.',
        standings['to-do'],
        checks.backup,
      ];
      const order = [...expected, 'none is made &lt;b&gt;', standings.fine, checks.disk];
      let at = 0;
      for (const words of order) {
        const found = text.indexOf(words, at);
        expect(found, words).toBeGreaterThanOrEqual(at);
        at = found;
      }
      expect(text).not.toContain(`<h2>${standings.note}</h2>`);
      expect([status, text.match(/<span lang="en"/gu)?.length]).toEqual([200, 5]);
      expect(await desk.temp.store.audit.find({ action: 'doctor.view' }, 9)).toHaveLength(1);
    },
  );

  it('is for administrators only, and says that it is looking', async () => {
    await open(null);
    const reviewer = await desk.signedIn('reviewer');
    expect((await reviewer.browser.get('/desk/doctor')).status).toBe(403);
    expect((await reviewer.browser.get('/desk')).text).not.toContain('/desk/doctor');
    const administrator = await desk.signedIn('administrator');
    expect((await administrator.browser.get('/desk')).text).toContain('/desk/doctor');
    expect((await administrator.browser.get('/desk/doctor')).text).toContain(staffTexts.en.doctor.looking);
  });
});

describe('what was found', () => {
  it('is kept for ten minutes, and looked at by one at a time', async () => {
    await open(null);
    let looks = 0;
    let now = new Date('2026-11-30T03:00:00.000Z');
    const look = () => Promise.resolve(FINDINGS.slice(0, ++looks));
    const found = keepFindings({ look, now: () => now, onFault: desk.deps.onFault });
    const all = await Promise.all([found(), found(), found()]);
    expect(all.map((one) => one?.findings.length)).toEqual([1, 1, 1]);
    now = new Date('2026-11-30T03:09:59.000Z');
    expect((await found())?.at).toBe('2026-11-30T03:00:00.000Z');
    now = new Date('2026-11-30T03:10:00.000Z');
    expect(await found()).toMatchObject({ at: '2026-11-30T03:10:00.000Z', findings: { length: 2 } });
    expect(looks).toBe(2);
  });

  it('is the earlier one, or nothing, as long as a look goes on or fails', async () => {
    await open(null);
    const ends: ((findings: readonly Finding[]) => void)[] = [];
    const look = () =>
      new Promise<readonly Finding[]>((resolve, reject) =>
        ends.push((found) => (found.length === 0 ? reject(new Error('no')) : resolve(found))),
      );
    let now = new Date('2026-11-30T03:00:00.000Z');
    const found = keepFindings({ look, now: () => now, onFault: desk.deps.onFault, patience: 1 });
    expect(await found()).toBeNull();
    ends[0]?.(FINDINGS);
    expect(await found()).toMatchObject({ findings: FINDINGS });
    now = new Date('2026-11-30T04:00:00.000Z');
    expect((await found())?.at).toBe('2026-11-30T03:00:00.000Z');
    ends[1]?.([]);
    await expect.poll(() => desk.faults).toHaveLength(1);
    expect((await found())?.at).toBe('2026-11-30T03:00:00.000Z');
    expect(ends).toHaveLength(3);
  });
});
