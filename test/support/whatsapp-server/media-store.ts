// Where encrypted media lie: an HTTP store on loopback. Baileys insists on https hosts, so clients are handed an agent
// for uploads and a dispatcher for downloads that lead to this port, whatever host is asked for.

import { createServer } from 'node:http';
import { Agent } from 'node:https';
import { connect, type AddressInfo } from 'node:net';

export interface MediaStore {
  readonly host: string;
  readonly port: number;
  readonly agent: Agent;
  /** For `fetch`. */
  readonly dispatcher: { dispatch(options: object, handler: unknown): boolean };
  /** What was uploaded, by path; a test may change it. */
  readonly files: Map<string, Buffer>;
  /** What is asked for from now on stops after so many bytes; what is called then lets it go on. */
  hold(after: number): () => void;
  /** What is uploaded from now on gets no answer until what is called then lets it go on. */
  holdUploads(): () => void;
  /** Paths that were asked for, oldest first. */
  readonly fetched: readonly string[];
  close(): Promise<void>;
}

/** Node's own dispatcher; it is there once something was fetched. */
const GLOBAL_DISPATCHER = Symbol.for('undici.globalDispatcher.1');

export async function startMediaStore(): Promise<MediaStore> {
  const files = new Map<string, Buffer>();
  const fetched: string[] = [];
  let uploads = Promise.resolve();
  let held: { readonly after: number; readonly over: Promise<void> } | null = null;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void uploads.then(() => {
          files.set(pathname, Buffer.concat(chunks));
          response.end(JSON.stringify({ url: `https://${HOST}${pathname}`, direct_path: pathname }));
        });
      });
      return;
    }
    fetched.push(pathname);
    const file = files.get(pathname);
    if (file === undefined) return void response.writeHead(404).end();
    if (held === null) return void response.end(file);
    const { after, over } = held;
    if (after > 0) response.write(file.subarray(0, after));
    void over.then(() => response.end(file.subarray(after)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/`);
  const agent = mediaAgent(port);
  return {
    host: HOST,
    port,
    agent,
    files,
    fetched,
    hold(after) {
      let release: () => void = () => undefined;
      held = { after, over: new Promise((resolve) => (release = resolve)) };
      return () => {
        held = null;
        release();
      };
    },
    holdUploads() {
      let release: () => void = () => undefined;
      uploads = new Promise((resolve) => (release = resolve));
      return () => {
        uploads = Promise.resolve();
        release();
      };
    },
    dispatcher: {
      dispatch(options, handler) {
        const real = (globalThis as unknown as Record<symbol, MediaStore['dispatcher']>)[GLOBAL_DISPATCHER];
        return real?.dispatch({ ...options, origin: `http://127.0.0.1:${port}` }, handler) ?? false;
      },
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

const HOST = 'media.invented.test';

/** Leads uploads to the store on this port. */
export function mediaAgent(port: number): Agent {
  const agent = new Agent({ keepAlive: false });
  agent.createConnection = () => connect(port, '127.0.0.1');
  return agent;
}
