// The state of the line, for operators.

import type { Channel } from '../channel.ts';
import { type LineUsers, TROUBLES, type Trouble } from './ports.ts';

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

export interface RunningWhatsApp {
  readonly channel: Channel;
  health(): Health;
  shown(): ReturnType<typeof shownHealth>;
  /** Takes the messages that a former process left, and connects. Does nothing for an account that is not linked. */
  start(users: LineUsers): Promise<void>;
  stop(): Promise<void>;
}
