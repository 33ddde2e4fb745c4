// A real mail server on loopback that accepts every mail and stores it as received.

import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ArrivedMail {
  /** RFC 5322, as it arrived. */
  readonly bytes: Uint8Array;
  readonly from: string;
  readonly to: readonly string[];
}

export interface MailServer {
  readonly name: string;
  readonly port: number;
  readonly arrived: readonly ArrivedMail[];
  close(): Promise<void>;
}

/** Plain SMTP, for this machine only. */
export async function startMailServer(name: string): Promise<MailServer> {
  const arrived: ArrivedMail[] = [];
  const server = new SMTPServer({
    name,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const { mailFrom, rcptTo } = envelope;
        arrived.push({
          bytes: new Uint8Array(Buffer.concat(chunks)),
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
        });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening, failed) => {
    server.server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    name,
    port: (server.server.address() as AddressInfo).port,
    arrived,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
