// Replies are rows, written with their turn; here they are sent in order, at least once. (On the web they need not be
// sent: the page draws them.)

import { setTimeout as wait } from 'node:timers/promises';
import type { Channel, SendOutcome } from '../channels/channel.ts';
import { parseRendered } from '../channels/render.ts';
import { DEADLINES, endsWithin } from '../deadlines.ts';
import type { Store } from '../store/open.ts';
import type { DueReply } from '../store/turns/due-replies.ts';
import { startWorker, type Worker } from '../worker.ts';

const AT_ONCE = 50;
/** In milliseconds: a slower sending no longer counts as busy, so that peers that hang do not stop others. */
const SLOW_MS = 2_000;
/** Most sendings that may hang at once; a channel's own deadline ends each of them. */
const MOST_UNDER_WAY = 1_000;
/** In milliseconds: finished sendings are collected for this time before the next query, which reads many rows. */
const PAUSE_MS = 20;
/** Seconds to wait after a failed try: 5, 15, 45 … at most an hour. */
const retrySeconds = (attempts: number) => Math.min(5 * 3 ** attempts, 3600);

export interface Self {
  /** Holds replies that it sends, as long as it lives. Null: there is no other process. */
  name(): string | null;
  /** False if others may take it for dead by now: it must not send the replies that it holds. */
  isSure(): boolean;
}

const ALONE: Self = { name: () => null, isSure: () => true };

export interface ReplyDeliveryDeps {
  readonly store: Pick<Store, 'dueReplies' | 'replySent' | 'replyTextSent' | 'replyFailed' | 'replyHeld'>;
  /** This process, among all that share the database. Default: there is no other. */
  readonly self?: Self;
  readonly channel: Channel;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
  /** Default 2 000. */
  readonly slowMs?: number;
  /** `rest` of the deadlines. */
  readonly restMs?: number;
}

/** Waits for the first kick; looks every `everyMs` milliseconds for delayed replies, even while peers hang. */
export function startReplyDelivery(deps: ReplyDeliveryDeps, everyMs: number): Worker {
  let wake: () => void = () => undefined;
  const woken = () => new Promise<void>((resolve) => (wake = resolve));
  const run = async (): Promise<void> => {
    if (deps.channel.standsBy?.() === true) return;
    if (deps.channel.parallel !== true) return deliverReplies(deps);
    const timer = setInterval(() => wake(), everyMs);
    await deliverAtOnce(deps, woken).finally(() => clearInterval(timer));
  };
  const worker = startWorker(run, { everyMs, waits: true, onFault: deps.onFault });
  return {
    ...worker,
    kick() {
      wake();
      worker.kick();
    },
    settle() {
      wake();
      return worker.settle();
    },
  };
}

/** Sends everything due on one channel, one after the other. */
async function deliverReplies(deps: ReplyDeliveryDeps): Promise<void> {
  const { self = ALONE } = deps;
  while (self.isSure()) {
    const holder = self.name();
    // One at a time: no other process can send a reply that this one holds meanwhile.
    const limit = holder === null ? AT_ONCE : 1;
    const due = await deps.store.dueReplies(deps.channel.name, limit, { holder, underWay: [] });
    if (due.length === 0) return;
    for (const one of due) await deliver(deps, one, holder, () => undefined);
  }
}

/** Text, or a recording and files, to one person. */
interface Sending {
  readonly person: string;
  isRest: boolean;
  isSlow: boolean;
}

/** Sends to many people at a time, so that nobody waits for somebody else's slow network. `woken`: something new may be due. */
async function deliverAtOnce(deps: ReplyDeliveryDeps, woken: () => Promise<void>): Promise<void> {
  const { self = ALONE } = deps;
  const busy = new Map<Sending, Promise<void>>();
  const peopleOf = (isRest: boolean) =>
    [...busy.keys()].filter((one) => one.isRest === isRest).map((one) => one.person);
  let look: () => void = () => undefined;
  const faults: unknown[] = [];
  let changes = 0;
  for (;;) {
    const before = changes;
    // Subscribed before the query, so that nothing in between is missed.
    const news = woken();
    const freed = new Promise<void>((resolve) => (look = resolve));
    const quick = [...busy.keys()].filter(({ isSlow }) => !isSlow).length;
    const places = Math.max(0, Math.min(AT_ONCE - quick, MOST_UNDER_WAY - busy.size));
    const holder = self.name();
    const isOver = faults.length > 0 || places === 0 || !self.isSure();
    const taking = { holder, underWay: peopleOf(false), restUnderWay: peopleOf(true) };
    const due = isOver ? [] : await deps.store.dueReplies(deps.channel.name, places, taking);
    for (const one of due) {
      const sending: Sending = { person: one.person, isRest: one.restOnly, isSlow: false };
      const timer = setTimeout(() => {
        sending.isSlow = true;
        look();
      }, deps.slowMs ?? SLOW_MS);
      const isFree = () => {
        sending.isRest = true;
        changes += 1;
        look();
      };
      const sent = deliver(deps, one, holder, isFree).catch((error: unknown) => void faults.push(error));
      busy.set(
        sending,
        sent.finally(() => {
          clearTimeout(timer);
          busy.delete(sending);
          changes += 1;
        }),
      );
    }
    // A sending that ended during the query was left out of it, with its person's next reply.
    const again = changes !== before;
    if (busy.size === 0 && !again) break;
    if (!again) await Promise.race([...busy.values(), news, freed]);
    await wait(PAUSE_MS);
  }
  if (faults.length > 0) throw faults[0];
}

/**
 * Text first, then the recording and the files. `isFree`: these take long, and more text may be sent to this person meanwhile. A
 * reply that can never be sent is marked and skipped.
 */
async function deliver(
  deps: ReplyDeliveryDeps,
  due: DueReply,
  holder: string | null,
  isFree: () => void,
): Promise<void> {
  const { store, channel, now, self = ALONE } = deps;
  const { id, address } = due;
  const reply = parseRendered(due.body);
  if (reply === null) return store.replyFailed(id, 'unreadable', null, holder);
  // It stood still for so long that another process may send this one.
  if (!self.isSure()) return;
  const sendRest = reply.file !== null || reply.aloud === true ? channel.sendRest?.bind(channel) : undefined;
  const textWasSent = due.restOnly && sendRest !== undefined;
  const text = textWasSent ? null : await channel.send(address, reply, id, () => self.isSure());
  if (text !== null && text.kind !== 'sent') return notSent(deps, due, holder, text);
  const at = text?.at === undefined ? now().toISOString() : text.at;
  if (sendRest === undefined) return store.replySent(id, at);
  // The rest of an earlier reply comes first.
  if (text !== null && (due.afterRest || !self.isSure())) return store.replyTextSent(id, at, holder);
  const sending = sendRest(address, reply, id);
  if (text !== null && !(await endsWithin(deps.restMs ?? DEADLINES.rest, sending))) {
    await store.replyTextSent(id, at, holder);
    isFree();
  }
  const rest = await sending;
  if (rest.kind === 'sent') return store.replySent(id, at);
  if (text !== null) await store.replyTextSent(id, at, holder);
  return notSent(deps, due, holder, rest);
}

async function notSent(
  { store, now }: ReplyDeliveryDeps,
  { id, attempts }: DueReply,
  holder: string | null,
  outcome: Exclude<SendOutcome, { readonly kind: 'sent' }>,
): Promise<void> {
  if (outcome.kind === 'held') return store.replyHeld(id);
  const wait = Math.max(retrySeconds(attempts) * 1000, outcome.retryAfter ?? 0);
  const retryAt = new Date(now().getTime() + wait).toISOString();
  return store.replyFailed(id, outcome.error, outcome.retryable ? retryAt : null, holder);
}
