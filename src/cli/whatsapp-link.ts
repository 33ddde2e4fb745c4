// npm run -s whatsapp:link -- [--code +NNN] [--data DIR]: makes this program a linked device of a WhatsApp account, by a
// QR code in the terminal or by a code that is typed into the phone. Neither is logged. docs/whatsapp.md.

import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import qrcode from 'qrcode-terminal';
import { ACCOUNT } from '../channels/whatsapp/for-app.ts';
import { linkDevice, type Linked } from '../channels/whatsapp/link-device.ts';
import { REAL_NETWORK } from '../channels/whatsapp/network.ts';
import { readConfig } from '../config.ts';
import { openConfiguredStore } from '../app/open-store.ts';

const USAGE = 'npm run -s whatsapp:link -- [--code +COUNTRYANDNUMBER] [--data DIR]';

const WHY: Readonly<Record<Extract<Linked, { kind: 'failed' }>['why'], string>> = {
  'in-use': 'Another process uses this account. Stop the server first.',
  'linked-already': 'An account is linked already. "npm run whatsapp:unlink" ends that; people\'s drafts stay.',
  'timed-out': 'Nobody scanned the code in time. Run the command again.',
  refused: 'WhatsApp refused. Is the phone online, its clock right, fewer than four devices linked? Then try again.',
};

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  if (given?.help === true) {
    console.log(USAGE);
    return 0;
  }
  const number = given?.code === undefined ? null : given.code.replaceAll(/[\s().-]/gu, '');
  if (given === null || (number !== null && !/^\+[1-9]\d{6,14}$/u.test(number))) return fail(USAGE);
  const environment = given.data === undefined ? process.env : { ...process.env, DATA_DIR: given.data };
  const { config, secrets } = readConfig(environment);
  const now = () => new Date();
  const { store } = await openConfiguredStore(config, secrets, now);
  console.log('Everybody who writes to this account sees its name and picture, and so does whoever looks over their');
  console.log('shoulder. Give it a name that says nothing, and no picture, before you go on.\n');
  try {
    const linked = await linkDevice({
      auth: store.whatsapp,
      account: ACCOUNT,
      owner: randomUUID(),
      network: REAL_NETWORK,
      now,
      number: number?.slice(1) ?? null,
      showQr(qr) {
        console.log('On the phone: Settings, Linked devices, Link a device. Scan this; it changes every minute.');
        qrcode.generate(qr, { small: true });
      },
      showCode: (code) => console.log(`On the phone: Linked devices, "Link with phone number instead". Type ${code}`),
    });
    if (linked.kind === 'failed') return fail(WHY[linked.why]);
    console.log('Linked. What others will see:');
    console.log(`  name     ${linked.name ?? 'none'}`);
    console.log(`  picture  ${linked.hasPicture ? 'yes: take it away, or make sure that it says nothing' : 'none'}`);
    if (!config.whatsapp) console.log('Set WHATSAPP=true and start the server: it listens to this account then.');
    return 0;
  } finally {
    await store.close();
  }
}

function parseGiven() {
  try {
    const options = { code: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } } as const;
    return parseArgs({ options }).values;
  } catch {
    return null;
  }
}

function fail(text: string): 1 {
  console.error(text);
  return 1;
}
