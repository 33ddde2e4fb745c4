// The account and its line: one process, one socket at a time, opened again as closing-codes.ts says.

import { proto, type WAMessage, type WASocket } from '@whiskeysockets/baileys';
import { endsWithin } from '../../deadlines.ts';
import { Standing } from '../account-status.ts';
import { KeysMissingError, openAuth, type OpenedAuth } from './auth-state.ts';
import { afterClosing, codeOf, downReason, type DownReason, isDown } from './closing-codes.ts';
import { type Health, parseTrouble, type RunningWhatsApp, shownHealth } from './health.ts';
import { Incoming } from './incoming.ts';
import { bareMessages, openSocket, quietConsole } from './open-socket.ts';
import { type OpenLine, Outgoing } from './outgoing.ts';
import { type LineUsers, type Trouble, WHATSAPP, type WhatsAppDeps } from './ports.ts';

const LEASE_MS = 60_000;
const RENEW_MS = 20_000;
const STOP_MS = 3_000;
/** Milliseconds in which a line must open, else the next one is tried. */
const ATTEMPT_MS = 2 * 60_000;
const REVOKED = proto.WebMessageInfo.StubType.REVOKE;

/** A failure ends it as well. */
const inTime = (work: Promise<unknown>) => endsWithin(STOP_MS, work).catch(() => false);

export function whatsAppChannel(deps: WhatsAppDeps): RunningWhatsApp {
  const line = new Line(deps);
  return {
    channel: {
      name: WHATSAPP,
      capabilities: { buttons: false, bubble: 600, files: true, joins: true },
      parallel: true,
      gathers: deps.gathers,
      standsBy: () => line.standsBy(),
      send: (to, reply, id) => line.outgoing.send(to, reply, id),
      sendRest: (to, reply, id) => line.outgoing.sendRest(to, reply, id),
    },
    health: () => line.health(),
    shown: () => shownHealth(line.health()),
    start: (users) => line.start(users),
    stop: () => line.stop(),
  };
}

class Line {
  readonly outgoing: Outgoing;
  readonly #deps: WhatsAppDeps;
  /** Null before the start. */
  #users: { readonly incoming: Incoming; readonly onOpen: () => void } | null = null;
  readonly #standing: Standing<Trouble>;
  #health: Health = 'off';
  #socket: WASocket | null = null;
  #auth: OpenedAuth | null = null;
  #ended: Promise<'closed'> = Promise.resolve('closed');
  #waiters: ((line: OpenLine | null) => void)[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Runs while there is no line. */
  #down: NodeJS.Timeout | undefined;
  #whyDown: DownReason = 'unreachable';
  #renewing: NodeJS.Timeout | undefined;
  #failures = 0;
  #stopped = false;

  constructor(deps: WhatsAppDeps) {
    this.#deps = deps;
    this.#standing = new Standing(deps);
    this.outgoing = new Outgoing({
      ...deps,
      line: () => this.#open(),
      onTaken: () => this.#standing.wentThrough(),
      onRestricted: () => this.#standing.refused('restricted'),
    });
  }

  #incomingFor(inbox: LineUsers['inbox']): Incoming {
    return new Incoming({
      ...this.#deps,
      inbox,
      mediaHost: () => this.#socket?.getMediaHost(),
      isOpen: () => this.#health === 'open',
      askFor: async (message) => {
        await this.#socket?.updateMediaMessage(message);
      },
      lidOf: async (number) => (await this.#socket?.signalRepository.lidMapping.getLIDForPN(number)) ?? null,
      arrivalsNoted: () => this.outgoing.noted(),
    });
  }

  /** Another process has the account. */
  standsBy(): boolean {
    return this.#health === 'waiting' && this.#renewing === undefined;
  }

  health(): Health {
    const { restricted } = this.#standing;
    if (this.#health === 'open') return restricted === null || isDown(restricted) ? 'open' : 'restricted';
    return this.#health !== 'off' && restricted !== null && isDown(restricted) ? restricted : this.#health;
  }

  async start({ inbox, onOpen }: LineUsers): Promise<void> {
    quietConsole();
    const { auth, account } = this.#deps;
    const incoming = this.#incomingFor(inbox);
    this.#users = { incoming, onOpen };
    await incoming.recover();
    if (!(await this.#standing.begin())) {
      const known = await auth.account(account);
      if (known?.state === 'stopped') this.#health = parseTrouble(known.reason);
      return this.#lookAgain();
    }
    await this.#begin();
  }

  /** Continues by itself when the account is linked again, or free again. */
  #lookAgain(): void {
    if (this.#stopped) return;
    const { auth, account, looksEvery, onFault } = this.#deps;
    const look = async () => {
      const known = await auth.account(account);
      if (known?.state !== 'linked' && known?.state !== 'restricted') return this.#lookAgain();
      await this.#begin();
    };
    this.#after(looksEvery, () => {
      look().catch((error: unknown) => {
        onFault(error);
        this.#lookAgain();
      });
    });
  }

  #after(milliseconds: number, work: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#stopped) work();
    }, milliseconds);
    this.#timers.add(timer);
    return timer;
  }

  async #begin(): Promise<void> {
    const { auth, account, owner } = this.#deps;
    if (!(await this.#lease())) {
      // Another process has it, or had it until it was killed a minute ago: checked again until it is free.
      this.#health = 'waiting';
      return this.#lookAgain();
    }
    if (this.#stopped) return;
    this.#failures = 0;
    this.#renewing = setInterval(() => void this.#renew(), RENEW_MS).unref();
    try {
      this.#auth = await openAuth(auth, account, owner, false);
    } catch (error) {
      if (!(error instanceof KeysMissingError)) throw error;
      return this.#end('keys-missing');
    }
    this.#connect(this.#auth);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    clearInterval(this.#renewing);
    this.#answerWaiters(null);
    // A question whose arrival is not known would be asked again, and what answers it be taken for early.
    await inTime(this.outgoing.end());
    const socket = this.#socket;
    this.#socket = null;
    // Unfinished work is in the table of arrived messages, for the next start.
    await inTime(Promise.resolve(socket?.end(undefined)));
    await inTime(Promise.all([this.#users?.incoming.idle(), this.outgoing.noted()]));
    this.#users?.incoming.stop();
    await this.#auth?.saveCreds().catch(() => undefined);
    await this.#auth?.end();
    await inTime(this.#standing.end());
    await this.#deps.auth.release(this.#deps.account, this.#deps.owner);
  }

  #open(): Promise<OpenLine | null> {
    if (this.#socket !== null && this.#health === 'open') {
      return Promise.resolve({ socket: this.#socket, ended: this.#ended });
    }
    if (this.#stopped) return Promise.resolve(null);
    if (this.#health !== 'connecting' && this.#health !== 'waiting') return Promise.resolve(null);
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  #answerWaiters(line: OpenLine | null): void {
    for (const answer of this.#waiters.splice(0)) answer(line);
  }

  #connect(auth: OpenedAuth): void {
    if (this.#stopped || this.#users === null) return;
    const { incoming, onOpen } = this.#users;
    const { kept, network, now, onFault, downAfter } = this.#deps;
    this.#health = 'connecting';
    this.#down ??= this.#after(downAfter, () => this.#standing.refused(this.#whyDown));
    /** Messages that were stored with their decryption, and will be delivered by the library again. */
    const taken = new Set<string>();
    const nameOf = ({ key }: WAMessage) => `${key.remoteJid ?? ''}/${key.id ?? ''}`;
    const socket = openSocket({
      auth: auth.state,
      network,
      sentText: (id) => kept.sentText(id),
      taking: {
        keep: async (message, written) => {
          await incoming.take([message], written);
          taken.add(nameOf(message));
        },
        isKept: (message) => incoming.isKept(message),
        now,
      },
    });
    this.#socket = socket;
    const attempt = this.#after(ATTEMPT_MS, () => void socket.end(undefined));
    const ended = new Promise<'closed'>((resolve) => {
      socket.registerSocketEndHandler(() => resolve('closed'));
    });
    this.#ended = ended;
    const bare = bareMessages(socket);
    socket.ev.on('creds.update', () => void auth.saveCreds().catch(onFault));
    socket.ev.on('messages.upsert', ({ messages }) => {
      const rest = messages.filter((one) => !bare.has(one.key.id ?? '') && !taken.delete(nameOf(one)));
      incoming.take(rest).catch(onFault);
    });
    socket.ev.on('messages.update', (updates) => {
      for (const { key, update } of updates) {
        if (key.fromMe === true || update.message !== null || update.messageStubType !== REVOKED) continue;
        // Deleted for everyone. It also arrives as a separate message with the same id, and is taken once.
        const revoked = {
          protocolMessage: { type: proto.Message.ProtocolMessage.Type.REVOKE, key: { id: key.id ?? '' } },
        };
        incoming.take([{ key: { ...key, id: update.key?.id ?? key.id ?? '' }, message: revoked }]).catch(onFault);
      }
    });
    socket.ev.on('connection.update', ({ connection, lastDisconnect }) => {
      if (this.#socket !== socket) return;
      if (connection !== undefined && connection !== 'connecting') clearTimeout(attempt);
      if (connection === 'open') {
        this.#failures = 0;
        this.#health = 'open';
        this.#isUp();
        this.#standing.opened();
        if (isDown(this.#standing.restricted)) this.#standing.wentThrough();
        this.#answerWaiters({ socket, ended });
        incoming.lineOpened();
        onOpen();
      }
      if (connection === 'close') void this.#closed(auth, codeOf(lastDisconnect?.error)).catch(onFault);
    });
  }

  async #closed(auth: OpenedAuth, code: number | undefined): Promise<void> {
    this.#socket = null;
    if (this.#stopped) return;
    this.#failures += 1;
    this.#whyDown = downReason(code);
    const after = afterClosing(code, this.#failures, this.#deps.random, this.#deps.backOff);
    if (after.do === 'stop') return this.#end(after.reason);
    this.#health = 'waiting';
    if (isDown(this.#standing.restricted)) this.#standing.refused(this.#whyDown);
    await auth.saveCreds();
    if (after.do === 'reconnect') return this.#connect(auth);
    this.#after(after.milliseconds, () => this.#connect(auth));
  }

  #isUp(): void {
    clearTimeout(this.#down);
    this.#down = undefined;
  }

  /** Only a person can repair it. Drafts stay; people can go on elsewhere. */
  async #end(reason: Trouble): Promise<void> {
    this.#health = reason;
    this.#isUp();
    clearInterval(this.#renewing);
    this.#renewing = undefined;
    this.#answerWaiters(null);
    const { auth, account, owner } = this.#deps;
    await this.#standing.stopped(reason, async () => reason !== 'lease-lost' && (await this.#lease()));
    await auth.release(account, owner);
    this.#lookAgain();
  }

  #lease(): Promise<boolean> {
    const { auth, account, owner, now } = this.#deps;
    return auth.lease(account, owner, new Date(now().getTime() + LEASE_MS).toISOString());
  }

  async #renew(): Promise<void> {
    try {
      if (this.#stopped || (await this.#lease())) return;
      const socket = this.#socket;
      this.#socket = null;
      await socket?.end(undefined);
      await this.#end('lease-lost');
    } catch (error) {
      this.#deps.onFault(error);
    }
  }
}
