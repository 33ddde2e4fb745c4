/**
 * What may be logged of an error: its name, its code and where it was thrown. Never its message, which can hold an
 * address or a line of text.
 */
export function safeError(error: unknown): { readonly error: string; readonly code?: string; readonly where: string } {
  if (!(error instanceof Error)) return { error: typeof error, where: '' };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const where = frames.slice(0, 8).map((line) => line.trim());
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { error: error.name, ...code, where: where.join(' < ') };
}
