// A stand-in of Meta's Graph API for WhatsApp, on loopback: takes messages and files, calls a webhook with signed bodies,
// and refuses what the real one is documented to refuse. It imports nothing but Node.

import { createHash, createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphApi, StoredFile } from './graph-shapes.ts';
import { refusalOf } from './message-limits.ts';

export const NUMBER_ID = '106540352242922';
export const TOKEN = 'only-for-tests';
export const APP_SECRET = 'an-app-secret-for-tests';
export const VERIFY_TOKEN = 'a-word-of-our-own';

const WINDOW_MS = 24 * 3_600_000;

export function sign(body: string, secret = APP_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export async function startGraphApi(port = 0): Promise<GraphApi> {
  const closing = new AbortController();
  const server = createServer((request, response) => {
    answer(api, request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: open } = server.address() as AddressInfo;
  const api: GraphApi = {
    base: new URL(`http://127.0.0.1:${open}/v24.0/`),
    sent: [],
    files: new Map(),
    faults: [],
    userField: 'recipient',
    tokenIsValid: true,
    ahead: 0,
    webhook: null,
    tellsStatuses: false,
    refused: [],
    asked: [],
    uploads: Promise.resolve(),
    people: [],
    async post(given, secret) {
      if (api.webhook === null) return 0;
      const body = JSON.stringify(given);
      const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body, secret) };
      const { status } = await fetch(api.webhook, { method: 'POST', headers, body, signal: closing.signal });
      return status;
    },
    async deliver(body) {
      for (let tries = 0; !closing.signal.aborted; tries++) {
        const status = await api.post(body).catch(() => 0);
        if (status === 200) return;
        await delay(Math.min(50 * 2 ** tries, 1_000), undefined, { ref: false });
      }
    },
    bodyOf: (value, field = 'messages') => ({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102290129340398',
          changes: [
            {
              field,
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '15550100000', phone_number_id: NUMBER_ID },
                ...value,
              },
            },
          ],
        },
      ],
    }),
    status: (id, status, code) =>
      api.bodyOf({
        statuses: [
          {
            id,
            status,
            timestamp: String(Math.floor(api.now() / 1000)),
            ...(code === undefined ? {} : { errors: [{ code, title: 'a failure' }] }),
          },
        ],
      }),
    now: () => Date.now() + api.ahead,
    async close() {
      closing.abort();
      await end(server);
    },
  };
  return api;
}

async function end(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

async function answer(api: GraphApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', api.base);
  const [, first = '', second = '', third = ''] = url.pathname.split('/');
  api.asked.push(`${request.method ?? ''} ${url.pathname}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const say = (status: number, content: object) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  };
  const refuse = (status: number, code: number | null, message = 'refused') =>
    say(status, code === null ? {} : { error: { message, code, fbtrace_id: 'x' } });
  if (!api.tokenIsValid || request.headers.authorization !== `Bearer ${TOKEN}`) return refuse(401, 190);
  if (first === 'files') return sendFile(api.files.get(second), response);
  if (second !== NUMBER_ID) return describeFile(api, second, say, refuse);
  if (third === '') return say(200, { id: NUMBER_ID });
  if (third === 'media') {
    await api.uploads;
    const id = keepFile(api, body, request.headers['content-type'] ?? '');
    return id === null ? refuse(400, 100) : say(200, { id });
  }
  const fault = api.faults.shift();
  if (fault !== undefined && fault.after !== true) return refuse(fault.status, fault.code);
  const message = JSON.parse(body.toString()) as Record<string, unknown>;
  const to = message['to'] ?? message['recipient'];
  const isUser = typeof to === 'string' && /^[A-Z]{2}\./.test(to);
  if (typeof to !== 'string' || (isUser && message[api.userField] === undefined)) return refuse(400, 100);
  const person = api.people.findLast(({ user, number }) => [user, number].includes(to));
  if (person === undefined) return refuse(400, 131_026);
  const refused = refusalOf(message, api.files);
  if (refused !== null) {
    api.refused.push(refused.message);
    return refuse(refused.status, refused.code, refused.message);
  }
  const isOver = person.wroteAt === null || api.now() - person.wroteAt > WINDOW_MS;
  if (isOver && message['type'] !== 'template') return refuse(400, 131_047);
  const id = `wamid.${randomBytes(12).toString('base64url')}`;
  const sent = { id, to, type: String(message['type']), message };
  api.sent.push(sent);
  person.hear(sent);
  if (fault === undefined) say(200, { messaging_product: 'whatsapp', contacts: [], messages: [{ id }] });
  else refuse(fault.status, fault.code);
  if (!api.tellsStatuses) return;
  for (const status of ['sent', 'delivered']) await api.deliver(api.status(id, status));
}

function describeFile(
  api: GraphApi,
  id: string,
  say: (status: number, content: object) => void,
  refuse: (status: number, code: number) => void,
): void {
  const file = api.files.get(id);
  if (file === undefined) return refuse(400, 100);
  const { bytes, type, lies } = file;
  say(200, {
    id,
    messaging_product: 'whatsapp',
    url: lies?.url ?? new URL(`/files/${id}`, api.base).href,
    mime_type: type,
    sha256: lies?.sha256 ?? createHash('sha256').update(bytes).digest('hex'),
    file_size: lies?.size ?? bytes.length,
  });
}

async function sendFile(file: StoredFile | undefined, response: ServerResponse): Promise<void> {
  if (file === undefined) return void response.writeHead(404).end();
  const { bytes, lies } = file;
  if (lies?.delayMs !== undefined) await delay(lies.delayMs, undefined, { ref: false });
  if (lies?.location !== undefined) return void response.writeHead(302, { location: lies.location }).end();
  response.writeHead(lies?.status ?? 200).end(bytes);
}

function keepFile(api: GraphApi, body: Buffer, contentType: string): string | null {
  const boundary = /boundary=(\S+)/.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const parts = new Map(partsOf(body, Buffer.from(`--${boundary}`)).map((part) => [part.field, part]));
  const file = parts.get('file');
  if (parts.get('messaging_product')?.bytes.toString() !== 'whatsapp' || file === undefined) return null;
  const id = String(1_000_000 + api.files.size);
  api.files.set(id, { bytes: file.bytes, type: file.type, name: file.name });
  return id;
}

/** Of a multipart body (RFC 7578). */
function partsOf(body: Buffer, boundary: Buffer) {
  const parts: { field: string; name: string; type: string; bytes: Buffer }[] = [];
  for (let at = body.indexOf(boundary); at >= 0;) {
    const next = body.indexOf(boundary, at + boundary.length);
    if (next < 0) break;
    const part = body.subarray(at + boundary.length + 2, next - 2);
    const headEnd = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, headEnd).toString();
    parts.push({
      field: /\bname="([^"]*)"/.exec(head)?.[1] ?? '',
      name: /\bfilename="([^"]*)"/.exec(head)?.[1] ?? '',
      type: /^content-type: *(\S+)/imu.exec(head)?.[1] ?? '',
      bytes: Buffer.from(part.subarray(headEnd + 4)),
    });
    at = next;
  }
  return parts;
}
