// npm run -s wording -- --language es [--out FILE.xlsx]: a sheet for a native reader.
// npm run -s wording -- --language es --in FILE.xlsx: what they wrote and ticked, into the catalogues.
// npm run -s wording -- --reread: promises that changed, in all languages; with --done their marks are set.
// npm run -s wording -- --length [--since COMMIT]: how long the bubbles of the played conversations are, now and in a commit.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import writeWorkbook from 'write-excel-file/node';
import { workbookIn } from '../../src/cli/call-form.ts';
import { OperatorError } from '../../src/cli/command.ts';
import { isLanguage, type Language, LANGUAGES, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { LOCALES } from '../../src/texts/catalogues.ts';
import { appearsIn } from './as-it-appears.ts';
import { lengthLines } from './length.ts';
import { CATALOGUES, contentsIn, type OurText, ourTexts } from './our-texts.ts';
import { markOf, promisesIn, remarked } from './promises.ts';
import { changesOf, COLUMNS, sheetOf } from './review-sheet.ts';
import { written } from './take-review.ts';

const PAGE = fileURLToPath(new URL('../../docs/wording.md', import.meta.url));

const { values } = parseArgs({
  options: {
    language: { type: 'string' },
    out: { type: 'string' },
    in: { type: 'string' },
    reread: { type: 'boolean' },
    done: { type: 'boolean' },
    length: { type: 'boolean' },
    since: { type: 'string' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Wide enough to read. */
const WIDTHS: Readonly<Record<(typeof COLUMNS)[number], number>> = {
  file: 10,
  key: 24,
  'where it appears': 26,
  'as it appears': 60,
  'in English': 60,
  'must not change': 34,
  text: 60,
  'your text': 60,
  'read (x)': 9,
};

/** The texts of a call come and go with its own sheet. */
function ofCatalogues(): readonly OurText[] {
  const names: readonly string[] = CATALOGUES;
  return ourTexts().filter(({ file }) => names.includes(file));
}

async function write(language: Language, file: string): Promise<void> {
  const texts = ofCatalogues();
  const [here, english] = [appearsIn(language), appearsIn('en')];
  const promises = promisesIn(readFileSync(PAGE, 'utf8'));
  const rows = sheetOf(
    texts
      .filter((one) => one.language === language)
      .map((text) => {
        const same = (one: { file: string; key: string }) => one.file === text.file && one.key === text.key;
        const inEnglish = texts.find((one) => one.language === 'en' && same(one))?.text ?? '';
        return {
          text,
          shown: here(text.text),
          english: english(inEnglish),
          sense: promises.find(same)?.sense ?? null,
        };
      }),
  );
  const data = rows.map((row, at) =>
    row.map((value) => ({ value, type: String, wrap: true, ...(at === 0 ? { fontWeight: 'bold' as const } : {}) })),
  );
  const columns = COLUMNS.map((name) => ({ width: WIDTHS[name] }));
  await writeWorkbook([{ sheet: language, data, columns, stickyRowsCount: 1 }]).toFile(file);
  say(`Written: ${file}, ${rows.length - 1} texts. Write into the last two columns; --in ${file} takes it back.`);
}

async function take(language: Language, file: string): Promise<number> {
  const [rows = []] = Object.values(await workbookIn(file));
  const { changes, problems } = changesOf(rows, ofCatalogues(), language);
  for (const problem of problems) say(problem);
  if (problems.length > 0) {
    say('Nothing was changed.');
    return 1;
  }
  for (const [name, text] of written(changes, (name) => contentsIn(language, name))) {
    const place = join(LOCALES, language, name);
    writeFileSync(place, await format(text, { ...(await resolveConfig(place)), filepath: place }));
  }
  const [fresh, read] = [changes.filter(({ isNew }) => isNew).length, changes.filter(({ isRead }) => isRead).length];
  say(`Changed: ${fresh}. Read by a native reader: ${read}.`);
  return 0;
}

/** Shows the promises whose texts changed; `isDone`: somebody has compared them. */
function reread(isDone: boolean): void {
  const page = readFileSync(PAGE, 'utf8');
  const texts = ourTexts();
  for (const row of promisesIn(page).filter((one) => markOf(texts, one) !== one.mark)) {
    say(`\n${row.file} ${row.key}: ${row.sense}`);
    for (const language of WHOLE_LANGUAGES) {
      const own = texts.find((one) => one.language === language && one.file === row.file && one.key === row.key);
      say(`  ${language}: ${(own?.text ?? '(missing)').replaceAll('\n', ' | ')}`);
    }
  }
  if (isDone) writeFileSync(PAGE, remarked(page, texts));
}

if (values.length === true) lengthLines(values.since).forEach(say);
else if (values.reread === true) reread(values.done === true);
else if (values.language === undefined || !isLanguage(values.language)) {
  say(`--language ${LANGUAGES.join('|')}: a sheet for a native reader; with --in FILE.xlsx, what they wrote`);
  process.exitCode = 2;
} else if (values.in === undefined) await write(values.language, values.out ?? `wording-${values.language}.xlsx`);
else {
  process.exitCode = await take(values.language, values.in).catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
    say(error.message);
    return 1;
  });
}
