import type { Channel } from '../channel.ts';
import type { Changes } from './changes.ts';
import { WEB_CHAT, type People } from './ports.ts';

/**
 * The web chat as a channel. A reply is sent when it is saved: the page draws it from the transcript. All there is to
 * do is to tell the pages that are open. What is handed to send() was saved for another channel, or for an older version.
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
