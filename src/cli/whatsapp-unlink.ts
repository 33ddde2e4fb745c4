// npm run -s whatsapp:unlink -- [--data DIR]: ends the link and destroys its keys. People's drafts stay; each can go on
// elsewhere with their code.

import { randomUUID } from 'node:crypto';
import { ACCOUNT } from '../channels/whatsapp/for-app.ts';
import { unlinkDevice } from '../channels/whatsapp/link-device.ts';
import { REAL_NETWORK } from '../channels/whatsapp/network.ts';
import { fail } from './typed.ts';
import { withData } from './with-data.ts';

const USAGE = 'npm run -s whatsapp:unlink -- [--data DIR]';

process.exitCode = await withData(USAGE, async (store) => {
  const now = () => new Date();
  const options = { auth: store.whatsapp, account: ACCOUNT, owner: randomUUID(), network: REAL_NETWORK, now };
  const ended = await unlinkDevice(options);
  if (ended === 'in-use') return fail('A server uses this account. Stop it first.');
  console.log("Unlinked; the keys are destroyed. People's drafts stay.");
  if (ended === 'unlinked-here-only') {
    console.log('WhatsApp was not told: remove the device on the phone (Settings, Linked devices).');
  }
  return 0;
});
