import { isIP } from 'node:net';

export interface RelyingParty {
  /** The host name that passkeys are bound to. */
  readonly id: string;
  readonly origin: string;
}

/** Of this desk; null where browsers make no passkeys: an address that is a number, or that is not safe. */
export function relyingParty({ protocol, hostname, origin }: URL): RelyingParty | null {
  const isNumber = hostname.startsWith('[') || isIP(hostname) !== 0;
  const isSafe = protocol === 'https:' || hostname === 'localhost';
  return isSafe && !isNumber ? { id: hostname, origin } : null;
}
