// Links are checked for their form only and never fetched.

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|igsh|igshid|mc_cid|mc_eid|si|ref_src|ref_url|_hs\w+|yclid|twclid|ttclid)$/iu;

/** Every http(s) address in a text, without the punctuation that ends a sentence. */
export function linksIn(text: string): readonly string[] {
  const found = text.match(/\bhttps?:\/\/[^\s<>"'«»]+/giu) ?? [];
  return found.map((link) => link.replace(/[.,;:!?)\]]+$/u, '')).filter((link) => URL.canParse(link));
}

/** The same link without the parameters that tell who shared it; the link itself where it has none. */
export function withoutTracking(link: string): string {
  const url = new URL(link);
  const tracking = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
  if (tracking.length === 0) return link;
  for (const name of tracking) url.searchParams.delete(name);
  return url.toString();
}
