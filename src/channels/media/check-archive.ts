// Before mammoth reads it: is this an archive of a reasonable size, whose parts are reasonable once inflated? What it is
// then given is a new archive of those parts alone, so that no relation leads it to one that was not looked at.

import { zipSync } from 'fflate';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

const FILE_BYTES = 5 * 1024 * 1024;
const ENTRIES = 500;
const PART_BYTES = 2 * 1024 * 1024;
/** The parts that mammoth reads the text from. */
const READ = /^(?:\[Content_Types\]\.xml|(?:_rels|word)\/.*\.(?:xml|rels))$/u;
const ALL_BYTES = 4 * PART_BYTES;

export type Refused = 'too-large' | 'no-docx' | 'too-much-in-it';

/** The parts that may be read, or why not. Sizes are counted while inflating: what the archive says of itself is not believed. */
export async function checkArchive(bytes: Uint8Array): Promise<Uint8Array | Refused> {
  if (bytes.length > FILE_BYTES) return 'too-large';
  const zip = await openZip(bytes);
  if (zip === null || zip.entryCount > ENTRIES) return zip === null ? 'no-docx' : 'too-much-in-it';
  const names = new Set<string>();
  const parts: Record<string, Uint8Array> = {};
  let [count, all] = [0, 0];
  try {
    for await (const entry of zip.eachEntry()) {
      if (++count > ENTRIES || names.has(entry.fileName)) return 'too-much-in-it';
      names.add(entry.fileName);
      if (!READ.test(entry.fileName)) continue;
      const part = await inflate(zip, entry);
      all += part?.length ?? 0;
      if (part === null || all > ALL_BYTES) return 'too-much-in-it';
      parts[entry.fileName] = part;
    }
  } catch {
    return 'no-docx';
  } finally {
    zip.close();
  }
  return names.has('word/document.xml') ? zipSync(parts, { level: 0 }) : 'no-docx';
}

function openZip(bytes: Uint8Array): Promise<ZipFile | null> {
  return new Promise((resolve) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: false, strictFileNames: true };
    fromBuffer(Buffer.from(bytes), options, (error, zip) => resolve(error === null ? zip : null));
  });
}

/** Null as soon as it is more than a part may hold. */
function inflate(zip: ZipFile, entry: Entry): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return reject(error);
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= PART_BYTES) return;
        resolve(null);
        stream.destroy();
      });
      stream.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
      stream.on('error', reject);
    });
  });
}
