// `imaps://user:password@host:993/INBOX` → the mailbox and how to connect. Only verified TLS, except for a server on
// this machine.

import { isLoopback } from '../outbox/smtp-url.ts';

export interface ImapConfig {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte; `starttls` before anything is sent; `loopback`: plain, this machine only. */
  readonly security: 'tls' | 'starttls' | 'loopback';
  readonly user: string;
  readonly password: string;
  readonly mailbox: string;
}

type ParsedImapUrl =
  { readonly ok: true; readonly config: ImapConfig } | { readonly ok: false; readonly problem: string };

/** Ports if none is given: 993 for imaps, 143 for imap (RFC 9051). The mailbox is INBOX if none is given. Never repeats the password. */
export function parseImapUrl(text: string): ParsedImapUrl {
  const url = URL.parse(text);
  if (url === null) return wrong('it is not a URL. Expected imaps://user:password@host/INBOX');
  if (url.protocol !== 'imap:' && url.protocol !== 'imaps:') return wrong('it must begin with imaps:// or imap://');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (!/^[a-z0-9._:-]+$/.test(host)) return wrong('the host is missing or malformed');
  if (url.search !== '' || url.hash !== '') return wrong('nothing may follow the name of the mailbox');
  if (url.username === '' || url.password === '') return wrong('give a user and a password');
  try {
    return {
      ok: true,
      config: {
        host,
        port: url.port === '' ? (url.protocol === 'imaps:' ? 993 : 143) : Number(url.port),
        security: url.protocol === 'imaps:' ? 'tls' : isLoopback(host) ? 'loopback' : 'starttls',
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        mailbox: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
      },
    };
  } catch {
    return wrong('write special characters of user, password and mailbox as %XX');
  }
}

function wrong(why: string): ParsedImapUrl {
  return { ok: false, problem: `The mailbox cannot be used: ${why}.` };
}
