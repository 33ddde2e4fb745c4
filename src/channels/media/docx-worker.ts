// Worker of read-docx.ts: .docx → text. mammoth's plain text joins words across line breaks and drops footnotes, so the
// text is taken from its HTML.

import { parentPort, workerData } from 'node:worker_threads';
import mammoth from 'mammoth';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const given = workerData as { readonly bytes: unknown; readonly bullets: boolean };
if (given.bytes instanceof Uint8Array) {
  // Files outside the archive are not read: mammoth's default since 1.11.
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(given.bytes) },
    { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })), includeEmbeddedStyleMap: false },
  );
  parentPort?.postMessage(textOf(given.bullets ? value.replaceAll('<li>', '<li>• ') : value));
}

function textOf(html: string): string {
  return html
    .replaceAll(/<br\s*\/?>|<\/(?:p|h[1-6]|li|tr)>/gu, '\n')
    .replaceAll(/<\/t[dh]>/gu, '\t')
    .replaceAll(/<[^<>]*>/gu, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => ENTITIES[name] ?? '')
    .replaceAll(/(?<![ \t])[ \t]+\n/gu, '\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
}
