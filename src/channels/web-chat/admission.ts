// Who may send something large now. Asked before a byte of it is read: by sender and in all, in bytes a minute and in bodies at
// once, so that whoever floods makes nobody else wait longer than for a few bodies. docs/decisions/0151-before-a-body-is-read.md.

import type { MiddlewareHandler } from 'hono';
import { notice, type ChatContext, type WebContext } from './chat-context.ts';
import { TokenBuckets, type Rate } from './token-bucket.ts';
import { senderOf, type WebEnv } from './visitor.ts';

/** Bytes of a body that is always let in: it costs no more than asking for a page, and *stop*, *delete* and *help* fit into it. */
export const SMALL = 4 * 1024;

export interface Bounds {
  /** Bytes, by sender. */
  readonly bytes: Rate;
  /** Bytes, of all senders together. */
  readonly bytesOfAll: Rate;
  /** Bodies at the same time. */
  readonly atOnce: { readonly sender: number; readonly all: number };
}

const ALL = 'all';

export class Admission {
  readonly #bounds: Bounds;
  readonly #bytes: TokenBuckets;
  readonly #ofAll: TokenBuckets;
  readonly #inside = new Map<string, number>();
  #all = 0;

  constructor(bounds: Bounds, now: () => Date) {
    this.#bounds = bounds;
    this.#bytes = new TokenBuckets(bounds.bytes, now);
    this.#ofAll = new TokenBuckets(bounds.bytesOfAll, now);
  }

  /** `slow`: this sender has sent much in a short time; `busy`: too many at once. Else `leave` is to be called, once. */
  enter(sender: string): 'slow' | 'busy' | { readonly leave: () => void } {
    if (!this.#bytes.has(sender)) return 'slow';
    const inside = this.#inside.get(sender) ?? 0;
    const { atOnce } = this.#bounds;
    if (inside >= atOnce.sender || this.#all >= atOnce.all || !this.#ofAll.has(ALL)) return 'busy';
    this.#inside.set(sender, inside + 1);
    this.#all += 1;
    return {
      leave: () => {
        this.#all -= 1;
        const left = (this.#inside.get(sender) ?? 1) - 1;
        if (left > 0) this.#inside.set(sender, left);
        else this.#inside.delete(sender);
      },
    };
  }

  spend(sender: string, bytes: number): void {
    this.#bytes.spend(sender, bytes);
    this.#ofAll.spend(ALL, bytes);
  }
}

/** What is answered to whoever is not let in. */
type Refuse = (c: WebContext, status: 429 | 503, key: 'tooMany' | 'busy') => Response | Promise<Response>;

/** `measured`: what limits the size of the body, and answers where it is larger. */
export function admitted(
  room: ChatContext,
  admission: Admission,
  measured: MiddlewareHandler<WebEnv>,
  refuse: Refuse = (c, status, key) => notice(c, room, status, key),
): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (Number(c.req.header('content-length') ?? Infinity) <= SMALL) return measured(c, next);
    const sender = senderOf(c, room.deps);
    const entered = admission.enter(sender);
    if (typeof entered === 'string') {
      c.header('Retry-After', entered === 'slow' ? '60' : '5');
      return entered === 'slow' ? refuse(c, 429, 'tooMany') : refuse(c, 503, 'busy');
    }
    try {
      return await measured(c, async () => {
        const { byteLength } = await c.req.arrayBuffer();
        admission.spend(sender, byteLength);
        await next();
      });
    } finally {
      entered.leave();
    }
  };
}

/** For what takes no body, but time: 503 for a player that comes when too many are heard. */
export function amongFew(room: ChatContext, admission: Admission): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const entered = admission.enter(senderOf(c, room.deps));
    if (typeof entered === 'string') return c.body(null, 503, { 'Retry-After': '5' });
    try {
      await next();
    } finally {
      entered.leave();
    }
    return;
  };
}
