// How the line stands, for those who run it.

import { TROUBLES, type Trouble } from './ports.ts';

/** `restricted`: the line is open, and WhatsApp refused what was sent last. */
export type Health = 'off' | 'connecting' | 'open' | 'waiting' | Trouble;

/** The same in fewer words, for whoever looks at the server from outside. */
export function shownHealth(
  health: Health,
): 'unlinked' | 'connecting' | 'linked' | 'restricted' | 'unreachable' | 'stopped' {
  switch (health) {
    case 'off':
      return 'unlinked';
    case 'open':
      return 'linked';
    case 'connecting':
    case 'waiting':
      return 'connecting';
    case 'restricted':
    case 'unreachable':
      return health;
    case 'login-refused':
      return 'unreachable';
    default:
      return 'stopped';
  }
}

/** What was kept by an earlier start, or an earlier version. */
export function parseTrouble(reason: string | null): Trouble {
  return TROUBLES.find((one) => one === reason) ?? 'bad-session';
}
