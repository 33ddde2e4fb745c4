// The functions entered for one request, in the order in which they began.

import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

export interface Entry {
  /** Below `src/`. */
  readonly file: string;
  /** The function's name, or "line N" if it has none. */
  readonly name: string;
}

const current = new AsyncLocalStorage<Entry[]>();
let recording: Entry[] | null = null;

export function recordEntry(file: string, name: string): void {
  current.getStore()?.push({ file, name });
}

/** Records everything caused by HTTP requests from now on, and nothing that a loop does by itself. */
export function startRecording(): readonly Entry[] {
  recording = [];
  return recording;
}

/** Work of earlier requests is still recorded; requests from now on are not. */
export function stopRecording(): void {
  recording = null;
}

subscribe('http.server.request.start', () => {
  if (recording !== null) current.enterWith(recording);
});
