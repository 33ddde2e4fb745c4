// What stands in an organiser's other cases, as fingerprints: made when a text is compared, and kept nowhere.

import { marksOf } from '../dialog/engine/paragraphs.ts';
import type { CaseMarks, PutAway, World } from '../dialog/engine/world.ts';
import type { Store } from '../store/store.ts';

interface Deps {
  readonly store: Pick<Store, 'parts'>;
  readonly fingerprint: World['fingerprint'];
}

export async function marksIn({ store, fingerprint }: Deps, cases: readonly PutAway[]): Promise<readonly CaseMarks[]> {
  const marked: CaseMarks[] = [];
  for (const one of cases) {
    const { contribution, joint } = one.session;
    if (contribution === null || joint !== undefined) continue;
    marked.push({ ...one, marks: marksOf(await store.parts(contribution), fingerprint) });
  }
  return marked;
}
