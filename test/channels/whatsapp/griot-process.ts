// Griot as a process of its own, to be killed: node griot-process.ts DATA_DIR URL [die-before-inbox]

import { openApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config/config.ts';
import { openLog } from '../../../src/log.ts';
import { Conversation } from '../../../src/conversation/conversation.ts';

const [dir = '', url = '', death] = process.argv.slice(2);
if (death === 'die-before-inbox') {
  // Received, told "delivered", and durable as it came; nothing more of it has happened.
  Conversation.prototype.take = () => process.kill(process.pid, 'SIGKILL') as never;
}
await openApp({
  ...readConfig({ DATA_DIR: dir, WHATSAPP: 'true', PORT: '0' }),
  log: openLog('trace'),
  whatsapp: { network: { url }, pace: 0, gathers: 100 },
});
console.log('started');
