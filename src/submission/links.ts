import type { Mark } from './block.ts';
import { webAddresses } from '../dialog/names/glued-words.ts';

/** The web addresses that stand in a text. Only their form is looked at; nothing is fetched. */
export function linksIn(text: string): readonly Mark[] {
  return webAddresses(text).flatMap(({ start, text: address }) => {
    const href = hrefOf(address);
    return href === null ? [] : [{ kind: 'link', start, end: start + address.length, href } as const];
  });
}

/** Null for what is no web address, or carries a user's name or password. */
function hrefOf(address: string): string | null {
  const url = URL.parse(address);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return null;
  return url.hostname.includes('.') && url.username === '' && url.password === '' ? url.href : null;
}
