// What stands in an organiser's other cases, as fingerprints: made when a text is compared, and kept nowhere.

import { fingerprintsOf } from '../dialog/engine/paragraphs.ts';
import type { CaseFingerprints, PutAway, World } from '../dialog/engine/world.ts';
import type { Store } from '../store/store.ts';

interface Deps {
  readonly store: Pick<Store, 'parts'>;
  readonly fingerprint: World['fingerprint'];
}

export async function fingerprintsIn(
  { store, fingerprint }: Deps,
  cases: readonly PutAway[],
): Promise<readonly CaseFingerprints[]> {
  const marked: CaseFingerprints[] = [];
  for (const one of cases) {
    const { contribution, joint } = one.session;
    if (contribution === null || joint !== undefined) continue;
    marked.push({ ...one, marks: fingerprintsOf(await store.parts(contribution), fingerprint) });
  }
  return marked;
}
