import type { Rendered } from '../channels/channel.ts';
import type { Session } from '../dialog/engine/session.ts';

/** Messages that vanish do so after 24 hours. */
const VANISH_SECONDS = 86_400;

/** Every bubble of ours carries the expiry that the person asked for. */
export function withExpiry(rendered: Rendered, { disappearing }: Pick<Session, 'disappearing'>): Rendered {
  return disappearing === true ? { ...rendered, expires: VANISH_SECONDS } : rendered;
}
