import mammoth from 'mammoth';

/** The text of a Word file that we have made ourselves. */
export async function mammothText(bytes: Buffer): Promise<string> {
  return (await mammoth.extractRawText({ buffer: bytes })).value;
}
