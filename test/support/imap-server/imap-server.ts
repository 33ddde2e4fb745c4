// A small IMAP server on loopback for tests: IMAP4rev1 (RFC 3501) as far as a client reads a mailbox. It keeps what it was
// asked, refuses every change of a mailbox that was opened for reading, and can break the line where a test says.

import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface ImapServerOptions {
  readonly user?: string;
  readonly password?: string;
  /** TLS from the first byte, with this certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Offers STARTTLS in its capabilities; nobody gets further than asking for it. */
  readonly offersStartTls?: boolean;
}

export interface TestImap {
  readonly port: number;
  /** Every command as it came, without its tag; passwords as they are. */
  readonly asked: string[];
  /** Adds a mail and gives its UID. */
  add(mail: string | Uint8Array, at?: Date): number;
  remove(uid: number): void;
  /** The mailbox was recreated: another validity, UIDs from 1. */
  renew(): void;
  /** Breaks the line at the next command that begins so, before or after the answer. */
  breakAt(command: string, when: 'before' | 'after'): void;
  close(): Promise<void>;
}

interface Mail {
  readonly uid: number;
  readonly bytes: Buffer;
  readonly at: Date;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export async function startImap(options: ImapServerOptions = {}): Promise<TestImap> {
  const { user = 'office', password = 'se cret"\\' } = options;
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let mails: Mail[] = [];
  let validity = 1_700_000_000;
  let next = 1;
  let fault: { readonly command: string; readonly when: 'before' | 'after' } | null = null;

  const greet = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    converse(socket);
  };
  const server = options.tls === undefined ? createServer(greet) : createTlsServer({ ...options.tls }, greet);

  function converse(socket: Socket): void {
    const send = (line: string): void => {
      if (socket.writable) socket.write(`${line}\r\n`, 'latin1');
    };
    let signedIn = false;
    let selected = false;
    let pending = Buffer.alloc(0);
    let challenge: string | null = null;
    const capabilities = () => `IMAP4rev1 LITERAL+${options.offersStartTls === true ? ' STARTTLS' : ''}`;
    send(`* OK [CAPABILITY ${capabilities()}] ready`);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      for (;;) {
        const line = commandIn(pending, send);
        if (line === null) return;
        pending = pending.subarray(line.length);
        if (challenge !== null) {
          challenge = null;
          continue;
        }
        const [, tag = '*', text = ''] = /^(\S+) ([\s\S]*?)\r\n$/.exec(line.text) ?? [];
        asked.push(text);
        if (fault !== null && text.toUpperCase().startsWith(fault.command)) {
          const { when } = fault;
          fault = null;
          if (when === 'after') answer(tag, text);
          // What was written still goes out.
          socket.end();
          return;
        }
        answer(tag, text);
      }
    });

    function answer(tag: string, text: string): void {
      const ok = (what: string) => send(`${tag} OK ${what}`);
      const name = text.toUpperCase();
      if (name === 'CAPABILITY') {
        send(`* CAPABILITY ${capabilities()}`);
        ok('done');
      } else if (name.startsWith('LOGIN ')) {
        const [given, word] = stringsIn(text.slice(6));
        signedIn = given === user && word === password;
        if (signedIn) ok('welcome');
        else send(`${tag} NO [AUTHENTICATIONFAILED] no`);
      } else if (name === 'LOGOUT') {
        send('* BYE');
        ok('bye');
        socket.end();
      } else if (name === 'NOOP') ok('done');
      else if (!signedIn) send(`${tag} NO sign in first`);
      else if (name.startsWith('LIST ') || name.startsWith('LSUB ')) {
        send(`* LIST (\\HasNoChildren) "/" ${name.includes('""') && name.endsWith('""') ? '""' : 'INBOX'}`);
        ok('done');
      } else if (name.startsWith('EXAMINE ') || name.startsWith('SELECT ')) {
        if (!/INBOX/i.test(text)) return send(`${tag} NO [NONEXISTENT] there is no such mailbox`);
        selected = true;
        send('* FLAGS (\\Seen \\Deleted)');
        send(`* ${mails.length} EXISTS`);
        send('* 0 RECENT');
        send(`* OK [UIDVALIDITY ${validity}] valid`);
        send(`* OK [UIDNEXT ${next}] next`);
        ok(`[${name.startsWith('EXAMINE') ? 'READ-ONLY' : 'READ-WRITE'}] open`);
      } else if (!selected) send(`${tag} BAD no mailbox is open`);
      else if (name.startsWith('UID SEARCH ')) {
        const found = mails.filter((mail) => matches(mail, name)).map(({ uid }) => uid);
        send(`* SEARCH${found.map((uid) => ` ${uid}`).join('')}`);
        ok('done');
      } else if (name.startsWith('UID FETCH ')) {
        const uid = Number(/^UID FETCH (\d+) /.exec(name)?.[1] ?? 0);
        const index = mails.findIndex((mail) => mail.uid === uid);
        const mail = mails[index];
        if (mail !== undefined) fetched(mail, index + 1, name);
        ok('done');
      } else if (name === 'CLOSE' || name === 'UNSELECT') {
        selected = false;
        ok('done');
      } else send(`${tag} BAD this mailbox is for reading only`);
    }

    function fetched(mail: Mail, number: number, name: string): void {
      const [, from = '0', length = ''] = /BODY\.PEEK\[\](?:<(\d+)(?:\.(\d+))?>)?/.exec(name) ?? [];
      const part = length === '' ? mail.bytes : mail.bytes.subarray(Number(from), Number(from) + Number(length));
      socket.write(
        `* ${number} FETCH (UID ${mail.uid} RFC822.SIZE ${mail.bytes.length} BODY[]${length === '' ? '' : `<${from}>`} {${part.length}}\r\n`,
      );
      socket.write(part);
      send(')');
    }
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    asked,
    add(mail, at = new Date('2026-03-03T09:00:00.000Z')) {
      const bytes = typeof mail === 'string' ? Buffer.from(mail) : Buffer.from(mail);
      mails.push({ uid: next, bytes, at });
      return next++;
    },
    remove: (uid) => void (mails = mails.filter((mail) => mail.uid !== uid)),
    renew() {
      validity += 1;
      next = 1;
      mails = mails.map((mail) => ({ ...mail, uid: next++ }));
    },
    breakAt: (command, when) => void (fault = { command, when }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** One whole command with its literals; null where more must come. A literal that waits is asked for. */
function commandIn(
  pending: Buffer,
  send: (line: string) => void,
): { readonly text: string; readonly length: number } | null {
  let text = '';
  for (let at = 0; ;) {
    const end = pending.indexOf('\r\n', at);
    if (end < 0) return null;
    const line = pending.subarray(at, end + 2).toString('latin1');
    const [, size, sync] = /\{(\d+)(\+?)\}\r\n$/.exec(line) ?? [];
    if (size === undefined) return { text: text + line, length: end + 2 };
    const begin = end + 2;
    if (pending.length < begin + Number(size)) {
      if (sync === '' && pending.length === begin) send('+ go on');
      return null;
    }
    text += `${line.replace(/\{\d+\+?\}\r\n$/, '')}"${pending
      .subarray(begin, begin + Number(size))
      .toString('latin1')
      .replace(/["\\]/g, '\\$&')}"`;
    at = begin + Number(size);
  }
}

function stringsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  );
}

function matches({ uid, at }: Mail, search: string): boolean {
  const from = Number(/UID (\d+):\*/.exec(search)?.[1] ?? 0);
  const [, day, month = '', year] = /SINCE "?(\d+)-(\w+)-(\d+)"?/.exec(search) ?? [];
  const since =
    day === undefined
      ? 0
      : Date.UTC(
          Number(year),
          MONTHS.findIndex((one) => one.toUpperCase() === month),
          Number(day),
        );
  return uid >= from && at.getTime() >= since;
}
