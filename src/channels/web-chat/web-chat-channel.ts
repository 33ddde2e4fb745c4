import { eventStream, HEARTBEAT, HEARTBEAT_MS } from '../../web/toolkit/event-stream.ts';
import type { Channel } from '../channel.ts';
import type { ChatContext, WebContext } from './chat-context.ts';
import type { Changes, People } from './ports.ts';
import { tokenOf, WEB_CHAT, webAddress } from './visitor.ts';

// GET /live: server-sent events that only say "new"; the page then fetches /lines.

/** Most open pages of one person that are told; more would only hold sockets. */
const MOST_PAGES = 5;

/** 204 tells the browser not to ask again. */
export async function live(c: WebContext, { deps }: ChatContext): Promise<Response> {
  const { people, changes, onFault } = deps;
  const token = tokenOf(c, deps);
  const known = token === null ? null : await people.personAt(webAddress(token));
  if (known === null || changes.listening(known.person) >= MOST_PAGES) return c.body(null, 204);
  return eventStream(
    c,
    async ({ write, end, ended }) => {
      const unsubscribe = changes.subscribe(known.person, () => void write('event: new\ndata:\n\n'), end);
      const heartbeat = setInterval(() => void write(HEARTBEAT), HEARTBEAT_MS);
      await write('retry: 10000\n\n');
      await ended;
      clearInterval(heartbeat);
      unsubscribe();
    },
    onFault,
  );
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
    people: () => [...listeners.keys()],
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

/**
 * The web chat as a channel. A reply counts as sent when it is saved: the page draws it from the transcript, so only
 * open pages must be told. Replies passed to send() were saved for another channel, or by an older version.
 */
export function webChatChannel(people: Pick<People, 'personAt'>, changes: Changes): Channel {
  return {
    name: WEB_CHAT,
    capabilities: { buttons: true, bubble: 600, files: true },
    notify: (person) => changes.notify(person),
    async send(to) {
      try {
        const known = await people.personAt(to);
        if (known !== null) changes.notify(known.person);
        return { kind: 'sent' };
      } catch (error) {
        return { kind: 'failed', error: error instanceof Error ? error.name : 'unknown', retryable: true };
      }
    },
  };
}
