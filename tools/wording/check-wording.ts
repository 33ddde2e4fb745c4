// npm run check:wording: ends with 1 if a catalogue, a call or a built document has a text of our own that breaks the rules.

import { type Block } from '../../src/submission/block.ts';
import { buildModel } from '../../src/submission/document-model.ts';
import { asShown, isTheirs } from '../../src/submission/typography.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { SUBMISSIONS } from '../gallery/submissions.ts';
import { ourTexts } from './our-texts.ts';
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
if (broken > 0) process.exitCode = 1;
else process.stdout.write('Every text is set as docs/wording.md says.\n');
