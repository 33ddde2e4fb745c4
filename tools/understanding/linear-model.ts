// Logistic regression over hashed features: by AdaGrad, the weights of the second half of the rounds averaged. The same examples in the
// same order give the same model.

import { hash, type LinearModel } from '../../src/dialog/understanding/talk/model.ts';

export interface Example {
  /** Rows of the features, each as often as it is hashed to. */
  readonly rows: Uint32Array;
  /** Share of each class; null for a class that learns nothing from it (only if each class is `alone`). */
  readonly shares: readonly (number | null)[];
  readonly weight: number;
}

export interface Spec {
  readonly classes: readonly string[];
  readonly rows: number;
  readonly rounds: number;
  /** Whether each class is by itself (a sigmoid), or one of all (a softmax). */
  readonly alone: boolean;
}

const RATE = 0.1;
const DECAY = 1e-4;
/** Larger weights than this share of all are cut off, so that a byte holds the others finely enough. */
const LARGEST = 0.9995;
export function rowsOf(features: readonly string[], { rows }: Spec): Uint32Array {
  return Uint32Array.from(features, (one) => hash(one) % rows);
}

export interface Trained {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** The views share one table: their features differ, and their scores are added. */
export function together(views: readonly Trained[], { classes, rows }: Spec): LinearModel {
  const weights = new Float64Array(rows * classes.length);
  const bias = new Float64Array(classes.length);
  for (const view of views) {
    for (const [at, weight] of view.weights.entries()) weights[at] = (weights[at] ?? 0) + weight;
    for (const [at, one] of view.bias.entries()) bias[at] = (bias[at] ?? 0) + one;
  }
  const sizes = weights
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort();
  const unit = (sizes[Math.floor(sizes.length * LARGEST)] ?? 1) / 127;
  return {
    classes,
    rows,
    unit,
    bias: Array.from(bias, (one) => Number(one.toFixed(4))),
    weights: Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / unit)))),
  };
}

export function train({ classes, rows, rounds, alone }: Spec, examples: readonly Example[]): Trained {
  const count = classes.length;
  const weights = new Float64Array(rows * count);
  const steps = new Float64Array(rows * count).fill(1e-6);
  const sums = new Float64Array(rows * count);
  const bias = new Float64Array(count);
  const biasSteps = new Float64Array(count).fill(1e-6);
  const biasSums = new Float64Array(count);
  const random = randomFrom(3);
  const order = examples.map((_, at) => at);
  let averaged = 0;
  const errors = new Float64Array(count);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (const index of order) {
      const { rows: features, shares, weight } = examples[index] ?? fail();
      const norm = 1 / Math.sqrt(Math.max(1, features.length));
      for (let at = 0; at < count; at++) errors[at] = bias[at] ?? 0;
      for (const row of features) {
        for (let at = 0; at < count; at++) errors[at] = (errors[at] ?? 0) + (weights[row * count + at] ?? 0) * norm;
      }
      toErrors(errors, shares, weight, alone);
      for (let at = 0; at < count; at++) {
        const error = errors[at] ?? 0;
        const step = (biasSteps[at] ?? 0) + error * error;
        biasSteps[at] = step;
        bias[at] = (bias[at] ?? 0) - (RATE * error) / Math.sqrt(step);
      }
      for (const row of features) {
        for (let at = 0; at < count; at++) {
          const place = row * count + at;
          if (errors[at] === 0) continue;
          const slope = (errors[at] ?? 0) * norm + DECAY * (weights[place] ?? 0);
          if (Math.abs(slope) < 1e-6) continue;
          const step = (steps[place] ?? 0) + slope * slope;
          steps[place] = step;
          weights[place] = (weights[place] ?? 0) - (RATE * slope) / Math.sqrt(step);
        }
      }
    }
    if (round < rounds / 2) continue;
    averaged++;
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (weights[at] ?? 0);
    for (let at = 0; at < count; at++) biasSums[at] = (biasSums[at] ?? 0) + (bias[at] ?? 0);
  }
  return { weights: sums.map((sum) => sum / averaged), bias: biasSums.map((sum) => sum / averaged) };
}

/** Scores become what each was wrong by. */
function toErrors(scores: Float64Array, shares: Example['shares'], weight: number, alone: boolean): void {
  if (alone) {
    for (let at = 0; at < scores.length; at++) {
      const share = shares[at] ?? null;
      scores[at] = share === null ? 0 : weight * (1 / (1 + Math.exp(-(scores[at] ?? 0))) - share);
    }
    return;
  }
  const most = Math.max(...scores);
  let sum = 0;
  for (let at = 0; at < scores.length; at++) {
    const score = Math.exp((scores[at] ?? 0) - most);
    scores[at] = score;
    sum += score;
  }
  for (let at = 0; at < scores.length; at++) scores[at] = weight * ((scores[at] ?? 0) / sum - (shares[at] ?? 0));
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [here, there] = [order[at] ?? 0, order[other] ?? 0];
    order[at] = there;
    order[other] = here;
  }
}

function fail(): never {
  throw new Error('an index outside of its list');
}

/** As model.json has it. */
export function encode({ weights, ...rest }: LinearModel) {
  return { ...rest, weights: Buffer.from(weights.buffer).toString('base64') };
}
