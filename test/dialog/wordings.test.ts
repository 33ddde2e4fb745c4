// Texts that come again are said in other words each time; what binds never is.

import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { FURTHER_WORDINGS } from '../../src/dialog/engine/wordings.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { loadCatalogues, templatesOf } from '../../src/texts/catalogues.ts';
import { playTranscript } from '../support/golden.ts';
import { Player, texts } from '../support/player.ts';

const { bot } = loadCatalogues();
const placesIn = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/gu) ?? [])].sort();

describe.each(WHOLE_LANGUAGES)('further wordings in %s', (language) => {
  const templates = templatesOf(bot[language]);
  const wordingsOf = (text: string) =>
    [...templates].flatMap(([key, said]) => (key.replace(/\.\d+$/u, '') === `again.${text}` ? [said] : []));

  it('are as many as the engine counts', () => {
    const listed = [...templates.keys()].filter((key) => key.startsWith('again.'));
    const counted = [...FURTHER_WORDINGS].flatMap(([text, count]) =>
      Array.from({ length: count }, (_, at) => `again.${text}.${at + 1}`),
    );
    expect(listed.toSorted()).toEqual(counted.toSorted());
  });

  it.each([...FURTHER_WORDINGS.keys()])('%s: other words, about the same things', (text) => {
    const all = [templates.get(text) ?? '', ...wordingsOf(text)];
    expect(new Set(all).size).toBe(all.length);
    // A support list or a name is given each time, except by care that was just said at length.
    for (const further of all.slice(1)) {
      if (text.startsWith('talk.')) expect(placesIn(all[0] ?? '')).toEqual(expect.arrayContaining(placesIn(further)));
      else expect(placesIn(further)).toEqual(placesIn(all[0] ?? ''));
    }
  });
});

const STORY: Readonly<Record<WholeLanguage, string>> = {
  en: 'Day {n}: we waited at the station and nobody came out.',
  fr: "Jour {n} : nous avons attendu au commissariat, personne n'est sorti.",
  es: 'Día {n}: esperamos en la comisaría y nadie salió.',
  pt: 'Dia {n}: esperamos na delegacia e ninguém saiu.',
};

async function toldSoOften(language: WholeLanguage, times: number): Promise<readonly string[]> {
  const player = new Player({ language });
  for (const text of ['👋', '1', '1', '1', '1', '1']) await player.says(text);
  // The first message of a story is answered with more than "Saved."
  await player.says(STORY[language].replace('{n}', '0'));
  const heard: string[] = [];
  for (let time = 1; time <= times; time++) {
    heard.push(player.read(await player.says(STORY[language].replace('{n}', String(time)))));
  }
  return heard;
}

describe.each(WHOLE_LANGUAGES)('a long story in %s', (language) => {
  it('is not answered twice in a row with the same words', async () => {
    const heard = await toldSoOften(language, 9);
    for (const [at, words] of heard.slice(1).entries()) expect(words).not.toBe(heard[at]);
    expect(new Set(heard).size).toBe(4);
    expect(heard).toContain(texts.translate(language, { key: 'saved.plain' }, ''));
  });

  it('is answered in the same words when it is told to another chat in the same way', async () => {
    expect(await toldSoOften(language, 5)).toEqual(await toldSoOften(language, 5));
  });
});

describe('what binds', () => {
  const consented = new Set<string>();
  beforeAll(async () => {
    const folder = new URL('../transcripts/', import.meta.url);
    for (const name of readdirSync(folder)) {
      await playTranscript(readFileSync(new URL(name, folder), 'utf8'), ({ effects }) => {
        for (const effect of effects) if (effect.kind === 'consent') consented.add(effect.wording.key);
      });
    }
  });

  it('is asked in the same words each time', () => {
    expect(consented.size).toBeGreaterThan(5);
    expect([...consented].filter((key) => FURTHER_WORDINGS.has(key))).toEqual([]);
  });

  it('what is sent, erased, withdrawn, published or named is said in the same words each time', () => {
    const binding =
      /^(?:keep|send|sent|erase|withdraw|publication|write-back|names|others|own-word|hold|read-back|age|cut)\./u;
    expect([...FURTHER_WORDINGS.keys()].filter((key) => binding.test(key))).toEqual([]);
  });
});
