// The buttons that stand on the page are in the person's language, and do what they say, in all four.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type Browser } from '../../tools/demo/browser.ts';
import { openExpectation } from '../../tools/demo/expectation.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { openWhole, type WholeApp } from './whole-app.ts';

const STORY: Readonly<Record<WholeLanguage, string>> = {
  en: 'They killed my brother in March. Nobody told us for two days.',
  fr: 'Ils ont tué mon frère en mars. Personne ne nous a rien dit pendant deux jours.',
  es: 'Mataron a mi hermano en marzo. Nadie nos dijo nada en dos días.',
  pt: 'Mataram meu irmão em março. Ninguém nos disse nada por dois dias.',
};

interface Words {
  readonly commands: Readonly<Record<string, string>>;
  readonly choices: Readonly<Record<string, string>>;
}

describe.each(WHOLE_LANGUAGES)('the buttons in %s', (language) => {
  let whole: WholeApp;
  let mother: Browser;
  const words = JSON.parse(
    readFileSync(new URL(`../../locales/${language}/bot.json`, import.meta.url), 'utf8'),
  ) as Words;
  const expected = openExpectation(language);

  beforeAll(async () => {
    whole = await openWhole();
    mother = openBrowser(whole.url, language);
    await mother.open('/');
  });
  afterAll(() => whole.close());

  const send = async (fields: Readonly<Record<string, string>>) => {
    const before = new Set(mother.page.lines.map(({ id }) => id));
    await mother.send('/say', { id: mother.page.formId ?? '', ...fields });
    return mother.page.lines.filter(({ id, from }) => !before.has(id) && from === 'bot').flatMap(({ texts }) => texts);
  };
  const tap = async (value: string, says: string) => {
    const button = mother.page.choices.find((one) => one.value === value);
    if (words.choices[value] !== undefined) expect(button?.label).toBe(words.choices[value]);
    expect(expected.isSaid(says, await send({ choice: button?.sent ?? '' })), `${value}: ${says}`).toBe(true);
  };
  const press = async (command: string, says: string, text = '') => {
    const button = mother.page.commands.find((one) => one.value === command);
    expect(button?.label, command).toBe(words.commands[command]);
    expect(expected.isSaid(says, await send({ command: button?.sent ?? '', text })), `${command}: ${says}`).toBe(true);
  };

  it('are its own words, and work: next, skip, skip all, review, back and pause', async () => {
    await tap('go-on', 'safety.network');
    await tap('go-on', 'keep.ask');
    await tap('keep-adult', 'for-whom.ask');
    await tap('family', 'story.family');
    await press('pause', 'pause.done-code');
    await send({ text: STORY[language] });
    await press('review', 'review.ask');
    await press('next', 'story.family');
    // What is typed and not yet sent belongs to the story when *next* is tapped.
    await press('next', 'own-word.ask', STORY[language]);
    await press('skip', 'topics.ask');
    await press('next', 'asks-government.ask');
    await press('skip', 'asks-experts.ask');
    await press('skip-all', 'others.ask-none');
    await press('back', 'asks-experts.ask');
    await press('skip-all', 'others.ask-none');
    await press('next', 'names.harmed');
    await press('skip', 'names.author');
  });
});
