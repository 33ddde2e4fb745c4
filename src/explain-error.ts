/** For operators: what, where, how to mend. A stack helps only where the fault is ours: a disk or a server has a code. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const plain = error.name === 'Error' && !('code' in error);
  const ours = plain || error instanceof TypeError || error instanceof RangeError;
  return ours ? (error.stack ?? error.message) : error.message;
}
