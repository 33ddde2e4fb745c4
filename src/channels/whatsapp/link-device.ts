// Links this program to an account as one of its devices, on an operator's command: by QR, or by a code typed into the
// phone.

import { openAuth } from './auth-state.ts';
import { codeOf } from './closing-codes.ts';
import { openSocket, quietConsole, type Taking, type WhatsAppNetwork } from './open-socket.ts';
import type { AuthRow, AuthState } from './ports.ts';

export interface LinkOptions {
  readonly auth: AuthState;
  readonly account: string;
  readonly owner: string;
  readonly network: WhatsAppNetwork;
  readonly now: () => Date;
  /** Digits with the country code: pair by code. Null: by QR. */
  readonly number: string | null;
  /** Shown to the operator only. */
  readonly showQr: (qr: string) => void;
  readonly showCode: (code: string) => void;
}

export type Linked =
  /** The name that others will see; null if none is set. */
  | { readonly kind: 'linked'; readonly name: string | null; readonly hasPicture: boolean }
  | { readonly kind: 'failed'; readonly why: 'in-use' | 'linked-already' | 'timed-out' | 'refused' };

/** Renewed during the linking; Ctrl-C blocks others for this time at most. */
const LEASE_MS = 60_000;
const RENEW_MS = 20_000;
const RESTART = 515;

export async function linkDevice(options: LinkOptions): Promise<Linked> {
  quietConsole();
  const { auth, account, owner, now } = options;
  if ((await auth.account(account))?.state === 'linked') return { kind: 'failed', why: 'linked-already' };
  const lease = () => auth.lease(account, owner, new Date(now().getTime() + LEASE_MS).toISOString());
  if (!(await lease())) return { kind: 'failed', why: 'in-use' };
  const renewing = setInterval(() => void lease().catch(() => undefined), RENEW_MS).unref();
  try {
    // The old keys stay until there are new ones: most people who begin this give up at the code.
    const memory = authInMemory(auth);
    const linked = await attempt({ ...options, auth: memory.state });
    if (linked.kind === 'failed') return linked;
    await auth.forgetAuth(account);
    await auth.writeAuth(account, owner, memory.rows());
    await auth.setAccount(account, 'linked', null);
    return linked;
  } finally {
    clearInterval(renewing);
    await auth.release(account, owner);
  }
}

function authInMemory(auth: AuthState) {
  const rows = new Map<string, AuthRow>();
  const state: AuthState = {
    ...auth,
    readAuth: (_, type, ids) => {
      const found = ids.map((id) => [id, rows.get(`${type}/${id}`)?.value] as const);
      return Promise.resolve(new Map(found.flatMap(([id, value]) => (typeof value === 'string' ? [[id, value]] : []))));
    },
    writeAuth: (_, __, written) => {
      for (const row of written) rows.set(`${row.type}/${row.id}`, row);
      return Promise.resolve();
    },
  };
  return { state, rows: () => [...rows.values()].filter(({ value }) => value !== null) };
}

/** A message in these seconds gets no receipt: the server keeps it for the next line. */
const TAKES_NOTHING: Taking = {
  keep: () => new Promise(() => undefined),
  isKept: () => Promise.resolve(false),
  now: () => new Date(0),
};

async function attempt(options: LinkOptions): Promise<Linked> {
  const opened = await openAuth(options.auth, options.account, options.owner, true);
  const login = { paired: false };
  for (;;) {
    const sentText = () => Promise.resolve(null);
    const socket = openSocket({ auth: opened.state, network: options.network, sentText, taking: TAKES_NOTHING });
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
        if (connection === 'close') resolve(codeOf(lastDisconnect?.error) ?? 0);
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
      await opened.end();
      return { kind: 'linked', name: name === '~' ? null : name, hasPicture: picture !== undefined };
    }
    if (end === RESTART && login.paired) continue;
    return { kind: 'failed', why: end === 408 ? 'timed-out' : 'refused' };
  }
}

const GOODBYE_MS = 15_000;

/**
 * Erases the keys; tells WhatsApp, if it can be reached, so that the phone no longer lists the device. Otherwise the
 * owner removes it on the phone. People's messages stay.
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
  // The keys will be erased: nothing may be written after that.
  await opened.end();
  return said;
}
