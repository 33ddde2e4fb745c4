// Asking a person at a terminal.

import { createInterface } from 'node:readline/promises';

export type Ask = (question: string) => Promise<string>;

/** `ask` is null if nobody can be asked. Returns null if the input ended before `work`. */
export async function atTerminal<T>(work: (ask: Ask | null) => Promise<T>): Promise<T | null> {
  if (!process.stdin.isTTY) return work(null);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const gone = new AbortController();
  terminal.once('close', () => gone.abort());
  try {
    return await work((question) => terminal.question(question, { signal: gone.signal }));
  } catch (error) {
    if (gone.signal.aborted) return null;
    throw error;
  } finally {
    terminal.close();
  }
}
