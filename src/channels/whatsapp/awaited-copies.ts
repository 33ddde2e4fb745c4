// Messages that could not be opened: the phone was asked for a copy, and its writer is told if none comes.

export interface AwaitedCopies {
  /** Does nothing if one is awaited already. `tell` is called when none has come. */
  await(id: string, written: string, tell: () => void): void;
  /** It came. The time of the first one (ISO), or null if none was awaited. */
  came(id: string): string | null;
  stop(): void;
}

/** `milliseconds`: how long a phone has. */
export function awaitCopies(milliseconds: number): AwaitedCopies {
  const awaited = new Map<string, { readonly timer: NodeJS.Timeout; readonly written: string }>();
  const end = (id: string) => {
    const one = awaited.get(id);
    clearTimeout(one?.timer);
    awaited.delete(id);
    return one?.written ?? null;
  };
  return {
    await(id, written, tell) {
      if (awaited.has(id)) return;
      const late = () => {
        awaited.delete(id);
        tell();
      };
      awaited.set(id, { timer: setTimeout(late, milliseconds).unref(), written });
    },
    came: end,
    stop() {
      for (const id of [...awaited.keys()]) end(id);
    },
  };
}
