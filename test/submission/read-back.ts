import { execFileSync, spawnSync } from 'node:child_process';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import mammoth from 'mammoth';

/** The paragraphs of a .docx as another program reads them; line breaks are line feeds. */
export async function docxParagraphs(
  bytes: Uint8Array,
): Promise<readonly { readonly tag: string; readonly text: string }[]> {
  const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { ignoreEmptyParagraphs: false });
  return [...value.matchAll(/<(p|h\d)>(.*?)<\/\1>/gs)].map(([, tag = '', html = '']) => ({ tag, text: textOf(html) }));
}

function textOf(html: string): string {
  return html
    .replace(/<br \/>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

export function isInstalled(program: string, versionFlag: string): boolean {
  return spawnSync(program, [versionFlag]).error === undefined;
}

/** By poppler's pdftotext. 'written': in the order of the file, which is that of a screen reader. */
export function pdfText(bytes: Uint8Array, order?: 'written'): string {
  const how = order === undefined ? [] : ['-raw'];
  return execFileSync('pdftotext', [...how, '-enc', 'UTF-8', '-', '-'], { input: bytes, encoding: 'utf8' });
}

/** As Chrome shows, searches and copies it. */
export async function chromeText(bytes: Uint8Array): Promise<string> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(Buffer.from(bytes));
  const text = [...document.pages()].map((page) => page.getText()).join('\n');
  document.destroy();
  library.destroy();
  return text;
}
