// Replies are rows, written with their turn; here they leave, in order, at least once. (On the web they need not leave: the
// page draws them.)

import type { Channel } from '../channels/channel.ts';
import { parseRendered } from '../channels/rendered.ts';
import type { Store } from '../store/store.ts';

const AT_ONCE = 50;
/** Seconds to wait after a failed try: 5, 15, 45 … at most an hour. */
const retrySeconds = (attempts: number) => Math.min(5 * 3 ** attempts, 3600);

export interface ReplyDelivery {
  /** Something may be due now. */
  kick(): void;
  /** Resolves when all that is due now was tried. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface ReplyDeliveryDeps {
  readonly store: Pick<Store, 'dueReplies' | 'replySent' | 'replyFailed'>;
  readonly channel: Channel;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

/** One serial run per channel; also looks every `everyMs` milliseconds for what had to wait. */
export function startReplyDelivery(deps: ReplyDeliveryDeps, everyMs: number): ReplyDelivery {
  let tail = Promise.resolve();
  let waiting = false;
  const run = () => {
    if (waiting) return tail;
    waiting = true;
    tail = tail.then(async () => {
      waiting = false;
      await deliverReplies(deps).catch(deps.onFault);
    });
    return tail;
  };
  const timer = setInterval(() => void run(), everyMs);
  timer.unref();
  return {
    kick: () => void run(),
    settle: run,
    async stop() {
      clearInterval(timer);
      await tail;
    },
  };
}

/** Sends all that is due on one channel. A reply that can never be sent is marked and passed over. */
export async function deliverReplies({ store, channel, now }: ReplyDeliveryDeps): Promise<void> {
  for (;;) {
    const due = await store.dueReplies(channel.name, AT_ONCE);
    if (due.length === 0) return;
    for (const { id, address, body, attempts } of due) {
      const rendered = parseRendered(body);
      if (rendered === null) {
        await store.replyFailed(id, 'unreadable', null);
        continue;
      }
      const outcome = await channel.send(address, rendered, id);
      if (outcome.kind === 'sent') await store.replySent(id, now().toISOString());
      else {
        const retryAt = new Date(now().getTime() + retrySeconds(attempts) * 1000).toISOString();
        await store.replyFailed(id, outcome.error, outcome.retryable ? retryAt : null);
      }
    }
  }
}
