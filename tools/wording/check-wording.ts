// npm run check:wording: ends with 1 if a catalogue, a call or a built document has a text of our own that breaks the rules, or if a
// text was changed after a native reader had read it and its file still says that all of it was read.

import { type Block } from '../../src/submission/block.ts';
import { buildModel } from '../../src/submission/document-model.ts';
import { asShown, isTheirs } from '../../src/submission/typography.ts';
import { LANGUAGES } from '../../src/languages.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { SUBMISSIONS } from '../gallery/submissions.ts';
import { contentsIn, ourTexts } from './our-texts.ts';
import { changedSince } from './take-review.ts';
import { breachesIn } from './typography.ts';

const documents = loadCatalogue('document');
const built = SUBMISSIONS.flatMap(({ name, draft, call }) => {
  const { blocks, footer } = asShown(buildModel(draft, call, documents[draft.language]));
  const ours = blocks.filter(({ kind }: Block) => !isTheirs(kind)).map(({ text }) => text);
  return [...ours, footer].map((text) => ({
    language: draft.language,
    file: `document ${name}`,
    key: text,
    text,
    mixed: false,
  }));
});

let broken = 0;
for (const { language, file, key, text, mixed } of [...ourTexts(), ...built]) {
  for (const { at, better } of breachesIn(language, text, mixed)) {
    broken++;
    process.stdout.write(`${language} ${file} ${key}: "${at}": ${better}\n`);
  }
}
for (const language of LANGUAGES) {
  for (const text of changedSince((name) => contentsIn(language, name))) {
    broken++;
    process.stdout.write(`${language} ${text}: changed since it was read: "reviewed": false, or a new sheet\n`);
  }
}
if (broken > 0) process.exitCode = 1;
else process.stdout.write('Every text is set as docs/wording.md says.\n');
