// After how many seconds messages vanish in a chat, kept with the person's address, so that a restart forgets nothing.

import { z } from 'zod';
import type { Address } from '../channel.ts';

const reachSchema = z.looseObject({ expires: z.number().int().nonnegative() });

export function reachOf(seconds: number): string {
  return JSON.stringify({ expires: seconds });
}

/** 0 if they stay; null if it is not known. */
export function expiryOf({ reach }: Pick<Address, 'reach'>): number | null {
  if (reach === undefined) return null;
  try {
    return reachSchema.parse(JSON.parse(reach)).expires;
  } catch {
    return null;
  }
}
