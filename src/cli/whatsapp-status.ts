// npm run -s whatsapp:status -- [--data DIR]: whether an account is linked, whether a server uses it, and if it was
// stopped, why and what to do. Ends with 1 where a person must do something.

import { ACCOUNT } from '../channels/whatsapp/for-app.ts';
import { withData } from './with-data.ts';

const USAGE = 'npm run -s whatsapp:status -- [--data DIR]';

/** By the reason that stands beside "stopped". */
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

process.exitCode = await withData(USAGE, async (store) => {
  const account = await store.whatsapp.account(ACCOUNT);
  if (account === null || account.state === 'unlinked') {
    console.log('No account is linked. "npm run whatsapp:link" links one.');
    return 1;
  }
  console.log(`Account  ${account.state}, since ${account.at}`);
  console.log(`Server   ${account.leased ? 'uses it' : 'none uses it now'}`);
  if (account.state === 'linked') return 0;
  console.log(`Staff    ${account.toldAt === null ? 'not told by mail' : `told by mail, ${account.toldAt}`}`);
  console.log(`Why      ${account.reason ?? 'unknown'}`);
  console.log(MEND[account.reason ?? ''] ?? 'Link it again.');
  console.log("People's drafts are kept. Whoever asked for a code can go on in the web chat.");
  return 1;
});
