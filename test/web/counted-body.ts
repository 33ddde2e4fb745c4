// Large bodies that count what is taken from them, and who sends them.

import { browserLike, type BrowserLike } from './browser-like.ts';
import type { ScriptedChat } from './scripted-chat.ts';

/** A body that counts what is taken from it; `held`: it never ends. */
export function counted(size: number, held = false) {
  const chunk = new TextEncoder().encode('a'.repeat(16 * 1024));
  const body = { taken: 0, stream: new ReadableStream<Uint8Array>() };
  body.stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (body.taken >= size) {
          if (!held) controller.close();
          return held ? new Promise(() => undefined) : undefined;
        }
        body.taken += chunk.length;
        controller.enqueue(chunk);
        return undefined;
      },
    },
    { highWaterMark: 0 },
  );
  return body;
}

export async function send(
  { app }: ScriptedChat,
  path: string,
  body: ReadableStream<Uint8Array>,
  { from, cookie, type = 'application/x-www-form-urlencoded', language = 'pt' }: Record<string, string>,
): Promise<Response> {
  const headers = new Headers({
    'content-type': type,
    'sec-fetch-site': 'same-origin',
    'accept-language': language,
  });
  if (from !== undefined) headers.set('x-forwarded-for', from);
  if (cookie !== undefined) headers.set('cookie', cookie);
  return app.request(path, { method: 'POST', body, duplex: 'half', headers });
}

export async function opened(chat: ScriptedChat, from: string): Promise<BrowserLike & { readonly from: string }> {
  const browser = browserLike(chat.app);
  await browser.get('/', { 'x-forwarded-for': from });
  return Object.assign(browser, { from });
}
