/**
 * For operators: the problem, its place, and how to fix it. With a stack only if the fault is in the program: errors of
 * a disk or server have a code.
 */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const plain = error.name === 'Error' && !('code' in error);
  const ours = plain || error instanceof TypeError || error instanceof RangeError;
  return ours ? (error.stack ?? error.message) : error.message;
}
