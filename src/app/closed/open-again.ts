// Opens a sealed case again, with the key that somebody of staff got out of its age file.

import { stateOf } from '../../conversation/open-case.ts';
import { parseSession } from '../../dialog/engine/session.ts';
import { takenOut } from '../../dialog/stages/put-away.ts';
import type { Store } from '../../store/open.ts';
import type { OpenedAgain } from '../../store/sealed/open-again.ts';

export interface GivenKeys {
  /** Of the account that asks for it. */
  readonly by: string;
  /** By the ids of contributions. */
  readonly dataKeys: ReadonlyMap<string, Uint8Array>;
}

export function openingAgain(store: Pick<Store, 'openAgain'>, now: () => Date) {
  return (caseId: string, { by, dataKeys }: GivenKeys): Promise<OpenedAgain> => {
    const at = now().toISOString();
    return store.openAgain(caseId, {
      ...{ at, reviewer: by, dataKeys },
      sessionOf(putAway, current) {
        const session = takenOut(parseSession(putAway), parseSession(current), at);
        return session === null ? null : { session, state: stateOf(session) };
      },
    });
  };
}
