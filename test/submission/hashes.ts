// Prints the hashes of all sample documents: run in another process, they must be the same.

import { sha256 } from '../../src/submission/manifest.ts';
import { writeDocx } from '../../src/submission/docx/docx.ts';
import { writePdf } from '../../src/submission/pdf/pdf.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { modelIn } from './samples.ts';

export async function sampleHashes(): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (const language of WHOLE_LANGUAGES) {
    const model = modelIn(language);
    const pdf = await writePdf(model);
    hashes.push(sha256(await writeDocx(model)), pdf instanceof Uint8Array ? sha256(pdf) : pdf.kind);
  }
  return hashes;
}

if (process.argv[1] === import.meta.filename) console.log((await sampleHashes()).join('\n'));
