import type { Block } from './document-model.ts';

const ADDRESS = /https?:\/\/\S+/giu;
const TRAILING = /[.,;:!?)\]}»”"'’]+$/u;

/** One message of links: each address a link of its own, what was written around it a paragraph. Nothing is fetched. */
export function linkBlocks(text: string, slot: string): readonly Block[] {
  return text.split('\n').flatMap((line) => lineBlocks(line, slot));
}

function lineBlocks(line: string, slot: string): readonly Block[] {
  const blocks: Block[] = [];
  let at = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, '');
    const href = hrefOf(address);
    if (href === null) continue;
    blocks.push(...around(line.slice(at, match.index), slot), { kind: 'link', text: address, href, slot });
    at = match.index + address.length;
  }
  return [...blocks, ...around(line.slice(at), slot)];
}

/** Words beside an address stay; a lone comma or bracket that held it does not. */
function around(text: string, slot: string): readonly Block[] {
  return /[\p{L}\p{N}]/u.test(text) ? [{ kind: 'paragraph', text: text.trim(), slot }] : [];
}

/** Null for what is no web address, or carries a user's name or password. */
function hrefOf(address: string): string | null {
  const url = URL.parse(address);
  return url !== null && url.hostname.includes('.') && url.username === '' && url.password === '' ? url.href : null;
}
