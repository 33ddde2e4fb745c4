// Runs to lines of one width, in time that grows with the text. All lengths in points.

import type { Cluster } from './cluster.ts';
import type { Run } from './runs.ts';

export interface Line {
  /** In the order of the text. */
  readonly runs: readonly Run[];
  /** Without the spaces at its end. */
  readonly width: number;
}

export interface Measure {
  readonly size: number;
  readonly width: number;
  /** At the end of each line of a word that is longer than a line. */
  readonly mark: (run: Run) => Run | null;
}

/** Of the width: a last line that is shorter looks lost, and one that is this long does not. */
const [SHORT, ENOUGH] = [0.14, 0.18];
/** The narrowest that the lines of a paragraph may become for that; lines of a heading may be half as wide. */
const NARROWEST = { paragraph: 0.84, heading: 0.5 } as const;
const STEP = 0.02;

/**
 * The same number of lines, a little narrower, if the last one would be one short word. A heading is set as narrow as it
 * can be, so that its lines are nearly of one length.
 */
export function evenLinesOf(runs: readonly Run[], measure: Measure, of: keyof typeof NARROWEST): readonly Line[] {
  return paragraphsOf(runs).flatMap((paragraph) => {
    let best = linesOf(paragraph, measure);
    const { length } = best;
    const isEven = (lines: readonly Line[], share: number) => (lines.at(-1)?.width ?? 0) >= share * measure.width;
    if (length < 2 || length > MANY || (of === 'paragraph' && isEven(best, SHORT))) return best;
    for (let share = 1 - STEP; share >= NARROWEST[of]; share -= STEP) {
      const lines = linesOf(paragraph, { ...measure, width: share * measure.width });
      if (lines.length > length) break;
      if (of === 'paragraph' && isEven(lines, ENOUGH)) return lines;
      if (of === 'heading') best = lines;
    }
    return best;
  });
}

/** A paragraph of more lines is not set again and again for its last one. */
const MANY = 40;

/** At the line breaks of the text itself. */
function paragraphsOf(runs: readonly Run[]): readonly (readonly Run[])[] {
  const all: Run[][] = [[]];
  runs.forEach((run, at) => {
    all.at(-1)?.push(run);
    if (run.ends === 'must' && at < runs.length - 1) all.push([]);
  });
  return all;
}

export function linesOf(runs: readonly Run[], measure: Measure): readonly Line[] {
  const { size, width } = measure;
  const lines: Line[] = [];
  let line: Run[] = [];
  let filled = 0;
  const end = (): void => {
    lines.push({ runs: line, width: filled - spaceAfter(line) * size });
    [line, filled] = [[], 0];
  };
  for (const unit of unitsOf(runs)) {
    const wide = widthOf(unit) * size;
    const shown = wide - spaceAfter(unit) * size;
    if (line.length > 0 && filled + shown > width) end();
    if (shown > width) {
      const broken = brokenUnit(unit, measure);
      for (const part of broken.slice(0, -1)) {
        line = [...part];
        filled = widthOf(part) * size;
        end();
      }
      line = [...(broken.at(-1) ?? [])];
      filled = widthOf(line) * size;
    } else {
      line.push(...unit);
      filled += wide;
    }
    if (unit.at(-1)?.ends === 'must') end();
  }
  if (line.length > 0 || lines.length === 0) end();
  return lines;
}

function* unitsOf(runs: readonly Run[]): Generator<readonly Run[]> {
  let unit: Run[] = [];
  for (const run of runs) {
    unit.push(run);
    if (run.ends === null) continue;
    yield unit;
    unit = [];
  }
  if (unit.length > 0) yield unit;
}

function widthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { width }) => sum + width, 0);
}

function spaceAfter(runs: readonly Run[]): number {
  return widthOf(runs.slice(runs.findLastIndex(({ isSpace }) => !isSpace) + 1));
}

/** A word that no line can hold, as one list of runs for each line. */
function brokenUnit(unit: readonly Run[], { size, width, mark }: Measure): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]];
  let filled = 0;
  for (const run of unit) {
    const sign = run.isSpace ? null : mark(run);
    const most = width - (sign?.width ?? 0) * size;
    let own: Cluster[] = [];
    const put = (): void => {
      if (own.length > 0) lines.at(-1)?.push({ ...run, clusters: own, width: advanceOf(own, run), ends: null });
      own = [];
    };
    for (const cluster of run.clusters) {
      const wide = (cluster.advance / run.face.unitsPerEm) * size;
      if (!run.isSpace && filled + wide > most && filled > 0) {
        put();
        if (sign !== null) lines.at(-1)?.push(sign);
        lines.push([]);
        filled = 0;
      }
      own.push(cluster);
      filled += wide;
    }
    put();
    const last = lines.at(-1)?.at(-1);
    if (run.ends !== null && last !== undefined) lines.at(-1)?.splice(-1, 1, { ...last, ends: run.ends });
  }
  return lines;
}

function advanceOf(clusters: readonly Cluster[], { face }: Run): number {
  return clusters.reduce((sum, { advance }) => sum + advance, 0) / face.unitsPerEm;
}

/** The runs of a line with the place of their left edges, still in the order of the text (rules L1 and L2). */
export function placed(
  { runs, width }: Line,
  rightToLeft: boolean,
  size: number,
  area: { readonly left: number; readonly width: number },
): readonly { readonly run: Run; readonly x: number }[] {
  const base = rightToLeft ? 1 : 0;
  const lastShown = runs.findLastIndex(({ isSpace }) => !isSpace);
  let visual = runs.map((run, at) => ({ run, level: at > lastShown ? base : run.level }));
  const highest = visual.reduce((most, { level }) => Math.max(most, level), 0);
  for (let level = highest; level > 0; level--) visual = reversedFrom(level, visual);
  const after = widthOf(runs.slice(lastShown + 1)) * size;
  let x = rightToLeft ? area.left + area.width - width - after : area.left;
  const left = new Map<Run, number>();
  for (const { run } of visual) {
    left.set(run, x);
    x += run.width * size;
  }
  return runs.map((run) => ({ run, x: left.get(run) ?? area.left }));
}

interface Levelled {
  readonly run: Run;
  readonly level: number;
}

/** Every stretch of this level or a higher one is turned around. */
function reversedFrom(level: number, runs: readonly Levelled[]): Levelled[] {
  const result: Levelled[] = [];
  let stretch: Levelled[] = [];
  for (const one of runs) {
    if (one.level >= level) stretch.push(one);
    else {
      result.push(...stretch.reverse(), one);
      stretch = [];
    }
  }
  return [...result, ...stretch.reverse()];
}
