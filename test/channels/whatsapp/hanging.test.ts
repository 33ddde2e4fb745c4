// A server, or a store of media, that takes what we send and never says so: one bubble after the other, and none keeps the next.

import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { Rendered } from '../../../src/channels/channel.ts';
import { Outgoing, type OpenLine } from '../../../src/channels/whatsapp/outgoing.ts';

const NOON = '2026-03-01T12:00:00.000Z';

it('no harm 22: a bubble whose upload or device list never comes is tried again later, and the next one leaves', async () => {
  const sent: string[] = [];
  const document = { name: 'text.docx', bytes: Buffer.from('x') };
  const ws = new EventEmitter();
  const socket = {
    ws,
    waitForMessage: (id: string) => Promise.resolve(void ws.emit(`TAG:${id}`)).then(() => ({ attrs: {} })),
    sendMessage: (jid: string, content: object) =>
      jid === 'hangs' || 'document' in content ? new Promise(() => undefined) : Promise.resolve(void sent.push(jid)),
  };
  const outgoing = new Outgoing({
    account: 'default',
    kept: { noteSent: () => Promise.resolve(), noteArrived: () => Promise.resolve() } as never,
    aliases: { personAt: () => Promise.resolve({ person: 'somebody' }) } as never,
    documents: { document: () => Promise.resolve({ files: [document] }) },
    deadlines: { media: 1, lateMedia: 1, bubble: 50 },
    pace: 0,
    wordMs: 10_000,
    now: () => new Date(NOON),
    onFault: () => undefined,
    random: () => 0,
    speak: null,
    line: () => Promise.resolve({ socket: socket as never, ended: new Promise(() => undefined) } satisfies OpenLine),
    onTaken: () => undefined,
    onRestricted: () => undefined,
  });
  const reply = { bubbles: [{ text: 'Saved.', bold: [] }], file: null, language: 'en' } as unknown as Rendered;
  const to = (address: string) => ({ channel: 'whatsapp', account: 'default', address });
  const hanging = outgoing.send(to('hangs'), reply, 'one');
  const next = outgoing.send(to('answers'), reply, 'two');
  expect(await hanging).toEqual({ kind: 'failed', error: 'closed', retryable: true });
  expect(await next).toEqual({ kind: 'sent', at: NOON });
  expect(sent).toEqual(['answers']);

  // A file whose upload hangs: its words have left, and hold nothing.
  const withFile = { ...reply, file: 'final' } as Rendered;
  const file = outgoing.sendRest(to('reads'), withFile, 'three');
  expect(await outgoing.send(to('reads'), withFile, 'three')).toEqual({ kind: 'sent', at: NOON });
  expect(sent).toEqual(['answers', 'reads']);
  expect(await file).toEqual({ kind: 'failed', error: 'closed', retryable: true });
});
