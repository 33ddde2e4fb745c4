// Looks a page over with axe-core, in every browser test by the same rules.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * One line for each rule that the page breaks, with the elements that break it; empty when there are none. The page must
 * run scripts. After a click that leads to another page, wait first for something that only that page shows.
 */
export async function findWithAxe(page: Page): Promise<readonly string[]> {
  await page.waitForLoadState();
  await page.evaluate(AXE);
  return page.evaluate<string[]>(
    `axe.run({ runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'], selectors: false })` +
      '.then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" | ")))',
  );
}
