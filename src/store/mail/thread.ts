// The Message-IDs of a mail and of those that it answers.

/** Of a mail as it was frozen: the ids in its References, then its own, with their angle brackets. */
export function threadOf(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes.subarray(0, 64 * 1024)).toString('latin1');
  const lines = text
    .slice(0, text.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]+/gu, ' ')
    .split('\r\n');
  const idsIn = (name: string) =>
    lines
      .filter((line) => line.toLowerCase().startsWith(`${name}:`))
      .flatMap((line) => line.match(/<[^<>\s]+>/gu) ?? []);
  return [...idsIn('references'), ...idsIn('message-id')];
}
