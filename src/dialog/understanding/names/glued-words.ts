// Words written as one, in which a name has no edges. Each text is walked once: a person may paste anything.

export interface GluedWord {
  readonly kind: 'address' | 'handle';
  readonly start: number;
  readonly text: string;
}

const TRAILING = new Set(Array.from('.,;:!?)]}>»”"\'’'));

/** Web addresses, without the full stop or bracket after them: "(https://un.org)." → https://un.org */
export function webAddresses(text: string): readonly GluedWord[] {
  return [...text.matchAll(/(?:https?:\/\/|www\.)\S+/giu)].map((match) => ({
    kind: 'address',
    start: match.index,
    text: withoutTrailing(match[0]),
  }));
}

/** Also mail addresses, #tags and @handles. */
export function gluedWords(text: string): readonly GluedWord[] {
  const addresses = webAddresses(text);
  const handles: GluedWord[] = [];
  let at = 0;
  for (const { start, text: address } of addresses) {
    handles.push(...handlesIn(text.slice(at, start), at));
    at = start + address.length;
  }
  return [...addresses, ...handles, ...handlesIn(text.slice(at), at)];
}

function handlesIn(text: string, offset: number): readonly GluedWord[] {
  const handles: GluedWord[] = [];
  for (const { 0: token, index } of text.matchAll(/\S+/gu)) {
    const at = token.indexOf('@');
    if (at > 0 && token.includes('.', at)) {
      handles.push({ kind: 'handle', start: offset + index, text: withoutTrailing(token) });
      continue;
    }
    for (const tag of token.matchAll(/[#@][\p{L}\p{M}\p{N}_]+/gu)) {
      handles.push({ kind: 'handle', start: offset + index + tag.index, text: tag[0] });
    }
  }
  return handles;
}

function withoutTrailing(word: string): string {
  let end = word.length;
  while (end > 0 && TRAILING.has(word.charAt(end - 1))) end--;
  return word.slice(0, end);
}
