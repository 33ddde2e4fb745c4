// Who may send something large now. Asked before a byte of it is read: by sender and in all, in bytes a minute and in bodies at
// once, so that whoever floods makes nobody else wait longer than for a few bodies. docs/decisions/0151-before-a-body-is-read.md.

import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { fieldsOf, senderOf } from '../../web/toolkit/request.ts';
import { type ChatContext, newFormId, notice, type WebContext } from './chat-context.ts';
import { Admission, type Bounds } from './limits.ts';
import type { Unsent } from './page/layout.ts';
import { MOST_BYTES } from './parse-said.ts';
import type { WebEnv } from './visitor.ts';

/** Bytes of a body that is always let in: it costs no more than asking for a page, and *stop*, *delete* and *help* fit into it. */
const SMALL = 4 * 1024;

/** What is answered to whoever is not let in. */
type Refuse = (c: WebContext, status: 429 | 503, key: 'tooMany' | 'busy') => Response | Promise<Response>;

/** `measured`: what limits the size of the body, and answers where it is larger. */
export function admitted(
  chat: ChatContext,
  admission: Admission,
  measured: MiddlewareHandler<WebEnv>,
  refuse: Refuse = (c, status, key) => notice(c, chat, status, key),
): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (Number(c.req.header('content-length') ?? Infinity) <= SMALL) return measured(c, next);
    const sender = senderOf(c, chat.deps);
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
export function amongFew(chat: ChatContext, admission: Admission): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const entered = admission.enter(senderOf(c, chat.deps));
    if (typeof entered === 'string') return c.body(null, 503, { 'Retry-After': '5' });
    try {
      await next();
    } finally {
      entered.leave();
    }
    return;
  };
}

// A text that is refused goes back to its writer with the page that says why: without scripts it stands nowhere else, for the page
// is not kept by the browser, and its field is not filled in again. docs/decisions/0151-before-a-body-is-read.md.

/** A form's body at most, in bytes; of a larger one its beginning is given back unsaved. */
export const MOST_BODY = 1024 * 1024;

/** The longest message that is taken, in the form's encoding (three bytes for one), and the other fields. */
const MOST_GIVEN_BACK = 3 * MOST_BYTES + 4 * 1024;

/** A place apart from the places for what is taken: ten of the longest messages at once, and five more every minute. */
const TO_GIVE_BACK: Bounds = {
  bytes: { burst: 10 * MOST_GIVEN_BACK, perMinute: 5 * MOST_GIVEN_BACK },
  bytesOfAll: { burst: 160 * MOST_GIVEN_BACK, perMinute: 80 * MOST_GIVEN_BACK },
  atOnce: { sender: 4, all: 16 },
};

const MOST_DROPPED = 64 * MOST_BODY;

/** Lets the form of the chat page in; what is refused is given back as far as it can be read. */
export function admittedText(chat: ChatContext, admission: Admission): MiddlewareHandler<WebEnv> {
  const spare = new Admission(TO_GIVE_BACK, chat.deps.now);
  const measured: MiddlewareHandler<WebEnv> = bodyLimit({
    maxSize: MOST_BODY,
    onError: async (c: WebContext) => {
      const unsent = unsentOf(c, chat, await letPass(c.req.raw.body, MOST_BODY));
      return notice(c, chat, 413, unsent === null ? 'unread' : 'beginning', unsent);
    },
  });
  return admitted(chat, admission, measured, async (c, status, key) => {
    const unsent = await readToGiveBack(c, chat, spare);
    return notice(c, chat, status, unsent === null ? 'unread' : key, unsent);
  });
}

async function readToGiveBack(c: WebContext, chat: ChatContext, spare: Admission): Promise<Unsent | null> {
  const said = Number(c.req.header('content-length') ?? Infinity);
  if (!(said <= MOST_GIVEN_BACK)) return null;
  const sender = senderOf(c, chat.deps);
  const entered = spare.enter(sender);
  if (typeof entered === 'string') return null;
  try {
    const read = await letPass(c.req.raw.body, MOST_GIVEN_BACK);
    spare.spend(sender, read.byteLength);
    return unsentOf(c, chat, read);
  } finally {
    entered.leave();
  }
}

/** A new form's id: what is sent again in parts is no repeat of what was refused. */
function unsentOf(c: WebContext, chat: ChatContext, read: Uint8Array): Unsent | null {
  // Cut somewhere: half a character at the end is none.
  const form = new TextDecoder().decode(read).replace(/%[0-9a-f]?$/iu, '');
  const text = fieldsOf(form, c.req.header('content-type'))?.['text']?.replace(/\uFFFD$/u, '') ?? '';
  return text === '' ? null : { formId: newFormId(chat), text: text.replaceAll('\r\n', '\n') };
}

/**
 * A browser that is still sending when the connection ends shows an error of its own instead of our page. What is too
 * big is therefore let in and dropped, up to MOST_DROPPED bytes; gives its first `kept` bytes.
 */
export async function letPass(body: ReadableStream<Uint8Array> | null, kept = 0): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  if (body === null || body.locked) return Buffer.concat(pieces);
  const reader = body.getReader();
  let left = kept;
  for (let passed = 0; passed < MOST_DROPPED;) {
    const piece = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (piece.done) break;
    const bytes = piece.value ?? new Uint8Array();
    passed += bytes.byteLength;
    if (left > 0) pieces.push(bytes.subarray(0, left));
    left -= bytes.byteLength;
  }
  return Buffer.concat(pieces);
}
