// References and telephone numbers that a page in a browser shows on more than one line, where they are misread.

import type { Page } from 'playwright-core';

/** Runs in the page: by where the letters are drawn, not by how the page was made, in every width down to that of an old phone. */
const FIND = `(() => {
  const broken = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const ranges = [];
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    if (node.parentElement.closest('script, style, textarea, select, .unseen') !== null) continue;
    for (const { 0: found, index } of node.data.matchAll(/GR-[0-9A-Z]{4,6}|\\+\\d[\\d ]{6,16}\\d/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + found.length);
      ranges.push(range);
    }
  }
  for (let width = 300; width <= Math.min(innerWidth, 360); width += 4) {
    document.body.style.maxWidth = width + 'px';
    for (const range of ranges) {
      const drawn = [...range.getClientRects()].filter((one) => one.width > 0);
      if (new Set(drawn.map(({ top }) => Math.round(top))).size > 1) broken.add(range.toString());
    }
  }
  document.body.style.maxWidth = '';
  return { found: ranges.length, broken: [...broken] };
})()`;

export interface Pieces {
  readonly found: number;
  readonly broken: readonly string[];
}

export function brokenAcrossLines(page: Page): Promise<Pieces> {
  return page.evaluate<Pieces>(FIND);
}
