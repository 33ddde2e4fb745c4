// A WhatsApp server on loopback for unmodified Baileys sockets: Noise handshake, pairing by QR and by code, restart,
// key bundles, device lists, fan-out of Signal messages, receipts, what waits for those who are away, media. It keeps
// everything in memory, reads no message (it cannot), and does what a test tells it: drop, refuse, repeat, replace.
// README.md beside this file shows how to use it.

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { proto, S_WHATSAPP_NET, WA_CERT_DETAILS, type BinaryNode } from '@whiskeysockets/baileys';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  accountAt,
  addDevice,
  deviceAt,
  lidJid,
  newAccount,
  numberJid,
  senderIn,
  type Account,
  type Device,
  nickname,
} from './account.ts';
import { answerIq } from './answer-iq.ts';
import { startMediaStore, type MediaStore } from './media-store.ts';
import { child, children, node, result, seconds } from './node.ts';
import { newServerKeys, NoiseServer } from './noise.ts';
import { CodePairing, pairSuccess, parseQr } from './pairing.ts';

interface Connection {
  readonly noise: NoiseServer;
  readonly socket: WebSocket;
  device: Device | null;
  code: CodePairing | null;
}

export class WhatsAppServer {
  readonly media: MediaStore;
  /** Every stanza that clients sent, in order. */
  readonly seen: BinaryNode[] = [];
  readonly accounts: Account[] = [];
  /** Milliseconds since 1970, as this server says them; a test may set it wrong. */
  clock: () => number = Date.now;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #keys = newServerKeys();
  /** By the reference in a QR code. */
  readonly #waiting = new Map<string, Connection>();
  /** By number: who asked for a code. */
  readonly #codes = new Map<string, { readonly connection: Connection; readonly pairing: CodePairing }>();
  readonly #failures = new Map<Account, string[]>();
  readonly #upgrades: number[] = [];
  readonly #refusals = new Map<Account, string[]>();
  readonly #paused = new Map<Account, (() => void)[]>();
  /** Words that wait for the next message. */
  readonly #words = new Map<Account, (() => void)[]>();
  #references = 0;

  private constructor(http: Server, media: MediaStore) {
    this.#http = http;
    this.media = media;
    this.#sockets = new WebSocketServer({
      server: http,
      verifyClient: (_, done) => {
        const status = this.#upgrades.shift();
        done(status === undefined, status);
      },
    });
    this.#sockets.on('connection', (socket) => this.#accept(socket));
    // rc14 does not look at the outcome of this check; a later one may.
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(this.#keys.root.public);
  }

  static async start(): Promise<WhatsAppServer> {
    const http = createServer();
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return new WhatsAppServer(http, await startMediaStore());
  }

  /** For Baileys' `waWebSocketUrl`. */
  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/ws/chat`;
  }

  account(number: string, lid: string): Account {
    const account = newAccount(number, lid);
    this.accounts.push(account);
    return account;
  }

  /** The account keeps its LID and its devices; its old number is free for somebody else. */
  changeNumber(account: Account, number: string): void {
    account.number = number;
  }

  /** The owner of the account scans this QR code. */
  scan(account: Account, qr: string): void {
    const { reference, identity, secret } = parseQr(qr);
    const connection = this.#waiting.get(reference);
    if (connection === undefined) throw new Error('nobody shows this code');
    this.#link(connection, account, identity, secret);
  }

  /** The owner types a pairing code into the phone. */
  async typeCode(account: Account, code: string): Promise<void> {
    const waiting = this.#codes.get(account.number);
    if (waiting === undefined) throw new Error('nobody asked for a code');
    waiting.connection.noise.send(await waiting.pairing.typed(code));
  }

  /** All devices of the account lose their line, with this code (503: come again later; 401: linked no more). */
  drop(account: Account, code: number): void {
    for (const device of account.devices) {
      device.online?.(node('stream:error', { code: String(code) }));
      device.drop();
    }
  }

  /** The next messages of this account are refused with these codes (463: not allowed to write to strangers). */
  refuse(account: Account, ...codes: readonly string[]): void {
    this.#refusals.set(account, [...(this.#refusals.get(account) ?? []), ...codes]);
  }

  /** The next connections are refused at the upgrade, with these statuses of HTTP. */
  refuseUpgrade(...statuses: readonly number[]): void {
    this.#upgrades.push(...statuses);
  }

  /** The next logins of this account fail with these reasons. */
  failLogin(account: Account, ...reasons: readonly string[]): void {
    this.#failures.set(account, [...(this.#failures.get(account) ?? []), ...reasons]);
  }

  /** The messages of this account get no answer and go nowhere until `resume`. */
  pause(account: Account): void {
    this.#paused.set(account, []);
  }

  resume(account: Account): void {
    const waiting = this.#paused.get(account) ?? [];
    this.#paused.delete(account);
    for (const goOn of waiting) goOn();
  }

  /** The word that a message of this account was accepted, or delivered, is given right before the next message to it. */
  keepWords(account: Account): void {
    this.#words.set(account, []);
  }

  /** Refuses no more, and lets it log in. */
  allow(account: Account): void {
    this.#failures.delete(account);
    this.#refusals.delete(account);
  }

  /**
   * Devices that come back are given the first `count` stanzas of what waits for them, and no word that this was all;
   * what comes then waits, too.
   */
  holdBack(account: Account, count: number): void {
    account.held = { count, given: new Set() };
  }

  /** The rest of what waits is given, and the word that this was all. */
  letThrough(account: Account): void {
    const given = account.held?.given ?? new Set();
    account.held = null;
    for (const device of account.devices) this.#deliverWaiting(device, given);
  }

  /** A stanza out of nowhere to every device of an account. */
  inject(account: Account, stanza: BinaryNode): void {
    for (const device of account.devices) this.#deliver(device, stanza);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#http.close(() => done()));
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    await this.media.close();
    await closed;
  }

  #accept(socket: WebSocket): void {
    const noise = new NoiseServer(this.#keys, (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(frame);
    });
    const connection: Connection = { noise, socket, device: null, code: null };
    let work = Promise.resolve();
    socket.on('message', (data: Buffer) => {
      work = work.then(async () => {
        for await (const one of noise.read(data)) {
          if ('tag' in one) this.#hear(connection, one);
          else this.#greet(connection, one);
        }
      });
      work.catch((error: unknown) => {
        console.error('whatsapp-server:', error);
        socket.terminate();
      });
    });
    socket.on('close', () => {
      if (connection.device !== null && connection.device.drop === this.#drops.get(connection)) {
        connection.device.online = null;
      }
    });
  }

  readonly #drops = new WeakMap<Connection, () => void>();

  #greet(connection: Connection, payload: proto.IClientPayload): void {
    if (payload.devicePairingData) return this.#offerPairing(connection);
    const account = this.accounts.find(({ number }) => number === String(payload.username));
    const device = account?.devices.find(({ id }) => id === payload.device);
    const failure = account === undefined ? undefined : this.#failures.get(account)?.shift();
    if (account === undefined || device === undefined || failure !== undefined) {
      connection.noise.send(node('failure', { reason: failure ?? '401' }));
      return connection.socket.close();
    }
    if (device.online !== null) {
      device.online(node('stream:error', {}, [node('conflict', { type: 'replaced' })]));
      device.drop();
    }
    const drop = () => connection.socket.close();
    this.#drops.set(connection, drop);
    connection.device = device;
    device.drop = drop;
    device.online = (stanza) => connection.noise.send(stanza);
    connection.noise.send(
      node('success', { t: seconds(this.clock()), lid: lidJid(account).replace('@', `:${device.id}@`) }),
    );
  }

  #offerPairing(connection: Connection): void {
    const references = Array.from({ length: 6 }, () => `reference-${++this.#references}`);
    for (const reference of references) this.#waiting.set(reference, connection);
    const content = references.map((reference) => node('ref', {}, Buffer.from(reference)));
    const attrs = { id: 'pair', type: 'set', from: S_WHATSAPP_NET, xmlns: 'md' };
    connection.noise.send(node('iq', attrs, [node('pair-device', {}, content)]));
  }

  #link(connection: Connection, account: Account, identity: Buffer, secret: Buffer): void {
    connection.noise.send(pairSuccess(addDevice(account), identity, secret));
  }

  #hear(connection: Connection, stanza: BinaryNode): void {
    this.seen.push(stanza);
    const { device } = connection;
    switch (stanza.tag) {
      case 'iq':
        return this.#hearIq(connection, stanza);
      case 'message':
        return device === null ? undefined : this.#fanOut(device, stanza);
      case 'receipt':
        return device === null ? undefined : this.#hearReceipt(device, stanza);
      case 'ack':
        if (device !== null) confirm(device, stanza.attrs['id']);
        return;
      default:
        return; // presence, chatstate, ib: nobody waits for an answer
    }
  }

  #hearIq(connection: Connection, stanza: BinaryNode): void {
    const { noise, device } = connection;
    if (child(stanza, 'pair-device-sign') !== undefined) {
      noise.send(node('stream:error', { code: '515' }));
      return connection.socket.close();
    }
    if (stanza.attrs['type'] === 'result') return;
    const code = child(stanza, 'link_code_companion_reg');
    if (code !== undefined) return this.#hearCode(connection, stanza, code);
    const passive = stanza.attrs['xmlns'] === 'passive';
    noise.send(answerIq(this.accounts, device, stanza, this.media.host));
    if (passive && device !== null) this.#deliverWaiting(device);
  }

  #hearCode(connection: Connection, stanza: BinaryNode, code: BinaryNode): void {
    const account = this.accounts.find((one) => numberJid(one) === code.attrs['jid']);
    connection.noise.send(result(stanza));
    if (account === undefined) return;
    if (code.attrs['stage'] === 'companion_hello') {
      this.#codes.set(account.number, { connection, pairing: new CodePairing(account, code) });
      return;
    }
    const pairing = this.#codes.get(account.number)?.pairing;
    if (pairing === undefined) return;
    const { identity, secret } = pairing.finish(code);
    this.#link(connection, account, identity, secret);
  }

  #deliverWaiting(device: Device, given?: ReadonlySet<BinaryNode>): void {
    const { held } = device.account;
    for (const stanza of device.unconfirmed.slice(0, held?.count)) {
      if (given?.has(stanza) === true) continue;
      held?.given.add(stanza);
      device.online?.({ ...stanza, attrs: { ...stanza.attrs, offline: '0' } });
    }
    if (held !== null) return;
    device.online?.(
      node('ib', { from: S_WHATSAPP_NET }, [node('offline', { count: String(device.unconfirmed.length) })]),
    );
  }

  #deliver(device: Device, stanza: BinaryNode): void {
    if (stanza.tag === 'message') device.unconfirmed.push(stanza);
    if (stanza.tag === 'message' && device.account.held !== null) return;
    for (const word of stanza.tag === 'message' ? (this.#words.get(device.account)?.splice(0) ?? []) : []) word();
    device.online?.(stanza);
  }

  /** One share for each device, as it was encrypted for it. */
  #fanOut(from: Device, stanza: BinaryNode): void {
    const paused = this.#paused.get(from.account);
    if (paused !== undefined) return void paused.push(() => this.#fanOut(from, stanza));
    const { id = '', to = '', type = 'text' } = stanza.attrs;
    const refusal = this.#refusals.get(from.account)?.shift();
    const ack = { id, class: 'message', from: to, t: seconds(this.clock()) };
    const word = () => from.online?.(node('ack', refusal === undefined ? ack : { ...ack, error: refusal }));
    const kept = this.#words.get(from.account);
    if (kept === undefined) word();
    else kept.push(word);
    if (refusal !== undefined) return;
    const shares = child(stanza, 'participants');
    const whole = child(stanza, 'enc');
    const targets =
      shares === undefined
        ? [{ jid: to, enc: whole }]
        : children(shares).map((one) => ({ jid: one.attrs['jid'] ?? '', enc: child(one, 'enc') }));
    const identity = child(stanza, 'device-identity');
    for (const { jid, enc } of targets) {
      const device = deviceAt(this.accounts, jid);
      if (device === undefined || enc === undefined) continue;
      const content = identity === undefined ? [enc] : [enc, identity];
      const { edit } = stanza.attrs;
      const attrs = {
        ...senderIn(from, to),
        id,
        type,
        t: seconds(this.clock()),
        notify: nickname(from.account),
        ...(edit === undefined ? {} : { edit }),
      };
      this.#deliver(device, node('message', attrs, content));
    }
  }

  #hearReceipt(from: Device, stanza: BinaryNode): void {
    const { id = '', to = '', type } = stanza.attrs;
    // A file is asked for again of the phone itself, which is not played.
    if (type === 'server-error') return;
    confirm(from, id);
    for (const device of accountAt(this.accounts, to)?.devices ?? []) {
      const attrs = { ...senderIn(from, to), id, t: seconds(this.clock()), ...(type === undefined ? {} : { type }) };
      const word = () => device.online?.(node('receipt', attrs, stanza.content));
      const kept = this.#words.get(device.account);
      if (kept === undefined) word();
      else kept.push(word);
    }
  }
}

function confirm(device: Device, id: string | undefined): void {
  const at = device.unconfirmed.findIndex(({ attrs }) => attrs['id'] === id);
  if (at >= 0) device.unconfirmed.splice(at, 1);
}
