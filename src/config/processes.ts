// The part of the environment about several processes: what each does, and what is told about it; read by config.ts.

import { z } from 'zod';
import { listOf } from './list-of.ts';

/**
 * `web`: pages and desk. `teams`, `whatsapp`: what these networks send; WhatsApp's line also sends by itself. `delivery`: replies and
 * mails. `jobs`: deadlines, mailbox, recordings, notices, erasing.
 */
const ROLES = ['web', 'teams', 'whatsapp', 'delivery', 'jobs'] as const;
export type Role = (typeof ROLES)[number];

export const processShape = {
  ROLES: z.string().default(ROLES.join(',')),
  METRICS_TOKEN: z.string().trim().min(16).optional(),
};

interface Environment {
  readonly ROLES: string;
  readonly DATABASE_URL?: string | undefined;
}

export function rolesOf(env: Environment): ReadonlySet<Role> {
  const named = listOf(env.ROLES);
  return new Set(ROLES.filter((role) => named.includes(role)));
}

export function processProblems(env: Environment): readonly string[] {
  const named = listOf(env.ROLES);
  const known: readonly string[] = ROLES;
  const unknown = named.filter((role) => !known.includes(role));
  if (unknown.length > 0) return [`ROLES: there is no role ${unknown.join(', ')}; there are ${ROLES.join(', ')}`];
  if (named.length === 0) return [`ROLES: name at least one of ${ROLES.join(', ')}`];
  return env.DATABASE_URL === undefined && rolesOf(env).size < ROLES.length
    ? ['ROLES: on SQLite one process does everything; set DATABASE_URL (PostgreSQL) to share the work out']
    : [];
}
