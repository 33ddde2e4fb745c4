// The fonts of the PDF. Reading them takes most of the time of a small document, so it is done once.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import type { Font } from 'fontkit';

export interface PdfFonts {
  readonly regular: Font;
  readonly bold: Font;
}

const require = createRequire(import.meta.url);
let fonts: PdfFonts | undefined;

/** DejaVu: its text can be copied and searched right also in Yorùbá, Igbo and Vietnamese. Throws where the package is missing. */
export function pdfFonts(): PdfFonts {
  fonts ??= { regular: readFont('DejaVuSerifCondensed'), bold: readFont('DejaVuSerifCondensed-Bold') };
  return fonts;
}

function readFont(name: string): Font {
  return create(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)));
}
