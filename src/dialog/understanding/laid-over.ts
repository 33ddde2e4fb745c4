// Files that say some things only, read over one that says all.

export type Tree = Readonly<Record<string, unknown>>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `over` upon `base`, key by key. A list is taken whole. */
export function laidOver(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isTree(base) || !isTree(over)) return over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, laidOver(base[key], over[key])]));
}

/** The keys of lists and of texts, "alarms.danger"; a table of plain values is one. */
export function keysOf(tree: Tree, before = ''): readonly string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    isTree(value) && Object.values(value).some((below) => typeof below === 'object')
      ? keysOf(value, `${before}${key}.`)
      : [`${before}${key}`],
  );
}
