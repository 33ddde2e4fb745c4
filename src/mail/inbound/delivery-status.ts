// The machine-readable part of a bounce (RFC 3464): blocks of fields, the first about the mail, one for each recipient.

export interface RecipientStatus {
  /** Lower-case; empty where it is not an address. */
  readonly recipient: string;
  /** Whom we had written to, where the report says that it was forwarded. */
  readonly original: string;
  readonly action: string;
  /** Class of the status code: '2', '4', '5', or empty. */
  readonly class: string;
}

/** Tolerates what is seen: no type before an address, angle brackets, folded lines, comments after the code. */
export function readDeliveryStatus(text: string): readonly RecipientStatus[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n[ \t]*\n+/)
    .map(fieldsOf)
    .filter((fields) => fields.has('final-recipient') || fields.has('original-recipient') || fields.has('action'))
    .map((fields) => ({
      recipient: addressIn(fields.get('final-recipient') ?? ''),
      original: addressIn(fields.get('original-recipient') ?? ''),
      action: /^[a-z]+/.exec((fields.get('action') ?? '').toLowerCase())?.[0] ?? '',
      class: /^([245])\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[1] ?? '',
    }));
}

function fieldsOf(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name, value] = /^([A-Za-z-]{1,60}):[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

/** "rfc822;<Name@Example.org>" → "name@example.org". */
function addressIn(value: string): string {
  return /(?<![^\s<>;,"])([^\s<>;,"]+@[^\s<>;,"]+)/.exec(value.replace(/^[\w-]+\s*;/, ''))?.[1]?.toLowerCase() ?? '';
}
