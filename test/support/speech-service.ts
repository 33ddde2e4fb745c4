// A stand-in for a transcription service, on loopback: keeps what it receives byte for byte, and answers as it is told.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly bytes: Buffer;
  readonly fileName: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, string>>;
}

export type Answer = (response: ServerResponse, received: Received) => void;

export const heard =
  (text: string): Answer =>
  (response) =>
    void response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ text }));

export const status =
  (code: number, body = ''): Answer =>
  (response) =>
    void response.writeHead(code).end(body);

export const broken: Answer = (response) => {
  response.writeHead(200, { 'Content-Length': '1000' });
  response.write('{"text": "half a', () => response.destroy());
};

/** Never answers. */
export const silence: Answer = () => undefined;

export interface SpeechService {
  readonly url: URL;
  readonly received: Received[];
  /** How the next ones are answered; the last one stays. */
  answers: Answer[];
  /** Resolves once so many have come. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

interface FormPart {
  readonly name: string;
  readonly fileName: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The parts of a form with files (RFC 7578), to the byte. */
function partsOf(body: Buffer, contentType: string): readonly FormPart[] {
  const boundary = `--${/boundary="?([^";]+)/u.exec(contentType)?.[1] ?? ''}`;
  const parts: FormPart[] = [];
  for (let at = body.indexOf(boundary); at >= 0;) {
    const next = body.indexOf(`\r\n${boundary}`, at);
    if (next < 0) break;
    const headEnd = body.indexOf('\r\n\r\n', at);
    const head = body.subarray(at, headEnd).toString('utf8');
    const said = (pattern: RegExp) => pattern.exec(head)?.[1] ?? '';
    parts.push({
      name: said(/ name="([^"]*)"/u),
      fileName: said(/ filename="([^"]*)"/u),
      type: said(/content-type: ([^\r\n]*)/iu),
      bytes: body.subarray(headEnd + 4, next),
    });
    at = next + 2;
  }
  return parts;
}

export async function startSpeechService(...answers: readonly Answer[]): Promise<SpeechService> {
  const received: Received[] = [];
  let wake: () => void = () => undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const parts = partsOf(Buffer.concat(chunks), request.headers['content-type'] ?? '');
      const file = parts.find(({ name }) => name === 'file');
      const one: Received = {
        path: request.url ?? '',
        authorization: request.headers.authorization,
        bytes: file?.bytes ?? Buffer.alloc(0),
        fileName: file?.fileName ?? '',
        type: file?.type ?? '',
        fields: Object.fromEntries(
          parts.filter((part) => part !== file).map(({ name, bytes }) => [name, bytes.toString('utf8')]),
        ),
      };
      received.push(one);
      const answer = service.answers.length > 1 ? service.answers.shift() : service.answers[0];
      answer?.(response, one);
      wake();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const service: SpeechService = {
    url: new URL(`http://127.0.0.1:${port}/`),
    received,
    answers: [...answers],
    async until(count) {
      while (received.length < count) await new Promise<void>((resolve) => (wake = resolve));
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
  return service;
}
