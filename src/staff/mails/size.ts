import type { Language } from '../../languages.ts';

/** "1.4 MB"; of bytes. */
export function sizeIn(language: Language, bytes: number): string {
  if (bytes < 1_000) return inUnit(language, 'byte', bytes);
  return bytes < 1_000_000
    ? inUnit(language, 'kilobyte', bytes / 1_000)
    : inUnit(language, 'megabyte', bytes / 1_000_000);
}

function inUnit(language: Language, unit: string, count: number): string {
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(count);
}
