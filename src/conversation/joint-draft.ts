// What stands in a document for several: each contribution as its person agreed to it, and none that changed since.

import type { Draft } from '../dialog/engine/draft.ts';
import { agreedText, draftFrom } from '../dialog/engine/draft-from.ts';
import type { Session } from '../dialog/engine/session.ts';
import type { World, PutAway } from '../dialog/engine/world.ts';
import type { ConsentRow, Store } from '../store/store.ts';
import type { ShelvedCall } from '../calls/call-registry.ts';

export interface JointDraft {
  readonly contributions: readonly Draft[];
  /** Those whose text is not the one that was agreed to, or is not here any more. */
  readonly missing: readonly string[];
  /** What each of them said yes and no to, but not who read it to them. */
  readonly consents: readonly ConsentRow[];
}

interface Deps {
  readonly store: Pick<Store, 'parts' | 'consents'>;
  readonly fingerprint: World['fingerprint'];
}

export async function jointDraft(
  { store, fingerprint }: Deps,
  { joint, publication }: Session,
  { call }: ShelvedCall,
  cases: readonly PutAway[],
): Promise<JointDraft> {
  const contributions: Draft[] = [];
  const missing: string[] = [];
  const consents: ConsentRow[] = [];
  for (const id of joint?.members ?? []) {
    const session = cases.find((one) => one.session.contribution === id)?.session;
    const parts = session === undefined ? [] : await store.parts(id);
    const agreed =
      session?.teller?.readBack?.of === fingerprint(session === undefined ? '' : agreedText(session, parts, call)) &&
      session.publication === publication &&
      session.mails.length === 0;
    if (session === undefined || !agreed) missing.push(id);
    else {
      contributions.push(draftFrom(session, parts, call));
      consents.push(...(await store.consents(id)).filter(({ purpose }) => purpose !== 'read-back'));
    }
  }
  return { contributions, missing, consents };
}
