import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { ZodError } from 'zod';
import { parseIntake } from '../../src/dialog/engine/intake.ts';

const file = join(import.meta.dirname, '..', '..', 'dialogs', 'intake.yaml');
type Values = Record<string, unknown>;

function intake(): Values {
  const value: unknown = parseYaml(readFileSync(file, 'utf8'));
  if (!isValues(value)) throw new Error('intake.yaml holds no values');
  return value;
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The file with the value at this path changed. */
function broken(path: readonly string[], change: (old: unknown) => unknown): Values {
  const whole = intake();
  let at = whole;
  for (const key of path.slice(0, -1)) {
    const next = at[key];
    if (!isValues(next)) throw new Error(`no ${path.join('.')} in intake.yaml`);
    at = next;
  }
  const last = path.at(-1) ?? '';
  const value = change(at[last]);
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return whole;
}

/** The paths that the error names. */
function wrongIn(value: unknown): readonly string[] {
  try {
    parseIntake(value);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    return error.issues.map(({ path }) => path.join('.'));
  }
  return [];
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const choices = Object.keys(intake()['choices'] ?? {});

describe('no harm 26: intake.yaml', () => {
  it.each(choices)('takes the choices of %s in any order', (prompt) => {
    const turned = broken(['choices', prompt], (old) => list(old).toReversed());
    expect(turned['choices']).not.toEqual(intake()['choices']);
    expect(parseIntake(turned)).toEqual(turned);
  });

  it.each(choices)('is refused where %s lacks a choice, has one twice, one of its own, or none', (prompt) => {
    const path = ['choices', prompt];
    for (const change of [
      (old: unknown[]) => old.slice(1),
      (old: unknown[]) => [...old, old[0]],
      (old: unknown[]) => [...old.slice(1), old.at(-1)],
      () => [],
      () => undefined,
    ]) {
      expect(wrongIn(broken(path, (old) => change(list(old))))).toEqual([`choices.${prompt}`]);
    }
    const own = broken(path, (old) => ['skip-consent', ...list(old).slice(1)]);
    expect(wrongIn(own)).toEqual([`choices.${prompt}.0`]);
  });

  it.each([
    [['language'], 'de'],
    [['call'], 2024],
    [['optional', 'links'], 'yes'],
    [['budget', 'story'], 0],
    [['budget', 'topic'], 1.5],
    [['budget', 'asks'], -1],
    [['budget', 'frame'], '100'],
    [['budget', 'frame'], 0],
    [['budget', 'reserve'], -1],
    [['warnFrom'], 1.1],
    [['warnFrom'], -0.1],
    [['welcomeBackAfterHours'], 0],
    [['ownWordMinutes'], 0],
  ])('is refused at %j where it is %j, or missing', (path, value) => {
    expect(wrongIn(broken(path, () => value))).toEqual([path.join('.')]);
    expect(wrongIn(broken(path, () => undefined))).toEqual([path.join('.')]);
  });

  it('is refused with a key that nothing reads, and where it is no file of values at all', () => {
    expect(wrongIn({ ...intake(), consents: 'skip' })).toEqual(['']);
    for (const path of [
      ['choices', 'consent'],
      ['optional', 'keep'],
      ['budget', 'links'],
    ])
      expect(wrongIn(broken(path, () => true))).toEqual([path[0]]);
    for (const value of [null, [], 'language: en']) expect(wrongIn(value)).toEqual(['']);
  });
});
