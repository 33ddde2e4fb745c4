import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { every } from 'hono/combine';
import { compress } from 'hono/compress';
import { type Asset, sendAsset } from '../../web/toolkit/assets.ts';
import { sentFrom } from '../../web/toolkit/request.ts';
import { LARGEST_SOUND } from '../media/read-sound.ts';
import { admitted, admittedText, amongFew, letPass, MOST_BODY } from './admission.ts';
import { buildChatContext, draw, frameOf, notice, type NoticeStatus, type WebContext } from './chat-context.ts';
import { askBack, askCode, comeBack, endCode, leave, makeCode } from './code.ts';
import { Admission, type Bounds } from './limits.ts';
import { openPage } from './open-page.ts';
import { infoPage, type NoticeKey } from './page/layout.ts';
import { print, toPrint } from './page/print-page.ts';
import type { WebChatDeps } from './ports.ts';
import { linesAfter, say } from './say.ts';
import { aloud, bringFile, documentFile, LARGEST_FILE, mayBring, maySpeak, speak } from './files.ts';
import { tokenOf, type WebEnv } from './visitor.ts';
import { live } from './web-chat-channel.ts';

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
  app.post('/say', text, (c) => say(c, chat));
  if (deps.takesVoice) app.post('/speak', every(ours, maySpeak(chat), sound), (c) => speak(c, chat));
  if (deps.speak !== null) app.get('/aloud', amongFew(chat, sounds), (c) => aloud(c, chat));
  app.post('/file', every(ours, mayBring(chat), file), (c) => bringFile(c, chat));
  app.get('/lines', (c) => linesAfter(c, chat));
  app.get('/live', (c) => live(c, chat));
  app.post('/leave', form, (c) => leave(c, chat));
  app.get('/document', (c) => documentFile(c, chat));
  app.get('/code', (c) => askCode(c, chat));
  app.post('/code', form, (c) => makeCode(c, chat));
  app.post('/code/end', form, (c) => endCode(c, chat));
  app.get('/back', (c) => askBack(c, chat));
  app.post('/back', form, (c) => comeBack(c, chat));
  app.get('/print', (c) => toPrint(c, chat));
  app.get('/print/:language', (c) => print(c, chat));
  app.get('/info', (c) => draw(c, infoPage(frameOf(c, chat))));
  app.get('/favicon.ico', (c) => c.body(null, 204));
  const { voice, ...assets } = chat.assets;
  for (const asset of Object.values<Asset>(deps.takesVoice ? { ...assets, voice } : assets)) {
    app.get(asset.path, (c) => sendAsset(c, asset));
  }
  return { app, notice: (c, status, key) => notice(c, chat, status, key) };
}
