// Chromium for tests that look at real pages; says why when there is none.

import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The one without windows takes a third less of the processor for the same pages. */
const KNOWN = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const EXECUTABLE = process.env['CHROMIUM_PATH'] ?? KNOWN.find((path) => existsSync(path));

/** Why browser tests are skipped; null where they can run. */
export const noBrowser: string | null =
  EXECUTABLE !== undefined && existsSync(EXECUTABLE)
    ? null
    : `there is no Chromium at ${EXECUTABLE ?? KNOWN.join(' or ')} (CHROMIUM_PATH)`;

/** Milliseconds that a step may take on a busy machine; the test itself ends a little later. */
const PATIENCE = 240_000;

/** Must be closed. Makes no connection of its own. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const browser = await chromium.launch({
    ...(EXECUTABLE === undefined ? {} : { executablePath: EXECUTABLE }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
    timeout: PATIENCE,
  });
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    context.setDefaultTimeout(PATIENCE);
    return context;
  };
  return browser;
}
