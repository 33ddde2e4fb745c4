// A subject line from a pattern such as "{submitter} – {kind} – {country} – {session}".

/** Each slot filled in, on one line; a piece whose slots are all empty goes, and with it the dash (or bar, comma) before it. */
export function filledPattern(pattern: string, slots: ReadonlyMap<string, string>): string {
  return pattern
    .split(/(?<!\s)\s+([-–—|,;])\s+/)
    .reduce<string[]>((pieces, piece, index, all) => {
      if (index % 2 === 1) return pieces;
      const whole = piece.replace(/\{([^}]{0,80})\}/g, (_slot, name: string) => oneLine(slots.get(name) ?? '')).trim();
      if (whole === '') return pieces;
      return pieces.length === 0 ? [whole] : [...pieces, ` ${all[index - 1] ?? '–'} `, whole];
    }, [])
    .join('');
}

/** No line ends (they would begin another header), no control or bidi characters. */
export function oneLine(value: string): string {
  return value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
}
