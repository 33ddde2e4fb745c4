// Where the socket may connect to. The library does not check the server's certificates (Noise), so TLS to the right
// host is the only proof of who answers.

import type { Agent } from 'node:https';

export interface WhatsAppNetwork {
  readonly url: string;
  /** For uploads; tests lead it to loopback. */
  readonly agent?: Agent;
  /** For downloads, as `fetch` takes it. */
  readonly dispatcher?: object;
}

export const REAL_NETWORK: WhatsAppNetwork = { url: 'wss://web.whatsapp.com/ws/chat' };

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\])$/u;

export class HostRefused extends Error {
  override readonly name = 'HostRefused';
}

/**
 * WhatsApp's own host over TLS; or a loopback address where `forTests` says so.
 * @throws {HostRefused}
 */
export function checkNetwork({ url }: WhatsAppNetwork, forTests: boolean): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'wss:' && hostname === 'web.whatsapp.com') return;
  if (forTests && LOOPBACK.test(hostname)) return;
  throw new HostRefused('Only WhatsApp itself may answer as WhatsApp; tests use a loopback address.');
}
