// `smtp://user:password@host:587` or `smtps://…:465` → how to connect. There is no option for unencrypted connections:
// only verified TLS, except for a server on this machine.

export interface SmtpConfig {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte; `starttls` before anything is sent; `loopback`: plain, this machine only. */
  readonly security: 'tls' | 'starttls' | 'loopback';
  readonly login: { readonly user: string; readonly password: string } | null;
}

type ParsedSmtpUrl =
  { readonly ok: true; readonly config: SmtpConfig } | { readonly ok: false; readonly problem: string };

/** Ports if none is given: 587 for smtp (RFC 6409), 465 for smtps (RFC 8314). Problems never repeat the password. */
export function parseSmtpUrl(text: string): ParsedSmtpUrl {
  const url = URL.parse(text);
  if (url === null) return wrong('it is not a URL. Expected smtp://user:password@host:587 or smtps://…');
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') return wrong('it must begin with smtp:// or smtps://');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (!/^[a-z0-9._:-]+$/.test(host)) return wrong('the host is missing or malformed');
  if (url.search !== '' || url.hash !== '' || (url.pathname !== '' && url.pathname !== '/')) {
    return wrong('nothing may follow the port. TLS cannot be switched off: mail leaves over verified TLS only');
  }
  if (url.port === '0') return wrong('the port is 0');
  const login = parseLogin(url);
  if (login === 'half') return wrong('give both a user and a password, or neither');
  if (login === 'malformed') return wrong('write special characters of user and password as %XX');
  const port = url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port);
  return { ok: true, config: { host, port, security: securityOf(url.protocol, host), login } };
}

function securityOf(protocol: 'smtp:' | 'smtps:', host: string): SmtpConfig['security'] {
  if (protocol === 'smtps:') return 'tls';
  return isLoopback(host) ? 'loopback' : 'starttls';
}

/** A host of this machine, without the brackets of IPv6. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function parseLogin(url: URL): SmtpConfig['login'] | 'half' | 'malformed' {
  if (url.username === '' && url.password === '') return null;
  if (url.username === '' || url.password === '') return 'half';
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    return 'malformed';
  }
}

function wrong(why: string): ParsedSmtpUrl {
  return { ok: false, problem: `The address of the mail server cannot be used: ${why}.` };
}
