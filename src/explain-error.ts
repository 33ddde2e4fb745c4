/** For operators: what, where, how to mend. A stack helps only where the fault is ours. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const ours = error.name === 'Error' || error instanceof TypeError || error instanceof RangeError;
  return ours ? (error.stack ?? error.message) : error.message;
}
