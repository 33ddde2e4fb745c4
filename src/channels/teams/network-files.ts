// Files over the network: every URL comes from outside, so it is checked first, and fetched within limits.

import { DEADLINES } from '../../deadlines.ts';
import { readUpTo } from '../../read-up-to.ts';

/** Hosts of Teams files: OneDrive for work, which is SharePoint. */
const HOSTS = /^[\w-]+(?:\.[\w-]+)*\.sharepoint\.(?:com|us)$/;

/** A Word file of more bytes is not read. */
export const MOST_BYTES = 5 * 1024 * 1024;

export type FileHosts = (url: URL) => boolean;

/** https, default port, no password in it, a host of Microsoft's. */
export const isMicrosoftFile: FileHosts = ({ protocol, hostname, port, username, password }) =>
  protocol === 'https:' && port === '' && username === '' && password === '' && HOSTS.test(hostname);

export type Fetched =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'refused'; readonly why: string };

/** Follows no redirect; trusts no length; stops at the limit. Never throws. */
export async function fetchFile(
  address: string,
  isAllowed: FileHosts,
  limitMs = DEADLINES.file,
  most = MOST_BYTES,
): Promise<Fetched> {
  if (!URL.canParse(address) || !isAllowed(new URL(address))) return refused('host');
  try {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(limitMs) });
    if (answer.status !== 200 || answer.body === null) {
      await answer.body?.cancel();
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
    const answer = await fetch(address, {
      method: 'PUT',
      redirect: 'manual',
      signal: AbortSignal.timeout(limitMs),
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
      },
      body: new Uint8Array(bytes),
    });
    await answer.body?.cancel();
    return answer.status === 200 || answer.status === 201;
  } catch {
    return false;
  }
}

function refused(why: string): Fetched {
  return { kind: 'refused', why };
}
