/** One line of the result. Compared with others it is trusted as a ratio: the machine may be busy. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** As in the issue that asked for it, e.g. "≥ 40000"; null where none was set. */
  readonly aim: string | null;
  /** Null without an aim. */
  readonly met: boolean | null;
  /** What else was measured with it in the same run. */
  readonly beside: Readonly<Record<string, number>>;
}

export interface Aim {
  readonly at: 'least' | 'most';
  readonly value: number;
}

export function figure(
  name: string,
  value: number,
  unit: string,
  aim: Aim | null,
  beside: Readonly<Record<string, number>> = {},
): Figure {
  const met = aim === null ? null : aim.at === 'least' ? value >= aim.value : value <= aim.value;
  return {
    name,
    value: round(value),
    unit,
    aim: aim === null ? null : `${aim.at === 'least' ? '≥' : '≤'} ${aim.value}`,
    met,
    beside: Object.fromEntries(Object.entries(beside).map(([key, one]) => [key, round(one)])),
  };
}

/** Three digits that count. */
function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Nearest rank; throws where there is nothing to take it of. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}
