// When a person last wrote, kept with their address: WhatsApp lets us answer for 24 hours.

import { z } from 'zod';
import type { Address } from '../channel.ts';

const WINDOW_MS = 24 * 3_600_000;
/** A message that is under way when the window closes would be refused. */
const MARGIN_MS = 60_000;

const reachSchema = z.looseObject({ wrote: z.iso.datetime() });

/** To the minute, so that not every message of a burst rewrites the row. */
export function reachOf(at: Date): string {
  return JSON.stringify({ wrote: `${at.toISOString().slice(0, 16)}:00.000Z` });
}

/** True if it is not known: WhatsApp itself then says so. */
export function mayBeWrittenTo({ reach }: Pick<Address, 'reach'>, now: Date): boolean {
  if (reach === undefined) return true;
  try {
    const { wrote } = reachSchema.parse(JSON.parse(reach));
    return now.getTime() < Date.parse(wrote) + WINDOW_MS - MARGIN_MS;
  } catch {
    return true;
  }
}
