// An earlier interview as a Word file, brought to the real page in Chromium and in the terminal.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docxOf, paragraph } from '../channels/read-docx/parts-of-docx.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { openWhole, type WholeApp } from './whole-app.ts';
import { PersonAtPage } from './whole-page.ts';

const PARAGRAPHS = ['They came at night with torches.', 'Nobody investigated it.', 'Open the case again.'] as const;
const INTERVIEW = docxOf({ body: PARAGRAPHS.map((text) => paragraph(text)).join('') });
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe.skipIf(noBrowser !== null)(
  `a Word file at the page in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  () => {
    let browser: Browser;
    let whole: WholeApp;
    beforeAll(async () => {
      browser = await openBrowser();
      whole = await openWhole();
    });
    afterAll(async () => {
      await browser.close();
      await whole.close();
      expect(whole.faults).toEqual([]);
    });

    async function toStory(scripts: boolean): Promise<PersonAtPage> {
      const organiser = await PersonAtPage.at(browser, whole.url, { language: 'en', scripts });
      for (const text of ['1', '1', '1', '4', '1', 'girasol', 'girasol', 'Amina', 'english', '1'])
        await organiser.says(text);
      return organiser;
    }

    async function brings({ page }: PersonAtPage, name: string, bytes: Uint8Array, type = WORD): Promise<void> {
      await page.locator('#paper').setInputFiles({ name, mimeType: type, buffer: Buffer.from(bytes) });
      await Promise.all([page.waitForLoadState('load'), page.locator('#papers button').click()]);
    }

    it.each([true, false])('is read where it is asked for, and nowhere else (scripts: %s)', async (scripts) => {
      const organiser = await toStory(scripts);
      const { page } = organiser;
      expect(await page.locator('#paper').count()).toBe(0);
      await organiser.says('import');
      await organiser.reads('import.ask-file');
      await organiser.isFitForAll();
      await brings(organiser, 'notes.txt', Buffer.from('not a Word file'), 'text/plain');
      await organiser.reads('unusable.file');
      await brings(organiser, 'scan.docx', docxOf({ body: paragraph('') }));
      await organiser.reads('unusable.file-empty');
      await brings(organiser, 'interview.docx', INTERVIEW);
      await organiser.reads('import.read');
      for (const text of PARAGRAPHS) expect(await organiser.log()).toContain(text);
      for (const placing of ['1 A', '2 B', '3 G']) await organiser.says(placing);
      await organiser.reads('import.all-placed');
      await organiser.isFitForAll();
      await organiser.says('next');
      await organiser.reads('import.done');
      expect(await page.locator('#paper').count()).toBe(0);
      await organiser.says('review');
      expect(await page.locator('#choices').innerText()).toContain('What you ask of your government: 4 words');
      await organiser.close();
    });

    it('is given back calmly where it is too large', async () => {
      const organiser = await toStory(true);
      await organiser.says('import');
      await organiser.reads('import.ask-file');
      await brings(organiser, 'book.docx', Buffer.alloc(7 * 1024 * 1024, 'b'));
      await organiser.page.getByRole('heading', { name: 'This is too much at once' }).waitFor();
      await organiser.page.goto(whole.url);
      await organiser.reads('import.ask-file');
      await organiser.context.close();
    });
  },
);

it('is brought to the terminal by its path', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'griot-terminal-'));
  const path = join(dir, 'interview.docx');
  writeFileSync(path, INTERVIEW);
  const lines = [
    'hello',
    '1',
    '1',
    '1',
    '4',
    '1',
    'girasol',
    'girasol',
    'Amina',
    'english',
    '1',
    'import',
    `file: ${dir}/none.docx`,
  ];
  lines.push(`file: ${path}`, '1-2 A', 'leave out 3', 'next', '1', 'words');
  const griot = new URL('../../src/cli/griot.ts', import.meta.url).pathname;
  const run = promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', griot, 'chat', '--language', 'en'],
    {
      env: { PATH: process.env['PATH'], DATA_DIR: join(dir, 'data') },
    },
  );
  run.child.stdin?.end(`${lines.join('\n')}\n`);
  const { stdout } = await run;
  rmSync(dir, { recursive: true, force: true });
  expect(stdout).toContain('Send it as a Word file, or paste its text here.');
  expect(stdout).toContain('I can’t use this file, and I haven’t kept it.');
  expect(stdout).toContain('I’ve read the text. Paragraphs: 3.');
  expect(stdout).toContain(PARAGRAPHS[1]);
  expect(stdout).toContain('The interview has its place.');
});
