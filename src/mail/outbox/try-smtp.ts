// Connects to the mail server, with TLS and login, and sends nothing.

import type { NodemailerError } from 'nodemailer';
import { connectionOptions, reasonOf, type SmtpLimits } from './smtp-transport.ts';
import type { SmtpConfig } from './smtp-url.ts';

/** Null: a mail could be handed over. Else codes only, e.g. `EAUTH 535`, `ETLS CERT_HAS_EXPIRED`, `ECONNECTION ECONNREFUSED`. */
export async function trySmtp(config: SmtpConfig, limits: SmtpLimits, ca?: string): Promise<string | null> {
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  const connection = new Connection(connectionOptions(config, limits, ca));
  const tried = await new Promise<string | null>((resolve) => {
    const timer = setTimeout(() => resolve('TOO_LONG'), limits.whole);
    const done = (reason: string | null): void => {
      clearTimeout(timer);
      resolve(reason);
    };
    connection.on('error', (error: NodemailerError) => done(reasonOf(error)));
    connection.once('end', () => done('CLOSED'));
    connection.connect((error) => {
      if (error) done(reasonOf(error));
      else if (config.login === null) done(null);
      else {
        const { user, password: pass } = config.login;
        connection.login({ user, pass }, (refusal) => done(refusal ? reasonOf(refusal) : null));
      }
    });
  });
  connection.quit();
  connection.close();
  return tried;
}
