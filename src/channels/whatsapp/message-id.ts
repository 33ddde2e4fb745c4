import { createHash } from 'node:crypto';

/**
 * The id of one bubble of one reply, in the shape that WhatsApp Web gives. Made of what is stored, so that another try
 * after a crash has the same id, and the phone shows it once. docs/decisions/0042-ids-of-bubbles.md.
 */
export function messageId(reply: string, bubble: number, text: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([reply, bubble, text]))
    .digest('hex');
  return `3EB0${digest.slice(0, 18).toUpperCase()}`;
}
