// What is true of one turn, asked of the store: the engine asks nobody.

import type { Session } from '../dialog/session.ts';
import type { ChannelFacts, Facts } from '../dialog/world.ts';
import type { PendingTurn, Store } from '../store/store.ts';

interface Deps {
  readonly store: Store;
  readonly boot: string;
}
interface OfTurn {
  readonly pending: PendingTurn;
  readonly channel: ChannelFacts;
  readonly opens: boolean;
}

export async function factsOf(
  { store, boot }: Deps,
  { channel, opens, pending }: OfTurn,
  session: Session,
): Promise<Facts> {
  const mailLeft = await hasLeft(store, session);
  const died = session.boot !== boot && (await store.isUnended(session.boot));
  const interrupted = died ? await store.lastSaid(pending.person) : null;
  // Where people draw what was said by themselves, nothing is refused.
  const mayBeRefused = pending.event.kind === 'message' && channel.seenBy !== 'network';
  const unheard = mayBeRefused && (await store.isUnheard(pending.person));
  return {
    boot,
    channel,
    mailLeft,
    ...(opens ? {} : { elsewhere: true as const }),
    ...(unheard ? { unheard: true as const } : {}),
    ...(interrupted === null ? {} : { interrupted }),
  };
}

/** Asked of the outbox, not of the clock: *stop* must not be answered by a guess. */
async function hasLeft(store: Store, session: Session): Promise<boolean> {
  const open = session.mails.findLast((mail) => mail.mail !== 'withdrawal' && mail.outcome === 'waiting');
  if (open === undefined) return false;
  const items = await store.mail(open.reference);
  const stays = ['review', 'given-back', 'waiting', 'frozen', 'held', 'cancelled'];
  return items.some((item) => item.kind === open.mail && (item.attempts > 0 || !stays.includes(item.state)));
}
