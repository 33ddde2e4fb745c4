import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { every } from 'hono/combine';
import { compress } from 'hono/compress';
import { type Asset, sendAsset } from '../../web/toolkit/assets.ts';
import { fieldsOf, senderOf, sentFrom } from '../../web/toolkit/request.ts';
import { LARGEST_SOUND } from '../media/read-sound.ts';
import {
  buildChatContext,
  type ChatContext,
  draw,
  frameOf,
  newFormId,
  notice,
  type NoticeStatus,
  type WebContext,
} from './chat-context.ts';
import { openCase, showCases } from './cases.ts';
import { askBack, askCode, comeBack, endCode, leave, makeCode } from './code.ts';
import { aloud, bringFile, documentFile, LARGEST_FILE, mayBring, maySpeak, speak } from './files.ts';
import { Admission, type Bounds } from './limits.ts';
import { openPage } from './open-page.ts';
import { infoPage, type NoticeKey, type Unsent } from './page/layout.ts';
import { print, toPrint } from './page/print-page.ts';
import { MOST_BYTES } from './parse-said.ts';
import type { WebChatDeps } from './ports.ts';
import { linesAfter, say } from './say.ts';
import { tokenOf, type WebEnv } from './visitor.ts';
import { live } from './web-chat-channel.ts';

// Limits large requests before a byte is read: by sender and in total, in bytes per minute and in concurrent bodies, so
// that a flood makes others wait for a few bodies at most. docs/decisions/0151-before-a-body-is-read.md.

/** Bytes of a body that is always accepted: it costs no more than a page, and *stop*, *delete* and *help* fit into it. */
const SMALL = 4 * 1024;

/** Answers a request that is not admitted. */
type Refuse = (c: WebContext, status: 429 | 503, key: 'tooMany' | 'busy') => Response | Promise<Response>;

/** `measured`: limits the size of the body, and answers if it is larger. */
function admitted(
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

/** For requests without a body that take time: 503 for a player if too many are playing. */
function amongFew(chat: ChatContext, admission: Admission): MiddlewareHandler<WebEnv> {
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

// A refused text is returned to its writer with the page that says why: without scripts it would be lost, since the
// browser does not store the page or fill in its field. docs/decisions/0151-before-a-body-is-read.md.

/** Most bytes of a form's body; the beginning of a larger one is returned unsaved. */
const MOST_BODY = 1024 * 1024;

/** The longest accepted message, in the form's encoding (three bytes for one), and the other fields. */
const MOST_GIVEN_BACK = 3 * MOST_BYTES + 4 * 1024;

/** Separate from the limits for accepted texts: ten of the longest messages at once, and five more every minute. */
const TO_GIVE_BACK: Bounds = {
  bytes: { burst: 10 * MOST_GIVEN_BACK, perMinute: 5 * MOST_GIVEN_BACK },
  bytesOfAll: { burst: 160 * MOST_GIVEN_BACK, perMinute: 80 * MOST_GIVEN_BACK },
  atOnce: { sender: 4, all: 16 },
};

const MOST_DROPPED = 64 * MOST_BODY;

/** Admits the form of the chat page; a refused text is returned as far as it can be read. */
function admittedText(chat: ChatContext, admission: Admission): MiddlewareHandler<WebEnv> {
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

/** With a new form id: a text that is sent again in parts is no repeat of the refused one. */
function unsentOf(c: WebContext, chat: ChatContext, read: Uint8Array): Unsent | null {
  // The body may be cut inside a character.
  const form = new TextDecoder().decode(read).replace(/%[0-9a-f]?$/iu, '');
  const text = fieldsOf(form, c.req.header('content-type'))?.['text']?.replace(/\uFFFD$/u, '') ?? '';
  return text === '' ? null : { formId: newFormId(chat), text: text.replaceAll('\r\n', '\n') };
}

/**
 * If the connection ends while a browser still sends, it shows its own error instead of our page. So a body that is too
 * large is read and dropped, up to MOST_DROPPED bytes. Returns its first `kept` bytes.
 */
async function letPass(body: ReadableStream<Uint8Array> | null, kept = 0): Promise<Uint8Array> {
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

/** A family in one house can send forty of the longest messages at once, and twenty more every minute. */
const OF_TEXTS: Bounds = {
  bytes: { burst: 16 * MOST_BODY, perMinute: 8 * MOST_BODY },
  bytesOfAll: { burst: 256 * MOST_BODY, perMinute: 128 * MOST_BODY },
  atOnce: { sender: 8, all: 32 },
};

/** Each is held in memory while it is checked: six of the largest are 100 MB. */
const OF_FILES: Bounds = {
  bytes: { burst: 4 * LARGEST_SOUND, perMinute: LARGEST_SOUND },
  bytesOfAll: { burst: 32 * LARGEST_SOUND, perMinute: 8 * LARGEST_SOUND },
  atOnce: { sender: 2, all: 6 },
};

export interface WebChat {
  readonly app: Hono<WebEnv>;
  /** A page of the web chat for messages of the server. */
  notice(c: WebContext, status: NoticeStatus, key: NoticeKey): Response | Promise<Response>;
}

/** The routes of the web chat. No path or query contains a secret. */
export function buildWebChat(deps: WebChatDeps): WebChat {
  const chat = buildChatContext(deps);
  const app = new Hono<WebEnv>();

  // For browsers that do not send the origin of a form: SameSite=Strict keeps our cookie out of every cross-site
  // request.
  const ours: MiddlewareHandler<WebEnv> = async (c, next) => {
    const from = sentFrom(c, deps.publicUrl);
    const isOurs = from === 'here' || (from === 'unsaid' && tokenOf(c, deps) !== null);
    return isOurs ? next() : notice(c, chat, 403, 'elsewhere');
  };
  const { now } = deps;
  const texts = new Admission(OF_TEXTS, now);
  const files = new Admission(OF_FILES, now);
  const sounds = new Admission({ ...OF_FILES, atOnce: { sender: 4, all: 8 } }, now);
  // Counted while streaming, whatever length was declared.
  const upTo = (maxSize: number, key: NoticeKey): MiddlewareHandler<WebEnv> =>
    bodyLimit({
      maxSize,
      onError: async (c: WebContext) => {
        await letPass(c.req.raw.body);
        return notice(c, chat, 413, key);
      },
    });
  const form = every(ours, admitted(chat, texts, upTo(MOST_BODY, 'tooBig')));
  const text = every(ours, admittedText(chat, texts));
  const sound = admitted(chat, files, upTo(LARGEST_SOUND + MOST_BODY, 'soundTooBig'));
  const file = admitted(chat, files, upTo(LARGEST_FILE + MOST_BODY, 'tooBig'));
  app.use(compress({ encoding: 'gzip' }));

  app.get('/', (c) => openPage(c, chat));
  app.get('/c/:call', (c) => openPage(c, chat, c.req.param('call')));
  app.post('/say', text, (c) => say(c, chat));
  if (deps.takesVoice) app.post('/speak', every(ours, maySpeak(chat), sound), (c) => speak(c, chat));
  if (deps.speak !== null) app.get('/aloud', amongFew(chat, sounds), (c) => aloud(c, chat));
  app.post('/file', every(ours, mayBring(chat), file), (c) => bringFile(c, chat));
  app.get('/lines', (c) => linesAfter(c, chat));
  app.get('/live', (c) => live(c, chat));
  app.post('/leave', form, (c) => leave(c, chat));
  app.get('/document', (c) => documentFile(c, chat));
  app.get('/cases', (c) => showCases(c, chat));
  app.post('/cases', form, (c) => openCase(c, chat));
  app.get('/code', (c) => askCode(c, chat));
  app.post('/code', form, (c) => makeCode(c, chat));
  app.post('/code/end', form, (c) => endCode(c, chat));
  app.get('/back', (c) => askBack(c, chat));
  app.post('/back', form, (c) => comeBack(c, chat));
  app.get('/print', (c) => toPrint(c, chat));
  app.get('/print/:language', (c) => print(c, chat));
  app.get('/info', async (c) => draw(c, infoPage(await frameOf(c, chat))));
  app.get('/favicon.ico', (c) => c.body(null, 204));
  const { voice, ...assets } = chat.assets;
  for (const asset of Object.values<Asset>(deps.takesVoice ? { ...assets, voice } : assets)) {
    app.get(asset.path, (c) => sendAsset(c, asset));
  }
  return { app, notice: (c, status, key) => notice(c, chat, status, key) };
}
