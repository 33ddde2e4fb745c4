// Reads untrusted facts of a request: its origin, the preferred language, and the fields of its form, in linear time.

import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { isLanguage, type Language } from '../../languages.ts';

/**
 * Whether a form was sent from our own page. Browsers send Sec-Fetch-Site; older ones Origin, which our Referrer-Policy
 * turns to "null" (https://fetch.spec.whatwg.org/#append-a-request-origin-header). `unsaid`: both are missing, and a
 * cookie or token must decide.
 */
export function sentFrom(c: Pick<Context, 'req'>, publicUrl: URL): 'here' | 'elsewhere' | 'unsaid' {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'here' : 'elsewhere';
  const origin = c.req.header('origin');
  if (origin === undefined || origin === 'null') return 'unsaid';
  const isOurs = origin === publicUrl.origin || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'));
  return isOurs ? 'here' : 'elsewhere';
}

/** The browser's preferred language among LANGUAGES: "pt-BR,pt;q=0.9,en;q=0.8" → pt. English if there is none. */
export function acceptedLanguage(acceptLanguage: string | undefined): Language {
  return (
    parseAccept(acceptLanguage ?? '')
      .filter(({ q }) => q > 0)
      .map(({ type }) => type.toLowerCase().split('-')[0])
      .find(isLanguage) ?? 'en'
  );
}

/** A request made in memory has no bindings at all, whatever Hono's types say. */
interface Asked extends Pick<Context, 'req'> {
  readonly env: Partial<HttpBindings> | undefined;
}

/** The sender's network, for limits; never stored, never logged. `trustProxy`: the last X-Forwarded-For entry is the sender. */
export function senderOf(c: Asked, { trustProxy }: { readonly trustProxy: boolean }): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1) : undefined;
  return networkOf(forwarded ?? c.env?.incoming?.socket.remoteAddress ?? 'unknown');
}

/** The fields of a form; empty if it is no form, or not ours. */
export async function formOf(c: Pick<Context, 'req'>): Promise<Readonly<Record<string, unknown>>> {
  return fieldsOf(await c.req.text(), c.req.header('content-type')) ?? {};
}

/**
 * The network for counting: an IPv4 address itself, of an IPv6 address its /64, which one household or server has.
 * Accepts `ip:port` and `[ip]:port`, as some proxies write them, zones, and IPv4 written as IPv6. Other text is used as
 * it is.
 */
export function networkOf(address: string): string {
  const text = address.trim();
  const bare = text.replace(/^\[(.*)\]$/u, '$1').replace(/%.*$/u, '');
  const ip = isIPv4(bare) || isIPv6(bare) ? bare : (SocketAddress.parse(text)?.address ?? null);
  if (ip === null) return text.slice(0, 100);
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  const [low = 0, lowest = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xff_ff;
  if (isMapped) return [low >> 8, low & 0xff, lowest >> 8, lowest & 0xff].join('.');
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':');
}

/** The eight groups of an IPv6 address. The URL parser writes it in the canonical short form. */
function groupsOf(ip: string): number[] {
  const [before = '', after] = new URL(`http://[${ip.replace(/%.*$/u, '')}]`).hostname.slice(1, -1).split('::');
  const [head, tail] = [before, after ?? ''].map((half) => half.split(':').filter((group) => group !== ''));
  const missing = Math.max(0, 8 - (head?.length ?? 0) - (tail?.length ?? 0));
  return [...(head ?? []), ...Array<string>(missing).fill('0'), ...(tail ?? [])].map((group) =>
    Number.parseInt(group, 16),
  );
}

/** One field of a form as text; "" if it is not there. */
export async function fieldOf(c: Pick<Context, 'req'>, name: string): Promise<string> {
  const value = (await formOf(c))[name];
  return typeof value === 'string' ? value : '';
}

/** Most fields of a form. Ours have a dozen; a megabyte of "a=&" has 350,000. */
const MOST_FIELDS = 64;

/**
 * The fields of an urlencoded form, the last of each name. Null if it is none, or has too many fields: then it is not
 * parsed.
 */
export function fieldsOf(body: string, contentType: string | undefined): Readonly<Record<string, string>> | null {
  if (contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') !== true) return null;
  let count = 0;
  for (let at = body.indexOf('&'); at !== -1; at = body.indexOf('&', at + 1)) {
    count += 1;
    if (count >= MOST_FIELDS) return null;
  }
  return Object.fromEntries(new URLSearchParams(body));
}

/** Most bytes of the head of a form's part. */
const MOST_HEAD = 4 * 1024;

/**
 * True if a form with files has few parts with short heads: checked before it is parsed, so that parsing is linear.
 * False if it is no such form, or names two boundaries, which parsers could interpret differently.
 */
export function isSmallForm(bytes: Uint8Array, contentType: string | undefined): boolean {
  const type = /^multipart\/form-data\s*;\s*boundary="?([\w'()+,./:=?-]{1,70})"?\s*$/iu.exec(contentType ?? '');
  const boundary = type?.[1];
  if (boundary === undefined) return false;
  const form = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = `--${boundary}`;
  let parts = 0;
  for (let at = form.indexOf(mark); at !== -1; at = form.indexOf(mark, at + mark.length)) {
    if (form.toString('latin1', at + mark.length, at + mark.length + 2) === '--') return true;
    parts += 1;
    if (parts > MOST_FIELDS || !form.subarray(at, at + MOST_HEAD).includes('\r\n\r\n')) return false;
  }
  return false;
}
