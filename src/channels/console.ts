// The terminal as a channel: every reply is printed, every typed line is a message.

import type { Address, Channel } from './channel.ts';

const CONSOLE = 'console';

/** One person sits at a terminal. */
export const CONSOLE_ADDRESS: Address = { channel: CONSOLE, account: 'default', address: 'here' };

/** `print` gets one bubble at a time, without a line end. */
export function consoleChannel(print: (text: string) => void): Channel {
  return {
    name: CONSOLE,
    capabilities: { buttons: false, bubble: 600, files: false },
    send(_to, reply) {
      for (const { text } of reply.bubbles) print(text);
      return Promise.resolve({ kind: 'sent' });
    },
  };
}
