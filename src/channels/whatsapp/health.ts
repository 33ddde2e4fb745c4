// The state of the line, for operators.

import { TROUBLES, type Trouble } from './ports.ts';

/** `restricted`: the line is open, but WhatsApp refused the last message. */
export type Health = 'off' | 'connecting' | 'open' | 'waiting' | Trouble;

/** A shorter form, for those who see the server from outside. */
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

/** Parses a reason that an earlier run or version stored. */
export function parseTrouble(reason: string | null): Trouble {
  return TROUBLES.find((one) => one === reason) ?? 'bad-session';
}
