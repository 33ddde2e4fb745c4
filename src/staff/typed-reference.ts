// A reference as somebody typed it, at the desk or to a command.

/**
 * As references are in mails, from how somebody typed what was read out to them: "rvh6ak", "GR RVH6AK", "GRRVH6AK", "rvh 6ak", with
 * any dash. Null if it cannot be one.
 */
export function typedReference(given: string | undefined): string | null {
  const typed = (given ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
    .replaceAll(/[\s\p{Dash}]+/gu, '-');
  if (!/^[A-Z0-9-]{1,40}$/u.test(typed)) return null;
  const rest = typed.replace(/^GR-/u, '');
  const letters = rest.replaceAll('-', '').replace(rest === typed ? /^GR(?=[A-Z0-9]{6}$)/u : '', '');
  return letters.length === 6 ? `GR-${letters}` : typed;
}
