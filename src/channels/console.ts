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

/** Lines of at most `width` characters, broken between words. A longer word, such as an address, has a line for itself. */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => {
      const lines = [''];
      for (const word of line.split(' ')) {
        const last = lines.at(-1) ?? '';
        const longer = last === '' ? word : `${last} ${word}`;
        if (last === '' || longer.length <= width) lines[lines.length - 1] = longer;
        else lines.push(word);
      }
      return lines.join('\n');
    })
    .join('\n');
}
