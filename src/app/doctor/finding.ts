// One finding about an installation.

export type Standing =
  | 'fine'
  /** Good to know; nobody must do anything now. */
  | 'note'
  | 'to-do'
  /** The program does not start, or can keep nothing. */
  | 'stops';

export interface Finding {
  readonly check: string;
  readonly standing: Standing;
  readonly says: string;
  /** The remedy; absent if there is nothing to do. */
  readonly mend?: string;
}

export function fine(check: string, says: string): Finding {
  return { check, standing: 'fine', says };
}

export function note(check: string, says: string): Finding {
  return { check, standing: 'note', says };
}

export function toDo(check: string, says: string, mend: string): Finding {
  return { check, standing: 'to-do', says, mend };
}

export function stops(check: string, says: string, mend: string): Finding {
  return { check, standing: 'stops', says, mend };
}

/** The worst standing among them. */
export function worstOf(findings: readonly Finding[]): Standing {
  const worst = (['stops', 'to-do', 'note'] as const).find((one) => findings.some(({ standing }) => standing === one));
  return worst ?? 'fine';
}

/** An error as one line, without a stack. */
export function sayError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : '';
  return `${error.message.split('\n')[0] ?? ''}${cause}`;
}
