// Moments as replies show them to people.

import { type CallForInputs, zoneOf } from '../../calls/call.ts';
import type { Param } from './reply.ts';

/** By the clocks that the call counts by, which are named: "23:59 (Central European Time)". */
export function lastMoment(call: CallForInputs, at: string): { readonly date: Param; readonly time: Param } {
  const zone = zoneOf(call);
  return { date: { at, zone, show: 'date' }, time: { at, zone, show: 'time' } };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Whole minutes from `now` until `then`, at least one. Nobody knows a person's clock. */
export function minutesUntil(then: string, now: string): number {
  return Math.max(1, Math.ceil((Date.parse(then) - Date.parse(now)) / MINUTE));
}

/** The same in hours. */
export function hoursUntil(then: string, now: string): number {
  return Math.max(1, Math.ceil((Date.parse(then) - Date.parse(now)) / HOUR));
}
