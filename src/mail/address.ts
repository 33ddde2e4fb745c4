// Parses one mail address, or says why not. Anything that could become a second recipient or header is refused, so that
// nothing later has to escape it.

export type ParsedAddress =
  { readonly ok: true; readonly address: string } | { readonly ok: false; readonly problem: AddressProblem };

export type AddressProblem = 'empty' | 'several' | 'not-ascii' | 'too-long' | 'malformed';

/** Characters of a dot-atom (RFC 5322, 3.2.3). Quoted local parts exist, but no body that publishes a call uses one. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** At least two labels; a trial sends from `localhost`. */
const DOMAIN =
  /^(?:localhost|(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;

/** Domains that never receive mail (RFC 2606, RFC 6761): good for trials, wrong for a real submission. */
const RESERVED = /[.@](?:example\.(?:com|net|org)|example|test|invalid|localhost)$/i;

/** Exactly one bare address, at most 254 characters (RFC 5321, 4.5.3.1). Spaces around it are dropped. */
export function parseMailAddress(text: string): ParsedAddress {
  const address = text.trim();
  if (address === '') return { ok: false, problem: 'empty' };
  if (/[,;\s]/.test(address)) return { ok: false, problem: 'several' };
  if (/[^\x21-\x7e]/.test(address)) return { ok: false, problem: 'not-ascii' };
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  if (address.length > 254 || local.length > 64) return { ok: false, problem: 'too-long' };
  if (!LOCAL.test(local) || !DOMAIN.test(address.slice(at + 1))) return { ok: false, problem: 'malformed' };
  return { ok: true, address };
}

/** True for an address that only a trial can use. Expects the result of parseMailAddress(). */
export function isTrialAddress(address: string): boolean {
  return RESERVED.test(address);
}

/** Of those that nobody can own: example.org, anything.test. */
export function isTrialDomain(domain: string): boolean {
  return RESERVED.test(`.${domain}`);
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/**
 * The reply address of one mail: `office@org.example` with token `k3` is `office+k3@org.example`. The token does not
 * reveal the person; the operator's mail server must deliver such addresses.
 */
export function replyAddress(from: string, token: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(token)) throw new Error('A reply token contains only letters, digits, - and _');
  const at = from.lastIndexOf('@');
  return `${from.slice(0, at)}+${token}${from.slice(at)}`;
}
