// The WhatsApp account: docs/whatsapp.md. Neither the QR code nor the pairing code is logged.

import { randomUUID } from 'node:crypto';
import { renderUnicodeCompact } from 'uqr';
import { ACCOUNT } from '../channels/whatsapp/for-app.ts';
import { linkDevice, type Linked, unlinkDevice } from '../channels/whatsapp/link-device.ts';
import { REAL_NETWORK } from '../channels/whatsapp/open-socket.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { type Data, withData } from './open-data.ts';

const WHY: Readonly<Record<Extract<Linked, { kind: 'failed' }>['why'], string>> = {
  'in-use': 'Another process uses this account. Stop the server first.',
  'linked-already':
    'An account is linked already. "npm run -s griot -- whatsapp unlink" ends that; people\'s drafts stay.',
  'timed-out': 'Nobody scanned the code in time. Run the command again.',
  refused: 'WhatsApp refused. Is the phone online, its clock right, fewer than four devices linked? Then try again.',
};

/** Advice by the reason of "stopped". */
const MEND: Readonly<Record<string, string>> = {
  'logged-out': 'The phone, or WhatsApp, ended the link. Link it again; if WhatsApp blocked the number, use another.',
  forbidden: 'WhatsApp blocked this account. See docs/whatsapp.md; people can go on by web chat with their code.',
  'not-multi-device': 'The phone is too old for linked devices. Bring WhatsApp on it up to date, then link again.',
  'used-elsewhere':
    'Another program has this session, perhaps on a copied database. End that one, then start the server.',
  restricted:
    'WhatsApp refused a message (463). The server goes on; this ends when a message goes through. Send nothing by hand.',
  unreachable: 'WhatsApp cannot be reached from here. The server goes on trying; look at the network, and at its log.',
  'login-refused':
    'WhatsApp refuses the login: the account may be blocked for a time, or this version too old. The server goes on trying.',
  'bad-session': 'WhatsApp refused this session three times. Link it again.',
  'keys-missing': 'The keys of the linked device are gone or cut short. Link it again; restore nothing older.',
};
const now = () => new Date();

/** Makes this program a linked device, by a QR code in the terminal or a code that is typed into the phone. */
export async function link(
  { values: { code } }: Given<{ readonly code?: string | undefined }>,
  io: Io,
): Promise<number> {
  const number = code?.replaceAll(/[\s().-]/gu, '') ?? null;
  if (number !== null && !/^\+[1-9]\d{6,14}$/u.test(number)) {
    throw new UsageError('--code: the number of the account, with + and its country');
  }
  const work = async ({ store, config }: Data) => {
    io.say('Everybody who writes to this account sees its name and picture, and so does anybody who looks over their');
    io.say('shoulder. Give it a name that says nothing, and no picture, before you go on.\n');
    const linked = await linkDevice({
      auth: store.whatsapp,
      account: ACCOUNT,
      owner: randomUUID(),
      network: REAL_NETWORK,
      now,
      number: number?.slice(1) ?? null,
      showQr(qr) {
        io.say('On the phone: Settings, Linked devices, Link a device. Scan this; it changes every minute.');
        io.say(renderUnicodeCompact(qr, { border: 2 }));
      },
      showCode: (typed) => io.say(`On the phone: Linked devices, "Link with phone number instead". Type ${typed}`),
    });
    if (linked.kind === 'failed') throw new OperatorError(WHY[linked.why]);
    io.say('Linked. What others will see:');
    io.say(`  name     ${linked.name ?? 'none'}`);
    io.say(`  picture  ${linked.hasPicture ? 'yes: take it away, or make sure that it says nothing' : 'none'}`);
    if (!config.whatsapp) io.say('Set WHATSAPP=true and start the server: it listens to this account then.');
    return 0;
  };
  return withData(io, work, { mayBeNew: true });
}

/** Shows whether an account is linked and used by a server, and if it was stopped, why and what to do. */
export function status(io: Io): Promise<number> {
  return withData(io, async ({ store }) => {
    const account = await store.whatsapp.account(ACCOUNT);
    if (account === null || account.state === 'unlinked') {
      io.say('No account is linked. "npm run -s griot -- whatsapp link" links one.');
      return 1;
    }
    io.say(`Account  ${account.state}, since ${account.at}`);
    io.say(`Server   ${account.leased ? 'uses it' : 'none uses it now'}`);
    if (account.state === 'linked') return 0;
    io.say(`Staff    ${account.toldAt === null ? 'not told by mail' : `told by mail, ${account.toldAt}`}`);
    io.say(`Why      ${account.reason ?? 'unknown'}`);
    io.say(MEND[account.reason ?? ''] ?? 'Link it again.');
    io.say("People's drafts are kept. People who asked for a code can go on in the web chat.");
    return 1;
  });
}

/** People's drafts stay; each person can go on elsewhere with their code. */
export function unlink(io: Io): Promise<number> {
  return withData(io, async ({ store }) => {
    const options = { auth: store.whatsapp, account: ACCOUNT, owner: randomUUID(), network: REAL_NETWORK, now };
    const ended = await unlinkDevice(options);
    if (ended === 'in-use') throw new OperatorError('A server uses this account. Stop it first.');
    io.say("Unlinked; the keys are destroyed. People's drafts stay.");
    if (ended === 'unlinked-here-only') {
      io.say('WhatsApp was not told: remove the device on the phone (Settings, Linked devices).');
    }
    return 0;
  });
}
