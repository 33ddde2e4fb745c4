// Files that pages link to: loaded once, with a content hash in their URL so that browsers may cache them.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Context } from 'hono';

const TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

export interface Asset {
  /** The route, without the content's hash. */
  readonly path: string;
  /** `path` with the content's hash: pages link to it. */
  readonly href: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gzipped: Uint8Array<ArrayBuffer>;
}

/** `folder`: contains the file; `under`: its URL path, e.g. "/" or "/desk/assets/". Throws if the file is missing. */
export function loadAsset(folder: URL, under: string, name: `${string}.${keyof typeof TYPES}`): Asset {
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
  const gzipped = new Uint8Array(gzipSync(bytes, { level: 9 }));
  const path = `${under}${name}`;
  return { path, href: `${path}?v=${hash}`, type: typeOf(name), bytes, gzipped };
}

function typeOf(name: string): string {
  return Object.entries(TYPES).find(([ending]) => name.endsWith(`.${ending}`))?.[1] ?? 'application/octet-stream';
}

export function sendAsset(c: Context, asset: Asset): Response {
  c.header('Content-Type', asset.type);
  c.header('Cache-Control', 'private, max-age=31536000, immutable');
  c.header('Vary', 'Accept-Encoding');
  if (c.req.header('accept-encoding')?.includes('gzip') !== true) return c.body(asset.bytes);
  c.header('Content-Encoding', 'gzip');
  return c.body(asset.gzipped);
}
