// The desk's page shows what was found a few minutes ago: peers that hang may take half a minute, and a page does not wait for them.

import type { Finding, Looked } from '../../staff/doctor/finding.ts';

/** Milliseconds after which it is looked again, if somebody asks. */
const OLD = 10 * 60_000;
/** Milliseconds that a page waits for a look that has begun. */
const PATIENCE = 1_500;

export interface KeepOptions {
  readonly look: () => Promise<readonly Finding[]>;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
  readonly patience?: number;
}

/** Null: the first look has not ended. One look at a time, however many ask. */
export function keepFindings({ look, now, onFault, patience = PATIENCE }: KeepOptions): () => Promise<Looked | null> {
  let last: Looked | null = null;
  let looking: Promise<void> | null = null;
  const lookAgain = async () => {
    const at = now().toISOString();
    try {
      last = { at, findings: await look() };
    } catch (error) {
      onFault(error);
    }
    looking = null;
  };
  return async () => {
    if (last === null || now().getTime() - Date.parse(last.at) >= OLD) looking ??= lookAgain();
    if (looking === null) return last;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
    await Promise.race([looking, late]);
    clearTimeout(timer);
    return last;
  };
}
