import type { Mark } from './block.ts';

const ADDRESS = /https?:\/\/\S+/giu;
const TRAILING = /[.,;:!?)\]}»”"'’]+$/u;

/** The web addresses that stand in a text. Only their form is looked at; nothing is fetched. */
export function linksIn(text: string): readonly Mark[] {
  return [...text.matchAll(ADDRESS)].flatMap((match) => {
    const address = match[0].replace(TRAILING, '');
    const href = hrefOf(address);
    return href === null
      ? []
      : [{ kind: 'link', start: match.index, end: match.index + address.length, href } as const];
  });
}

/** Null for what is no web address, or carries a user's name or password. */
function hrefOf(address: string): string | null {
  const url = URL.parse(address);
  return url !== null && url.hostname.includes('.') && url.username === '' && url.password === '' ? url.href : null;
}
