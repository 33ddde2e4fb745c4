// Links this program to an account as one of its devices, on an operator's command: by QR, or by a code typed into the phone.

import { openAuth } from './auth-state.ts';
import type { WhatsAppNetwork } from './network.ts';
import { openSocket } from './open-socket.ts';
import type { AuthState } from './ports.ts';
import { quietConsole } from './quiet-console.ts';

export interface LinkOptions {
  readonly auth: AuthState;
  readonly account: string;
  readonly owner: string;
  readonly network: WhatsAppNetwork;
  readonly now: () => Date;
  /** Digits with their country's code: pair by code. Null: by QR. */
  readonly number: string | null;
  /** Shown to the operator, and to nobody else. */
  readonly showQr: (qr: string) => void;
  readonly showCode: (code: string) => void;
}

export type Linked =
  /** What others will see: the name is null where none is set. */
  | { readonly kind: 'linked'; readonly name: string | null; readonly hasPicture: boolean }
  | { readonly kind: 'failed'; readonly why: 'in-use' | 'linked-already' | 'timed-out' | 'refused' };

const LEASE_MS = 10 * 60_000;
const RESTART = 515;

export async function linkDevice(options: LinkOptions): Promise<Linked> {
  quietConsole();
  const { auth, account, owner, now } = options;
  if ((await auth.account(account))?.state === 'linked') return { kind: 'failed', why: 'linked-already' };
  const until = new Date(now().getTime() + LEASE_MS).toISOString();
  if (!(await auth.lease(account, owner, until))) return { kind: 'failed', why: 'in-use' };
  try {
    // What is left of an attempt that failed, or of a device that WhatsApp has thrown out.
    await auth.forgetAuth(account);
    const linked = await attempt(options);
    if (linked.kind === 'linked') await auth.setAccount(account, 'linked', null);
    return linked;
  } finally {
    await auth.release(account, owner);
  }
}

async function attempt(options: LinkOptions): Promise<Linked> {
  const opened = await openAuth(options.auth, options.account, options.owner, true);
  const login = { paired: false };
  for (;;) {
    const socket = openSocket({ auth: opened.state, network: options.network, sentText: () => Promise.resolve(null) });
    let asked = false;
    const end = await new Promise<'open' | number>((resolve) => {
      socket.ev.on('creds.update', () => void opened.saveCreds().catch(() => resolve(500)));
      socket.ev.on('connection.update', ({ qr, connection, lastDisconnect, isNewLogin }) => {
        if (isNewLogin === true) login.paired = true;
        if (qr !== undefined && options.number === null) options.showQr(qr);
        if (qr !== undefined && options.number !== null && !asked) {
          asked = true;
          socket.requestPairingCode(options.number).then(options.showCode, () => resolve(500));
        }
        if (connection === 'open') resolve('open');
        if (connection === 'close') {
          const { output } = (lastDisconnect?.error ?? {}) as { output?: { statusCode?: number } };
          resolve(output?.statusCode ?? 0);
        }
      });
    });
    await opened.saveCreds();
    if (end === 'open') {
      const me = socket.user?.id;
      const picture =
        me === undefined ? undefined : await socket.profilePictureUrl(me, 'preview', 3_000).catch(() => undefined);
      const name = socket.user?.name ?? null;
      await socket.end(undefined);
      await opened.saveCreds();
      return { kind: 'linked', name: name === '~' ? null : name, hasPicture: picture !== undefined };
    }
    if (end === RESTART && login.paired) continue;
    return { kind: 'failed', why: end === 408 ? 'timed-out' : 'refused' };
  }
}

const GOODBYE_MS = 15_000;

/**
 * Forgets the keys; tells WhatsApp, where it can be reached, so that the phone lists the device no more. False where
 * that could not be said: the owner then removes it on the phone. What people wrote stays.
 */
export async function unlinkDevice(
  options: Pick<LinkOptions, 'auth' | 'account' | 'owner' | 'network' | 'now'>,
): Promise<'unlinked' | 'unlinked-here-only' | 'in-use'> {
  quietConsole();
  const { auth, account, owner, now } = options;
  const until = new Date(now().getTime() + LEASE_MS).toISOString();
  if (!(await auth.lease(account, owner, until))) return 'in-use';
  try {
    const told = (await auth.account(account))?.state === 'linked' && (await sayGoodbye(options).catch(() => false));
    await auth.forgetAuth(account);
    await auth.setAccount(account, 'unlinked', null);
    return told ? 'unlinked' : 'unlinked-here-only';
  } finally {
    await auth.release(account, owner);
  }
}

async function sayGoodbye(options: Pick<LinkOptions, 'auth' | 'account' | 'owner' | 'network'>): Promise<boolean> {
  const opened = await openAuth(options.auth, options.account, options.owner, false);
  const socket = openSocket({ auth: opened.state, network: options.network, sentText: () => Promise.resolve(null) });
  const said = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), GOODBYE_MS);
    socket.ev.on('creds.update', () => void opened.saveCreds().catch(() => undefined));
    socket.ev.on('connection.update', ({ connection }) => {
      if (connection !== 'open' && connection !== 'close') return;
      clearTimeout(timer);
      if (connection === 'close') resolve(false);
      else
        void socket.logout().then(
          () => resolve(true),
          () => resolve(false),
        );
    });
  });
  await socket.end(undefined);
  // The keys are about to be destroyed: nothing may be written behind that.
  await opened.end();
  return said;
}
