// A peer that hangs, on loopback: it takes every connection and says nothing, or half of what it should, and then nothing more.

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface SilentPeer {
  readonly port: number;
  /** Resolves once so many connections have come, of all since its start. */
  reached(count?: number): Promise<void>;
  /** What comes from now on is passed to this port on loopback, and its answers back; null: silence again. */
  passTo(port: number | null): void;
  /** Of what is passed back, so many bytes more get through, over all connections, and then nothing. Default none. */
  freeze(bytes?: number): void;
  close(): Promise<void>;
}

export interface SilentPeerOptions {
  /** Said at once on every connection (`greeting`), or as soon as something was asked (`answer`). */
  readonly half?: { readonly greeting: string } | { readonly answer: string };
  /** It goes on so, a letter every 5 ms, and never comes to an end. */
  readonly drips?: boolean;
}

export async function startSilentPeer({ half, drips = false }: SilentPeerOptions = {}): Promise<SilentPeer> {
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let connections = 0;
  let to: number | null = null;
  let left = Infinity;
  let wake: () => void = () => undefined;

  const server = createServer((socket) => {
    keep(socket);
    connections += 1;
    if (to === null) beSilent(socket);
    else relay(socket, to);
    wake();
  });

  function keep(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('error', () => undefined);
    return socket.on('close', () => sockets.delete(socket));
  }

  function beSilent(socket: Socket): void {
    socket.resume();
    if (half !== undefined && 'greeting' in half) socket.write(half.greeting);
    if (half !== undefined && 'answer' in half) socket.once('data', () => socket.write(half.answer));
    if (drips) timers.add(setInterval(() => socket.writable && socket.write('x'), 5));
  }

  function relay(socket: Socket, port: number): void {
    const upstream = keep(connect(port, '127.0.0.1'));
    socket.pipe(upstream);
    upstream.on('data', (chunk) => {
      const passed = chunk.subarray(0, Math.min(left, chunk.length));
      left -= passed.length;
      if (passed.length > 0) socket.write(passed);
    });
    upstream.on('close', () => left > 0 && socket.destroy());
    socket.on('close', () => upstream.destroy());
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    async reached(count = 1) {
      while (connections < count) await new Promise<void>((resolve) => (wake = resolve));
    },
    passTo: (port) => void (to = port),
    freeze: (bytes = 0) => void (left = bytes),
    async close() {
      for (const timer of timers) clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
