// The values that a call file may hold, one after the other in each place.

import * as z from 'zod';

/** A value that the schema names, where it stands, and a call with it there. */
export interface Placed {
  readonly point: string;
  readonly call: unknown;
}

/** Every value that a schema names (of an enum, a literal, true or false), by where it may stand: "formats.accepted[]=docx". */
export function pointsOf(schema: unknown, at = '', above: readonly unknown[] = []): readonly string[] {
  if (above.includes(schema)) return [];
  const below = [...above, schema];
  if (isLeftOut(schema)) return pointsOf(schema.unwrap(), at, below);
  if (schema instanceof z.ZodArray) return pointsOf(schema.element, `${at}[]`, below);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, inner]) => pointsOf(inner, `${at}.${key}`, below));
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option, n) => pointsOf(option, `${at}${branch(option, n)}`, below));
  const values = valuesOf(schema);
  if (values !== null) return values.map((value) => `${at}=${String(value)}`);
  if (FREE.some((kind) => schema instanceof kind)) return [];
  throw new Error(`${at}: a kind of schema that this test does not know`);
}

/** A key that may be left out. */
function isLeftOut(schema: unknown): schema is z.ZodOptional | z.ZodDefault | z.ZodPrefault {
  return [z.ZodOptional, z.ZodDefault, z.ZodPrefault].some((kind) => schema instanceof kind);
}

/** What names no values: texts, numbers, formats. */
const FREE = [z.ZodString, z.ZodNumber, z.ZodStringFormat, z.ZodNumberFormat];

function valuesOf(schema: unknown): readonly unknown[] | null {
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodLiteral) return [...schema.values];
  return schema instanceof z.ZodBoolean ? [true, false] : null;
}

/** Blocks of a union are told apart; which of its lists of words a value is in is of no matter. */
function branch(option: unknown, n: number): string {
  return option instanceof z.ZodObject ? `(${n})` : '';
}

/** What stands in this place of a call, changed to each value that may stand there instead. */
export function* placed(schema: unknown, value: unknown, put: (value: unknown) => unknown, at = ''): Generator<Placed> {
  if (isLeftOut(schema)) yield* placed(schema.unwrap(), value, put, at);
  if (schema instanceof z.ZodArray) {
    const list: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [undefined];
    for (const [n, each] of list.entries()) {
      const isBlock = typeof each === 'object';
      yield* placed(schema.element, each, (to) => put(isBlock ? list.with(n, to) : [to]), `${at}[]`);
      if (!isBlock) break;
    }
  }
  if (schema instanceof z.ZodObject && typeof value === 'object' && value !== null) {
    const block = value as Readonly<Record<string, unknown>>;
    for (const [key, inner] of Object.entries(schema.shape))
      yield* placed(inner, block[key], (to) => put({ ...block, [key]: to }), `${at}.${key}`);
  }
  if (schema instanceof z.ZodUnion) {
    for (const [n, option] of schema.options.entries()) {
      const isElse = option instanceof z.ZodObject && !option.safeParse(value).success;
      if (!isElse) yield* placed(option, value, put, `${at}${branch(option, n)}`);
    }
  }
  // A question below a question is one.
  const place = at.replace(/(?:\.questions\[\])+/, '.questions[]');
  for (const each of valuesOf(schema) ?? []) yield { point: `${place}=${String(each)}`, call: put(each) };
}
