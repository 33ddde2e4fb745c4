// A file of settings that a shell (`set -a; . FILE`), systemd and containers read in the same way.

/** False for what one of them would read in another way. */
export function isQuotable(value: string): boolean {
  return !/[\p{Cc}]/u.test(value) && !(value.includes("'") && /["$`\\]/u.test(value));
}

/** Each value in quotes; those that are undefined or empty are left out. */
export function envFile(settings: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(settings).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${value.includes("'") ? `"${value}"` : `'${value}'`}`],
  );
  return `${lines.join('\n')}\n`;
}
