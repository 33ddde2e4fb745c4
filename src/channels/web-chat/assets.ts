// The files of the page, read once, named by their content so that a browser may keep them.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

export interface Asset {
  /** The route. */
  readonly path: string;
  /** The route with the content's hash: what pages link to. */
  readonly href: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gzipped: Uint8Array<ArrayBuffer>;
}

export interface Assets {
  readonly style: Asset;
  /** Beside `style`, on the page to print. */
  readonly print: Asset;
  readonly script: Asset;
  /** On the page of the conversation. */
  readonly typed: Asset;
  readonly voice: Asset;
  readonly icon: Asset;
}

/** Throws where a file is missing. */
export function loadAssets(): Assets {
  return {
    style: loadAsset('chat.css', 'text/css; charset=utf-8'),
    print: loadAsset('print.css', 'text/css; charset=utf-8'),
    script: loadAsset('chat.js', 'text/javascript; charset=utf-8'),
    typed: loadAsset('typed.js', 'text/javascript; charset=utf-8'),
    voice: loadAsset('voice.js', 'text/javascript; charset=utf-8'),
    icon: loadAsset('icon.svg', 'image/svg+xml'),
  };
}

function loadAsset(name: string, type: string): Asset {
  const bytes = new Uint8Array(readFileSync(new URL(`./browser/${name}`, import.meta.url)));
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
  const gzipped = new Uint8Array(gzipSync(bytes, { level: 9 }));
  return { path: `/${name}`, href: `/${name}?v=${hash}`, type, bytes, gzipped };
}
