// Linear models over hashed features: how much a message is said to the bot rather than told (one number), and its kind (a number
// for each). `npm run -s understanding -- --train` writes model.json from the labelled messages in
// test/fixtures/understanding.

/** Weights are bytes: a weight is its byte times `unit`. Column `hash(feature) % rows` of each class. */
export interface LinearModel {
  readonly classes: readonly string[];
  readonly rows: number;
  readonly unit: number;
  readonly bias: readonly number[];
  /** Row by row, one byte for each class. */
  readonly weights: Int8Array;
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function hash(feature: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) value = Math.imul(value ^ feature.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** The three views of a message, each trained by itself for `talk`: words, letters, concepts. Their scores are added. */
export const VIEWS = ['words', 'letters', 'concepts'] as const;
type View = (typeof VIEWS)[number];

/** The view that a feature belongs to (features.ts has the prefixes). */
export function viewOf(feature: string): View {
  if (feature.startsWith('c:')) return 'letters';
  return feature >= 'A' && feature < '[' ? 'concepts' : 'words';
}

/** Log-odds of each class of a model that was trained by views. */
export function oddsOf(model: LinearModel, features: readonly string[]): readonly number[] {
  const byView: Readonly<Record<View, string[]>> = { words: [], letters: [], concepts: [] };
  for (const feature of features) byView[viewOf(feature)].push(feature);
  const sums = VIEWS.map((view) => sumsOf(model, byView[view]));
  return model.bias.map((bias, at) => sums.reduce((all, view) => all + (view[at] ?? 0), bias));
}

/** The share of each class, together 1. For KINDS: of the features for which isOfKinds() is true. */
export function sharesOf(model: LinearModel, features: readonly string[]): readonly number[] {
  const scores = sumsOf(model, features).map((sum, at) => sum + (model.bias[at] ?? 0));
  const most = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - most));
  const all = odds.reduce((sum, one) => sum + one, 0);
  return odds.map((one) => one / all);
}

/** Sums of the weights, for each class, over the root of the number of features. */
function sumsOf({ classes, rows, unit, weights }: LinearModel, features: readonly string[]): readonly number[] {
  const sums = classes.map(() => 0);
  for (const feature of features) {
    const row = (hash(feature) % rows) * classes.length;
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (weights[row + at] ?? 0);
  }
  const norm = unit / Math.sqrt(Math.max(1, features.length));
  return sums.map((sum) => sum * norm);
}

/** The `count` features that speak most for a class, with their weights: for explanations. */
export function reasonsFor(model: LinearModel, features: readonly string[], of: string, count = 3): readonly string[] {
  const at = model.classes.indexOf(of);
  const weightOf = (feature: string) =>
    (model.weights[(hash(feature) % model.rows) * model.classes.length + at] ?? 0) * model.unit;
  return features
    .map((feature) => ({ feature, weight: weightOf(feature) }))
    .sort((a, b) => b.weight - a.weight || (a.feature < b.feature ? -1 : 1))
    .slice(0, count)
    .map(({ feature, weight }) => `${feature} ${weight.toFixed(1)}`);
}

/** The kinds are told apart by words and concepts only; the parts of words would make the model ten times as large. */
export function isOfKinds(feature: string): boolean {
  return !feature.startsWith('c:');
}

export interface Encoded {
  readonly classes: readonly string[];
  readonly rows: number;
  readonly unit: number;
  readonly bias: readonly number[];
  readonly weights: string;
}

export function decode({ weights, ...rest }: Encoded): LinearModel {
  const letters = atob(weights);
  const bytes = new Int8Array(letters.length);
  // Without a list of a million letters in between, which Int8Array.from() makes.
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return { ...rest, weights: bytes };
}
