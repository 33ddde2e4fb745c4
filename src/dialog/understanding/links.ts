// Links are checked for their form only and never fetched.

import { squash, withoutTrailing } from './names/folded.ts';
import { placesOf, type Sought } from './names/places.ts';

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|igsh|igshid|mc_cid|mc_eid|si|ref_src|ref_url|_hs\w+|yclid|twclid|ttclid)$/iu;

const LINK = /(?:\bhttps?:\/\/|(?<![\p{L}\p{N}.@])www\.)[^\s<>"'«»]+/giu;

/** Every web address in a text, as it was written, without the punctuation that ends a sentence. */
export function linksIn(text: string): readonly string[] {
  return (text.match(LINK) ?? []).map(withoutTrailing).filter((link) => urlOf(link) !== null);
}

/** `www.example.org/a` is an address without its scheme. Null if it is none. */
export function urlOf(link: string): URL | null {
  if (!/^www\./iu.test(link)) return URL.parse(link);
  const url = URL.parse(`https://${link}`);
  return url !== null && /^www\.[^.]+\.[^.]/iu.test(url.hostname) ? url : null;
}

/** Two capitalised words or more, as addresses write a name: "Awa-N'Diaye", "Davi_Exemplo". */
const NAME_IN_PATH =
  /(?<![\p{L}\d])\p{Lu}(?:['’]?\p{Lu})?\p{Ll}+(?:[-_+ ]\p{Lu}(?:['’]?\p{Lu})?\p{Ll}+){1,3}(?![\p{L}\d])/gu;

/**
 * Returns true if a link of these texts names somebody whom they do not name: a name in URL form that occurs only
 * there, or one of `hidden`. Names in small letters are found only if they are hidden.
 */
export function linksName(texts: readonly string[], hidden: readonly string[]): boolean {
  const sought = hidden.map((term): Sought => ({ term, becomes: 'label', spared: new Set() }));
  const places = placesOf(sought, texts.join('\n'));
  if (places.some(({ glued, proposed }) => glued === 'address' && proposed)) return true;
  const named = texts
    .flatMap(linksIn)
    .flatMap((link) => pathOf(link).match(NAME_IN_PATH) ?? [])
    .map(squash);
  if (named.length === 0) return false;
  const words = squash(texts.join('\n').replace(LINK, (link) => (urlOf(withoutTrailing(link)) === null ? link : ' ')));
  return [...new Set(named)].some((name) => !words.includes(name));
}

/** Decoded; a link that cannot be decoded is returned unchanged. */
function pathOf(link: string): string {
  const { pathname = '', search = '' } = urlOf(link) ?? {};
  try {
    return decodeURIComponent(pathname + search);
  } catch {
    return pathname + search;
  }
}

/** The same link, as it was written, without the parameters that tell who shared it; the link itself if it has none. */
export function withoutTracking(link: string): string {
  const [, before = '', query = '', after = ''] = /^([^?#]*)\?([^#]*)(.*)$/su.exec(link) ?? [];
  const all = query.split('&');
  const kept = all.filter((one) => !TRACKING.test([...new URLSearchParams(one).keys()][0] ?? ''));
  if (kept.length === all.length) return link;
  return `${before}${kept.length === 0 ? '' : `?${kept.join('&')}`}${after}`;
}
