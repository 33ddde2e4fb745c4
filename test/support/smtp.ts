// A real mail server on loopback that misbehaves as told. A small relay stands before it, which sees every byte of the
// wire and can hang, drop the line or change a reply at a chosen moment.

import net from 'node:net';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SmtpLimits } from '../../src/mail/outbox/smtp-transport.ts';

/** What happens on one connection. */
export type Act =
  | { readonly do: 'accept' }
  | {
      readonly do: 'reply';
      readonly at: 'greeting' | 'auth' | 'mail' | 'rcpt' | 'data' | 'dot';
      readonly code: number;
      readonly text?: string;
    }
  /** Nothing more is read, or the answer to the final dot is not given, until then. */
  | { readonly do: 'wait'; readonly at: 'data' | 'dot'; readonly until: Promise<unknown> }
  | { readonly do: 'hang'; readonly at: 'greeting' | 'dot' }
  | { readonly do: 'drop'; readonly at: 'greeting' | 'data' | 'dot' | 'after-250' };

/** Milliseconds. A server that answers has time, however busy the machine is; only one that is silent is waited for shortly. */
const PATIENT = 120_000;
const SILENT = 3_000;

/** Of the sender, for a server with this script. */
export function limitsFor(script: readonly Act[] = []): SmtpLimits {
  const isSilent = (at: string) => script.some((act) => act.do === 'hang' && act.at === at);
  return {
    setup: isSilent('greeting') ? SILENT : PATIENT,
    answer: isSilent('dot') ? SILENT : PATIENT,
    whole: 2 * PATIENT,
  };
}

export interface SmtpOptions {
  /** One act a connection; after the last one, every mail is accepted. */
  readonly script?: readonly Act[];
  readonly certificate?: { readonly key: string; readonly cert: string };
  /** 'none' hides STARTTLS, as an attacker on the line would. */
  readonly tls?: 'none' | 'starttls' | 'from-the-start';
  readonly maxSize?: number;
  /** Refuses this address, and takes the others. */
  readonly refuses?: string;
}

export interface ReceivedMail {
  /** As it arrived, dots unstuffed. */
  readonly raw: Uint8Array;
  readonly mail: Email;
  readonly from: string;
  readonly to: readonly string[];
  /** Whether the server said 250, or would have, had the line held. */
  readonly user: string | null;
}

export interface TestSmtp {
  readonly port: number;
  /** Every mail whose final dot arrived, also where no answer was given. */
  readonly received: readonly ReceivedMail[];
  /** All that clients sent before any encryption, as text. */
  wire(): string;
  connections(): number;
  close(): Promise<void>;
}

/** Any user with the password "right" may log in. */
export async function startSmtp(options: SmtpOptions = {}): Promise<TestSmtp> {
  const received: ReceivedMail[] = [];
  const sockets = new Set<net.Socket>();
  let wire = '';
  let connections = 0;
  let act: Act = { do: 'accept' };
  const dropLine = (): void => sockets.forEach((socket) => socket.destroy());
  const replyAt = (at: string): Error | null =>
    act.do === 'reply' && act.at === at
      ? Object.assign(new Error(act.text ?? 'as scripted'), { responseCode: act.code })
      : null;

  const server = new SMTPServer({
    ...options.certificate,
    secure: options.tls === 'from-the-start',
    hideSTARTTLS: (options.tls ?? 'none') === 'none',
    disabledCommands: (options.tls ?? 'none') === 'none' ? ['STARTTLS'] : [],
    authOptional: true,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    logger: false,
    ...(options.maxSize === undefined ? {} : { size: options.maxSize }),
    onConnect: (_session, done) => done(replyAt('greeting')),
    onAuth(auth, _session, done) {
      const scripted = replyAt('auth');
      if (scripted) done(scripted);
      else if (auth.password === 'right') done(null, { user: auth.username });
      else done(Object.assign(new Error('wrong password'), { responseCode: 535 }));
    },
    onMailFrom: (_address, _session, done) => done(replyAt('mail')),
    onRcptTo: ({ address }, _session, done) => {
      const unknown = Object.assign(new Error('no such user'), { responseCode: 550 });
      done(address === options.refuses ? unknown : replyAt('rcpt'));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const raw = new Uint8Array(Buffer.concat(chunks));
        const { envelope } = session;
        const user: unknown = session.user;
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        void PostalMime.parse(raw).then((mail) => {
          received.push({ raw, mail, from, to, user: typeof user === 'string' ? user : null });
          if (act.do === 'hang') return;
          if (act.do === 'wait' && act.at === 'dot') return void act.until.then(() => done(null));
          if (act.do === 'drop' && act.at === 'dot') dropLine();
          else done(replyAt('dot'));
          if (act.do === 'drop' && act.at === 'after-250') setTimeout(dropLine, 20);
        });
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

  const relay = net.createServer((client) => {
    act = options.script?.[connections] ?? { do: 'accept' };
    connections += 1;
    keep(client, sockets);
    if (act.do === 'hang' && act.at === 'greeting') return;
    if (act.do === 'drop' && act.at === 'greeting') return void client.destroy();
    const upstream = keep(net.connect((server.server.address() as AddressInfo).port, '127.0.0.1'), sockets);
    client.on('data', (chunk) => {
      wire += chunk.toString('latin1');
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      const said = chunk.toString('latin1');
      const goAhead = /^354 /m.test(said);
      if (goAhead && act.do === 'reply' && act.at === 'data') {
        return void client.write(said.replace(/^354 .*$/m, `${act.code} as scripted\r`));
      }
      client.write(chunk);
      if (goAhead && act.do === 'wait' && act.at === 'data') {
        client.pause();
        void act.until.then(() => client.resume());
      }
      // The answer is on its way, and nothing of the message has been read: the line breaks now.
      if (goAhead && act.do === 'drop' && act.at === 'data') {
        client.pause();
        setTimeout(dropLine, 50);
      }
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.end());
  });
  await new Promise<void>((listening) => relay.listen(0, '127.0.0.1', listening));

  return {
    port: (relay.address() as AddressInfo).port,
    received,
    wire: () => wire,
    connections: () => connections,
    async close() {
      dropLine();
      await new Promise<void>((closed) => relay.close(() => closed()));
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

function keep(socket: net.Socket, sockets: Set<net.Socket>): net.Socket {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => undefined);
  return socket;
}
