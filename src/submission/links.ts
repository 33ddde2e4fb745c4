import type { Mark } from './block.ts';
import { webAddresses } from '../dialog/understanding/names/glued-words.ts';

/** The web addresses that stand in a text and can be clicked. Only their form is looked at; nothing is fetched. */
export function linksIn(text: string): readonly Mark[] {
  return webAddresses(text).flatMap(({ start, text: address }) => {
    const href = hrefOf(address);
    return href === null ? [] : [{ kind: 'link', start, end: start + address.length, href } as const];
  });
}

/** Of an address that can be clicked. It is written into the PDF once for each line that it takes. */
const LONGEST = 1_000;

/** Null for what is no web address, too long to be one, or carries a user's name or password. */
function hrefOf(address: string): string | null {
  if (address.length > LONGEST) return null;
  const url = URL.parse(address);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return null;
  return url.hostname.includes('.') && url.username === '' && url.password === '' ? url.href : null;
}
