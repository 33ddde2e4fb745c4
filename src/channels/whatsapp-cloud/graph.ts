// Meta's Graph API over plain fetch: messages out, files in and out. Follows no redirect, trusts no length, and never
// throws for failures of the network. docs/decisions/0211-plain-fetch-to-the-graph-api.md.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readUpTo } from '../../read-up-to.ts';

export interface GraphPlace {
  /** Ends with the version and a slash. */
  readonly base: URL;
  /** An address that Meta named for a file: our token is sent there. */
  readonly isMedia: (url: URL) => boolean;
}

export const META: GraphPlace = {
  base: new URL('https://graph.facebook.com/v24.0/'),
  isMedia: ({ protocol, hostname, port, username, password }) =>
    protocol === 'https:' && port === '' && username === '' && password === '' && hostname === 'lookaside.fbsbx.com',
};

export class HostRefusedError extends Error {
  override readonly name = 'HostRefusedError';
}

/** @throws {HostRefusedError} for any place but Meta's, apart from loopback in tests. */
export function checkPlace({ base }: GraphPlace, forTests: boolean): void {
  if (base.href === META.base.href) return;
  if (!forTests || !/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(base.hostname)) {
    throw new HostRefusedError(`The Graph API is at ${META.base.host}, not at ${base.host}.`);
  }
}

/** `code`: Meta's; null if the answer contains none. */
export type Answer =
  | { readonly kind: 'ok'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly code: number | null }
  | { readonly kind: 'unreachable' };

/** `broken`: not what Meta announced, or from a place that is not Meta's; `failed`: another try makes sense. */
export type Fetched = Uint8Array | 'gone' | 'large' | 'broken' | 'failed';

const MOST_ANSWER = 1024 * 1024;

const errorSchema = z.looseObject({ error: z.looseObject({ code: z.number() }) });
const mediaSchema = z.looseObject({
  url: z.url(),
  sha256: z.string().optional(),
  file_size: z.coerce.number().optional(),
});
const uploadSchema = z.looseObject({ id: z.string().min(1) });
const sentSchema = z.looseObject({ messages: z.array(z.looseObject({ id: z.string().min(1) })).min(1) });

export interface GraphDeps {
  readonly place: GraphPlace;
  /** The id of our number. */
  readonly number: string;
  readonly token: string;
  /** Milliseconds for a message, and for a file. */
  readonly limits: { readonly message: number; readonly file: number };
}

export type Graph = ReturnType<typeof openGraph>;

export function openGraph({ place, number, token, limits }: GraphDeps) {
  const authorization = `Bearer ${token}`;
  const urlOf = (path: string) => new URL(path, place.base);

  async function ask(path: string, init: RequestInit, milliseconds: number): Promise<Answer> {
    try {
      const headers = new Headers(init.headers);
      headers.set('authorization', authorization);
      const signal = AbortSignal.timeout(milliseconds);
      const answer = await fetch(urlOf(path), { ...init, headers, signal, redirect: 'manual' });
      const bytes = await readUpTo(answer.body, MOST_ANSWER);
      const body = jsonIn(bytes?.toString() ?? '');
      if (answer.status === 200) return { kind: 'ok', body };
      const parsed = errorSchema.safeParse(body);
      return { kind: 'refused', status: answer.status, code: parsed.data?.error.code ?? null };
    } catch {
      return { kind: 'unreachable' };
    }
  }

  return {
    /** Whether the token and the number fit. */
    look: (): Promise<Answer> => ask(`${number}?fields=id`, {}, limits.message),

    /** The id of the message if it was accepted. */
    async send(message: object): Promise<string | Exclude<Answer, { kind: 'ok' }>> {
      const answer = await ask(
        `${number}/messages`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ messaging_product: 'whatsapp', recipient_type: 'individual', ...message }),
        },
        limits.message,
      );
      if (answer.kind !== 'ok') return answer;
      const parsed = sentSchema.safeParse(answer.body);
      // Accepted, but it cannot be found again: as good as unknown.
      return parsed.data?.messages[0]?.id ?? { kind: 'unreachable' };
    },

    /** The id of the uploaded file. */
    async upload(file: { readonly bytes: Uint8Array; readonly type: string; readonly name: string }) {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('type', file.type);
      form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
      const answer = await ask(`${number}/media`, { method: 'POST', body: form }, limits.file);
      if (answer.kind !== 'ok') return answer;
      return uploadSchema.safeParse(answer.body).data?.id ?? ({ kind: 'unreachable' } as const);
    },

    /** In two steps: the address of the file, valid for minutes, then its bytes. @throws if `signal` ended it. */
    async download(media: string, most: number, signal: AbortSignal): Promise<Fetched> {
      const answer = await ask(`${encodeURIComponent(media)}?phone_number_id=${number}`, { signal }, limits.message);
      signal.throwIfAborted();
      if (answer.kind === 'unreachable') return 'failed';
      if (answer.kind === 'refused') return isLost(answer) ? 'gone' : 'failed';
      const found = mediaSchema.safeParse(answer.body);
      if (!found.success || !place.isMedia(new URL(found.data.url))) return 'broken';
      const { url, sha256, file_size: size } = found.data;
      if (size !== undefined && size > most) return 'large';
      try {
        const file = await fetch(url, { headers: { authorization }, signal, redirect: 'manual' });
        if (file.status !== 200) {
          await file.body?.cancel();
          if (file.status >= 300 && file.status < 400) return 'broken';
          return file.status === 404 || file.status === 410 ? 'gone' : 'failed';
        }
        const bytes = await readUpTo(file.body, most);
        if (bytes === null) return 'large';
        return sha256 === undefined || isOfHash(bytes, sha256) ? bytes : 'broken';
      } catch {
        signal.throwIfAborted();
        return 'failed';
      }
    },
  };
}

/** Unknown media: 404, or error 100 (no such object). */
function isLost({ status, code }: { readonly status: number; readonly code: number | null }): boolean {
  return status === 404 || code === 100;
}

/** Meta writes it in base64 in webhooks and in hexadecimal digits here. */
function isOfHash(bytes: Uint8Array, sha256: string): boolean {
  const digest = createHash('sha256').update(bytes).digest();
  return sha256 === digest.toString('base64') || sha256.toLowerCase() === digest.toString('hex');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The meaning of a refusal for the reply, and for the account. */
export type Refusal =
  /** Another try makes sense. */
  | { readonly is: 'later' }
  /** The last message of the person is older than 24 hours. */
  | { readonly is: 'window' }
  /** This message can never be sent to this person. */
  | { readonly is: 'never' }
  /** Nobody can be written to until a person repairs it. */
  | { readonly is: 'account'; readonly trouble: 'cloud-token' | 'cloud-restricted' };

/** https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
export function readRefusal(status: number, code: number | null): Refusal {
  if (code === 131_047) return { is: 'window' };
  if (code === 131_031 || code === 368) return { is: 'account', trouble: 'cloud-restricted' };
  const isAboutToken = code !== null && [0, 3, 10, 102, 190].includes(code);
  if (isAboutToken || (code !== null && code >= 200 && code < 300) || (code === null && status === 401)) {
    return { is: 'account', trouble: 'cloud-token' };
  }
  if (code !== null && [1, 2, 4, 80_007, 130_429, 131_000, 131_016, 131_048, 131_056, 131_057, 133_016].includes(code))
    return { is: 'later' };
  return status === 408 || status === 429 || status >= 500 ? { is: 'later' } : { is: 'never' };
}
