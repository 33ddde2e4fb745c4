// The files of the desk's pages, named by their content so that a browser may keep them.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface DeskAsset {
  /** The route, below the desk. */
  readonly path: string;
  /** What pages link to. */
  readonly href: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Throws where the file is missing. */
export function loadDeskAsset(name: string, type: string): DeskAsset {
  const bytes = new Uint8Array(readFileSync(new URL(`./browser/${name}`, import.meta.url)));
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
  return { path: `/assets/${name}`, href: `/desk/assets/${name}?v=${hash}`, type, bytes };
}
