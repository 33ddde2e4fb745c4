// One finding about an installation.

import { type Check, type Finding, type Standing, STANDINGS } from '../../staff/doctor/finding.ts';

export type { Finding, Standing };

export function fine(check: Check, says: string): Finding {
  return { check, standing: 'fine', says };
}

export function note(check: Check, says: string): Finding {
  return { check, standing: 'note', says };
}

export function toDo(check: Check, says: string, mend: string): Finding {
  return { check, standing: 'to-do', says, mend };
}

export function stops(check: Check, says: string, mend: string): Finding {
  return { check, standing: 'stops', says, mend };
}

/** The worst standing among them. */
export function worstOf(findings: readonly Finding[]): Standing {
  return STANDINGS.find((one) => findings.some(({ standing }) => standing === one)) ?? 'fine';
}

/** An error as one line, without a stack. */
export function sayError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : '';
  return `${error.message.split('\n')[0] ?? ''}${cause}`;
}
