/** Tells open pages that something new was said to a person. Holds no content. */
export interface Changes {
  /** Returns what ends the subscription. `onEnd` is called once, when the program stops. */
  subscribe(person: string, onChange: () => void, onEnd: () => void): () => void;
  /** How many pages of this person listen. */
  listening(person: string): number;
  /** To be called after a turn with replies was saved. Never throws. */
  notify(person: string): void;
  /** Ends every subscription, so that the server can close. */
  close(): void;
}

interface Listener {
  readonly onChange: () => void;
  readonly onEnd: () => void;
}

export function openChanges(): Changes {
  const listeners = new Map<string, Set<Listener>>();
  return {
    subscribe(person, onChange, onEnd) {
      const listener = { onChange, onEnd };
      const mine = listeners.get(person) ?? new Set();
      mine.add(listener);
      listeners.set(person, mine);
      return () => {
        mine.delete(listener);
        if (mine.size === 0 && listeners.get(person) === mine) listeners.delete(person);
      };
    },
    listening: (person) => listeners.get(person)?.size ?? 0,
    notify(person) {
      for (const { onChange } of [...(listeners.get(person) ?? [])]) onChange();
    },
    close() {
      const all = [...listeners.values()].flatMap((mine) => [...mine]);
      listeners.clear();
      for (const { onEnd } of all) onEnd();
    },
  };
}
