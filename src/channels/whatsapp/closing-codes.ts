// Decides what to do when WhatsApp closes the line, by its code. Pure.

export type AfterClosing =
  | { readonly do: 'reconnect' }
  | { readonly do: 'wait'; readonly milliseconds: number }
  /** Only a person can repair it. People's drafts are not touched. */
  | { readonly do: 'stop'; readonly reason: StopReason };

/** If the line is not open for some minutes: it is tried for ever, and staff are told. */
export type DownReason = 'unreachable' | 'login-refused';

/** Logins that WhatsApp refuses for a time (402), or to a program that is too old (405, 409) or unknown (406). */
const REFUSED: readonly number[] = [402, 405, 406, 409];

export function downReason(code: number | undefined): DownReason {
  return REFUSED.includes(code ?? 0) ? 'login-refused' : 'unreachable';
}

export type StopReason =
  'logged-out' | 'forbidden' | 'not-multi-device' | 'used-elsewhere' | 'bad-session' | 'lease-lost';

/** Milliseconds before a line is opened again: after the first failure, and at most. */
export interface BackOff {
  readonly first: number;
  readonly longest: number;
}

export const BACK_OFF: BackOff = { first: 2_000, longest: 30_000 };

const GROWTH = 1.8;
const BAD_SESSIONS = 3;

/**
 * `failures`: closings in a row since the line was last open, including this one; `random`: from 0 to 1. Waits grow as
 * `backOff` says, with a fifth of jitter, and never end.
 */
export function afterClosing(
  code: number | undefined,
  failures: number,
  random: () => number,
  { first, longest }: BackOff = BACK_OFF,
): AfterClosing {
  switch (code ?? 0) {
    case 515:
      return { do: 'reconnect' };
    case 401:
      return { do: 'stop', reason: 'logged-out' };
    case 403:
      return { do: 'stop', reason: 'forbidden' };
    case 411:
      return { do: 'stop', reason: 'not-multi-device' };
    case 440:
      return { do: 'stop', reason: 'used-elsewhere' };
    case 500:
      if (failures > BAD_SESSIONS) return { do: 'stop', reason: 'bad-session' };
  }
  const wait = Math.min(first * GROWTH ** Math.max(failures - 1, 0), longest);
  return { do: 'wait', milliseconds: Math.round(wait * (0.9 + random() * 0.2)) };
}

const DOWN: readonly (string | null)[] = ['unreachable', 'login-refused'] satisfies readonly DownReason[];
export const isDown = (reason: string | null): reason is DownReason => DOWN.includes(reason);

/** Undefined if the library gives none, e.g. for a broken connection. */
export function codeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('output' in error)) return undefined;
  const { output } = error;
  if (typeof output !== 'object' || output === null || !('statusCode' in output)) return undefined;
  return typeof output.statusCode === 'number' ? output.statusCode : undefined;
}
