// Griot as a process of its own, to be killed: node griot-process.ts DATA_DIR URL [die-before-inbox | uploads PORT]

import { openApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config/config.ts';
import { openLog } from '../../../src/log.ts';
import { Conversation } from '../../../src/conversation/conversation.ts';
import { DEADLINES } from '../../../src/deadlines.ts';
import { mediaAgent } from '../../support/whatsapp-server/media-store.ts';

const [dir = '', url = '', how, port] = process.argv.slice(2);
if (how === 'die-before-inbox') {
  // Received, told "delivered", and durable as it came; nothing more of it has happened.
  Conversation.prototype.take = () => process.kill(process.pid, 'SIGKILL') as never;
}
// Uploads may hang for as long as the test lasts, and no text waits for them.
const isPatient = how === 'uploads';
const patient = isPatient
  ? { network: { url, agent: mediaAgent(Number(port)) }, deadlines: { bubble: 10 * 60_000 } }
  : { network: { url } };
await openApp({
  ...readConfig({ DATA_DIR: dir, WHATSAPP: 'true', PORT: '0' }),
  log: openLog('trace'),
  whatsapp: { ...patient, pace: 0, gathers: 100 },
  ...(isPatient ? { deadlines: { ...DEADLINES, rest: 20 } } : {}),
});
console.log('started');
