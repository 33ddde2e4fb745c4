import type { Part } from '../dialog/engine/effect.ts';
import type { Session } from '../dialog/engine/session.ts';

/** What is held is erased after a day without a turn; the session must not offer what is no longer there. */
export async function heldAsKept(session: Session, held: () => Promise<readonly Part[]>): Promise<Session> {
  if (session.held.parts === 0) return session;
  const { ids: known } = session.held;
  const kept = (await held()).filter(({ id }) => known === undefined || known[id] !== undefined);
  if (kept.length === session.held.parts) return session;
  const words = kept.reduce((sum, part) => sum + part.words, 0);
  const ids = Object.fromEntries(kept.map((part) => [part.id, part.words]));
  return { ...session, held: { parts: kept.length, words, ids } };
}
