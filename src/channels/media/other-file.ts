// Files that people take for Word files, told apart by their first bytes and by their names.

import type { Unusable } from '../../dialog/engine/event.ts';

/** `locked`: a Word file with a password. */
export type OtherFile = 'doc' | 'odt' | 'rtf' | 'pdf' | 'locked';

/** Containers of Office before 2007, and of every locked file since. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Of a file that is no archive. */
export function otherFile(given: Uint8Array): OtherFile | null {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const begins = bytes.subarray(0, 1024).toString('latin1').trimStart();
  if (begins.startsWith('{\\rtf')) return 'rtf';
  if (begins.includes('%PDF-')) return 'pdf';
  if (!bytes.subarray(0, OLE.length).equals(OLE)) return null;
  const holds = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return 'locked';
  return holds('WordDocument') ? 'doc' : null;
}

/** Of a file that is not fetched: its name or type says that it is no .docx. */
export function unusableByName(name: string, type = ''): Unusable {
  if (/\.doc$/iu.test(name) || type === 'application/msword') return 'file-doc';
  if (/\.odt$/iu.test(name) || /opendocument\.text/iu.test(type)) return 'file-odt';
  if (/\.rtf$/iu.test(name) || /\brtf$/iu.test(type)) return 'file-rtf';
  return /\.pdf$/iu.test(name) || /\bpdf$/iu.test(type) ? 'file-pdf' : 'file';
}
