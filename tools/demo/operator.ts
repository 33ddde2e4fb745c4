// The invented organisation that runs the demo: a whole configuration, without the real environment.

import { readConfig } from '../../src/config/config.ts';
import type { CallAddress } from '../../src/store/turns/calls.ts';

export const MAIL_SERVER = 'mail.mechanism.internal';

/**
 * The recipient of the demo's mails. `.internal` will never be in the public DNS (ICANN, 2024-07-29), so that no mail
 * to it can ever leave; the domains for examples (RFC 2606) are refused for real sending.
 */
export const ADDRESS: Omit<CallAddress, 'callId' | 'verifiedAt'> = {
  address: 'submissions@mechanism.internal',
  source: 'invented for the demo',
  verifiedBy: 'the demo',
  withdrawnAt: null,
};

export function demoConfig(dataDir: string, mailPort: number): ReturnType<typeof readConfig> {
  return readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    OPERATOR_NAME: 'Casa Exemplo',
    OPERATOR_PHONE: '+00 555 0100',
    SUPPORT_CONTACTS: 'Example Helpline: +00 555 0199 (2026-11-01)',
    LATE_ACCEPTED_BY: 'an invented officer of the mechanism',
    MAIL_FROM: 'texts@casa-exemplo.internal',
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    LOG_LEVEL: 'warn',
  });
}
