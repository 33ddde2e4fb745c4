// Somebody who writes in the real web chat, without scripts: through its forms, and reading what is new on the page.

import { openBrowser } from '../../tools/demo/browser.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import type { WholeApp } from './whole-app.ts';

export const HAND_OVER = /\b[0-9A-Z]{5}-[0-9A-Z]{5}\b/u;
export const WITHDRAWAL = /\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b/u;

export interface AtPage {
  says(text: string): Promise<void>;
  saysAll(texts: readonly string[]): Promise<void>;
  /** What the bot says that was not on the page before, with the buttons under it. */
  asks(text: string): Promise<string>;
  /** All that stands on the page now. */
  reads(): Promise<string>;
  /** Another page, as it was sent. */
  opens(path: string): Promise<string>;
  /** Sends a form of it, and goes where that leads. */
  sends(path: string, fields: Readonly<Record<string, string>>): Promise<void>;
}

export async function pageOf(whole: WholeApp, language: WholeLanguage): Promise<AtPage> {
  const browser = openBrowser(whole.url, language);
  await browser.open('/');
  const shown = () => browser.page.lines;
  const asks = async (text: string) => {
    const before = new Set(shown().map(({ id }) => id));
    // At a person's pace: who sends sixty messages at once is asked to wait.
    whole.later(1 / 60);
    await browser.send('/say', { id: browser.page.formId ?? '', text });
    const said = shown().filter(({ id, from }) => from === 'bot' && !before.has(id));
    const buttons = browser.page.choices.map(({ label }, index) => `*${index + 1}* ${label}`);
    return [...said.flatMap(({ texts }) => texts), ...buttons].join('\n');
  };
  const says = async (text: string) => {
    await asks(text);
  };
  return {
    says,
    asks,
    async saysAll(texts) {
      for (const text of texts) await says(text);
    },
    async reads() {
      await browser.open('/');
      return shown()
        .flatMap(({ texts }) => texts)
        .join('\n');
    },
    opens: async (path) => Buffer.from(await browser.download(path)).toString(),
    async sends(path, fields) {
      await browser.send(path, fields);
    },
  };
}
