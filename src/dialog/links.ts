// Links are checked for their form only and never fetched.

import { fold } from './fold.ts';

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|igsh|igshid|mc_cid|mc_eid|si|ref_src|ref_url|_hs\w+|yclid|twclid|ttclid)$/iu;

/** Every http(s) address in a text, without the punctuation that ends a sentence. */
export function linksIn(text: string): readonly string[] {
  const found = text.match(/\bhttps?:\/\/[^\s<>"'«»]+/giu) ?? [];
  return found.map((link) => link.replace(/[.,;:!?)\]]+$/u, '')).filter((link) => URL.canParse(link));
}

/** Two capitalised words or more, as addresses write a name: "Awa-Agbodjan", "Davi_Exemplo". */
const NAME_IN_PATH = /(?<![\p{L}\d])\p{Lu}\p{Ll}+(?:[-_+ ]\p{Lu}\p{Ll}+){1,3}(?![\p{L}\d])/gu;

/**
 * True where a link of these texts names somebody whom they do not name: a name as addresses write it that stands nowhere
 * else, or one of `hidden`, which are to be withheld. Names in small letters are not found.
 */
export function linksName(texts: readonly string[], hidden: readonly string[]): boolean {
  const links = texts.flatMap(linksIn);
  const words = fold(links.reduce((text, link) => text.replaceAll(link, ' '), texts.join('\n')));
  return links.some((link) => {
    const path = pathOf(link);
    const said = ` ${fold(path.replace(/[-_+/.]/gu, ' '))} `;
    if (hidden.some((name) => name !== '' && said.includes(` ${fold(name)} `))) return true;
    const named = [...path.matchAll(NAME_IN_PATH)].map(([name]) => fold(name.replace(/[-_+]/gu, ' ')));
    return named.some((name) => !` ${words} `.includes(` ${name} `));
  });
}

/** As it reads; a link that cannot be decoded is taken as it stands. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  try {
    return decodeURIComponent(pathname + search);
  } catch {
    return pathname + search;
  }
}

/** The same link without the parameters that tell who shared it; the link itself where it has none. */
export function withoutTracking(link: string): string {
  const url = new URL(link);
  const tracking = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
  if (tracking.length === 0) return link;
  for (const name of tracking) url.searchParams.delete(name);
  return url.toString();
}
