// The settings of closed cases that only the keys of staff open; read by config.ts.

import { z } from 'zod';

export const closedShape = {
  CLOSED_KEYS: z.string().trim().min(1).optional(),
  CLOSED_SEALED_AFTER_DAYS: z.coerce.number().int().min(1).max(365).default(14),
};

interface Environment {
  readonly CLOSED_KEYS?: string | undefined;
  readonly CLOSED_SEALED_AFTER_DAYS: number;
  readonly KEEP_CLOSED_DAYS: number;
}

export interface ClosedConfig {
  /** Age recipients, two at least. */
  readonly recipients: readonly string[];
  readonly afterDays: number;
}

/** Of X25519, in the letters of bech32; its checksum is proved when something is encrypted to it. */
const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/u;

/** Null: closed cases stay readable here until they are erased. */
export function closedOf(env: Environment): ClosedConfig | null {
  if (env.CLOSED_KEYS === undefined) return null;
  return { recipients: recipientsIn(env.CLOSED_KEYS), afterDays: env.CLOSED_SEALED_AFTER_DAYS };
}

export function closedProblems(env: Environment): readonly string[] {
  if (env.CLOSED_KEYS === undefined) return [];
  const all = recipientsIn(env.CLOSED_KEYS);
  if (/AGE-SECRET-KEY-/iu.test(env.CLOSED_KEYS))
    return ['CLOSED_KEYS: it has a secret key. Take it off this machine, and destroy it; only age1… belongs here'];
  if (all.some((one) => !RECIPIENT.test(one))) return ['CLOSED_KEYS: age recipients (age1…), with spaces between them'];
  const problems: string[] = [];
  if (all.length < 2)
    problems.push(
      'CLOSED_KEYS: two different keys at least, held by two people: if the only one is lost, every sealed case is lost. Make another with age-keygen',
    );
  if (env.CLOSED_SEALED_AFTER_DAYS >= env.KEEP_CLOSED_DAYS)
    problems.push('CLOSED_SEALED_AFTER_DAYS: must be less than KEEP_CLOSED_DAYS, after which a case is erased');
  return problems;
}

function recipientsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/u).filter((one) => one !== ''))];
}
