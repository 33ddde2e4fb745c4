import type { Rendered } from '../channels/channel.ts';
import type { Session } from '../dialog/engine/session.ts';

/** What is said in a chat with many people's texts says so, and whose document it brings. */
export function withSeveral(rendered: Rendered, session: Session): Rendered {
  if (session.gathers === undefined) return rendered;
  const { contribution } = session;
  const whose = rendered.file === null || contribution === null ? {} : { contribution };
  const locked = session.ownWord === null || session.unlockedAt !== null ? {} : { locked: true as const };
  return { ...rendered, several: true, ...locked, ...whose };
}
