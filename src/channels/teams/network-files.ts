// Files over the network: every URL comes from outside, so it is checked first, and fetched within limits.

import { setTimeout as pause } from 'node:timers/promises';
import { DEADLINES } from '../../deadlines.ts';
import { readUpTo } from '../../read-up-to.ts';
import type { Cloud } from './cloud.ts';
import { waitIn } from './connector.ts';

/** A Word file of more bytes is not read. */
export const MOST_BYTES = 5 * 1024 * 1024;

export type FileHosts = (url: URL) => boolean;

/** https, default port, no password in it, a host of this cloud. */
export function filesOf({ files }: Pick<Cloud, 'files'>): FileHosts {
  return ({ protocol, hostname, port, username, password }) =>
    protocol === 'https:' && port === '' && username === '' && password === '' && files.test(hostname);
}

export type Fetched =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'refused'; readonly why: string };

/** Follows no redirect; trusts no length; stops at the limit; tries again what is busy. Never throws. */
export async function fetchFile(
  address: string,
  isAllowed: FileHosts,
  limitMs = DEADLINES.file,
  most = MOST_BYTES,
): Promise<Fetched> {
  if (!URL.canParse(address) || !isAllowed(new URL(address))) return refused('host');
  try {
    const answer = await patiently(address, { redirect: 'manual' }, limitMs);
    if (answer.status !== 200 || answer.body === null) {
      await answer.body?.cancel();
      if (BUSY.includes(answer.status)) return refused('busy');
      return refused(answer.status >= 300 && answer.status < 400 ? 'redirect' : 'status');
    }
    const bytes = await readUpTo(answer.body, most);
    return bytes === null ? refused('size') : { kind: 'bytes', bytes };
  } catch (error) {
    return refused(error instanceof Error && error.name === 'TimeoutError' ? 'time' : 'network');
  }
}

/** One PUT of the whole file into the upload session that Teams opened. Returns true if it was accepted. Never throws. */
export async function uploadFile(
  address: string,
  bytes: Uint8Array,
  isAllowed: FileHosts,
  limitMs = DEADLINES.upload,
): Promise<boolean> {
  if (!URL.canParse(address) || !isAllowed(new URL(address))) return false;
  try {
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Content-Range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
    };
    const put = { method: 'PUT', redirect: 'manual', headers, body: new Uint8Array(bytes) } as const;
    const answer = await patiently(address, put, limitMs);
    await answer.body?.cancel();
    return answer.status === 200 || answer.status === 201;
  } catch {
    return false;
  }
}

/** SharePoint is asked too much, or has a fault: it can be tried again. */
const BUSY = [429, 500, 502, 503, 504];
/** Milliseconds between two tries if SharePoint does not say. */
const PAUSE_MS = 500;

/** The last answer of several tries, all within the limit. */
async function patiently(address: string, init: RequestInit, limitMs: number): Promise<Response> {
  const signal = AbortSignal.timeout(limitMs);
  const end = performance.now() + limitMs;
  for (let pauseMs = PAUSE_MS; ; pauseMs *= 2) {
    const answer = await fetch(address, { ...init, signal });
    const wait = waitIn(answer.headers.get('retry-after')) ?? pauseMs;
    if (!BUSY.includes(answer.status) || performance.now() + wait >= end) return answer;
    await answer.body?.cancel();
    await pause(wait);
  }
}

function refused(why: string): Fetched {
  return { kind: 'refused', why };
}
